//! `publish` declarations: what, in which file format, to where.

use super::place;
use super::scope::Scope;
use super::suggest::unknown;
use crate::model::{Publish, PublishFormat, Published};
use c360_syntax::ast::{self, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};
use std::collections::BTreeMap;

/// File formats that can be written, with the endings of their files.
const FORMATS: &[(&str, PublishFormat, &str)] =
    &[("parquet", PublishFormat::Parquet, "parquet"), ("csv", PublishFormat::Csv, "csv"), ("ndjson", PublishFormat::Ndjson, "ndjson")];
const LISTS: &[&str] = &["duplicates", "rejects"];

/// All outputs, in their order.
pub(super) fn all(scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> Vec<Publish> {
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    scope.declared.publishes.iter().filter_map(|publish| check(publish, scope, &mut places, out)).collect()
}

fn check(publish: &ast::Publish, scope: &Scope<'_>, places: &mut BTreeMap<String, Span>, out: &mut Vec<Diagnostic>) -> Option<Publish> {
    let what = what(publish, scope, out);
    let format = format(&publish.format, out);
    let place = place::of(
        &publish.arguments,
        &publish.format.text,
        &format!("out/{0}.{1}", publish.what.text, publish.format.text),
        publish.span,
        &codes::PUBLISH_PLACE,
        out,
    );
    no_options(publish, out);
    let (place, place_span) = place?;
    taken(place, place_span, places, scope, out);
    let (format, ending) = format?;
    file_or_folder(place, place_span, ending, &publish.format.text, out);
    Some(Publish { span: publish.span, what: what?, format, place: place.to_owned() })
}

fn what(publish: &ast::Publish, scope: &Scope<'_>, out: &mut Vec<Diagnostic>) -> Option<Published> {
    let name = &publish.what;
    match (&publish.of, name.text.as_str()) {
        (None, _) if scope.source_named(&name.text).is_some() => {
            let message = format!("`{}` is a source, and what is published is made of sources", name.text);
            let finding = Diagnostic::new(&codes::PUBLISH_WHAT, name.span, message).label("a source");
            out.push(finding.help(format!("publish an entity, or `duplicates({0})` or `rejects({0})`", name.text)));
            None
        }
        (None, list) if LISTS.contains(&list) => {
            let finding = Diagnostic::new(&codes::PUBLISH_WHAT, name.span, format!("`{list}` of which source?")).label("no source");
            out.push(finding.help(format!("write `publish {list}(SOURCE) to ..`")));
            None
        }
        (None, _) => scope.entity(name, out).map(Published::Golden),
        (Some(of), "duplicates") => scope.source(of, out).map(Published::Duplicates),
        (Some(of), "rejects") => scope.source(of, out).map(Published::Rejects),
        (Some(_), "corrections") => {
            let finding =
                Diagnostic::new(&codes::PUBLISH_LATER, name.span, "`publish corrections(..)` is not built yet").label("not built yet");
            out.push(finding.help("remove it until a later version"));
            None
        }
        (Some(_), _) => {
            out.push(unknown(&codes::PUBLISH_WHAT, name, "list", "", LISTS));
            None
        }
    }
}

fn format(name: &Name, out: &mut Vec<Diagnostic>) -> Option<(PublishFormat, &'static str)> {
    let found = FORMATS.iter().find(|(word, ..)| *word == name.text).map(|(_, format, ending)| (*format, *ending));
    if found.is_none() {
        let words: Vec<&str> = FORMATS.iter().map(|(word, ..)| *word).collect();
        out.push(if name.text == "delta" {
            let finding =
                Diagnostic::new(&codes::PUBLISH_LATER, name.span, "publishing to `delta` is not built yet").label("not built yet");
            finding.help("publish to `parquet` until a later version")
        } else {
            unknown(&codes::PUBLISH_FORMAT, name, "file format", "", &words)
        });
    }
    found
}

fn no_options(publish: &ast::Publish, out: &mut Vec<Diagnostic>) {
    for argument in publish.arguments.iter().skip(1) {
        let span = argument.name.as_ref().map_or(argument.value.span, |name| name.span);
        let message = format!("`publish` to {} takes the place and nothing else", publish.format.text);
        out.push(Diagnostic::new(&codes::OPTION, span, message).label("unknown option").help("remove it"));
    }
}

/// Reports a place that another publish, the state or a source has.
fn taken(place: &str, span: Span, places: &mut BTreeMap<String, Span>, scope: &Scope<'_>, out: &mut Vec<Diagnostic>) {
    let canonical = place::canonical(place);
    if let Some(first) = places.insert(canonical.clone(), span) {
        let message = format!("two publishes write to `{place}`, so that each run would keep the last one only");
        let finding = Diagnostic::new(&codes::PUBLISH_TWICE, span, message).label("second publish").related(first, "the first one");
        out.push(finding.help("give each a place of its own"));
    }
    let state = scope.declared.pipelines.first().and_then(|pipeline| pipeline.state.as_ref());
    if let Some(state) = state.filter(|state| contains(&place::canonical(&state.value), &canonical)) {
        let finding = Diagnostic::new(&codes::PUBLISH_PLACE, span, format!("`{place}` lies inside the state, which is c360's own"));
        out.push(finding.label("inside the state").related(state.span, "the state").help("publish to a folder next to it"));
    }
    for source in &scope.declared.sources {
        let read = source.read.as_ref().and_then(|read| read.arguments.first()).and_then(|argument| argument.value.as_text());
        if let Some(read) = read.filter(|read| reads(&read.value, &canonical, place.ends_with('/'))) {
            let message = format!("source `{}` would read what this publishes", source.name.text);
            let finding = Diagnostic::new(&codes::PUBLISH_PLACE, span, message).label("read by a source");
            out.push(finding.related(read.span, "read here").help("publish to a place that no source reads"));
        }
    }
}

/// Whether `inner` is `folder` or lies below it.
fn contains(folder: &str, inner: &str) -> bool {
    inner.strip_prefix(folder).is_some_and(|rest| !folder.is_empty() && (rest.is_empty() || rest.starts_with('/')))
}

/// Whether a source that reads `pattern` reads files at or below `place`; of patterns only the fixed beginning is looked at.
fn reads(pattern: &str, place: &str, is_folder: bool) -> bool {
    let read = place::canonical(pattern);
    let is_pattern = pattern.contains(['*', '?']);
    if is_pattern {
        return is_folder && read.rsplit_once('/').is_some_and(|(folder, _)| folder == place);
    }
    if pattern.ends_with('/') { contains(&read, place) } else { contains(place, &read) }
}

/// A folder ends in `/`, a file in the ending of its format: anything else could mean both.
fn file_or_folder(place: &str, span: Span, ending: &str, format: &str, out: &mut Vec<Diagnostic>) {
    if place.contains(['*', '?']) {
        let finding = Diagnostic::new(&codes::PUBLISH_PLACE, span, "a place to write to is no pattern").label("has `*` or `?` in it");
        out.push(finding.help("name one file, or a folder that ends in `/`"));
    } else if place::ending(place).is_some() {
        place::check_ending(place, span, format, out);
    } else if !place.ends_with('/') {
        let message = format!("`{place}` could be a file or a folder");
        let finding = Diagnostic::new(&codes::PUBLISH_PLACE, span, message).label("which of the two?");
        let help = format!("end it in `/` for a folder, or in `.{ending}` for a file");
        out.push(finding.help(help).suggest(span, format!("{:?}", format!("{place}/"))));
    }
}
