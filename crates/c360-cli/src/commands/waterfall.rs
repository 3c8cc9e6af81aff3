//! The waterfall of a pair as a table with bars made of characters.

use super::rules::{bits_text, two_sides};
use crate::output;
use c360_match::model::probability;
use c360_run::look::{Bar, Part, Waterfall};
use comfy_table::CellAlignment;

/// The longest bar, on either side of the middle.
const LONGEST: usize = 10;

/// Each comparison's level with the values of both records, what it adds and the sum so far; then the score and the thresholds.
pub(super) fn table(waterfall: &Waterfall, first: &str, second: &str) -> String {
    let mut table = output::table(&["comparison", "level", first, second, "bits", "", "total", "probability"]);
    let most = waterfall.bars.iter().map(|bar| bar.weight.unsigned_abs()).max().unwrap_or_default();
    for bar in &waterfall.bars {
        let [left, right] = two_sides(&bar.values);
        let (comparison, level) = described(&bar.what);
        table.add_row([comparison, level, left, right, signed(bar.weight), drawn(bar, most), bits_text(bar.total), String::new()]);
    }
    let mut line = |name: &str, at: i32| {
        let empty = String::new;
        table.add_row([name.to_owned(), empty(), empty(), empty(), empty(), empty(), bits_text(at), format!("{:.3}", probability(at))]);
    };
    line("score", waterfall.score);
    line("accept from", waterfall.accept);
    waterfall.review.iter().for_each(|review| line("review from", *review));
    for number in [4, 6, 7] {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

fn described(part: &Part) -> (String, String) {
    match part {
        Part::Prior => ("prior".to_owned(), String::new()),
        Part::Level { comparison, level, when } => (comparison.clone(), format!("{level}: {when}")),
        Part::Missing { comparison } => (comparison.clone(), "a value is missing".to_owned()),
        Part::Frequency { comparison, term } => (comparison.clone(), format!("frequency of {term}")),
        Part::Group { shared } => ("group".to_owned(), format!("others share {}, too", shared.join(", "))),
    }
}

fn signed(weight: i32) -> String {
    let sign = if weight > 0 { "+" } else { "" };
    format!("{sign}{}", bits_text(weight))
}

/// What speaks against a match to the left of the middle, what speaks for it to the right; a bar that is not 0 has a character.
fn drawn(bar: &Bar, most: u32) -> String {
    let share = f64::from(bar.weight.unsigned_abs()) / f64::from(most.max(1));
    let length = (1..=LONGEST).filter(|mark| (*mark as f64 - 0.5) / LONGEST as f64 <= share).count();
    let length = if bar.weight == 0 { 0 } else { length.max(1) };
    let marks = if bar.weight < 0 { "-" } else { "+" }.repeat(length);
    match bar.weight < 0 {
        true => format!("{marks:>LONGEST$}:{:LONGEST$}", ""),
        false => format!("{:LONGEST$}:{marks:LONGEST$}", ""),
    }
}
