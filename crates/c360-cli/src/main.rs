//! The `c360` program.
fn main() {}
