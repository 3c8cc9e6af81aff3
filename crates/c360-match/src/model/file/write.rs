//! Writes a model's file: fields in one order, numbers in fixed digits, a line for each level and each value, so that a diff shows what changed.

use super::{OLDEST, VERSION};
use crate::model::number::{written, written_bits};
use crate::model::parts::{Comparison, Frequencies, Group, Level, Model, Trained};

impl Model {
    /// The model as JSON that [`Model::read`] reads back as the same model; ends in a line break.
    #[must_use]
    pub fn write(&self) -> String {
        let blocks: Vec<String> = self.blocks().iter().map(|block| quoted(block)).collect();
        let comparisons: Vec<String> = self.comparisons().iter().map(comparison).collect();
        let mut fields = vec![
            format!("  \"version\": {}", if self.groups().is_empty() { OLDEST } else { VERSION }),
            format!("  \"entity\": {}", quoted(self.entity())),
            format!("  \"prior\": {}", written(self.prior())),
            format!("  \"blocks\": {}", listed(&blocks, 2)),
            format!("  \"comparisons\": {}", listed(&comparisons, 2)),
        ];
        if !self.groups().is_empty() {
            let groups: Vec<String> = self.groups().iter().map(|one| group(one, self.comparisons())).collect();
            fields.push(format!("  \"groups\": {}", listed(&groups, 2)));
        }
        fields.extend(self.trained().map(|figures| format!("  \"trained\": {}", trained(figures))));
        format!("{{\n{}\n}}\n", fields.join(",\n"))
    }
}

fn comparison(comparison: &Comparison) -> String {
    let levels: Vec<String> = comparison.levels.iter().map(level).collect();
    let mut fields = vec![format!("      \"name\": {}", quoted(&comparison.name)), format!("      \"levels\": {}", listed(&levels, 6))];
    fields.extend(comparison.frequencies.as_ref().map(|given| format!("      \"frequencies\": {}", frequencies(given))));
    format!("{{\n{}\n    }}", fields.join(",\n"))
}

fn level(level: &Level) -> String {
    let (when, weight) = (quoted(&level.when), written_bits(level.weight));
    format!("{{ \"when\": {when}, \"m\": {}, \"u\": {}, \"weight\": {weight} }}", written(level.m), written(level.u))
}

fn group(group: &Group, comparisons: &[Comparison]) -> String {
    let shared: Vec<String> = group.shared.iter().map(|number| quoted(&comparisons[*number].name)).collect();
    format!("{{ \"shared\": [{}], \"prior\": {} }}", shared.join(", "), written(group.prior))
}

fn frequencies(frequencies: &Frequencies) -> String {
    let values = frequencies.values.iter();
    let values: Vec<String> = values.map(|(value, &frequency)| format!("          {}: {}", quoted(value), written(frequency))).collect();
    let mut fields =
        vec![format!("        \"term\": {}", quoted(&frequencies.term)), format!("        \"share\": {}", written(frequencies.share))];
    if frequencies.hashed {
        fields.push("        \"hashed\": true".to_owned());
    }
    fields.push(format!("        \"values\": {{\n{}\n        }}", values.join(",\n")));
    format!("{{\n{}\n      }}", fields.join(",\n"))
}

fn trained(trained: &Trained) -> String {
    let (data, labels) = (quoted(&trained.data), quoted(&trained.labels));
    let fields = [
        format!("    \"records\": {}", trained.records),
        format!("    \"pairs\": {}", trained.pairs),
        format!("    \"data\": {data}"),
        format!("    \"labels\": {labels}"),
        format!("    \"iterations\": {}", trained.iterations),
        format!("    \"converged\": {}", trained.converged),
    ];
    format!("{{\n{}\n  }}", fields.join(",\n"))
}

/// A list, one value a line, two blanks deeper than the line that it begins on.
fn listed(values: &[String], indent: usize) -> String {
    if values.is_empty() {
        return "[]".to_owned();
    }
    let (deep, end) = (" ".repeat(indent + 2), " ".repeat(indent));
    let lines: Vec<String> = values.iter().map(|value| format!("{deep}{value}")).collect();
    format!("[\n{}\n{end}]", lines.join(",\n"))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
