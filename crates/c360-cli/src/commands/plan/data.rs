//! `c360 plan --data`: what a run would do to real objects, and whether that stays within the budgets.

use super::pairs;
use crate::arguments::{Arguments, Output, Plan};
use crate::exit;
use crate::session::Session;
use crate::watch::Watch;
use crate::{output, report};
use c360_run::Pipeline;
use c360_run::care::{self, EntityPreview, Preview, Sample};
use serde_json::json;
use std::fmt::Write;

pub(super) async fn plan(session: &Session, command: &Plan, arguments: &Arguments) -> u8 {
    let pipeline = Pipeline { model: session.model(), fingerprint: &session.project.fingerprint, folder: &session.project.folder };
    let mut options = super::super::run::options(arguments, command.memory);
    options.budget = command.budget.limits();
    let watch = Watch::new();
    let preview = care::preview(pipeline, &session.store, &options, command.samples, &watch).await;
    watch.finish();
    let preview = match preview {
        Ok(preview) => preview,
        Err(error) => return session.fail(&error),
    };
    let over: Vec<String> = preview.entities.iter().flat_map(|entity| options.budget.exceeded(entity)).collect();
    match arguments.output {
        Output::Json => output::print_json("plan", as_json(&preview, &over)),
        Output::Markdown => output::print!("{}", markdown(&preview, &over)),
        _ => output::print!("{}", text(&preview, &over)),
    }
    let changes = preview.entities.iter().any(|entity| !is_quiet(entity));
    match (over.is_empty(), command.detailed_exitcode && changes) {
        (false, _) => exit::REFUSED,
        (true, true) => exit::CHANGES,
        (true, false) => exit::FINE,
    }
}

fn is_quiet(entity: &EntityPreview) -> bool {
    entity.created + entity.merged + entity.split + entity.retired + entity.changed == 0
}

fn text(preview: &Preview, over: &[String]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", against(preview));
    let _ = writeln!(
        out,
        "files: {} new, {} changed, {} gone\n",
        preview.files.new.len(),
        preview.files.changed.len(),
        preview.files.gone.len()
    );
    for step in &preview.steps {
        let _ = match step.anew {
            Some(reason) => writeln!(out, "  anew          {} ({reason})", step.title),
            None => writeln!(out, "  what changed  {}", step.title),
        };
    }
    for entity in &preview.entities {
        let _ = writeln!(out, "\n{}", headline(entity));
        if let Some(decisions) = entity.decisions {
            let _ = writeln!(out, "  {}", report::decisions(decisions, &entity.entity));
        }
        for (attribute, count) in &entity.values {
            let _ = writeln!(out, "  {count:>8} {attribute}");
        }
        for sample in &entity.samples {
            let _ = writeln!(out, "    {}", told(sample));
        }
    }
    out.push_str(&pairs::text(&preview.pairs));
    for line in over {
        let _ = writeln!(out, "\nover budget: {line}");
    }
    out
}

fn against(preview: &Preview) -> String {
    match preview.commit {
        Some(number) => format!("against commit {number}"),
        None => "there is no commit yet".to_owned(),
    }
}

fn headline(entity: &EntityPreview) -> String {
    if is_quiet(entity) {
        return format!("{}: nothing would change, {} objects", entity.entity, entity.after);
    }
    format!(
        "{}: {} -> {} objects; would create {}, merge {} into {}, split off {}, retire {}, change values of {}",
        entity.entity,
        entity.before,
        entity.after,
        entity.created,
        entity.merged,
        entity.merged_into,
        entity.split,
        entity.retired,
        entity.changed
    )
}

fn told(sample: &Sample) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".into());
    match (sample.kind.as_str(), sample.other) {
        ("merged", Some(other)) => format!("{} merged into {other}", sample.id),
        ("split", Some(other)) => format!("{} split off from {other}", sample.id),
        ("changed", _) => {
            format!("{} {}: {} -> {}", sample.id, sample.attribute.as_deref().unwrap_or_default(), value(&sample.old), value(&sample.new))
        }
        (kind, _) => format!("{} {kind}", sample.id),
    }
}

fn markdown(preview: &Preview, over: &[String]) -> String {
    let mut out = format!("### What a run would do, {}\n\n", against(preview));
    out.push_str("| entity | before | after | created | merged | split off | retired | changed |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for e in &preview.entities {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} into {} | {} | {} | {} |",
            e.entity, e.before, e.after, e.created, e.merged, e.merged_into, e.split, e.retired, e.changed
        );
    }
    for entity in preview.entities.iter().filter(|entity| !entity.samples.is_empty()) {
        let _ = writeln!(out, "\n<details><summary>{}: examples</summary>\n", entity.entity);
        for sample in &entity.samples {
            let _ = writeln!(out, "- {}", escaped(&told(sample)));
        }
        out.push_str("\n</details>\n");
    }
    out.push_str(&pairs::markdown(&preview.pairs));
    for line in over {
        let _ = writeln!(out, "\n**over budget:** {line}");
    }
    out
}

/// Values of customers are no markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '#' | '!' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn as_json(preview: &Preview, over: &[String]) -> serde_json::Value {
    let sample = |s: &Sample| json!({ "id": s.id, "kind": s.kind, "other": s.other, "attribute": s.attribute, "old": s.old, "new": s.new });
    let entity = |e: &EntityPreview| {
        json!({
            "entity": e.entity, "before": e.before, "after": e.after, "created": e.created, "merged": e.merged,
            "merged_into": e.merged_into, "split": e.split, "retired": e.retired, "changed": e.changed, "decisions": e.decisions,
            "values": e.values, "samples": e.samples.iter().map(sample).collect::<Vec<_>>(),
        })
    };
    let paths = |inputs: &[c360_run::commit::Input]| inputs.iter().map(|i| i.path.clone()).collect::<Vec<_>>();
    json!({
        "commit": preview.commit,
        "files": { "new": paths(&preview.files.new), "changed": paths(&preview.files.changed), "gone": paths(&preview.files.gone) },
        "steps": preview.steps.iter().map(|s| json!({ "title": s.title, "anew": s.anew })).collect::<Vec<_>>(),
        "entities": preview.entities.iter().map(entity).collect::<Vec<_>>(),
        "pairs": pairs::entities_json(&preview.pairs),
        "over_budget": over,
    })
}
