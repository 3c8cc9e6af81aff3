//! Decisions of people as `explain` and `why-not` tell them.

use crate::output;
use c360_run::look::Decided;
use serde_json::{Value, json};

/// Prints each with the line that says so, who decided, when and why.
pub(super) fn print(decisions: &[Decided]) {
    for decided in decisions {
        let [first, second] = &decided.records;
        let refused = if decided.status == "refused" { ", but a guard refuses it" } else { "" };
        output::println!("  {} {}:{}: {first}, {second}{refused}", decided.decision, decided.file, decided.line);
        let who: Vec<&str> = [&decided.author, &decided.time].into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let said = match (who.is_empty(), decided.note.is_empty()) {
            (true, true) => continue,
            (true, false) => decided.note.clone(),
            (false, true) => format!("by {}", who.join(", ")),
            (false, false) => format!("by {}: {}", who.join(", "), decided.note),
        };
        output::println!("      {said}");
    }
}

/// The same for programs.
pub(super) fn as_json(decisions: &[Decided]) -> Value {
    let one = |decided: &Decided| {
        json!({
            "decision": decided.decision, "records": decided.records, "status": decided.status, "author": decided.author,
            "time": decided.time, "note": decided.note, "file": decided.file, "line": decided.line,
        })
    };
    json!(decisions.iter().map(one).collect::<Vec<_>>())
}
