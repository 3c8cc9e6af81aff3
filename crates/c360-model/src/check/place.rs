//! Places: the text in front of the options of `read`, `publish` and `state`. Opens nothing.

use c360_syntax::ast::Argument;
use c360_syntax::codes::{Code, model as codes};
use c360_syntax::{Diagnostic, Span};

/// Storage that this version reads and writes; anything without a scheme is a local path.
const SCHEMES: &[&str] = &["s3", "file", "memory"];

/// Endings of data files and the format that each means.
const ENDINGS: &[(&str, &str)] = &[
    ("csv", "csv"),
    ("tsv", "csv"),
    ("ndjson", "ndjson"),
    ("jsonl", "ndjson"),
    ("json", "ndjson"),
    ("parquet", "parquet"),
    ("avro", "avro"),
    ("arrow", "arrow"),
    ("feather", "arrow"),
];

/// Endings of compression, which stand behind the ending of the format.
const COMPRESSION: &[&str] = &["gz", "zst", "bz2"];

/// The place among the arguments of `read` or `publish`: the first one, text, without a name. Reports one that is missing.
/// `example` shows how one is written.
pub(super) fn of<'a>(
    arguments: &'a [Argument],
    format: &str,
    example: &str,
    whole: Span,
    code: &'static Code,
    out: &mut Vec<Diagnostic>,
) -> Option<(&'a str, Span)> {
    let found = arguments.first().filter(|argument| argument.name.is_none());
    let Some(argument) = found else {
        let finding = Diagnostic::new(code, whole, format!("`{format}` without a place")).label("no place");
        out.push(finding.help(format!("write the place first: `{format}(\"{example}\")`")));
        return None;
    };
    let c360_syntax::ast::ExprKind::Text(place) = &argument.value.kind else {
        let finding = Diagnostic::new(code, argument.value.span, "a place is written as text").label("not a text");
        out.push(finding.help(format!("put it in quotes: `{format}(\"{example}\")`")));
        return None;
    };
    check_scheme(place, argument.value.span, code, out).then_some((place, argument.value.span))
}

/// Whether a place is not empty and lies on storage that can be used; reports where it does not.
pub(super) fn check_scheme(place: &str, span: Span, code: &'static Code, out: &mut Vec<Diagnostic>) -> bool {
    if place.trim().is_empty() {
        out.push(
            Diagnostic::new(code, span, "the place is empty").label("empty").help("write a path or a URL such as `s3://bucket/folder/`"),
        );
        return false;
    }
    let Some((scheme, _)) = place.split_once("://") else { return true };
    if SCHEMES.contains(&scheme) {
        return true;
    }
    let finding = Diagnostic::new(code, span, format!("`{scheme}://` is no storage that can be used")).label("unknown storage");
    out.push(finding.help("use a local path or `s3://bucket/path`"));
    false
}

/// Warns where the ending of a place belongs to another file format than the one that it is read or written as.
pub(super) fn check_ending(place: &str, span: Span, format: &str, out: &mut Vec<Diagnostic>) {
    let Some(ending) = ending(place) else { return };
    let Some((_, meant)) = ENDINGS.iter().find(|(known, _)| *known == ending.to_ascii_lowercase()) else { return };
    if *meant != format {
        let message = format!("a place that ends in `.{ending}` is treated as {format}");
        out.push(
            Diagnostic::new(&codes::PLACE_ENDING, span, message)
                .label(format!("looks like {meant}"))
                .help(format!("write `{meant}(..)`, or rename the files")),
        );
    }
}

/// The ending of the last segment, without that of a compression; `None` where there is none.
pub(super) fn ending(place: &str) -> Option<&str> {
    let segment = place.rsplit('/').next().unwrap_or(place);
    let (stem, ending) = segment.rsplit_once('.')?;
    if COMPRESSION.contains(&ending) { stem.rsplit_once('.').map(|(_, inner)| inner) } else { Some(ending) }
}

/// The place in one spelling, so that two spellings of one place compare equal: no `./`, no doubled or trailing slash.
pub(super) fn canonical(place: &str) -> String {
    let (scheme, path) = place.split_once("://").map_or(("", place), |(scheme, path)| (scheme, path));
    let (scheme, rooted) = if scheme == "file" { ("", true) } else { (scheme, scheme.is_empty() && path.starts_with('/')) };
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty() && *segment != ".").collect();
    let root = if rooted { "/" } else { "" };
    let scheme = if scheme.is_empty() { String::new() } else { format!("{scheme}://") };
    format!("{scheme}{root}{}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{canonical, ending};

    #[test]
    fn spellings_of_one_place_are_one() {
        for (left, right) in [("out/a.csv", "./out//a.csv"), ("s3://b/x/", "s3://b/x"), ("/data/x", "file:///data/x"), ("a/./b", "a/b/")] {
            assert_eq!(canonical(left), canonical(right));
        }
        for (left, right) in [("out/a.csv", "/out/a.csv"), ("s3://b/x", "b/x"), ("s3://b/x", "memory://b/x")] {
            assert_ne!(canonical(left), canonical(right));
        }
    }

    #[test]
    fn endings_look_through_compression() {
        let endings = ["a.csv", "dir.d/a", "dir/*.ndjson.gz", "a.gz", "x.tar.parquet", "dir/"].map(ending);
        assert_eq!(endings, [Some("csv"), None, Some("ndjson"), None, Some("parquet"), None]);
    }
}
