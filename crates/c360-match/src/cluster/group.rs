//! One group while its rule is applied: its heads, and who still waits. The terms are those of `ordered`.

use super::compatible::Compatible;
use super::entities::Entities;

/// Up to this many waiting records are looked at one by one.
const FEW: usize = 32;

/// A group of local numbers.
#[derive(Debug)]
pub(super) enum Group {
    /// Nobody waits: every pair is decided.
    Closed,
    /// Before the first head, or with few who wait.
    Few {
        /// Heads so far.
        heads: Vec<u32>,
        /// Who waits, ascending. May hold records that came to a head's cluster through another group; they conflict with every new head.
        waiting: Vec<u32>,
        /// How many of those the present head has been held against.
        seen: usize,
    },
    /// With many who wait.
    Many {
        /// Heads so far.
        heads: Compatible,
        /// Who waits.
        waiting: Compatible,
    },
}

impl Group {
    /// A group of which nothing is decided. Takes its members, ascending.
    pub(super) fn new(members: Vec<u32>) -> Group {
        Group::Few { heads: Vec::new(), waiting: members, seen: 0 }
    }

    /// Whether a member becomes a head: whether its cluster holds no earlier one.
    pub(super) fn begin(&mut self, member: u32, entities: &mut Entities) -> bool {
        let root = entities.find(member);
        match self {
            Group::Closed => false,
            Group::Few { heads, seen, .. } => {
                *seen = 0;
                heads.iter().all(|&head| entities.find(head) != root)
            }
            // A member that was held against a head is in its cluster or conflicts with it: compatible means together.
            Group::Many { heads, .. } => heads.first(root, entities).is_none(),
        }
    }

    /// The first waiting record that can join the cluster of the present head.
    pub(super) fn next(&mut self, head: u32, entities: &mut Entities) -> Option<u32> {
        let root = entities.find(head);
        match self {
            Group::Closed => None,
            Group::Few { waiting, seen, .. } => {
                while let Some(&record) = waiting.get(*seen) {
                    let other = entities.find(record);
                    if other != root && entities.compatible(root, other) {
                        return Some(record);
                    }
                    *seen += 1;
                }
                None
            }
            Group::Many { waiting, .. } => {
                while let Some(place) = waiting.first(root, entities) {
                    let record = waiting.record(place);
                    if entities.find(record) != root {
                        return Some(record);
                    }
                    waiting.remove(place);
                }
                None
            }
        }
    }

    /// Ends the turn of a head.
    pub(super) fn end(&mut self, head: u32, entities: &mut Entities) {
        let root = entities.find(head);
        match self {
            Group::Closed => {}
            Group::Few { heads, waiting, .. } => {
                waiting.retain(|&record| entities.find(record) != root);
                heads.push(head);
                if waiting.is_empty() {
                    *self = Group::Closed;
                } else if waiting.len() > FEW && !entities.looks_beyond_marks() {
                    *self = Group::Many { heads: Compatible::new(heads, entities), waiting: Compatible::new(waiting, entities) };
                }
            }
            Group::Many { heads, .. } => heads.push(head, entities),
        }
    }
}
