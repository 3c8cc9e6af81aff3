//! Buffers that live as long as their thread, so that formats need not allocate for each value.

use std::cell::RefCell;

/// A buffer above this size is given back to the allocator, so that one huge value does not stay in memory.
const KEEP: usize = 64 * 1024;

thread_local! {
    static FREE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` with an empty buffer. Calls may nest, each gets its own.
pub(crate) fn with_buffer<T>(work: impl FnOnce(&mut String) -> T) -> T {
    let mut buffer = FREE.with_borrow_mut(Vec::pop).unwrap_or_default();
    buffer.clear();
    let result = work(&mut buffer);
    if buffer.capacity() <= KEEP {
        FREE.with_borrow_mut(|free| free.push(buffer));
    }
    result
}
