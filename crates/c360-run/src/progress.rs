//! What a run tells while it goes on.

/// Listens to a run. All calls come from one task, in order.
pub trait Progress: Send + Sync {
    /// A step begins; `number` of `of`.
    fn step(&self, title: &str, number: usize, of: usize);

    /// So many bytes of the sources' files, of all, went by.
    fn bytes(&self, done: u64, all: u64);

    /// The step that began last is done.
    fn done(&self, title: &str);
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _: &str, _: usize, _: usize) {}

    fn bytes(&self, _: u64, _: u64) {}

    fn done(&self, _: &str) {}
}
