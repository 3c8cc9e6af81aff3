//! The answer as a page with charts.

use super::text::{distinct, headline, length, looks_like, percent, refused_share};
use super::{Answer, Described, Source};
use crate::output::{Page, Part, bars};

pub(super) fn of(answer: &Answer) -> Page {
    let names: Vec<&str> = answer.sources.iter().map(|source| source.name.as_str()).collect();
    let mut page = Page::new(&format!("What {} hold", names.join(", ")));
    for source in &answer.sources {
        of_source(source, &mut page);
    }
    if !answer.overlaps.is_empty() {
        page.heading("Values that two sources share");
        page.text("The share of the different values of the column with fewer that the other has, too; case and signs do not count.");
        let row = |o: &super::Overlap| {
            let text = format!("{} {}", percent(o.share), o.rule.as_deref().unwrap_or_default());
            (format!("{} ~ {}", o.left, o.right), vec![Part { class: "a", size: o.share }], text)
        };
        page.chart(&bars("Overlap", 1.0, &answer.overlaps.iter().map(row).collect::<Vec<_>>()));
    }
    page
}

fn of_source(source: &Source, page: &mut Page) {
    page.heading(&headline(source));
    let filled = |column: &Described| {
        let share = column.facts.completeness();
        let key = if column.facts.is_key() { ", can be a key" } else { "" };
        let text = format!("{} filled, {} distinct{key}", percent(share), distinct(column));
        (column.name.clone(), vec![Part { class: "a", size: share }], text)
    };
    page.chart(&bars("Completeness", 1.0, &source.columns.iter().map(filled).collect::<Vec<_>>()));
    let told = |all: &[(String, u64)]| all.iter().map(|(text, count)| format!("{text} ({count})")).collect::<Vec<_>>().join(", ");
    let row = |column: &Described| {
        let frequent = if column.shown { told(&column.facts.frequent) } else { "hidden".to_owned() };
        vec![column.name.clone(), length(column), told(&column.facts.patterns), frequent, looks_like(column), column.attributes.join(", ")]
    };
    let header = ["column", "length", "patterns", "frequent", "looks like", "mapped to"];
    page.table(&header, &source.columns.iter().map(row).collect::<Vec<_>>());
    if !source.validity.is_empty() {
        page.subheading("What formats refuse");
        let row = |found: &c360_run::profile::Validity| {
            let parts =
                vec![Part { class: "a", size: (found.present - found.refused) as f64 }, Part { class: "bad", size: found.refused as f64 }];
            let text = format!("{} of {} refused {}", found.refused, found.present, refused_share(found));
            (found.attribute.clone(), parts, text)
        };
        let most = source.validity.iter().map(|found| found.present).max().unwrap_or(0) as f64;
        page.chart(&bars("What formats refuse", most, &source.validity.iter().map(row).collect::<Vec<_>>()));
    }
}
