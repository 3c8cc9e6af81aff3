//! The findings that all declarations share, each in one wording.

use super::cursor::Cursor;
use super::{Lowering, Parsed, Reported, Seen};
use crate::codes::{Code, syntax as codes};
use crate::shape::{Atom, AtomKind, Table};
use crate::vocabulary::RESERVED;
use crate::{Diagnostic, Span, suggest};

/// For `'it''s'` and `"a"b"c"`.
pub(super) const QUOTE_HELP: &str = "inside of a text, a quote is written with a backslash: `\\'` or `\\\"`";

impl Lowering {
    pub(super) fn report(&mut self, diagnostic: Diagnostic) -> Reported {
        self.diagnostics.push(diagnostic);
        Reported
    }

    /// `what` should stand where the cursor is.
    pub(super) fn expected(&mut self, cursor: &Cursor<'_, '_>, what: &str) -> Reported {
        self.expected_with_help(cursor, what, None)
    }

    pub(super) fn expected_with_help(&mut self, cursor: &Cursor<'_, '_>, what: &str, help: Option<&str>) -> Reported {
        let label = if cursor.is_done() { "missing here" } else { "not expected here" };
        let message = format!("expected {what}, found {}", found(cursor));
        let diagnostic = Diagnostic::new(&codes::EXPECTED, cursor.here(), message).label(label);
        let own = comment_help(cursor).or(help).or_else(|| sign_help(cursor)).map(str::to_string).or_else(|| reserved_help(cursor));
        self.report(Diagnostic { help: own, ..diagnostic })
    }

    /// Reports what stands behind the end of an entry; `what` is the entry.
    pub(super) fn finish(&mut self, cursor: &Cursor<'_, '_>, what: &str) {
        if cursor.is_done() {
            return;
        }
        let help = match cursor.peek().map(|atom| &atom.kind) {
            Some(AtomKind::Text(_)) if cursor.is_glued() => QUOTE_HELP,
            Some(AtomKind::Parens(_)) => "in a call no blank stands before the parenthesis: `lower(x)`",
            _ => "one entry ends with its line or with a comma",
        };
        let diagnostic = Diagnostic::new(&codes::TRAILING, cursor.rest(), format!("{} does not belong to {what}", found(cursor)));
        self.report(diagnostic.label("unexpected").help(help));
    }

    /// `word` is none of `candidates`, which are what may stand there. Returns the one that was probably meant.
    pub(super) fn unknown(
        &mut self,
        code: &'static Code,
        word: &str,
        span: Span,
        message: String,
        candidates: &[&'static str],
    ) -> Option<&'static str> {
        let near = suggest(word, candidates.iter().copied());
        let diagnostic = Diagnostic::new(code, span, message);
        self.report(match near {
            Some(near) => diagnostic.label("unknown").suggest(span, near),
            None => diagnostic.label("unknown").help(format!("it can be {}", listed(candidates))),
        });
        near
    }

    /// The first word of an entry or an option. A misspelt one is reported and read as what was probably meant.
    pub(super) fn entry_word(
        &mut self,
        cursor: &mut Cursor<'_, '_>,
        what: &str,
        code: &'static Code,
        candidates: &[&'static str],
    ) -> Parsed<&'static str> {
        let span = cursor.here();
        let Some(word) = cursor.word() else { return Err(self.expected(cursor, what)) };
        cursor.next();
        if let Some(known) = candidates.iter().find(|known| **known == word) {
            return Ok(known);
        }
        let message = format!("`{}` is not {what}", shortened(word));
        self.unknown(code, word, span, message, candidates).ok_or(Reported)
    }

    /// A word that must follow; a misspelt one is reported and read as that.
    pub(super) fn required_word(&mut self, cursor: &mut Cursor<'_, '_>, word: &'static str, help: &str) -> Parsed<()> {
        if cursor.eat_word(word).is_some() {
            return Ok(());
        }
        let what = format!("`{word}`");
        if cursor.word().and_then(|written| suggest(written, [word])).is_none() {
            return Err(self.expected_with_help(cursor, &what, Some(help)));
        }
        let message = format!("expected {what}, found {}", found(cursor));
        self.report(Diagnostic::new(&codes::EXPECTED, cursor.here(), message).label("not expected here").suggest(cursor.here(), word));
        cursor.next();
        Ok(())
    }

    /// A call or a list with too few or too many arguments.
    pub(super) fn wrong_count(&mut self, span: Span, of: &str, needed: &str) -> Reported {
        let diagnostic = Diagnostic::new(&codes::EXPECTED, span, format!("`{}` needs {needed}", shortened(of)));
        self.report(diagnostic.label("not like this"))
    }

    /// Notes an entry that may stand once; reports the second and returns false for it.
    pub(super) fn first(&mut self, seen: &mut Seen, entry: &'static str, span: Span) -> bool {
        match seen.0.iter().find(|(other, _)| *other == entry) {
            None => {
                seen.0.push((entry, span));
                true
            }
            Some((_, first)) => {
                let diagnostic = Diagnostic::new(&codes::DUPLICATE_ENTRY, span, format!("`{entry}` stands twice"));
                self.report(diagnostic.label("again").related(*first, "first here").help("remove one of the two"));
                false
            }
        }
    }

    pub(super) fn empty_name(&mut self, span: Span) -> Reported {
        self.report(Diagnostic::new(&codes::EXPECTED, span, "expected a name between the backticks, found nothing").label("empty"))
    }

    pub(super) fn too_long_path(&mut self, span: Span) -> Reported {
        let diagnostic = Diagnostic::new(&codes::TRAILING, span, "a path has at most two words here: an attribute and its part");
        self.report(diagnostic.label("one too many").help("parts have no parts; write `attribute.part`"))
    }

    pub(super) fn misplaced_table(&mut self, table: &Table<'_>) {
        let message = format!("the table `{} {}` stands outside of a `test`", table.word, table.name);
        self.report(
            Diagnostic::new(&codes::UNKNOWN_ENTRY, table.span, message).label("not here").help("tables belong into `test \"..\" { }`"),
        );
    }

    pub(super) fn too_deep(&mut self, span: Span, limit: usize) -> Reported {
        let message = format!("the expression nests deeper than {limit} operators and brackets");
        let help = "split it up; many alternatives are shorter as `x in (..)`";
        self.report(Diagnostic::new(&codes::TOO_LARGE, span, message).label("too deep").help(help))
    }
}

/// The next atom in words.
pub(super) fn found(cursor: &Cursor<'_, '_>) -> String {
    cursor.peek().map_or_else(|| "nothing".to_string(), describe)
}

fn describe(atom: &Atom<'_>) -> String {
    let joined = |words: &[crate::shape::Word<'_>]| words.iter().map(|word| word.raw).collect::<Vec<_>>().join(".");
    match &atom.kind {
        AtomKind::Text(raw) => format!("the text {}", shortened(raw)),
        AtomKind::Number(raw) | AtomKind::Date(raw) | AtomKind::Operator(raw) => format!("`{}`", shortened(raw)),
        AtomKind::Name(words) => format!("`{}`", shortened(&joined(words))),
        AtomKind::Call(words, _) => format!("`{}(`", shortened(&joined(words))),
        AtomKind::Parens(_) => "`(`".into(),
        AtomKind::List(_) => "`[`".into(),
        AtomKind::Block(_) => "`{`".into(),
    }
}

/// At most 40 characters, so that a message stays a line.
pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_string() } else { text.chars().take(38).chain(['.', '.']).collect() }
}

/// For comments of other languages.
fn comment_help(cursor: &Cursor<'_, '_>) -> Option<&'static str> {
    match (cursor.peek()?.operator()?, cursor.peek_second()?.operator()?) {
        ("-", "-") | ("/", "*") => Some("a comment begins with `//` and ends with its line"),
        _ => None,
    }
}

/// For signs that other languages put between a name and its value.
fn sign_help(cursor: &Cursor<'_, '_>) -> Option<&'static str> {
    match cursor.peek().filter(|_| !cursor.is_at_start())?.operator()? {
        "=" => Some("leave out the `=`"),
        ":" => Some("leave out the `:`"),
        _ => None,
    }
}

fn reserved_help(cursor: &Cursor<'_, '_>) -> Option<String> {
    let word = cursor.word().filter(|word| RESERVED.contains(word))?;
    Some(format!("`{word}` is a word of the language; a column of that name stands in backticks"))
}

/// With the words that must follow.
fn in_full(word: &str) -> &str {
    match word {
        "at" => "at most",
        "first" => "first of",
        "most" => "most frequent",
        other => other,
    }
}

/// `a`, `b` or `c` in one string.
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", in_full(word))).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
