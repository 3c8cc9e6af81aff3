//! The registry of diagnostic codes. A code is never re-used; `c360 check` prints it and `docs/diagnostics.md` explains it.

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
