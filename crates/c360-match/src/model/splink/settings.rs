//! Reads comparisons, levels and their probabilities out of the settings.

use super::{Columns, Import, Wanted, conditions, terms};
use crate::model::error::ModelError;
use crate::model::file::Node;
use crate::model::number::{LARGEST, SMALLEST};
use crate::model::parts::Comparison;

/// What Splink takes for a level that it did not see in training, about which its file has a sentence instead of a number.
const NOT_OBSERVED: f64 = 1e-6;
/// Probabilities that add up to something else than 1 by more than this are scaled.
const TOLERANCE: f64 = 0.005;

/// A probability's name, and how often as frequent the next level is as a rule, for settings that were not trained.
const M: (&str, f64) = ("m", 1.0 / 3.0);
const U: (&str, f64) = ("u", 10.0);

/// A level that is not about missing values.
struct Level {
    when: String,
    m: Option<f64>,
    u: Option<f64>,
}

/// The prior, if the settings have one.
pub(super) fn prior(root: &Node<'_>) -> Result<Option<f64>, ModelError> {
    let Some(node) = root.optional("probability_two_random_records_match")? else { return Ok(None) };
    let prior = node.number()?;
    if prior > 0.0 && prior < 1.0 {
        return Ok(Some(prior));
    }
    let help = "write the probability that two records match of which nothing is known, such as 0.0001";
    Err(ModelError::new(node.place(), format!("{prior} is not above 0 and below 1"), help))
}

impl Import<'_> {
    /// All comparisons that can be translated; what cannot is among the errors.
    pub(super) fn comparisons(&mut self, root: &Node<'_>) -> Vec<Comparison> {
        let nodes = self.collect(root.field("comparisons").and_then(|node| node.list())).unwrap_or_default();
        nodes.iter().enumerate().filter_map(|(index, node)| self.comparison(index, node)).collect()
    }

    fn comparison(&mut self, index: usize, node: &Node<'_>) -> Option<Comparison> {
        let name = self.collect(node.field("output_column_name").and_then(|name| name.text()))?;
        let nodes = self.collect(node.field("comparison_levels").and_then(|levels| levels.list()))?;
        let before = self.errors.len();
        let read: Vec<_> = nodes.iter().map(|node| level(name, node, self.term)).collect();
        let levels: Vec<Level> = read.into_iter().filter_map(|level| self.collect(level).flatten()).collect();
        self.adjustments(index, name, &nodes);
        let slips = levels.iter().filter(|level| level.when.contains(conditions::ONE_SLIP));
        self.notes.extend(slips.map(|level| {
            format!("`{name}` compares a date as a text: taken as `{}`, a digit that differs or parts that are exchanged", level.when)
        }));
        if self.errors.len() > before {
            return None;
        }
        let conditions: Vec<String> = levels.iter().map(|level| level.when.clone()).collect();
        let m = self.probabilities(name, M, levels.iter().map(|level| level.m).collect());
        let u = self.probabilities(name, U, levels.iter().map(|level| level.u).collect());
        Some(Comparison::new(name, &conditions, &m, &u))
    }

    /// Asks for frequencies where the first level is adjusted; those of other levels have no counterpart, and leaving them out is said.
    fn adjustments(&mut self, index: usize, comparison: &str, levels: &[Node<'_>]) {
        let levels = levels.iter().filter(|node| matches!(is_null(node), Ok(false)));
        for (level, node) in levels.enumerate() {
            match self.collect(wanted(index, comparison, node, self.term)).flatten() {
                Some(wanted) if level == 0 => self.frequencies.push(wanted),
                Some(wanted) => self.notes.push(format!(
                    "`{comparison}` is adjusted for frequent values of `{}` at level {}, which was left out: only level 1 can be",
                    wanted.term,
                    level + 1
                )),
                None => {}
            }
        }
    }

    /// The probabilities of a comparison's levels; what is usual where the settings lack one.
    fn probabilities(&mut self, comparison: &str, (letter, next): (&str, f64), given: Vec<Option<f64>>) -> Vec<f64> {
        let levels = given.len();
        let Some(mut all) = given.into_iter().collect::<Option<Vec<f64>>>() else {
            self.notes.push(format!("`{comparison}` has no `{letter}` for every level: what is usual was assumed; train the model"));
            return scaled(std::iter::successors(Some(1.0), |share| Some(share * next)).take(levels).collect());
        };
        all.iter_mut().for_each(|probability| *probability = probability.clamp(SMALLEST, LARGEST));
        if (all.iter().sum::<f64>() - 1.0).abs() <= TOLERANCE {
            return all;
        }
        self.notes.push(format!("`{letter}` of all levels of `{comparison}` did not sum up to 1: they were scaled"));
        scaled(all)
    }
}

type Terms<'a> = &'a dyn Columns;

/// A level; nothing for one of missing values.
fn level(comparison: &str, node: &Node<'_>, term: Terms<'_>) -> Result<Option<Level>, ModelError> {
    if is_null(node)? {
        return Ok(None);
    }
    let condition = node.field("sql_condition")?;
    let sql = condition.text()?;
    let when = conditions::translate(sql, term).map_err(|why| why.at(condition.place(), comparison, sql))?;
    Ok(Some(Level { when, m: probability(node, "m_probability")?, u: probability(node, "u_probability")? }))
}

/// Whether a level is of missing values.
fn is_null(level: &Node<'_>) -> Result<bool, ModelError> {
    level.optional("is_null_level")?.map_or(Ok(false), |flag| flag.flag())
}

/// A probability; nothing if the settings were not trained.
fn probability(level: &Node<'_>, name: &str) -> Result<Option<f64>, ModelError> {
    let Some(node) = level.optional(name)? else { return Ok(None) };
    if node.text().is_ok() {
        return Ok(Some(NOT_OBSERVED));
    }
    let number = node.number()?;
    if (0.0..=1.0).contains(&number) {
        return Ok(Some(number));
    }
    Err(ModelError::new(node.place(), format!("{number} is not between 0 and 1"), "write a probability, or leave it out"))
}

/// The adjustment for frequent values that a level asks for.
fn wanted(index: usize, comparison: &str, node: &Node<'_>, term: Terms<'_>) -> Result<Option<Wanted>, ModelError> {
    let Some(column) = node.optional("tf_adjustment_column")? else { return Ok(None) };
    let weight = node.optional("tf_adjustment_weight")?;
    let share = weight.as_ref().map_or(Ok(1.0), |weight| weight.number())?;
    if !(0.0..=1.0).contains(&share) {
        let help = "write how much of the adjustment is made, such as 1.0";
        return Err(ModelError::new(format!("{}.tf_adjustment_weight", node.place()), format!("{share} is not between 0 and 1"), help));
    }
    let name = column.text()?;
    // Splink puts names in quotes that are none of SQL's plain ones.
    let plain = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
    let term = terms::column(plain, term).map_err(|why| why.at(column.place(), comparison, name))?;
    Ok(Some(Wanted { comparison: index, term, share }))
}

fn scaled(shares: Vec<f64>) -> Vec<f64> {
    let sum: f64 = shares.iter().sum();
    shares.into_iter().map(|share| share / sum).collect()
}
