//! The most frequent of many texts in bounded memory: lossy counting (Manku and Motwani, "Approximate frequency counts over data streams", 2002).

use std::collections::HashMap;

/// Texts that are counted at once.
const HELD: usize = 20_000;
/// Characters of a text that are kept.
const KEPT: usize = 200;

/// Texts under count.
#[derive(Debug, Default)]
pub(super) struct Frequent {
    counts: HashMap<String, u64>,
    /// How often rare texts were dropped: no count is too low by more.
    rounds: u64,
}

impl Frequent {
    pub(super) fn add(&mut self, text: &str) {
        let text = text.char_indices().nth(KEPT).map_or(text, |(end, _)| &text[..end]);
        match self.counts.get_mut(text) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(text.to_owned(), self.rounds + 1);
                if self.counts.len() > HELD {
                    self.rounds += 1;
                    let rounds = self.rounds;
                    self.counts.retain(|_, count| *count > rounds);
                }
            }
        }
    }

    /// The most frequent, by count, then by text.
    pub(super) fn most(self, told: usize) -> Vec<(String, u64)> {
        let rounds = self.rounds;
        let mut all: Vec<(String, u64)> =
            self.counts.into_iter().map(|(text, count)| (text, count.saturating_sub(rounds).max(1))).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all.truncate(told);
        all
    }
}
