//! Charts as SVG: bars that lie and columns that stand; neighbours have curves, and bars around a middle. Colours come from the page's style.

mod curve;
mod signed;

pub(crate) use curve::{Line, curves};
pub(crate) use signed::{Step, signed, waterfall};

use super::html::escaped;
use std::fmt::Write;

const WIDTH: f64 = 840.0;
/// Of a row of bars.
const ROW: f64 = 24.0;
/// Where bars begin: their names stand before.
const NAMES: f64 = 220.0;
/// How far a bar goes at most: its text stands behind.
const LONGEST: f64 = 360.0;
/// Of columns.
const HEIGHT: f64 = 180.0;
/// Letters of a name that fit.
const NAME_LETTERS: usize = 32;

/// A piece of a bar: its class in the style (`a`, `b`, `bad`) and its size.
pub(crate) struct Part {
    pub(crate) class: &'static str,
    pub(crate) size: f64,
}

/// Bars with a name, parts one behind the other, and a text; `whole` is as long as a bar can be.
pub(crate) fn bars(title: &str, whole: f64, rows: &[(String, Vec<Part>, String)]) -> String {
    let height = ROW * rows.len() as f64;
    let mut svg = open(title, height);
    let scale = if whole > 0.0 { LONGEST / whole } else { 0.0 };
    for (row, (name, parts, text)) in rows.iter().enumerate() {
        let top = ROW * row as f64;
        let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>", NAMES - 8.0, top + 16.0, shortened(name));
        let _ = writeln!(svg, "<rect class=\"back\" x=\"{NAMES}\" y=\"{:.0}\" width=\"{LONGEST}\" height=\"14\"/>", top + 5.0);
        let mut left = NAMES;
        for Part { class, size } in parts {
            let width = (size * scale).clamp(0.0, NAMES + LONGEST - left);
            let _ = writeln!(svg, "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"14\"/>", top + 5.0);
            left += width;
        }
        let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"{:.0}\">{}</text>", NAMES + LONGEST + 8.0, top + 16.0, escaped(text));
    }
    svg + "</svg>"
}

/// Two columns beside each other, with a name below.
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) first: u64,
    pub(crate) second: u64,
}

/// Columns with their counts above them; `names` are those of the two series.
pub(crate) fn columns(title: &str, names: [&str; 2], all: &[Column]) -> String {
    let mut svg = open(title, HEIGHT + 60.0);
    for (name, class, left) in [(names[0], "a", 0.0), (names[1], "b", 120.0)] {
        let _ = writeln!(svg, "<rect class=\"{class}\" x=\"{left}\" y=\"2\" width=\"12\" height=\"12\"/>");
        let _ = writeln!(svg, "<text x=\"{}\" y=\"13\">{}</text>", left + 18.0, escaped(name));
    }
    let highest = all.iter().map(|column| column.first.max(column.second)).max().unwrap_or(0).max(1) as f64;
    let step = WIDTH / all.len().max(1) as f64;
    let wide = (step * 0.38).min(48.0);
    for (place, column) in all.iter().enumerate() {
        let middle = step * (place as f64 + 0.5);
        for (class, count, left) in [("a", column.first, middle - wide), ("b", column.second, middle)] {
            let height = HEIGHT * count as f64 / highest;
            let top = HEIGHT + 40.0 - height;
            let _ = writeln!(svg, "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{height:.1}\"/>");
            let (x, y) = (left + wide / 2.0, top - 4.0);
            let _ = writeln!(svg, "<text class=\"soft\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{count}</text>");
        }
        let y = HEIGHT + 56.0;
        let _ = writeln!(svg, "<text x=\"{middle:.1}\" y=\"{y:.0}\" text-anchor=\"middle\">{}</text>", escaped(&column.name));
    }
    svg + "</svg>"
}

fn open(title: &str, height: f64) -> String {
    let title = escaped(title);
    format!("<svg role=\"img\" aria-label=\"{title}\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\">\n<title>{title}</title>\n")
}

fn shortened(name: &str) -> String {
    match name.chars().count() > NAME_LETTERS {
        true => format!("{}..", escaped(&name.chars().take(NAME_LETTERS - 2).collect::<String>())),
        false => escaped(name),
    }
}
