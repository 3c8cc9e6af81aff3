//! Terms of rules and guards as columns and comparable forms.

use crate::expression::column;
use crate::functions::Comparable;
use c360_match::pairs::Form;
use c360_model::model::{AttributeId, Entity, Formed, Term};
use datafusion::logical_expr::Expr;

/// How the values of a term compare, its ignored values left out.
pub(super) fn comparable(entity: &Entity, term: Term) -> Comparable {
    let ignore = entity.ignore.iter().filter(|i| i.term == term).flat_map(|i| i.values.iter().cloned());
    let mut ignore: Vec<String> = ignore.collect();
    ignore.sort();
    match term {
        Term::Attribute { attribute, part } => attribute_part(entity, attribute, part, ignore),
        Term::Reference(reference) => {
            let name = entity.references[reference.0].name.clone();
            Comparable { name, format: None, part: None, ignore, form: Form::Whole }
        }
    }
}

/// What is made of the values of a term.
pub(super) fn formed(entity: &Entity, formed: Formed) -> Comparable {
    Comparable { form: formed.form, ..comparable(entity, formed.term) }
}

/// How an attribute (or a part of it) compares where nothing is ignored.
pub(super) fn attribute_part(entity: &Entity, attribute: AttributeId, part: Option<usize>, ignore: Vec<String>) -> Comparable {
    let attribute = &entity.attributes[attribute.0];
    let name = match (part, &attribute.format) {
        (Some(part), c360_match::format::Format::Parts(format)) => format!("{}.{}", attribute.name, format.parts()[part]),
        _ => attribute.name.clone(),
    };
    Comparable { name, format: Some(attribute.format.clone()), part, ignore, form: Form::Whole }
}

/// The column that holds a term: of `records`, or for a reference the target's id from its `resolved` table.
pub(super) fn term_column(entity: &Entity, term: Term) -> Expr {
    match term {
        Term::Attribute { attribute, .. } => column(&entity.attributes[attribute.0].name),
        Term::Reference(reference) => column(&target_column(&entity.references[reference.0].name)),
    }
}

/// The name under which the resolved id of a reference is joined to records.
pub(super) fn target_column(reference: &str) -> String {
    format!("{reference}.target")
}
