//! Nicknames: whether two given names can be the same person's (William and Bill). The table is `nicknames.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::formats::{squeeze, with_buffer};

const TABLE: &str = include_str!("nicknames.tsv");

/// The groups of each name, by number of line.
static GROUPS: LazyLock<HashMap<String, Vec<u16>>> = LazyLock::new(|| read(TABLE));

/// Whether both names stand in one group of the table, or are equal there (case, marks and script aside). A name can stand in several groups:
/// Alex is Alexander and Alexandra, who are not each other.
#[must_use]
pub fn nicknames(left: &str, right: &str) -> bool {
    with_buffer(|ours| {
        with_buffer(|theirs| {
            squeeze(left, ours);
            squeeze(right, theirs);
            let groups = |name: &str| GROUPS.get(name).map_or(&[][..], Vec::as_slice);
            !ours.is_empty() && (ours == theirs || groups(ours).iter().any(|group| groups(theirs).contains(group)))
        })
    })
}

/// The names that head the groups of `name` (`william` for Billy), as comparison forms, in the order of the table; for blocking.
pub fn full_names(name: &str) -> impl Iterator<Item = &'static str> {
    static HEADS: LazyLock<Vec<&str>> = LazyLock::new(|| TABLE.lines().filter_map(|line| line.split('\t').next()).collect());
    let groups = with_buffer(|key| {
        squeeze(name, key);
        GROUPS.get(key.as_str()).map_or(&[][..], Vec::as_slice)
    });
    groups.iter().map(|group| HEADS[usize::from(*group)])
}

fn read(table: &str) -> HashMap<String, Vec<u16>> {
    let mut groups: HashMap<String, Vec<u16>> = HashMap::new();
    for (number, line) in (0..).zip(table.lines()) {
        for name in line.split(['\t', ' ']) {
            let of_name = groups.entry(name.to_owned()).or_default();
            if of_name.last() != Some(&number) {
                of_name.push(number);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_in_comparison_form_and_stand_once_in_a_group() {
        for line in TABLE.lines() {
            let names: Vec<&str> = line.split(['\t', ' ']).collect();
            assert!(line.split('\t').count() == 2 && names.len() > 1, "{line}: a name, a tab, and others");
            for name in &names {
                let mut form = String::new();
                squeeze(name, &mut form);
                assert_eq!(form, **name, "{line}");
            }
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{line} repeats a name");
        }
        let heads: Vec<&str> = TABLE.lines().filter_map(|line| line.split('\t').next()).collect();
        assert!(heads.is_sorted_by(|one, next| one < next), "groups are sorted by their full names");
    }
}
