//! The order in which entities are resolved: an entity whose match rules follow a reference comes behind the one that it points to.

use super::graph;
use super::matching::Matching;
use super::scope::Scope;
use crate::model::{EntityId, Term};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// All entities in the order of their resolution; reports entities that wait for each other.
pub(super) fn resolution(scope: &Scope<'_>, matching: &[Matching], out: &mut Vec<Diagnostic>) -> Vec<EntityId> {
    let waits: Vec<Vec<(usize, Span)>> = (0..matching.len()).map(|index| waits_for(scope, index, &matching[index])).collect();
    let dependencies: Vec<Vec<usize>> = waits.iter().map(|waits| waits.iter().map(|(target, _)| *target).collect()).collect();
    let order = graph::order(&dependencies);
    for cycle in &order.cycles {
        out.push(circle(scope, cycle, &waits));
    }
    order.nodes.into_iter().map(EntityId).collect()
}

/// The entities that the match rules of one entity refer to, each with the first rule that does.
fn waits_for(scope: &Scope<'_>, entity: usize, matching: &Matching) -> Vec<(usize, Span)> {
    let mut found: Vec<(usize, Span)> = Vec::new();
    for (term, span) in matching.terms() {
        let Term::Reference(reference) = term else { continue };
        let target = scope.members[entity].reference(reference).target;
        if let Some(EntityId(target)) = target.filter(|target| found.iter().all(|(known, _)| *known != target.0)) {
            found.push((target, span));
        }
    }
    found
}

fn circle(scope: &Scope<'_>, cycle: &[usize], waits: &[Vec<(usize, Span)>]) -> Diagnostic {
    let steps: Vec<(usize, Span)> = (0..cycle.len())
        .map(|index| {
            let next = cycle[(index + 1) % cycle.len()];
            let wait = waits[cycle[index]].iter().find(|(target, _)| *target == next).expect("a circle is made of dependencies");
            (next, wait.1)
        })
        .collect();
    let name = |index: usize| scope.entity_name(EntityId(index));
    let message = if cycle.len() == 1 {
        format!("`{}` is matched by a reference to itself, which is only known once it is matched", name(cycle[0]))
    } else {
        let path: Vec<String> = cycle.iter().chain(&cycle[..1]).map(|index| format!("`{}`", name(*index))).collect();
        format!("match rules wait for each other: {}", path.join(" → "))
    };
    let mut finding = Diagnostic::new(&codes::MATCH_CYCLE, steps[0].1, message).label(format!("waits for `{}`", name(steps[0].0)));
    for (target, span) in &steps[1..] {
        finding = finding.related(*span, format!("waits for `{}`", name(*target)));
    }
    finding.help(if cycle.len() == 1 {
        "compare plain attributes in this rule"
    } else {
        "let one of these rules compare plain attributes instead of the reference"
    })
}
