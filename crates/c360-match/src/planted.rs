//! Bugs planted on purpose: mistakes that are easily made at their places, to prove that some test fails if somebody makes them.
//!
//! Each is one `if planted("name")` at its true place. They are compiled in with the feature `planted` only, which no release has, and even
//! then none is there unless `C360_PLANTED` names it: one build serves all. `tests/planted/run` runs the test that must catch each.

/// The names of all bugs.
pub const BUGS: [&str; 37] = [
    // The commit, and what it may rest upon.
    "already-exists-is-ours",
    "unclear-is-failure",
    "parent-unchecked",
    "store-unprobed",
    "unsynced",
    "watermark-before-data",
    "marked-before-published",
    "vacuum-without-grace",
    "vacuum-without-boundary",
    "vacuum-not-awaited",
    "listing-believed",
    // Rows of sources.
    "size-is-content",
    "behind-unread",
    "dropped-row-counts",
    "late-row-wins",
    "reject-lost",
    "old-reject-stays",
    "value-in-message",
    // What a change reaches.
    "delete-unseen",
    "deleted-keys-stay",
    "component-in-part",
    "at-most-not-crossed",
    "orphan-not-revisited",
    "gone-decision-stays",
    "always-not-reached",
    "never-between-records-only",
    "format-not-in-fingerprint",
    // Ids and the feed of changes.
    "ids-reused",
    "redirect-missing",
    "redirect-not-followed",
    "split-untold",
    "loss-untold",
    // Order, and tables in layers.
    "hash-order",
    "tie-by-arrival",
    "replaced-ignored",
    "fold-forgets-replaced",
    "rewrite-loses-base",
];

/// Whether this bug is to be there.
#[cfg(not(feature = "planted"))]
#[must_use]
pub const fn planted(_: &str) -> bool {
    false
}

/// Whether this bug is to be there.
///
/// # Panics
/// For a name that is none of [`BUGS`], here or in `C360_PLANTED`: a bug that is not there would seem to be caught by nothing.
#[cfg(feature = "planted")]
#[must_use]
pub fn planted(bug: &str) -> bool {
    static CHOSEN: std::sync::LazyLock<Option<String>> = std::sync::LazyLock::new(|| {
        let named = std::env::var("C360_PLANTED").ok();
        chosen(named).unwrap_or_else(|message| panic!("{message}"))
    });
    assert!(BUGS.contains(&bug), "`{bug}` is not in the list of planted bugs");
    CHOSEN.as_deref() == Some(bug)
}

/// The bug that `C360_PLANTED` names; none where it is empty.
#[cfg(any(feature = "planted", test))]
fn chosen(named: Option<String>) -> Result<Option<String>, String> {
    match named {
        Some(name) if !name.is_empty() && !BUGS.contains(&name.as_str()) => {
            Err(format!("C360_PLANTED: there is no bug `{name}`; there are {}", BUGS.join(", ")))
        }
        named => Ok(named.filter(|name| !name.is_empty())),
    }
}

#[cfg(test)]
mod tests {
    use super::{BUGS, chosen, planted};

    #[test]
    fn an_unknown_name_is_an_error() {
        assert_eq!(chosen(None), Ok(None));
        assert_eq!(chosen(Some(String::new())), Ok(None));
        assert_eq!(chosen(Some(BUGS[0].into())), Ok(Some(BUGS[0].into())));
        let message = chosen(Some("parent-uncheked".into())).expect_err("there is none of that name");
        assert!(message.contains("no bug `parent-uncheked`") && message.contains("parent-unchecked"), "{message}");
    }

    #[test]
    fn nothing_is_planted_unless_named() {
        assert!(!BUGS.iter().any(|bug| planted(bug)));
    }

    #[test]
    fn no_name_stands_twice() {
        let names: std::collections::BTreeSet<&str> = BUGS.into_iter().collect();
        assert_eq!(names.len(), BUGS.len());
    }
}
