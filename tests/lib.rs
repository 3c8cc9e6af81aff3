//! tests of c360.
