//! Findings that only follow from others: what is "missing" may stand in what the parser could not read.

use c360_syntax::codes::{Code, model as codes};
use c360_syntax::{Diagnostic, Severity};

/// Codes that say that something is not there.
static ABSENCES: &[&Code] = &[
    &codes::NO_PIPELINE,
    &codes::NO_READ,
    &codes::NO_KEY,
    &codes::NO_MAPPING,
    &codes::EMPTY_MAPPING,
    &codes::NO_RULES,
    &codes::OVERRIDES_UNMATCHED,
    &codes::IGNORE_UNUSED,
    &codes::UNDESCRIBED,
    &codes::NOT_DESCRIBED,
    &codes::UNSUPPLIED,
    &codes::UNSUPPLIED_USED,
    &codes::ONLY_UNSUPPLIED,
    &codes::PRECEDENCE_UNSUPPLIED,
    &codes::NO_UPDATED,
    &codes::NO_COUNTRY,
    &codes::UNUSED_FORMAT,
];

/// Drops from what `check` found all that may follow from what the parser could not read, given the parser's own findings.
///
/// Parts of the language that are not built yet were read, so they hide only that a format is unused: they may use it.
pub fn drop_cascades(parsed: &[Diagnostic], checked: &mut Vec<Diagnostic>) {
    let errors: Vec<&Diagnostic> = parsed.iter().filter(|finding| finding.code.severity == Severity::Error).collect();
    if errors.is_empty() {
        return;
    }
    let unread: Vec<&Diagnostic> = errors.into_iter().filter(|finding| !finding.code.id.starts_with("C360-E09")).collect();
    // Who cannot read a place says little that is true about it.
    let touches = |finding: &Diagnostic, error: &Diagnostic| {
        let (a, b) = (finding.span, error.span);
        a.file == b.file && a.start <= b.end && b.start <= a.end
    };
    checked.retain(|finding| !unread.iter().any(|error| touches(finding, error)));
    checked.retain(|finding| match unread.is_empty() {
        true => finding.code != &codes::UNUSED_FORMAT,
        false => !ABSENCES.contains(&finding.code),
    });
}
