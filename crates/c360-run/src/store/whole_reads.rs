//! A store that says so where an answer has fewer bytes than it should. The client of S3 asks again where a connection breaks off; but where somebody in
//! between cuts an answer and calls it whole, it hands on what came, and readers of Parquet panic over that.

use async_trait::async_trait;
use futures::stream::{self, BoxStream, StreamExt};
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetRange, GetResult, GetResultPayload, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use std::fmt;
use std::ops::Range;

/// Passes everything on, and counts the bytes of what is read.
#[derive(Debug)]
pub(super) struct WholeReads<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for WholeReads<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[async_trait]
impl<T: ObjectStore> ObjectStore for WholeReads<T> {
    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        let (asked, is_head) = (options.range.clone(), options.head);
        let mut found = self.0.get_opts(location, options).await?;
        if is_head {
            return Ok(found);
        }
        if let Some(GetRange::Bounded(asked)) = asked
            && found.range.end < asked.end.min(found.meta.size)
        {
            return Err(cut(location, &asked, found.range.end.saturating_sub(asked.start)));
        }
        if let GetResultPayload::Stream(bytes) = found.payload {
            found.payload = GetResultPayload::Stream(counted(bytes, location.clone(), found.range.clone()));
        }
        Ok(found)
    }

    async fn put_opts(&self, location: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.0.put_opts(location, payload, options).await
    }

    async fn put_multipart_opts(&self, location: &Path, options: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        self.0.put_multipart_opts(location, options).await
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.0.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.0.list(prefix)
    }

    fn list_with_offset(&self, prefix: Option<&Path>, offset: &Path) -> BoxStream<'static, Result<ObjectMeta>> {
        self.0.list_with_offset(prefix, offset)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.0.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.0.copy_opts(from, to, options).await
    }
}

/// The bytes, and an error behind the last where they are not as many as the range.
fn counted(bytes: BoxStream<'static, Result<bytes::Bytes>>, location: Path, range: Range<u64>) -> BoxStream<'static, Result<bytes::Bytes>> {
    let state = Some((bytes, 0_u64, location, range));
    stream::unfold(state, |state| async {
        let (mut bytes, mut count, location, range) = state?;
        match bytes.next().await {
            Some(Ok(piece)) => {
                count += piece.len() as u64;
                Some((Ok(piece), Some((bytes, count, location, range))))
            }
            Some(Err(error)) => Some((Err(error), None)),
            None if count == range.end - range.start => None,
            None => Some((Err(cut(&location, &range, count)), None)),
        }
    })
    .boxed()
}

fn cut(location: &Path, range: &Range<u64>, count: u64) -> Error {
    let wanted = range.end - range.start;
    Error::Generic { store: "S3", source: format!("`{location}`: {count} bytes came instead of {wanted}").into() }
}
