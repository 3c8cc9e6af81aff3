//! `match` blocks: each entry into rules, guards and ignored values.

use super::attributes::Members;
use super::scope::Scope;
use super::{guards, ignore, pair_rules, rules, trained, useless, whole};
use crate::model::{EntityId, ExactRule, Guard, Ignore, PairRule, SourceId, Term, Training};
use c360_syntax::ast::MatchEntry;
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// What the `match` block of one entity says.
#[derive(Default)]
pub(super) struct Matching {
    pub(super) rules: Vec<ExactRule>,
    pub(super) pair_rules: Vec<PairRule>,
    pub(super) trainings: Vec<Training>,
    pub(super) never_differ: Vec<Guard>,
    pub(super) never_same_source: Vec<(SourceId, Span)>,
    pub(super) never_larger: Option<(u32, Span)>,
    pub(super) never_looser: Option<(u32, Span)>,
    pub(super) ignore: Vec<Ignore>,
}

impl Matching {
    /// What rules and guards compare, each with the place of its rule.
    pub(super) fn terms(&self) -> impl Iterator<Item = (Term, Span)> {
        let exact = self.rules.iter().flat_map(|rule| rule.terms.iter().map(|term| (*term, rule.span)));
        let pairs = self.pair_rules.iter().flat_map(|rule| rule.terms().map(|term| (term, rule.span)));
        let guards = self.never_differ.iter().map(|guard| (guard.term, guard.span));
        exact.chain(pairs).chain(guards)
    }
}

/// The match blocks of all entities, in their order.
pub(super) fn all(scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> Vec<Matching> {
    scope.members.iter().enumerate().map(|(index, members)| matching(scope, EntityId(index), members, out)).collect()
}

fn matching(scope: &Scope<'_>, id: EntityId, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Matching {
    let mut matching = Matching::default();
    let Some(block) = &members.entity.matching else {
        without_block(scope, id, out);
        return matching;
    };
    for entry in &block.entries {
        match entry {
            MatchEntry::Exact(rule) => rules::exact(rule, members, &mut matching, out),
            MatchEntry::NeverDiffer { span, path } => guards::never_differ(*span, path, members, &mut matching, out),
            MatchEntry::NeverSameSource { span, source } => guards::never_same_source(*span, source, scope, id, &mut matching, out),
            MatchEntry::NeverLarger { span, most } => whole::larger(*span, most, &mut matching, out),
            MatchEntry::NeverLooser { span, least } => whole::looser(*span, least, &mut matching, out),
            MatchEntry::Ignore { span, path, values } => ignore::ignore(*span, path, values, members, &mut matching, out),
            MatchEntry::Fuzzy(rule) => pair_rules::fuzzy(rule, members, &mut matching, out),
            MatchEntry::Model(rule) => trained::rule(rule, scope, members, &mut matching, out),
        }
    }
    useless::check(&mut matching, out);
    ignore::check_used(&matching, out);
    whole::check_used(&matching, out);
    matching
}

/// An empty block says that each record is an object of its own; no block says nothing, which is probably not meant.
fn without_block(scope: &Scope<'_>, id: EntityId, out: &mut Vec<Diagnostic>) {
    let entity = scope.members_of(id).entity;
    if scope.supply.is_cross_referenced(id) || scope.supply.sources_of(id).next().is_none() {
        return;
    }
    let message = format!("`{}` has no match rules, so each of its records becomes an object of its own", entity.name.text);
    let finding = Diagnostic::new(&codes::NO_RULES, entity.name.span, message).label("no `match`");
    out.push(finding.help("add `match { exact .. }`, or an empty `match { }` if that is meant"));
}
