//! One page that needs nothing else: no scripts, no fonts, no pictures from elsewhere. Everything that comes from data is escaped.

use std::fmt::Write;

const STYLE: &str = "\
:root{--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--paper:#fff;--a:#2f6fb0;--b:#e08a1e;--bad:#c0392b;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa6b5;--line:#39424e;--paper:#161b22;--a:#6aa9e8;--b:#f0a94a;--bad:#ef7a6d}}
body{margin:2rem auto;max-width:62rem;padding:0 1rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}p{margin:.3rem 0;color:var(--soft)}
table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
.wide{overflow-x:auto}svg{max-width:100%;height:auto;display:block;margin:.5rem 0}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
.a{fill:var(--a)}.b{fill:var(--b)}.bad{fill:var(--bad)}.back{fill:var(--line)}svg text.soft{fill:var(--soft)}
.rule{stroke:var(--soft);stroke-width:1}.limit{stroke:var(--ink);stroke-width:1;stroke-dasharray:4 3}
polyline{fill:none;stroke-width:2}polyline.a{stroke:var(--a);fill:none}polyline.b{stroke:var(--b);fill:none}polyline.bad{stroke:var(--bad);fill:none}";

/// A page under construction.
pub(crate) struct Page {
    title: String,
    body: String,
}

impl Page {
    /// A page with nothing but its title.
    pub(crate) fn new(title: &str) -> Page {
        Page { title: escaped(title), body: format!("<h1>{}</h1>\n", escaped(title)) }
    }

    /// A chapter.
    pub(crate) fn heading(&mut self, text: &str) {
        let _ = writeln!(self.body, "<h2>{}</h2>", escaped(text));
    }

    /// A part of a chapter.
    pub(crate) fn subheading(&mut self, text: &str) {
        let _ = writeln!(self.body, "<h3>{}</h3>", escaped(text));
    }

    /// A sentence or two.
    pub(crate) fn text(&mut self, text: &str) {
        let _ = writeln!(self.body, "<p>{}</p>", escaped(text));
    }

    /// A chart, as this module's neighbour draws it.
    pub(crate) fn chart(&mut self, svg: &str) {
        let _ = writeln!(self.body, "{svg}");
    }

    /// A table; cells that are numbers stand to the right.
    pub(crate) fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        let numeric = |column: usize| !rows.is_empty() && rows.iter().all(|row| row.get(column).is_some_and(|cell| is_number(cell)));
        let class = |column: usize| if numeric(column) { " class=\"n\"" } else { "" };
        let cells = |tag: &str, cells: &mut dyn Iterator<Item = &str>| -> String {
            let cell = |(column, text)| format!("<{tag}{}>{}</{tag}>", class(column), escaped(text));
            cells.enumerate().map(cell).collect()
        };
        let _ = writeln!(self.body, "<div class=\"wide\"><table><tr>{}</tr>", cells("th", &mut header.iter().copied()));
        for row in rows {
            let _ = writeln!(self.body, "<tr>{}</tr>", cells("td", &mut row.iter().map(String::as_str)));
        }
        self.body.push_str("</table></div>\n");
    }

    /// Prints the page to standard output.
    pub(crate) fn print(self) {
        super::println!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>{}</title>\n<style>{STYLE}</style></head>\n<body>\n{}</body></html>",
            self.title,
            self.body
        );
    }
}

fn is_number(cell: &str) -> bool {
    cell.is_empty() || cell.trim_end_matches('%').trim().parse::<f64>().is_ok()
}

/// Text as it may stand in a page.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
