//! benches of c360.

pub mod generator;
