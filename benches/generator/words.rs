//! The lists that names, places and goods are drawn from; written for this generator, most frequent first.

pub(crate) mod business;
pub(crate) mod chinese;
pub(crate) mod english;
pub(crate) mod german;
mod nicknames;
pub(crate) mod places;
pub(crate) mod polish;
pub(crate) mod turkish;

pub(crate) use nicknames::nickname;
