//! The typed tree of a file: what was written, with places, before any name is looked up.
//!
//! One struct per declaration. Everything carries a [`Span`], so that each later finding can point to its text.

mod entity;
mod expression;
mod source;

pub use entity::*;
pub use expression::*;
pub use source::*;

use crate::span::{FileId, Span};

/// A word of the user's, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The word; without the backticks where it stood in some.
    pub text: String,
    /// Where it stands, backticks included.
    pub span: Span,
}

/// A string literal with escapes resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The value.
    pub value: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// One parsed file. What could not be read is missing here and present in the diagnostics.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Which file.
    pub id: FileId,
    /// The declarations in their order.
    pub items: Vec<Item>,
}

/// A declaration.
// Boxes would show in every pattern, and a file has few of these.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `pipeline acme { .. }`
    Pipeline(Pipeline),
    /// `use "formats.c360"`
    Use(Use),
    /// `format born = date("%d.%m.%Y")`
    Format(FormatDecl),
    /// `entity customer { .. }`
    Entity(Entity),
    /// `source crm { .. }`
    Source(Source),
    /// `publish customer to parquet("..")`
    Publish(Publish),
    /// `overrides "overrides/*.csv"`
    Overrides(Overrides),
    /// A declaration of the language that this version reads and formats but cannot run yet: it got its diagnostic.
    Later(Later),
}

/// `pipeline NAME { state ".." country DE owner ".." }`
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// The whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Where commits live.
    pub state: Option<Text>,
    /// Default country for phones, postcodes: an ISO 3166 two-letter code, not yet checked.
    pub country: Option<Name>,
    /// Whom to ask.
    pub owner: Option<Text>,
}

/// `use "path"`, relative to the file that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The whole declaration.
    pub span: Span,
    /// The path as written.
    pub path: Text,
}

/// `format NAME = pipe`
#[derive(Debug, Clone, PartialEq)]
pub struct FormatDecl {
    /// The whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Its stages in order, at least one.
    pub stages: Vec<Stage>,
}

/// One stage of a pipe: a built-in format, a declared one or a text function, with arguments: `lpad(8, "0")`, `trim`.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The whole stage.
    pub span: Span,
    /// What is called.
    pub name: Name,
    /// Arguments; empty also where no parentheses stand.
    pub arguments: Vec<Argument>,
}

/// `publish WHAT to csv("..")`
#[derive(Debug, Clone, PartialEq)]
pub struct Publish {
    /// The whole declaration.
    pub span: Span,
    /// What is published: the name of an entity, or a function of a source or entity (`duplicates(crm)`).
    pub what: Name,
    /// The argument of `duplicates(crm)`, `rejects(crm)`, ..
    pub of: Option<Name>,
    /// `parquet`, `csv`, `ndjson`, `delta`.
    pub format: Name,
    /// What stands in the format's parentheses; the first, unnamed one is the place.
    pub arguments: Vec<Argument>,
}

/// `overrides "place"`: decisions of people about pairs of records.
#[derive(Debug, Clone, PartialEq)]
pub struct Overrides {
    /// The whole declaration.
    pub span: Span,
    /// The file, folder or pattern.
    pub place: Text,
}

/// See [`Item::Later`].
#[derive(Debug, Clone, PartialEq)]
pub struct Later {
    /// The whole declaration.
    pub span: Span,
    /// Its first word: `metric`, `view`, ..
    pub keyword: Name,
    /// The name that it declares, if it declares one.
    pub name: Option<Name>,
}
