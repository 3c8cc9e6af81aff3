//! Codes of the parser: `C360-E00xx` what cannot be read, `C360-E09xx` what is read but not built yet.

use super::Code;
use crate::diagnostic::Severity;

/// Declares one code of severity error as a documented static.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $title:literal;)+) => {
        $($(#[$doc])* pub static $name: Code = Code { id: $id, severity: Severity::Error, title: $title };)+
        /// All codes of this file, in order.
        pub(super) static ALL: &[&Code] = &[$(&$name),+];
    };
}

errors! {
    /// A character that no word, literal or operator of the language has, or a comma with nothing to separate.
    UNEXPECTED_CHARACTER = "C360-E0001", "a character that means nothing here";
    /// A text or a name in backticks that does not end on its line.
    UNCLOSED_QUOTE = "C360-E0002", "a quote that is never closed";
    /// A bracket without its closing partner.
    UNCLOSED_BRACKET = "C360-E0003", "a bracket that is never closed";
    /// A closing bracket without its opening partner.
    UNOPENED_BRACKET = "C360-E0004", "a closing bracket that was never opened";
    /// Brackets or operators nested beyond the limit, or a file beyond the size limit.
    TOO_LARGE = "C360-E0005", "nested too deeply, or too large";
    /// A backslash in a text that is followed by no known escape.
    UNKNOWN_ESCAPE = "C360-E0006", "an escape that texts do not have";
    /// Something that starts like a number and is none.
    MALFORMED_NUMBER = "C360-E0007", "not a number";
    /// A declaration that starts with an unknown word.
    UNKNOWN_DECLARATION = "C360-E0008", "an unknown declaration";
    /// An entry of a block that starts with an unknown word.
    UNKNOWN_ENTRY = "C360-E0009", "an unknown entry of a block";
    /// Something is missing, or something else stands in its place.
    EXPECTED = "C360-E0010", "something else was expected";
    /// Text behind the end of an entry or a declaration.
    TRAILING = "C360-E0011", "text behind the end of an entry";
    /// An entry or option that may stand once, twice.
    DUPLICATE_ENTRY = "C360-E0012", "an entry that stands twice";
    /// An operator or keyword of another language.
    FOREIGN_OPERATOR = "C360-E0013", "an operator that is spelt differently";
    /// A word that is no survivorship strategy.
    UNKNOWN_STRATEGY = "C360-E0014", "an unknown strategy";
    /// A word behind an attribute or a rule that is none of its options.
    UNKNOWN_OPTION = "C360-E0015", "an unknown option";
    /// A declaration of the language that this version cannot run.
    LATER_DECLARATION = "C360-E0901", "a declaration that is not built yet";
}
