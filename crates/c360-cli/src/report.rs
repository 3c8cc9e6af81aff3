//! The summary of a run, for people.

use c360_run::commit::Commit;
use c360_run::figures::{DecisionFigures, EntityFigures, SourceFigures};
use std::fmt::Write;

/// What a run did: rows per source, objects per entity, what joined them, what needs a look, where the time went.
pub(crate) fn summary(commit: &Commit, times: &[(String, f64)]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "commit {}, as of {}\n", commit.number, commit.as_of);
    sources(&mut out, &commit.figures.sources);
    for entity in &commit.figures.entities {
        self::entity(&mut out, entity);
    }
    time(&mut out, times);
    out
}

fn sources(out: &mut String, sources: &[SourceFigures]) {
    let width = sources.iter().map(|s| s.source.len()).max().unwrap_or(0).max(6);
    let _ = writeln!(
        out,
        "{:width$} {:>6} {:>10} {:>10} {:>10} {:>8} {:>8} {:>8}",
        "source", "files", "rows", "records", "duplicates", "rejects", "filtered", "deleted"
    );
    for s in sources {
        let _ = writeln!(
            out,
            "{:width$} {:>6} {:>10} {:>10} {:>10} {:>8} {:>8} {:>8}",
            s.source, s.files, s.rows, s.records, s.duplicates, s.rejects, s.filtered, s.deleted
        );
    }
    let values: u64 = sources.iter().map(|s| s.rejected_values).sum();
    if values > 0 {
        let _ = writeln!(out, "{values} values were refused by their format: select * from rejects");
    }
    out.push('\n');
}

fn entity(out: &mut String, entity: &EntityFigures) {
    let _ = writeln!(out, "{}: {} objects from {} records", entity.entity, entity.objects, entity.records);
    let spans: Vec<String> = entity
        .by_sources
        .iter()
        .map(|(sources, objects)| format!("{objects} in {sources} {}", if *sources == 1 { "source" } else { "sources" }))
        .collect();
    if !spans.is_empty() {
        let _ = writeln!(out, "  {}", spans.join(", "));
    }
    for (rule, merges) in &entity.merges {
        let _ = writeln!(out, "  {merges:>8} merges by {rule}");
    }
    let ids = [("created", entity.created), ("merged", entity.merged), ("split off", entity.split), ("retired", entity.retired)];
    let ids: Vec<String> = ids.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{count} {what}")).collect();
    if !ids.is_empty() {
        let _ = writeln!(out, "  ids: {}", ids.join(", "));
    }
    if let Some(decisions) = entity.decisions {
        let _ = writeln!(out, "  {}", self::decisions(decisions, &entity.entity));
    }
    let looks = [
        ("joins refused by guards: select * from refused", entity.refused),
        ("values shared by too many records: select * from refused", entity.hubs),
        ("references that lead to nothing: select * from orphans", entity.orphans),
    ];
    for (what, count) in looks.iter().filter(|(_, count)| *count > 0) {
        let _ = writeln!(out, "  {count:>8} {what}");
    }
    out.push('\n');
}

/// What people decided about the records of an entity: how much, and how much of it waits.
pub(crate) fn decisions(figures: DecisionFigures, entity: &str) -> String {
    let DecisionFigures { always, never, waiting } = figures;
    let waits = if waiting > 0 {
        format!("; {waiting} of them wait for a record: select * from decisions.{entity} where status = 'waits'")
    } else {
        String::new()
    };
    format!("decisions of people: {always} always, {never} never{waits}")
}

fn time(out: &mut String, times: &[(String, f64)]) {
    let all: f64 = times.iter().map(|(_, seconds)| seconds).sum();
    let _ = writeln!(out, "{all:.1} s");
    for (step, seconds) in times.iter().filter(|(_, seconds)| *seconds >= 0.05) {
        let _ = writeln!(out, "  {seconds:>6.1} s  {step}");
    }
}
