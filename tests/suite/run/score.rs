//! Clusters against the truth: precision, recall and F1 over all pairs of records, B-cubed over records, the largest cluster.

use crate::project::Project;
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Source and key.
type Record = (String, String);
/// Which cluster a record belongs to.
pub(crate) type Labels = BTreeMap<Record, String>;

/// How well clusters fit the truth.
#[derive(Debug)]
pub(crate) struct Score {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
    bcubed: f64,
    true_entities: usize,
    entities: usize,
    largest_true: u64,
    largest: u64,
}

/// Reads `source,record_id,..` with the clusters in `column`; records without one are left out. The files have no quoted cells.
pub(crate) fn truth(path: &Path, column: &str) -> Labels {
    let mut text = String::new();
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let read = if path.extension().is_some_and(|e| e == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)
    } else {
        (&file).read_to_string(&mut text)
    };
    read.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut lines = text.lines();
    let header = lines.next().expect("a header");
    let at = header.split(',').position(|name| name == column).unwrap_or_else(|| panic!("no `{column}` in {header}"));
    let labels = lines.filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        (!cells[at].is_empty()).then(|| ((cells[0].to_owned(), cells[1].to_owned()), cells[at].to_owned()))
    });
    labels.collect()
}

/// The clusters of a commit: members of one or several entities.
pub(crate) fn clusters(project: &Project, entities: &[&str]) -> Labels {
    let mut labels = Labels::new();
    for entity in entities {
        for row in project.query(&format!("select source, key, id from members.{entity}")) {
            let cell = |name: &str| row[name].as_str().expect("names are text").to_owned();
            labels.insert((cell("source"), cell("key")), format!("{entity} {}", row["id"]));
        }
    }
    labels
}

/// Scores over the records of the truth; a record that is in no cluster is one of its own.
pub(crate) fn score(truth: &Labels, found: &Labels) -> Score {
    let own = |record: &Record| format!("alone {} {}", record.0, record.1);
    let found: Labels = truth.keys().map(|r| (r.clone(), found.get(r).cloned().unwrap_or_else(|| own(r)))).collect();
    let both: BTreeMap<_, _> = truth.iter().map(|(record, label)| (record.clone(), (label.clone(), found[record].clone()))).collect();
    let (t, f, b) = (sizes(truth.values()), sizes(found.values()), sizes(both.values()));
    let (true_pairs, pairs, right) = (pairs(t.values()), pairs(f.values()), pairs(b.values()));
    let share = |of: &dyn Fn(&(String, String)) -> u64| {
        b.iter().map(|(labels, size)| float(size * size) / float(of(labels))).sum::<f64>() / float(truth.len() as u64)
    };
    let (precision, recall) = (float(right) / float(pairs.max(1)), float(right) / float(true_pairs.max(1)));
    Score {
        precision,
        recall,
        f1: harmonic(precision, recall),
        bcubed: harmonic(share(&|labels| f[&labels.1]), share(&|labels| t[&labels.0])),
        true_entities: t.len(),
        entities: f.len(),
        largest_true: t.values().copied().max().unwrap_or(0),
        largest: f.values().copied().max().unwrap_or(0),
    }
}

fn sizes<'a, T: Ord + Clone + 'a>(labels: impl Iterator<Item = &'a T>) -> BTreeMap<T, u64> {
    let mut sizes = BTreeMap::new();
    labels.for_each(|label| *sizes.entry(label.clone()).or_default() += 1);
    sizes
}

fn pairs<'a>(sizes: impl Iterator<Item = &'a u64>) -> u64 {
    sizes.map(|n| n * (n - 1) / 2).sum()
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

// Counts of records and pairs stay far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn float(count: u64) -> f64 {
    count as f64
}

impl Score {
    /// The figures as `score.txt` has them.
    pub(crate) fn text(&self, of: &str) -> String {
        let mut out = String::new();
        let _ =
            writeln!(out, "{of}: precision {:.4} recall {:.4} F1 {:.4} B-cubed {:.4}", self.precision, self.recall, self.f1, self.bcubed);
        let _ = writeln!(
            out,
            "  entities {} (true {}), largest {} (true {})",
            self.entities, self.true_entities, self.largest, self.largest_true
        );
        out
    }
}

#[test]
fn a_score_counts_pairs() {
    let labels = |text: &str| -> Labels {
        text.split(' ').enumerate().map(|(number, label)| (("s".to_owned(), number.to_string()), label.to_owned())).collect()
    };
    // Four pairs are true, four are found, two are both.
    let score = score(&labels("a a a b b c"), &labels("x x y y y z"));
    assert!((score.precision - 2.0 / 4.0).abs() < 1e-9 && (score.recall - 2.0 / 4.0).abs() < 1e-9, "{score:?}");
    assert_eq!((score.entities, score.true_entities, score.largest, score.largest_true), (3, 3, 3, 3));
    // Each record's share of its cluster that is right, in the order (a, x), (a, y), (b, y), (c, z); of true clusters it is the same sum.
    assert!((score.bcubed - (2.0 + 1.0 / 3.0 + 4.0 / 3.0 + 1.0) / 6.0).abs() < 1e-9, "{score:?}");
}
