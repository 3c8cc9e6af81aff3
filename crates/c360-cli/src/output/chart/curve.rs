//! Curves of shares, from 0 to 1, over something that is counted in steps.

use super::{HEIGHT, WIDTH, escaped, open};
use std::fmt::Write;

/// Where the axis of shares stands.
const LEFT: f64 = 40.0;
/// Where the curves end.
const RIGHT: f64 = WIDTH - 40.0;
/// Where they begin, below the names.
const TOP: f64 = 28.0;
/// So many marks stand below.
const MARKS: usize = 8;

/// A curve: its name, its class in the style (`a`, `b`, `bad`) and its points, ascending.
pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) class: &'static str,
    pub(crate) points: Vec<(f64, f64)>,
}

/// Curves with their names above; `below` says what a place on the lower axis is called; limits are named at the top of theirs.
pub(crate) fn curves(title: &str, lines: &[Line], limits: &[(&str, f64)], below: impl Fn(f64) -> String) -> String {
    let mut svg = open(title, TOP + HEIGHT + 24.0);
    let places = || lines.iter().flat_map(|line| &line.points).map(|(at, _)| *at);
    let (first, last) = (places().fold(f64::INFINITY, f64::min), places().fold(f64::NEG_INFINITY, f64::max));
    let scale = if last > first { (RIGHT - LEFT) / (last - first) } else { 0.0 };
    let x = |at: f64| LEFT + (at - first) * scale;
    let y = |share: f64| TOP + HEIGHT * (1.0 - share.clamp(0.0, 1.0));
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let at = y(share);
        let _ = writeln!(svg, "<line class=\"rule\" x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{RIGHT}\" y2=\"{at:.1}\" opacity=\"0.3\"/>");
        let _ = writeln!(svg, "<text class=\"soft\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{share}</text>", LEFT - 6.0, at + 4.0);
    }
    for mark in 0..MARKS {
        let at = first + (last - first) * mark as f64 / (MARKS - 1) as f64;
        let (left, low) = (x(at), TOP + HEIGHT + 16.0);
        let _ = writeln!(svg, "<text class=\"soft\" x=\"{left:.1}\" y=\"{low:.0}\" text-anchor=\"middle\">{}</text>", escaped(&below(at)));
    }
    for (number, line) in lines.iter().enumerate() {
        let points: Vec<String> = line.points.iter().map(|(at, share)| format!("{:.1},{:.1}", x(*at), y(*share))).collect();
        let _ = writeln!(svg, "<polyline class=\"{}\" points=\"{}\"/>", line.class, points.join(" "));
        let left = LEFT + 120.0 * number as f64;
        let _ = writeln!(svg, "<rect class=\"{}\" x=\"{left:.0}\" y=\"2\" width=\"12\" height=\"12\"/>", line.class);
        let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"13\">{}</text>", left + 18.0, escaped(line.name));
    }
    for (name, at) in limits.iter().filter(|(_, at)| (first..=last).contains(at)) {
        let (left, low) = (x(*at), TOP + HEIGHT);
        let _ = writeln!(svg, "<line class=\"limit\" x1=\"{left:.1}\" y1=\"{TOP}\" x2=\"{left:.1}\" y2=\"{low:.0}\"/>");
        let _ = writeln!(svg, "<text class=\"soft\" x=\"{:.1}\" y=\"{:.0}\">{}</text>", left + 4.0, TOP + 12.0, escaped(name));
    }
    svg + "</svg>"
}
