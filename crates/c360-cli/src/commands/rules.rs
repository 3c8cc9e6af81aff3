//! What each rule makes of two objects or records, as `why-not` and `explain` of two show it.

mod json;
pub(super) mod page;
mod text;

pub(super) use json::{bits, meeting as meeting_json, rule as rule_json, verdict as verdict_json};
pub(super) use text::{bits_text, print as print_rule, two_sides, values_text};
