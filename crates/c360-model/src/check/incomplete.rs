//! Tells whether the parser had to leave something out, which it reported: then there is no model, and what is missing is not reported again.

use c360_syntax::ast::{self, Item, Strategy};

/// Whether any of the files holds something that the parser could not lower.
pub(super) fn is_incomplete(files: &[ast::File]) -> bool {
    files.iter().flat_map(|file| &file.items).any(|item| match item {
        Item::Later(_) => true,
        Item::Entity(entity) => entity_is_incomplete(entity),
        Item::Pipeline(_) | Item::Use(_) | Item::Format(_) | Item::Source(_) | Item::Publish(_) | Item::Overrides(_) => false,
    })
}

fn entity_is_incomplete(entity: &ast::Entity) -> bool {
    entity.golden.iter().any(|golden| {
        golden.default.iter().any(|(strategy, _)| is_unknown(strategy))
            || golden.attributes.iter().any(|(_, strategy, _)| is_unknown(strategy))
    })
}

fn is_unknown(strategy: &Strategy) -> bool {
    match strategy {
        Strategy::Unknown(..) => true,
        Strategy::FirstOf(strategies) => strategies.iter().any(|(strategy, _)| is_unknown(strategy)),
        _ => false,
    }
}
