//! `source NAME "doc" { .. }`: what is read and how; the blocks of entities are in `mapping`.

use super::cursor::Cursor;
use super::{Lowering, Parsed, Seen, expression, mapping, publish};
use crate::ast::{Read, Source};
use crate::codes::syntax as codes;
use crate::shape::{Atom, AtomKind, Line, Part};
use crate::vocabulary::SOURCE_ENTRIES;

/// The cursor stands behind `source`.
pub(super) fn source(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>) -> Parsed<Source> {
    let name = lowering.name(cursor, "the name of the source")?;
    let doc = lowering.doc(cursor);
    let span = cursor.whole();
    let mut source = Source {
        span,
        name,
        doc,
        read: None,
        mode: None,
        key: Vec::new(),
        updated: None,
        delete: None,
        filter: None,
        mappings: Vec::new(),
    };
    let Ok(lines) = lowering.block(cursor, "`{` with the entries of the source") else { return Ok(source) };
    let mut seen = Seen::default();
    for line in lines {
        match line {
            Line::Parts(parts) => self::line(lowering, parts, &mut seen, &mut source),
            Line::Table(table) => lowering.misplaced_table(table),
        }
    }
    lowering.finish(cursor, "`source`");
    Ok(source)
}

/// The entries of one line. The columns of a key have commas between them, too.
fn line(lowering: &mut Lowering, parts: &[Part<'_>], seen: &mut Seen, source: &mut Source) {
    let mut rest = parts;
    while let Some((first, others)) = rest.split_first() {
        let is_key = first.atoms[0].word() == Some("key") && !is_mapping(first);
        let columns = if is_key { others.iter().take_while(|part| !starts_entry(part)).count() } else { 0 };
        let (columns, others) = others.split_at(columns);
        // What could not be read was reported; the other entries stand.
        let _: Parsed<()> = entry(lowering, first, columns, seen, source);
        rest = others;
    }
}

/// `mode snapshot`, `customer { .. }`: not another column of the key before it.
fn starts_entry(part: &Part<'_>) -> bool {
    is_mapping(part) || part.atoms.len() > 1 && part.atoms[0].word().is_some_and(|word| SOURCE_ENTRIES.contains(&word))
}

fn is_mapping(part: &Part<'_>) -> bool {
    let is_name = |atom: &Atom<'_>| matches!(&atom.kind, AtomKind::Name(words) if words.len() == 1);
    matches!(part.atoms.as_slice(), [name, Atom { kind: AtomKind::Block(_), .. }, ..] if is_name(name))
}

fn entry(lowering: &mut Lowering, part: &Part<'_>, columns: &[Part<'_>], seen: &mut Seen, source: &mut Source) -> Parsed<()> {
    let cursor = &mut Cursor::new(part);
    if is_mapping(part) {
        source.mappings.push(mapping::mapping(lowering, cursor)?);
        return Ok(());
    }
    let entry = lowering.entry_word(cursor, "an entry of `source`", &codes::UNKNOWN_ENTRY, &SOURCE_ENTRIES)?;
    let is_first = lowering.first(seen, entry, part.span);
    let slot = match entry {
        "read" => return read(lowering, cursor, source),
        "mode" => return mode(lowering, cursor, source),
        "key" => return key(lowering, cursor, columns, is_first, source),
        "updated" => &mut source.updated,
        "delete" => &mut source.delete,
        _ => &mut source.filter,
    };
    let value = expression::whole(lowering, cursor)?;
    slot.get_or_insert(value);
    Ok(())
}

fn read(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, source: &mut Source) -> Parsed<()> {
    let (format, arguments) = publish::place(lowering, cursor, "what to read: `csv(\"..\")`, `ndjson(\"..\")`, `parquet(\"..\")`, ..")?;
    lowering.finish(cursor, "`read`");
    source.read.get_or_insert(Read { span: cursor.whole(), format, arguments });
    Ok(())
}

fn mode(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, source: &mut Source) -> Parsed<()> {
    let mode = lowering.name(cursor, "`snapshot`, `changes` or `append`")?;
    lowering.finish(cursor, "`mode`");
    source.mode.get_or_insert(mode);
    Ok(())
}

fn key(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, columns: &[Part<'_>], is_first: bool, source: &mut Source) -> Parsed<()> {
    let mut key = vec![expression::whole(lowering, cursor)];
    key.extend(columns.iter().map(|column| expression::whole(lowering, &mut Cursor::new(column))));
    if is_first {
        source.key = key.into_iter().flatten().collect();
    }
    Ok(())
}
