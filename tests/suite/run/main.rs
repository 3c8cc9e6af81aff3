//! Runs the shipped pipelines on their data and compares with what they are expected to give. Runs the binary; knows nothing of its inside.
//! `C360_BLESS=1` writes what came out as the new expectation.

mod expected;
mod pipelines;
mod project;
mod score;
