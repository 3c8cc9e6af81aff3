//! A store that lists in another order each time it is asked.

use async_trait::async_trait;
use futures::stream::{self, BoxStream, StreamExt};
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMultipartOptions, PutOptions, PutPayload,
    PutResult, Result,
};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Passes everything on, and listings in disorder.
#[derive(Debug)]
pub(crate) struct Shuffled {
    inner: Arc<dyn ObjectStore>,
    seed: Arc<AtomicU64>,
}

impl Shuffled {
    pub(crate) fn new(inner: Arc<dyn ObjectStore>, seed: u64) -> Shuffled {
        Shuffled { inner, seed: Arc::new(AtomicU64::new(seed)) }
    }

    /// How many listings there were.
    pub(crate) fn listings(&self) -> u64 {
        self.seed.load(Ordering::SeqCst)
    }
}

/// In an order that follows from the seed.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed;
    for last in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = (state >> 33) % (last as u64 + 1);
        items.swap(last, usize::try_from(other).expect("it is below the length"));
    }
}

impl fmt::Display for Shuffled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[async_trait]
impl ObjectStore for Shuffled {
    async fn put_opts(&self, location: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.inner.put_opts(location, payload, options).await
    }

    async fn put_multipart_opts(&self, location: &Path, options: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(location, options).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        let (listed, seed) = (self.inner.list(prefix), self.seed.fetch_add(1, Ordering::SeqCst));
        stream::once(async move {
            let mut all: Vec<_> = listed.collect().await;
            shuffle(&mut all, seed);
            stream::iter(all)
        })
        .flatten()
        .boxed()
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        let mut listed = self.inner.list_with_delimiter(prefix).await?;
        let seed = self.seed.fetch_add(1, Ordering::SeqCst);
        shuffle(&mut listed.objects, seed);
        shuffle(&mut listed.common_prefixes, seed);
        Ok(listed)
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}
