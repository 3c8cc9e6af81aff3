//! Labels of character encodings, after the WHATWG encoding standard. Decodes nothing.

use super::suggest::propose;
use c360_syntax::Diagnostic;
use c360_syntax::ast::{Expr, ExprKind};
use c360_syntax::codes::model as codes;

/// Labels that data files carry in practice; every one is a label of the standard, lower case.
const LABELS: &[&str] = &[
    "utf-8",
    "utf8",
    "utf-16le",
    "utf-16be",
    "utf-16",
    "ascii",
    "us-ascii",
    "latin1",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-9",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "latin2",
    "latin5",
    "windows-874",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "cp1250",
    "cp1251",
    "cp1252",
    "macintosh",
    "ibm866",
    "koi8-r",
    "koi8-u",
    "gbk",
    "gb2312",
    "gb18030",
    "big5",
    "shift_jis",
    "sjis",
    "euc-jp",
    "iso-2022-jp",
    "euc-kr",
];

/// The label in lower case; reports one that is not known.
pub(super) fn check(value: &Expr, out: &mut Vec<Diagnostic>) -> Option<String> {
    let ExprKind::Text(label) = &value.kind else {
        let finding = Diagnostic::new(&codes::OPTION_VALUE, value.span, "`encoding` is a text").label("not a text");
        out.push(finding.help("write it as `encoding: \"latin1\"`"));
        return None;
    };
    let lower = label.to_ascii_lowercase();
    if LABELS.contains(&lower.as_str()) {
        return Some(lower);
    }
    let finding = Diagnostic::new(&codes::OPTION_VALUE, value.span, format!("no encoding is called `{label}`")).label("unknown encoding");
    let finding = match super::suggest::nearest(&lower, LABELS) {
        Some(near) => finding.help(format!("did you mean `{near}`?")).suggest(value.span, format!("\"{near}\"")),
        None => propose(finding, value.span, &lower, &["utf-8", "latin1", "windows-1252", "utf-16le", "gb18030", "shift_jis"]),
    };
    out.push(finding);
    None
}
