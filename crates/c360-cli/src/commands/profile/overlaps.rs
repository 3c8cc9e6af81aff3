//! Columns of different sources that hold the same values: what rules can be made of.

use super::{Described, Source, scaffold};
use c360_match::profile::{Role, overlap};

/// Overlaps that are told.
const TOLD: usize = 20;
/// Below this share, values that two columns have in common are chance.
const SHARE: f64 = 0.05;
/// Columns whose values differ by less tell nothing apart.
const SELECTIVE: f64 = 0.2;

/// Two columns with values in common.
pub(super) struct Overlap {
    /// `crm.mail`
    pub(super) left: String,
    /// `web.email`
    pub(super) right: String,
    /// The share of the different values of the column with fewer that the other has, too.
    pub(super) share: f64,
    /// The rule that would use it, where the two mean the same.
    pub(super) rule: Option<String>,
}

/// The overlaps between sources, largest first.
pub(super) fn of(sources: &[Source]) -> Vec<Overlap> {
    let mut found = Vec::new();
    for (index, left) in sources.iter().enumerate() {
        for right in &sources[index + 1..] {
            for a in left.columns.iter().filter(|column| tells(column)) {
                found.extend(right.columns.iter().filter(|column| tells(column)).filter_map(|b| between(left, a, right, b)));
            }
        }
    }
    found.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| (&a.left, &a.right).cmp(&(&b.left, &b.right))));
    found.truncate(TOLD);
    found
}

fn tells(column: &Described) -> bool {
    column.facts.distinct > 1 && column.facts.selectivity() >= SELECTIVE
}

fn between(left: &Source, a: &Described, right: &Source, b: &Described) -> Option<Overlap> {
    let (fewer, more) = if a.facts.distinct <= b.facts.distinct { (a, b) } else { (b, a) };
    let (share, _) = overlap(&fewer.facts.sketch, &more.facts.sketch);
    let rule = || Some(format!("exact {}", meant(a).filter(|_| meant(a) == meant(b))?));
    (share >= SHARE).then(|| Overlap {
        left: format!("{}.{}", left.name, a.name),
        right: format!("{}.{}", right.name, b.name),
        share,
        rule: rule(),
    })
}

/// The attribute that a column is, or could be.
fn meant(column: &Described) -> Option<String> {
    match column.attributes.as_slice() {
        [only] => Some(only.split_once('.').map_or(only.as_str(), |(_, attribute)| attribute).to_owned()),
        [] if column.guess.role != Role::Empty => Some(scaffold::attribute(column)),
        _ => None,
    }
}
