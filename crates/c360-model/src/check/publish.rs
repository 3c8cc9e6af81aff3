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
    let mut files: BTreeMap<String, Span> = BTreeMap::new();
    scope.declared.publishes.iter().filter_map(|publish| check(publish, scope, &mut files, out)).collect()
}

fn check(publish: &ast::Publish, scope: &Scope<'_>, files: &mut BTreeMap<String, Span>, out: &mut Vec<Diagnostic>) -> Option<Publish> {
    let what = what(publish, scope, out);
    let format = format(&publish.format, out);
    let example = format!("out/{0}.{1}", publish.what.text, publish.format.text);
    let place = place::of(&publish.arguments, &publish.format.text, &example, publish.span, &codes::PUBLISH_PLACE, out);
    no_options(publish, out);
    let ((place, span), (format, ending), what) = (place?, format?, what?);
    if file_or_folder(place, span, ending, &publish.format.text, out) {
        taken(&file(place, what, ending, scope), place, span, files, scope, out);
    }
    Some(Publish { span: publish.span, what, format, place: place.to_owned() })
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

/// A folder ends in `/`, a file in an ending: anything else could mean both. Whether the place can be used.
fn file_or_folder(place: &str, span: Span, ending: &str, format: &str, out: &mut Vec<Diagnostic>) -> bool {
    if place.contains(['*', '?']) {
        let finding = Diagnostic::new(&codes::PUBLISH_PLACE, span, "a place to write to is no pattern").label("has `*` or `?` in it");
        out.push(finding.help("name one file, or a folder that ends in `/`"));
        return false;
    }
    if place::ending(place).is_some() {
        place::check_ending(place, span, format, out);
    } else if !place.ends_with('/') {
        let finding = Diagnostic::new(&codes::PUBLISH_PLACE, span, format!("`{place}` could be a file or a folder"));
        let finding = finding.label("which of the two?").help(format!("end it in `/` for a folder, or in `.{ending}` for a file"));
        out.push(finding.suggest(span, format!("{:?}", format!("{place}/"))));
        return false;
    }
    true
}

/// The file that is written: in a folder it is called after what is published.
fn file(place: &str, what: Published, ending: &str, scope: &Scope<'_>) -> String {
    let canonical = place::canonical(place);
    if !place.ends_with('/') {
        return canonical;
    }
    let name = match what {
        Published::Golden(entity) => scope.entity_name(entity).to_owned(),
        Published::Duplicates(source) => format!("{}-duplicates", scope.source_of(source).name.text),
        Published::Rejects(source) => format!("{}-rejects", scope.source_of(source).name.text),
    };
    format!("{canonical}/{name}.{ending}")
}

/// Reports a file that another publish, the state or a source has.
fn taken(file: &str, place: &str, span: Span, files: &mut BTreeMap<String, Span>, scope: &Scope<'_>, out: &mut Vec<Diagnostic>) {
    if let Some(first) = files.get(file) {
        let finding = Diagnostic::new(&codes::PUBLISH_TWICE, span, format!("two publishes write the file `{file}`"));
        let finding = finding.label("second publish").related(*first, "the first one");
        out.push(finding.help("give each a place of its own"));
        return;
    }
    files.insert(file.to_owned(), span);
    let state = scope.declared.pipelines.first().and_then(|pipeline| pipeline.state.as_ref());
    if let Some(state) = state.filter(|state| is_below(&place::canonical(&state.value), file)) {
        let finding = Diagnostic::new(&codes::PUBLISH_PLACE, span, format!("`{place}` lies inside the state, which is c360's own"));
        out.push(finding.label("inside the state").related(state.span, "the state").help("publish to a folder next to it"));
    }
    for source in &scope.declared.sources {
        let read = source.read.as_ref().and_then(|read| read.arguments.first()).and_then(|argument| argument.value.as_text());
        if let Some(read) = read.filter(|read| reads(&read.value, file)) {
            let message = format!("source `{}` would read what this publishes", source.name.text);
            let finding = Diagnostic::new(&codes::PUBLISH_PLACE, span, message).label("read by a source");
            out.push(finding.related(read.span, "read here").help("publish to a place that no source reads"));
        }
    }
}

fn is_below(folder: &str, file: &str) -> bool {
    !folder.is_empty() && file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether a source that reads `pattern` reads `file`. Patterns are told by their folder and by what stands behind their last `*`.
fn reads(pattern: &str, file: &str) -> bool {
    let read = place::canonical(pattern);
    if pattern.ends_with('/') {
        return is_below(&read, file);
    }
    let Some((before, after)) = read.split_once(['*', '?']) else { return read == file };
    let folder = before.rsplit_once('/').map_or("", |(folder, _)| folder);
    let ending = after.rsplit(['*', '?']).next().unwrap_or(after);
    let in_folder = file.rsplit_once('/').is_some_and(|(found, _)| found == folder || pattern.contains("**") && is_below(folder, file));
    in_folder && file.starts_with(before) && file.ends_with(ending)
}

#[cfg(test)]
mod tests {
    use super::{is_below, reads};

    #[test]
    fn a_source_reads_what_its_pattern_means() {
        let read = [
            ("in/", "in/a.csv"),
            ("in/", "in/x/a.csv"),
            ("in/*.csv", "in/a.csv"),
            ("./in/a.csv", "in/a.csv"),
            ("in/**/*.csv", "in/x/y/a.csv"),
        ];
        assert!(read.iter().all(|(pattern, file)| reads(pattern, file)));
        let unread = [
            ("in/", "inside/a.csv"),
            ("in/*.csv", "in/a.parquet"),
            ("in/*.csv", "in/x/a.csv"),
            ("in/b*.csv", "in/a.csv"),
            ("in/a.csv", "in/b.csv"),
        ];
        assert!(unread.iter().all(|(pattern, file)| !reads(pattern, file)));
    }

    #[test]
    fn the_state_holds_what_lies_below_it() {
        assert!(is_below("state", "state/a.csv") && !is_below("state", "statement/a.csv") && !is_below("", "a.csv"));
    }
}
