//! The registry of diagnostic codes. A code is never re-used; `c360 check` prints it and `docs/diagnostics.md` explains it.

pub mod model;
pub mod syntax;

use crate::diagnostic::Severity;

/// One kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `C360-E0101`; the letter repeats the severity.
    pub id: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What it is about, in a few words; the SARIF rule's description.
    pub title: &'static str,
}

/// Every code, in the order of its file: syntax first, then the checks.
pub fn all() -> impl Iterator<Item = &'static Code> {
    syntax::ALL.iter().chain(model::ALL).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_say_their_severity() {
        let mut seen = std::collections::BTreeSet::new();
        for code in all() {
            let letter = match code.severity {
                Severity::Error => "C360-E",
                Severity::Warning => "C360-W",
            };
            assert!(code.id.starts_with(letter) && code.id.len() == 10, "{}", code.id);
            assert!(seen.insert(code.id), "{} stands twice", code.id);
            assert!(!code.title.is_empty() && !code.title.ends_with('.'), "{}", code.id);
        }
    }
}
