//! A store whose n-th operation goes wrong. What lies below it stays what it is.

use async_trait::async_trait;
use futures::future::BoxFuture;
use futures::stream::{BoxStream, StreamExt};
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMultipartOptions, PutOptions,
    PutPayload, PutResult, Result,
};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How an operation goes wrong.
#[derive(Clone)]
pub(crate) enum Fault {
    /// It fails, nothing happened.
    Before,
    /// It happened, and an error is told.
    After,
    /// It and everything behind it fails: the process is as good as killed.
    Die,
    /// Something else happens first; then it goes right.
    Meanwhile(Arc<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>),
}

/// Passes all operations on, but one.
pub(crate) struct Faulty {
    inner: Arc<dyn ObjectStore>,
    /// The number of the operation, from 0.
    at: usize,
    fault: Fault,
    done: AtomicUsize,
    writes: Mutex<Vec<usize>>,
}

impl Faulty {
    pub(crate) fn new(inner: Arc<dyn ObjectStore>, at: usize, fault: Fault) -> Arc<Faulty> {
        Arc::new(Faulty { inner, at, fault, done: AtomicUsize::new(0), writes: Mutex::default() })
    }

    /// How many operations there were.
    pub(crate) fn operations(&self) -> usize {
        self.done.load(Ordering::SeqCst)
    }

    /// Which of them wrote.
    pub(crate) fn writes(&self) -> Vec<usize> {
        self.writes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that the next operation writes.
    fn note_write(&self) {
        self.writes.lock().unwrap_or_else(PoisonError::into_inner).push(self.operations());
    }

    /// Counts an operation; gives what goes wrong with it.
    fn next(&self) -> Option<&Fault> {
        let number = self.done.fetch_add(1, Ordering::SeqCst);
        let hit = number == self.at || (number > self.at && matches!(self.fault, Fault::Die));
        hit.then_some(&self.fault)
    }

    /// Does `operation`, with what goes wrong around it.
    async fn around<T: Send>(&self, operation: impl Future<Output = Result<T>> + Send) -> Result<T> {
        match self.next() {
            None => operation.await,
            Some(Fault::Before | Fault::Die) => Err(failed()),
            Some(Fault::After) => operation.await.and(Err(failed())),
            Some(Fault::Meanwhile(other)) => {
                other().await;
                operation.await
            }
        }
    }
}

fn failed() -> Error {
    Error::Generic { store: "faulty", source: "planned".into() }
}

impl fmt::Debug for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Faulty({})", self.at)
    }
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(&self, location: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.note_write();
        self.around(self.inner.put_opts(location, payload, options)).await
    }

    async fn put_multipart_opts(&self, location: &Path, options: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        self.note_write();
        self.around(self.inner.put_multipart_opts(location, options)).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.around(self.inner.get_opts(location, options)).await
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        match self.next() {
            Some(Fault::Before | Fault::Die) => locations.map(|_| Err(failed())).boxed(),
            Some(Fault::After) => self.inner.delete_stream(locations).map(|_| Err(failed())).boxed(),
            Some(Fault::Meanwhile(other)) => {
                let (other, inner) = (Arc::clone(other), Arc::clone(&self.inner));
                let deleted = async move {
                    other().await;
                    inner.delete_stream(locations)
                };
                futures::stream::once(deleted).flatten().boxed()
            }
            None => self.inner.delete_stream(locations),
        }
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        let listed = self.inner.list(prefix);
        match self.next() {
            None => listed,
            Some(Fault::Meanwhile(other)) => {
                // What was listed before the other came is what is seen.
                let other = Arc::clone(other);
                futures::stream::once(async move {
                    let seen: Vec<_> = listed.collect().await;
                    other().await;
                    futures::stream::iter(seen)
                })
                .flatten()
                .boxed()
            }
            Some(_) => futures::stream::once(async { Err(failed()) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.around(self.inner.list_with_delimiter(prefix)).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.around(self.inner.copy_opts(from, to, options)).await
    }
}
