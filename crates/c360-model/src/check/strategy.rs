//! Strategies of `golden`: names of sources, and which strategy suits which attribute.

use super::attributes::{Member, Members};
use super::scope::Scope;
use crate::model::{EntityId, SourceId, Strategy};
use c360_match::format::Format;
use c360_syntax::ast::{self, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};
use std::collections::BTreeMap;

/// What a strategy decides about.
pub(super) enum Target<'m, 'a> {
    /// All attributes of an entity that say nothing of their own.
    Default { entity: EntityId },
    /// One attribute or reference.
    Member { entity: EntityId, member: Member, members: &'m Members<'a> },
}

impl Target<'_, '_> {
    fn entity(&self) -> EntityId {
        match self {
            Target::Default { entity } | Target::Member { entity, .. } => *entity,
        }
    }

    fn written(&self) -> Option<&ast::Attribute> {
        match self {
            Target::Default { .. } => None,
            Target::Member { member, members, .. } => Some(members.written(*member)),
        }
    }

    /// Whether a source has anything to say here.
    fn is_supplied_by(&self, source: SourceId, scope: &Scope<'_>) -> bool {
        match self.written() {
            Some(attribute) => scope.supply.supplies(source, self.entity(), &attribute.name.text),
            None => scope.supply.describes(source, self.entity()),
        }
    }

    /// Why a strategy that compares values does not suit, if it does not.
    fn refuses(&self, strategy: &ast::Strategy) -> Option<&'static str> {
        let Target::Member { member, members, .. } = self else {
            return matches!(strategy, ast::Strategy::All).then_some("the default holds for attributes with a single value as well");
        };
        let Member::Attribute(id) = member else {
            return (!settles_references(strategy)).then_some("a reference has no value to compare");
        };
        let attribute = members.attribute(*id);
        match (strategy, &attribute.built.as_ref()?.format) {
            (ast::Strategy::All, _) if attribute.written.many.is_none() => Some("it holds one value"),
            (ast::Strategy::Min | ast::Strategy::Max, Format::Parts(_)) => Some("its parts have no order among them"),
            (ast::Strategy::Longest | ast::Strategy::Shortest, Format::Text(_) | Format::Parts(_)) => None,
            (ast::Strategy::Longest | ast::Strategy::Shortest, _) => Some("it is not text"),
            _ => None,
        }
    }
}

fn settles_references(strategy: &ast::Strategy) -> bool {
    use ast::Strategy as S;
    !matches!(strategy, S::Longest | S::Shortest | S::Min | S::Max | S::All)
}

/// The strategy with its names looked up; `None` where it is wrong.
pub(super) fn check(
    strategy: &ast::Strategy,
    span: Span,
    target: &Target<'_, '_>,
    scope: &Scope<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Strategy> {
    if let Some(reason) = target.refuses(strategy) {
        out.push(unsuitable(strategy, span, target, reason));
        return None;
    }
    match strategy {
        ast::Strategy::Precedence(names) => precedence(names, span, target, scope, out),
        ast::Strategy::Only(name) => only(name, target, scope, out),
        ast::Strategy::FirstOf(strategies) => first_of(strategies, target, scope, out),
        ast::Strategy::Latest => timed(Strategy::Latest, "latest", span, target, scope, out),
        ast::Strategy::Earliest => timed(Strategy::Earliest, "earliest", span, target, scope, out),
        ast::Strategy::MostFrequent => Some(Strategy::MostFrequent),
        ast::Strategy::Longest => Some(Strategy::Longest),
        ast::Strategy::Shortest => Some(Strategy::Shortest),
        ast::Strategy::Min => Some(Strategy::Min),
        ast::Strategy::Max => Some(Strategy::Max),
        ast::Strategy::All => Some(Strategy::All),
        ast::Strategy::Unknown(..) => None,
    }
}

fn unsuitable(strategy: &ast::Strategy, span: Span, target: &Target<'_, '_>, reason: &str) -> Diagnostic {
    let word = word(strategy);
    let message = match target.written() {
        Some(attribute) => format!("`{word}` does not suit `{}`: {reason}", attribute.name.text),
        None => format!("`{word}` cannot be the default: {reason}"),
    };
    let finding = Diagnostic::new(&codes::STRATEGY_KIND, span, message).label("does not suit");
    let finding = match target.written() {
        Some(attribute) => finding.related(attribute.span, "declared here"),
        None => finding,
    };
    finding.help(match (strategy, target) {
        (ast::Strategy::All, Target::Default { .. }) => "leave it out: `many` attributes keep all their values by themselves",
        (ast::Strategy::All, Target::Member { member: Member::Attribute(_), .. }) => {
            "declare the attribute `many`, or choose how one value wins"
        }
        _ => "use `precedence a > b`, `latest`, `earliest`, `only a` or `most frequent`",
    })
}

/// The strategy's words, without the names behind them.
pub(super) fn word(strategy: &ast::Strategy) -> &str {
    match strategy {
        ast::Strategy::Precedence(_) => "precedence",
        ast::Strategy::Latest => "latest",
        ast::Strategy::Earliest => "earliest",
        ast::Strategy::Only(_) => "only",
        ast::Strategy::MostFrequent => "most frequent",
        ast::Strategy::Longest => "longest",
        ast::Strategy::Shortest => "shortest",
        ast::Strategy::Min => "min",
        ast::Strategy::Max => "max",
        ast::Strategy::All => "all",
        ast::Strategy::FirstOf(_) => "first of",
        ast::Strategy::Unknown(name, _) => &name.text,
    }
}

/// A source that has nothing to say here is left out with a warning: it may have, once its blocks are written.
fn precedence(names: &[Name], span: Span, target: &Target<'_, '_>, scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> Option<Strategy> {
    let mut complete = !names.is_empty();
    let mut seen: BTreeMap<SourceId, Span> = BTreeMap::new();
    let mut sources: Vec<SourceId> = Vec::with_capacity(names.len());
    for name in names {
        let Some(source) = scope.source(name, out) else {
            complete = false;
            continue;
        };
        if let Some(first) = seen.insert(source, name.span) {
            complete = false;
            let finding = Diagnostic::new(&codes::PRECEDENCE_TWICE, name.span, format!("`{}` stands twice in this precedence", name.text));
            out.push(finding.label("again").related(first, "first here").help("remove one of the two"));
        } else if target.is_supplied_by(source, scope) {
            sources.push(source);
        } else {
            out.push(unsupplied_in_precedence(name, target, scope));
        }
    }
    if names.is_empty() {
        out.push(Diagnostic::new(&codes::STRATEGY_KIND, span, "`precedence` names no source").help("write `precedence a > b`"));
    }
    complete.then_some(Strategy::Precedence(sources))
}

fn unsupplied_in_precedence(name: &Name, target: &Target<'_, '_>, scope: &Scope<'_>) -> Diagnostic {
    let entity = scope.entity_name(target.entity());
    let Some(attribute) = target.written() else {
        let message = format!("source `{}` does not describe `{entity}`", name.text);
        let finding = Diagnostic::new(&codes::PRECEDENCE_UNSUPPLIED, name.span, message).label("has no effect");
        return match scope.describers(target.entity()) {
            Some(list) => finding.help(format!("`{entity}` is described by {list}")),
            None => finding.help("no source describes it"),
        };
    };
    let message = format!("source `{}` never supplies `{}`", name.text, attribute.name.text);
    let finding = Diagnostic::new(&codes::PRECEDENCE_UNSUPPLIED, name.span, message).label("has no effect");
    with_suppliers(finding, &attribute.name.text, target.entity(), scope)
}

fn only(name: &Name, target: &Target<'_, '_>, scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> Option<Strategy> {
    let source = scope.describing(name, target.entity(), out)?;
    if !target.is_supplied_by(source, scope) {
        let attribute = target.written().map_or("", |attribute| attribute.name.text.as_str());
        let message = format!("`{attribute}` would always be empty: source `{}` does not supply it", name.text);
        let finding = Diagnostic::new(&codes::ONLY_UNSUPPLIED, name.span, message).label(format!("does not supply `{attribute}`"));
        out.push(with_suppliers(finding, attribute, target.entity(), scope));
        return None;
    }
    Some(Strategy::Only(source))
}

fn with_suppliers(finding: Diagnostic, attribute: &str, entity: EntityId, scope: &Scope<'_>) -> Diagnostic {
    let names: Vec<&str> = scope.supply.suppliers(entity, attribute).map(|source| scope.source_of(source).name.text.as_str()).collect();
    match super::suggest::listing(&names) {
        Some(list) => finding.help(format!("it is supplied by {list}")),
        None => finding.help("no source supplies it"),
    }
}

/// `latest` and `earliest` decide nothing where no source that supplies the value says when its rows were updated.
fn timed(
    strategy: Strategy,
    word: &str,
    span: Span,
    target: &Target<'_, '_>,
    scope: &Scope<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Strategy> {
    let suppliers: Vec<SourceId> =
        scope.supply.sources_of(target.entity()).filter(|source| target.is_supplied_by(*source, scope)).collect();
    if !suppliers.is_empty() && suppliers.iter().all(|source| scope.source_of(*source).updated.is_none()) {
        let names: Vec<&str> = suppliers.iter().map(|source| scope.source_of(*source).name.text.as_str()).collect();
        let message = format!("`{word}` decides nothing: no source that supplies this says when its rows were updated");
        let finding = Diagnostic::new(&codes::NO_UPDATED, span, message).label("all rows are equally old");
        let list = super::suggest::listing(&names).map_or(String::new(), |list| format!(" to {list}"));
        out.push(finding.help(format!("add `updated COLUMN`{list}")));
    }
    Some(strategy)
}

/// Each but the last must be able to yield nothing, and only `only` is.
fn first_of(
    strategies: &[(ast::Strategy, Span)],
    target: &Target<'_, '_>,
    scope: &Scope<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<Strategy> {
    let lowered: Vec<Option<Strategy>> = strategies.iter().map(|(strategy, span)| check(strategy, *span, target, scope, out)).collect();
    let conclusive = strategies.iter().position(|(strategy, _)| !may_yield_nothing(strategy));
    if let Some(unreached) = conclusive.and_then(|index| strategies.get(index + 1)) {
        let (before, before_span) = &strategies[conclusive.expect("it was found")];
        let message = format!("`{}` is never reached: `{}` yields a value whenever there is one", word(&unreached.0), word(before));
        let finding = Diagnostic::new(&codes::NEVER_REACHED, unreached.1, message).label("never reached");
        out.push(
            finding
                .related(*before_span, "this one always decides")
                .help("put `only SOURCE` first, and remove what follows the first other strategy"),
        );
    }
    lowered.into_iter().collect::<Option<Vec<_>>>().filter(|strategies| !strategies.is_empty()).map(Strategy::FirstOf)
}

fn may_yield_nothing(strategy: &ast::Strategy) -> bool {
    match strategy {
        ast::Strategy::Only(_) | ast::Strategy::Unknown(..) => true,
        ast::Strategy::FirstOf(strategies) => strategies.iter().all(|(strategy, _)| may_yield_nothing(strategy)),
        _ => false,
    }
}
