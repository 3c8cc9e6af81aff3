//! `pipeline NAME { state ".." country DE owner ".." }`

use super::cursor::{Cursor, entries};
use super::{Lowering, Parsed, Seen};
use crate::Diagnostic;
use crate::ast::Pipeline;
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Part};
use crate::vocabulary::PIPELINE_ENTRIES;

/// The cursor stands behind `pipeline`.
pub(super) fn pipeline(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Pipeline> {
    let name = lowering.name(cursor, "the name of the pipeline")?;
    let mut pipeline = Pipeline { span: cursor.whole(), name, state: None, country: None, owner: None };
    if let Some(Atom { span, kind: AtomKind::Text(_), .. }) = cursor.peek() {
        let finding = Diagnostic::new(&codes::TRAILING, *span, "a pipeline has no description").label("unexpected");
        lowering.report(finding.help("entities and sources have one; write this as a comment above: `// ..`"));
        cursor.next();
    }
    let Ok(lines) = lowering.block(cursor, "`{` with the settings of the pipeline") else { return Ok(pipeline) };
    let mut seen = Seen::default();
    for part in entries(lowering, lines) {
        // What could not be read was reported; the other settings stand.
        let _: Parsed<()> = setting(lowering, part, &mut seen, &mut pipeline);
    }
    lowering.finish(cursor, "`pipeline`");
    Ok(pipeline)
}

fn setting(lowering: &mut Lowering, part: &Part<'_>, seen: &mut Seen, pipeline: &mut Pipeline) -> Parsed<()> {
    let cursor = &mut Cursor::new(part);
    let entry = lowering.entry_word(cursor, "an entry of `pipeline`", &codes::UNKNOWN_ENTRY, &PIPELINE_ENTRIES)?;
    let is_first = lowering.first(seen, entry, part.span);
    match entry {
        "state" => {
            let text = lowering.text(cursor, "the folder or URL of the state in quotes, such as `state \"state\"`")?;
            pipeline.state.get_or_insert(text);
        }
        "country" => {
            let name = lowering.name(cursor, "a country code like `DE`, without quotes")?;
            pipeline.country.get_or_insert(name);
        }
        _ => {
            let text = lowering.text(cursor, "the owner in quotes")?;
            pipeline.owner.get_or_insert(text);
        }
    }
    if is_first {
        lowering.finish(cursor, &format!("`{entry}`"));
    }
    Ok(())
}
