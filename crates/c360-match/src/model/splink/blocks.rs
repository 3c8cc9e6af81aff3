//! Blocking rules: SQL into the alternatives of a block.

use super::sql::{Sql, Why, parse};
use super::terms::shared;
use super::{Columns, Import};
use crate::model::error::ModelError;
use crate::model::file::Node;

impl Import<'_> {
    /// All blocking rules that can be translated; what cannot is among the errors.
    pub(super) fn blocks(&mut self, root: &Node<'_>) -> Vec<String> {
        let rules = root.optional("blocking_rules_to_generate_predictions");
        let Some(Some(rules)) = self.collect(rules.and_then(|rules| rules.map(|node| node.list()).transpose())) else { return Vec::new() };
        let mut blocks = Vec::new();
        for rule in &rules {
            for block in self.collect(translated(rule, self.term)).unwrap_or_default() {
                // Alternatives of one rule may be another rule.
                if !blocks.contains(&block) {
                    blocks.push(block);
                }
            }
        }
        blocks
    }
}

/// A rule is its SQL, or an object that has it.
fn translated(rule: &Node<'_>, terms: &dyn Columns) -> Result<Vec<String>, ModelError> {
    let node = if rule.text().is_ok() { rule.clone() } else { rule.field("blocking_rule")? };
    let sql = node.text()?;
    let alternatives = |parsed: Sql| match parsed {
        Sql::Or(alternatives) => alternatives.iter().map(|one| block(one, terms)).collect(),
        one => block(&one, terms).map(|block| vec![block]),
    };
    parse(sql).and_then(alternatives).map_err(|why| why.at(node.place(), "blocking rule", sql))
}

/// `l.x = r.x AND ..`
fn block(sql: &Sql, terms: &dyn Columns) -> Result<String, Why> {
    match sql {
        Sql::And(parts) => Ok(parts.iter().map(|part| block(part, terms)).collect::<Result<Vec<_>, _>>()?.join(" & ")),
        Sql::Compare("=", left, right) => shared(left, right, terms),
        _ => Err(Why::with_help("a block is of equal values only", "block by expressions that both records share")),
    }
}
