//! Rules that compare pairs: `fuzzy` with its blocks and conditions.

use super::attributes::Members;
use super::matching::Matching;
use super::pair_text::text;
use super::{pair_columns, pair_tests, rules, terms};
use crate::model::{Block, Decision, PairRule};
use c360_match::pairs::{Condition, Form};
use c360_syntax::Diagnostic;
use c360_syntax::ast::{self, BinaryOperator, Expr, ExprKind};
use c360_syntax::codes::model as codes;

/// Blocks of more records are not compared where the rule says nothing else: half a million pairs for one value.
pub(super) const AT_MOST: u64 = 1_000;

/// `fuzzy same_person { .. }`
pub(super) fn fuzzy(rule: &ast::FuzzyRule, members: &Members<'_>, matching: &mut Matching, out: &mut Vec<Diagnostic>) {
    let name = format!("fuzzy {}", rule.name.text);
    if let Some(first) = matching.pair_rules.iter().find(|known| known.name == name) {
        let finding = Diagnostic::new(&codes::DUPLICATE_NAME, rule.name.span, format!("`{name}` is declared twice")).label("again");
        out.push(finding.related(first.span, "first declared here").help("give one of them another name"));
        return;
    }
    // What is missing was reported by the parser.
    let (Some(written), Some(compare)) = (&rule.block, &rule.compare) else { return };
    let at_most = written.at_most.map_or(Some(AT_MOST), |(most, span)| rules::at_most(most, span, out));
    let blocks = blocks(&written.alternatives, members, out);
    let mut columns = Vec::new();
    let mut conditions = Vec::new();
    let mut complete = true;
    for part in operands(compare, BinaryOperator::And) {
        match pair_tests::condition(part, members, &mut columns, out) {
            Some(condition) => conditions.push((text(part), condition)),
            None => complete = false,
        }
    }
    let (Some(blocks), Some(at_most), true) = (blocks, at_most, complete) else { return };
    joined_by_block_alone(rule, &blocks, &conditions, &columns, out);
    matching.pair_rules.push(PairRule {
        span: rule.span,
        name,
        after: matching.rules.len(),
        blocks,
        at_most,
        columns,
        decision: Decision::Conditions(conditions),
    });
}

/// The alternatives of a block; `None` where one is wrong.
pub(super) fn blocks(written: &Expr, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Option<Vec<Block>> {
    let mut complete = true;
    let mut found: Vec<Block> = Vec::new();
    for alternative in operands(written, BinaryOperator::Or) {
        match block(alternative, members, out) {
            None => complete = false,
            Some(block) if found.iter().any(|known| known.name == block.name) => {
                let finding = Diagnostic::new(&codes::REPEATED_MATCH, alternative.span, format!("`{}` stands twice", block.name));
                out.push(finding.label("has no effect").help("remove it"));
            }
            Some(block) => found.push(block),
        }
    }
    complete.then_some(found)
}

fn block(written: &Expr, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Option<Block> {
    let mut found = Vec::new();
    for part in operands(written, BinaryOperator::And) {
        if !matches!(part.kind, ExprKind::Path(_) | ExprKind::Call { .. }) {
            let finding =
                Diagnostic::new(&codes::BLOCK_FORM, part.span, "records are found by a value that they share, not by a comparison");
            out.push(
                finding.label("no key").help("write an attribute or a form of one, such as `soundex(name.last)`; compare in `compare`"),
            );
            return None;
        }
        found.push(pair_columns::resolve(part, members, out)?);
    }
    let name = text(written);
    if found.iter().all(|formed| formed.form == Form::Whole && terms::is_weak(formed.term, members)) {
        let message = format!("nearly all records share `{name}`, so its blocks are too large to compare");
        let finding = Diagnostic::new(&codes::WEAK_BLOCK, written.span, message).label("tells few apart");
        out.push(finding.help("add what tells more apart, such as a postcode or the sound of a name"));
    }
    Some(Block { name, terms: found })
}

/// Operands of one operator, in their order: `a | b | c`.
fn operands(expr: &Expr, operator: BinaryOperator) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Binary { operator: own, left, right } if *own == operator => {
            let mut all = operands(left, operator);
            all.extend(operands(right, operator));
            all
        }
        _ => vec![expr],
    }
}

/// A condition that holds wherever the block does: then the rule is an exact one.
fn joined_by_block_alone(
    rule: &ast::FuzzyRule,
    blocks: &[Block],
    conditions: &[(String, Condition)],
    columns: &[crate::model::Formed],
    out: &mut Vec<Diagnostic>,
) {
    let is_of = |block: &Block, condition: &Condition| match condition {
        Condition::Test(test) if test.columns.len() == 1 => block.terms.contains(&columns[test.columns[0]]),
        _ => false,
    };
    let alone = blocks.iter().find(|block| conditions.iter().all(|(_, condition)| is_of(block, condition)));
    if let Some(block) = alone {
        let message = format!("`{}` compares only what its block `{}` makes equal", rule.name.text, block.name);
        let finding = Diagnostic::new(&codes::WEAK_PAIR, rule.name.span, message).label("every pair of such a block is joined");
        out.push(finding.help("write it as an `exact` rule, or compare something else as well"));
    }
}
