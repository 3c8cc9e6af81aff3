//! Diagnostics for machines: JSON, SARIF 2.1.0, GitHub annotations. The text for people is the CLI's.
//!
//! Lines and columns count from 1, columns in Unicode scalar values; ends are excluded, except for
//! GitHub, which includes them.

mod github;
mod json;
mod sarif;

pub use github::github;
pub use json::json;
pub use sarif::sarif;

use crate::Severity;

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
