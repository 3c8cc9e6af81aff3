//! Guards that look at objects as a whole: `never larger(50)`, `never looser(0.3)`.

use super::matching::Matching;
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// `never larger(50)`: joins are taken by strength, so what would make an object larger is its weakest.
pub(super) fn larger(span: Span, (written, place): &(String, Span), matching: &mut Matching, out: &mut Vec<Diagnostic>) {
    let Some(most) = written.parse().ok().filter(|most| *most >= 2) else {
        let finding = Diagnostic::new(&codes::GUARD_RANGE, *place, "an object has 2 records or more before a guard can hold any back");
        out.push(
            finding.label("not a number of records").help("write the most records that one object can have, such as `never larger(50)`"),
        );
        return;
    };
    once(matching.never_larger, "never larger", span, out);
    matching.never_larger.get_or_insert((most, span));
}

/// What holds where a model decides and nothing is said: nobody saw the pairs that it joins, and one wrong pair must not make one of two whole objects.
const LEAST: u32 = 100;

/// `never looser(0.3)`: chains of pairs are no object. 0 is no guard, and the way out of what holds otherwise.
pub(super) fn looser(span: Span, (written, place): &(String, Span), matching: &mut Matching, out: &mut Vec<Diagnostic>) {
    let share = written.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    let Some(share) = share else {
        let finding = Diagnostic::new(&codes::GUARD_RANGE, *place, "a share of pairs lies between 0 and 1").label("out of range");
        out.push(
            finding.help("write how many of the pairs between two groups must be joined, such as `never looser(0.3)`, or 0 for no guard"),
        );
        return;
    };
    once(matching.never_looser, "never looser", span, out);
    matching.never_looser.get_or_insert((thousandths(share), span));
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1")]
fn thousandths(share: f64) -> u32 {
    let rounded = (share * 1000.0).round() as u32;
    // The smallest share is a guard all the same.
    if share > 0.0 { rounded.max(1) } else { 0 }
}

fn once(known: Option<(u32, Span)>, guard: &str, span: Span, out: &mut Vec<Diagnostic>) {
    if let Some((_, first)) = known {
        let finding = Diagnostic::new(&codes::REPEATED_MATCH, span, format!("`{guard}` stands here twice")).label("has no effect");
        out.push(finding.related(first, "said here first").help("remove it"));
    }
}

/// How many of a thousand pairs between two groups of records must be joined, if that is looked at.
pub(super) fn least(matching: &Matching) -> Option<u32> {
    let unless_said = (!matching.trainings.is_empty()).then_some(LEAST);
    matching.never_looser.map_or(unless_said, |(least, _)| Some(least).filter(|least| *least > 0))
}

/// Warns of a share of pairs where there are none.
pub(super) fn check_used(matching: &Matching, out: &mut Vec<Diagnostic>) {
    if let Some((_, span)) = matching.never_looser.filter(|_| matching.pair_rules.is_empty() && matching.trainings.is_empty()) {
        let finding =
            Diagnostic::new(&codes::GUARD_UNUSED, span, "no rule compares pairs, and exact rules are not loose").label("has no effect");
        out.push(finding.help("remove it, or add the `fuzzy` or `model` rule that it is meant for"));
    }
}
