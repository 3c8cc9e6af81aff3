//! What the language has and this version has not: one finding, no look inside.

use super::Lowering;
use super::cursor::{Cursor, name_of};
use crate::ast::{Item, Later, Name};
use crate::codes::syntax as codes;
use crate::shape::AtomKind;
use crate::{Diagnostic, Span};

/// A declaration; the cursor stands behind its first word.
pub(super) fn declaration(lowering: &mut Lowering, cursor: &mut Cursor<'_, '_>, keyword: &str, place: Span, whole: Span) -> Item {
    let diagnostic = Diagnostic::new(&codes::LATER_DECLARATION, place, format!("`{keyword}` is not built yet"));
    lowering
        .report(diagnostic.label("this version cannot run it").help("remove it for now, or turn it into a comment; `c360 fmt` keeps it"));
    Item::Later(Later { span: whole, keyword: Name { text: keyword.to_string(), span: place }, name: declared_name(keyword, cursor) })
}

/// The name that the declaration gives to something, as far as one can tell.
fn declared_name(keyword: &str, cursor: &Cursor<'_, '_>) -> Option<Name> {
    let is_naming = matches!(keyword, "event" | "metric" | "segment" | "view" | "param" | "secret");
    let atom = cursor.peek().filter(|_| is_naming)?;
    match &atom.kind {
        AtomKind::Name(words) => {
            let names: Vec<String> = words.iter().map(|word| name_of(word).text).collect();
            Some(Name { text: names.join("."), span: atom.span })
        }
        _ => None,
    }
}
