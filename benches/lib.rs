//! benches of c360.
