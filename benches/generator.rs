//! A world of persons, companies, accounts, assets and orders, and what six systems say of it, with the truth.
//!
//! Nothing is stored and nothing is drawn in order: each value is a hash of (seed, stream, number, field), and each row's key is a keyed
//! bijection of the row's number, which tells the object behind it. So any file of any day can be written alone, and equals what a run
//! over everything writes. Holds no threads and opens no files; the binary `generate` does.

mod bijection;
pub mod calendar;
pub mod company;
mod contact;
mod corrupt;
mod digits;
mod draw;
pub mod household;
#[cfg(test)]
mod laws;
pub mod observe;
pub mod parts;
pub mod person;
pub mod rates;
pub mod rows;
pub mod table;
mod text;
pub mod truth;
mod words;
pub mod world;
