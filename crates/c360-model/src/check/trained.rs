//! `model` rules: what the file says as a rule that scores pairs, and what the rule says as what `train` starts from.

use super::attributes::Members;
use super::chosen_levels::Values;
use super::matching::Matching;
use super::pair_text::text;
use super::scope::Scope;
use super::{chosen_blocks, chosen_levels, pair_columns, pair_rules, pair_tests, rules, terms};
use crate::model::{Block, Comparison, Formed, PairRule, Term, Training};
use crate::trained::{ModelFile, ReadModel};
use c360_match::model::{COMPARISONS, LEVELS, threshold};
use c360_match::pairs::{Condition, Decision, Form, Weighed};
use c360_syntax::ast::{self, AttributePath, Expr, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Sources, Span, parse_condition};

/// `model "customer.model.json" accept 0.95 review 0.70`
pub(super) fn rule(rule: &ast::ModelRule, scope: &Scope<'_>, members: &Members<'_>, matching: &mut Matching, out: &mut Vec<Diagnostic>) {
    let name = format!("model {}", rule.file.value);
    if let Some(first) = matching.trainings.iter().find(|known| known.file == rule.file.value) {
        let finding = Diagnostic::new(&codes::REPEATED_MATCH, rule.file.span, format!("`{name}` stands twice")).label("again");
        out.push(finding.related(first.span, "first here").help("remove one of the two"));
        return;
    }
    let thresholds = thresholds(rule, out);
    let Some(training) = training(rule, members, out) else { return };
    let after = matching.rules.len();
    let read = match scope.models.get(rule.file.span) {
        Some(ModelFile::Read(read)) => Some(read),
        Some(ModelFile::InTraining) => None,
        unread => {
            let reason = if let Some(ModelFile::Unreadable(reason)) = unread { reason } else { "its file was not read" };
            out.push(unreadable(rule, members, reason));
            None
        }
    };
    if let (Some(read), Some((accept, review))) = (read, thresholds)
        && let Some((blocks, columns, weighed)) = compiled(rule, read, (accept, review), members, out)
    {
        if !is_for(&training, read) && (rule.block.is_some() || !rule.comparisons.is_empty()) {
            let message = format!("`{}` was trained for other blocks or comparisons than the rule names", rule.file.value);
            let finding = Diagnostic::new(&codes::STALE_MODEL, rule.file.span, message).label("out of date");
            out.push(finding.help(format!("run `c360 train {}`; until then the file decides", members.entity.name.text)));
        }
        let decision = Decision::Weighed(weighed);
        matching.pair_rules.push(PairRule { span: rule.span, name, after, blocks, at_most: training.at_most, columns, decision });
    }
    matching.trainings.push(training);
}

fn unreadable(rule: &ast::ModelRule, members: &Members<'_>, reason: &str) -> Diagnostic {
    let finding = Diagnostic::new(&codes::MODEL_FILE, rule.file.span, format!("the model `{}` cannot be used: {reason}", rule.file.value));
    finding.label("no model").help(format!("make it with `c360 train {}`", members.entity.name.text))
}

/// The scores from which pairs are joined and reviewed.
fn thresholds(rule: &ast::ModelRule, out: &mut Vec<Diagnostic>) -> Option<(i32, Option<i32>)> {
    let Some((accept, span)) = rule.accept else {
        let finding = Diagnostic::new(&codes::MODEL_THRESHOLD, rule.file.span, "from which probability on are two records the same?");
        out.push(finding.label("no `accept`").help("add it behind the file: `accept 0.95`"));
        return None;
    };
    let mut out_of_range = |value: f64, span: Span| {
        let fits = value > 0.0 && value < 1.0;
        if !fits {
            let finding = Diagnostic::new(&codes::MODEL_THRESHOLD, span, "a match probability lies between 0 and 1");
            out.push(finding.label("out of range").help("0.95 is careful, 0.5 joins what is as likely as not"));
        }
        !fits
    };
    if out_of_range(accept, span) || rule.review.is_some_and(|(review, span)| out_of_range(review, span)) {
        return None;
    }
    if let Some((review, span)) = rule.review.filter(|(review, _)| *review >= accept) {
        let finding = Diagnostic::new(
            &codes::MODEL_THRESHOLD,
            span,
            format!("pairs from {accept} on are accepted, so none is left for review from {review}"),
        );
        out.push(finding.label("never met").help("let `review` be smaller than `accept`"));
        return None;
    }
    Some((threshold(accept), rule.review.map(|(review, _)| threshold(review))))
}

/// The model's texts against the entity.
fn compiled(
    rule: &ast::ModelRule,
    read: &ReadModel,
    (accept, review): (i32, Option<i32>),
    members: &Members<'_>,
    out: &mut Vec<Diagnostic>,
) -> Option<(Vec<Block>, Vec<Formed>, Weighed)> {
    if read.model.entity() != members.entity.name.text {
        let message = format!("the model is for `{}`, not for `{}`", read.model.entity(), members.entity.name.text);
        let finding = Diagnostic::new(&codes::MODEL_FILE, rule.file.span, message).label("another entity's model");
        out.push(finding.help(format!("train one of its own: `c360 train {}`", members.entity.name.text)));
        return None;
    }
    let before = out.len();
    let mut columns = Vec::new();
    // All that is wrong is told at once; what could not be parsed was told before.
    let blocks: Vec<Option<Vec<Block>>> = read.blocks.iter().map(|written| pair_rules::blocks(written.as_ref()?, members, out)).collect();
    let mut comparisons = Vec::new();
    for written in &read.levels {
        let conditions: Vec<_> = written.iter().map(|level| pair_tests::condition(level.as_ref()?, members, &mut columns, out)).collect();
        comparisons.push(conditions.into_iter().collect::<Option<Vec<_>>>());
    }
    let mut frequency = |written: &Option<Expr>| {
        let formed = pair_columns::resolve(written.as_ref()?, members, out)?;
        Some(pair_columns::number(formed, &mut columns))
    };
    let frequencies: Vec<_> = read.terms.iter().map(|written| written.as_ref().map(&mut frequency)).collect();
    let blocks = blocks.into_iter().collect::<Option<Vec<_>>>()?.concat();
    // A comparison without frequencies is fine, one whose frequencies are of nothing known is not.
    let frequencies = frequencies.into_iter().map(|frequency| frequency.map_or(Some(None), |column| column.map(Some)));
    let frequencies = frequencies.collect::<Option<Vec<_>>>()?;
    if blocks.is_empty() && out.len() == before {
        let finding =
            Diagnostic::new(&codes::MODEL_FILE, rule.file.span, "the model has no blocks, so it compares nothing").label("no blocks");
        out.push(finding.help(format!("train it anew: `c360 train {}`", members.entity.name.text)));
    }
    let comparisons = comparisons.into_iter().collect::<Option<Vec<_>>>().filter(|_| !blocks.is_empty())?;
    Some((blocks, columns, Weighed { model: std::sync::Arc::clone(&read.model), comparisons, frequencies, accept, review }))
}

/// Whether a model was trained from what the rule says now. Blocks that it does not name are chosen by `train`.
fn is_for(training: &Training, read: &ReadModel) -> bool {
    let blocks = training.blocks.iter().map(|block| block.name.as_str()).eq(read.model.blocks().iter().map(String::as_str));
    let levels = |comparison: &Comparison| comparison.levels.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>();
    let known = read.model.comparisons().iter().map(|comparison| {
        comparison.levels.split_last().map_or_else(Vec::new, |(_, levels)| levels.iter().map(|level| level.when.clone()).collect())
    });
    (training.proposed || blocks) && training.comparisons.iter().map(levels).eq(known)
}

/// What `train` starts from: as the rule says, otherwise chosen by the formats.
fn training(rule: &ast::ModelRule, members: &Members<'_>, out: &mut Vec<Diagnostic>) -> Option<Training> {
    let chosen;
    let alternatives = match &rule.block {
        Some(block) => Some(&block.alternatives),
        None => {
            let compared: Vec<&str> = rule.comparisons.iter().map(|comparison| comparison.path.attribute.text.as_str()).collect();
            chosen = parsed(&chosen_blocks::blocks(&compared, members).join(" | "));
            chosen.as_ref()
        }
    };
    let Some(alternatives) = alternatives else {
        let finding =
            Diagnostic::new(&codes::MODEL_COMPARISON, rule.file.span, "the entity has nothing to find pairs by").label("no blocks");
        out.push(finding.help("name what two records must share to be compared: `{ block postcode & soundex(name.last) }`"));
        return None;
    };
    let blocks = pair_rules::blocks(alternatives, members, out);
    let at_most = rule.block.as_ref().and_then(|block| block.at_most);
    let at_most = at_most.map_or(Some(pair_rules::AT_MOST), |(most, span)| rules::at_most(most, span, out));
    let mut columns = Vec::new();
    let comparisons = match rule.comparisons.is_empty() {
        true => chosen_comparisons(members, &mut columns),
        false => named_comparisons(rule, members, &mut columns, out),
    };
    let (blocks, at_most, comparisons) = (blocks?, at_most?, comparisons?);
    let most = comparisons.iter().map(|comparison| comparison.levels.len() + 1).max().unwrap_or_default();
    if comparisons.is_empty() || comparisons.len() > COMPARISONS || most > LEVELS {
        let message = format!("a model has 1 to {COMPARISONS} comparisons with up to {LEVELS} levels each, `else` included");
        let finding =
            Diagnostic::new(&codes::MODEL_COMPARISON, rule.file.span, message).label(format!("{} named or chosen here", comparisons.len()));
        out.push(finding.help("name what tells objects apart: `{ compare name.last, compare born }`"));
        return None;
    }
    Some(Training { span: rule.span, file: rule.file.value.clone(), blocks, proposed: rule.block.is_none(), at_most, columns, comparisons })
}

fn named_comparisons(
    rule: &ast::ModelRule,
    members: &Members<'_>,
    columns: &mut Vec<Formed>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<Comparison>> {
    let mut complete = true;
    let mut found: Vec<Comparison> = Vec::new();
    for written in &rule.comparisons {
        let name = terms::text(&written.path);
        if found.iter().any(|known| known.name == name) {
            let finding = Diagnostic::new(&codes::REPEATED_MATCH, written.span, format!("`{name}` is compared twice")).label("again");
            out.push(finding.help("remove one of the two: evidence that counts twice is too sure of itself"));
            continue;
        }
        let Some(term) = terms::resolve(&written.path, members, out) else {
            complete = false;
            continue;
        };
        let comparison = match written.levels.is_empty() {
            true => Some(chosen(&name, term, members, columns)),
            false => levels(&written.levels, members, columns, out).map(|levels| comparison(&name, term, levels, members, columns)),
        };
        complete &= comparison.is_some();
        found.extend(comparison);
    }
    complete.then_some(found)
}

/// All attributes, names by their parts.
fn chosen_comparisons(members: &Members<'_>, columns: &mut Vec<Formed>) -> Option<Vec<Comparison>> {
    let mut found = Vec::new();
    for attribute in &members.attributes {
        let built = attribute.built.as_ref()?;
        let is_name = built.stages.last().is_some_and(|stage| stage.name == "person_name");
        let parts: &[Option<&str>] = if is_name { &[Some("first"), Some("last")] } else { &[None] };
        for part in parts {
            let name = |text: &str| Name { text: text.to_owned(), span: attribute.written.name.span };
            let path = AttributePath { span: attribute.written.span, attribute: name(&attribute.written.name.text), part: part.map(name) };
            let term = terms::resolve(&path, members, &mut Vec::new())?;
            found.push(chosen(&terms::text(&path), term, members, columns));
        }
    }
    found.truncate(COMPARISONS);
    Some(found)
}

fn chosen(name: &str, term: Term, members: &Members<'_>, columns: &mut Vec<Formed>) -> Comparison {
    let written: Vec<Expr> = chosen_levels::levels(term, name, members).iter().filter_map(|level| parsed(level)).collect();
    let levels = levels(&written, members, columns, &mut Vec::new()).expect("chosen levels suit the format that they are chosen by");
    comparison(name, term, levels, members, columns)
}

fn levels(
    written: &[Expr],
    members: &Members<'_>,
    columns: &mut Vec<Formed>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<(String, Condition)>> {
    let compiled: Vec<_> = written.iter().map(|level| Some((text(level), pair_tests::condition(level, members, columns, out)?))).collect();
    compiled.into_iter().collect()
}

fn comparison(name: &str, term: Term, levels: Vec<(String, Condition)>, members: &Members<'_>, columns: &mut Vec<Formed>) -> Comparison {
    // Frequencies are those of the value on which the first level agrees.
    let agrees = levels.first().is_some_and(|(text, _)| *text == format!("same({name})"));
    let few = matches!(Values::of(term, members), Values::Few | Values::Number | Values::Time);
    let frequencies = (agrees && !few).then(|| pair_columns::number(Formed { term, form: Form::Whole }, columns));
    let pii = match term {
        Term::Attribute { attribute, .. } => members.attribute(attribute).written.pii.is_some(),
        Term::Reference(_) => false,
    };
    let own = matches!(Values::of(term, members), Values::GivenName | Values::Date);
    Comparison { name: name.to_owned(), levels, frequencies, own, pii }
}

/// A text of our own as an expression.
fn parsed(text: &str) -> Option<Expr> {
    let mut sources = Sources::new();
    let id = sources.add("chosen", text);
    parse_condition(&sources, id).0
}
