//! Bars around a middle: what speaks for something to the right, what speaks against it to the left; and waterfalls, whose bars hang from the one before.

use super::{LONGEST, NAMES, ROW, escaped, open, shortened};
use std::fmt::Write;

/// Bars with a name, a size that may be negative, and a text; `ends` are the smallest and the largest size, so that several charts have one scale.
pub(crate) fn signed(title: &str, ends: (f64, f64), rows: &[(String, f64, String)]) -> String {
    let steps: Vec<Step> =
        rows.iter().map(|(name, size, text)| Step { name: name.clone(), from: 0.0, to: *size, text: text.clone() }).collect();
    drawn(title, ends, &steps, &[])
}

/// A bar of a waterfall.
pub(crate) struct Step {
    /// What it is.
    pub(crate) name: String,
    /// Where it begins: the sum before.
    pub(crate) from: f64,
    /// Where it ends.
    pub(crate) to: f64,
    /// What stands behind it.
    pub(crate) text: String,
}

/// Bars from sum to sum, and limits that are named below them.
pub(crate) fn waterfall(title: &str, steps: &[Step], limits: &[(&str, f64)]) -> String {
    let all = || steps.iter().flat_map(|step| [step.from, step.to]).chain(limits.iter().map(|(_, at)| *at)).filter(|at| at.is_finite());
    drawn(title, (all().fold(0.0, f64::min), all().fold(0.0, f64::max)), steps, limits)
}

fn drawn(title: &str, (lowest, highest): (f64, f64), steps: &[Step], limits: &[(&str, f64)]) -> String {
    let scale = if highest > lowest { LONGEST / (highest - lowest) } else { 0.0 };
    let place = |at: f64| NAMES + (at.clamp(lowest, highest) - lowest) * scale;
    let height = ROW * steps.len() as f64;
    let mut svg = open(title, height + if limits.is_empty() { 0.0 } else { 18.0 });
    for (row, step) in steps.iter().enumerate() {
        let top = ROW * row as f64;
        let (left, right) = (place(step.from.min(step.to)), place(step.from.max(step.to)));
        let class = if step.to < step.from { "b" } else { "a" };
        let _ =
            writeln!(svg, "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>", NAMES - 8.0, top + 16.0, shortened(&step.name));
        let (y, width) = (top + 5.0, (right - left).max(1.0));
        let _ = writeln!(svg, "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{y:.0}\" width=\"{width:.1}\" height=\"14\"/>");
        let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"{:.0}\">{}</text>", NAMES + LONGEST + 8.0, top + 16.0, escaped(&step.text));
    }
    let zero = place(0.0);
    let _ = writeln!(svg, "<line class=\"rule\" x1=\"{zero:.1}\" y1=\"0\" x2=\"{zero:.1}\" y2=\"{height:.0}\"/>");
    for (name, at) in limits {
        let x = place(*at);
        let _ = writeln!(svg, "<line class=\"limit\" x1=\"{x:.1}\" y1=\"0\" x2=\"{x:.1}\" y2=\"{height:.0}\"/>");
        let y = height + 13.0;
        let _ = writeln!(svg, "<text class=\"soft\" x=\"{x:.1}\" y=\"{y:.0}\" text-anchor=\"middle\">{}</text>", escaped(name));
    }
    svg + "</svg>"
}
