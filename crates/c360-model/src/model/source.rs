//! Sources of the model.

use super::{AttributeId, EntityId, ReferenceId, SourceId};
use c360_syntax::Span;
pub use c360_syntax::ast::{BinaryOperator, UnaryOperator};

/// Where rows come from and what they say.
#[derive(Debug, Clone)]
pub struct Source {
    /// Where it is declared.
    pub span: Span,
    /// Its name.
    pub name: String,
    /// The description.
    pub doc: Option<String>,
    /// Format and place.
    pub read: Read,
    /// How its files follow each other.
    pub mode: Mode,
    /// What identifies a row; at least one.
    pub key: Vec<Expr>,
    /// When a row was updated.
    pub updated: Option<Updated>,
    /// A row that satisfies this removes its key.
    pub delete: Option<Expr>,
    /// Rows that do not satisfy this are left out.
    pub filter: Option<Expr>,
    /// What a row says of which entity.
    pub mappings: Vec<Mapping>,
    /// Every raw column that an expression names, in order of first use; `path` of nested ones joined by dots.
    pub columns: Vec<(ColumnPath, Span)>,
}

/// How files of a source follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The files that are there are all there is.
    Snapshot,
    /// Each file holds new versions; the newest version of a key wins.
    Changes,
    /// Rows are only added.
    Append,
}

/// Format and place of a source's files.
#[derive(Debug, Clone)]
pub struct Read {
    /// Where it is declared.
    pub span: Span,
    /// A URL or a path relative to the pipeline's file, with `*`, `?`, `**`; a folder where it ends in `/`.
    pub place: String,
    /// How the files are read.
    pub format: ReadFormat,
}

/// File formats of sources. Compression is told by the file's ending (.gz, .zst, .bz2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadFormat {
    /// Character-separated values with a header.
    Csv {
        /// Between fields; one byte.
        delimiter: u8,
        /// Around fields; one byte.
        quote: u8,
        /// A label of the WHATWG encoding standard, lower case: `utf-8`, `latin1`, `utf-16le`.
        encoding: String,
        /// Texts that mean "no value" in any column, next to the empty text.
        null: Vec<String>,
    },
    /// One JSON object a line.
    Ndjson,
    /// Parquet.
    Parquet,
    /// Avro object container files.
    Avro,
    /// Arrow IPC files.
    Arrow,
}

/// How `updated` is read.
#[derive(Debug, Clone)]
pub struct Updated {
    /// Where it is declared.
    pub span: Span,
    /// The raw value.
    pub value: Expr,
    /// The format that reads it, shape `DateTime`.
    pub format: c360_match::format::Format,
}

/// What a row says of an entity.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Where it is declared.
    pub span: Span,
    /// The entity.
    pub entity: EntityId,
    /// Records of other sources that are the same object.
    pub is: Vec<SourceKey>,
    /// Values, at most one entry per attribute.
    pub values: Vec<Assignment>,
    /// References, at most one entry per reference.
    pub references: Vec<(ReferenceId, Span, ReferenceValue)>,
}

/// The record of a source with this key.
#[derive(Debug, Clone)]
pub struct SourceKey {
    /// Where it stands.
    pub span: Span,
    /// Whose record.
    pub source: SourceId,
    /// Its key: as many as the source's `key` has.
    pub key: Vec<Expr>,
}

/// `email = EMail`
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Where it stands.
    pub span: Span,
    /// What is set.
    pub attribute: AttributeId,
    /// From what. Several only where the attribute is `many`.
    pub values: Vec<AttributeInput>,
}

/// What one value is made of: one expression per input of the attribute's format (`PartsFormat::inputs`), `None` where not given.
/// Formats with a single input have exactly one.
#[derive(Debug, Clone)]
pub struct AttributeInput {
    /// The inputs.
    pub inputs: Vec<Option<Expr>>,
    /// Set where the value stood in `each(..)`: a JSON array or list column, each element of which is a value.
    pub each: bool,
}

/// What a reference is made of.
#[derive(Debug, Clone)]
pub enum ReferenceValue {
    /// The object of another entity that the same row describes.
    SameRow(EntityId),
    /// A foreign key.
    Key(SourceKey),
    /// The object whose attribute (or part) has this value.
    Lookup {
        /// Attribute of the reference's target.
        attribute: AttributeId,
        /// Its part, where it is a group.
        part: Option<usize>,
        /// The raw value.
        value: Expr,
    },
}

/// A raw column: one name, or a path into a nested one.
pub type ColumnPath = Vec<String>;

/// An expression over raw columns, functions known to exist.
#[derive(Debug, Clone)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The kinds of expressions; meaning is that of DataFusion's SQL.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A raw column.
    Column(ColumnPath),
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
    /// A scalar function of DataFusion.
    Call(String, Vec<Expr>),
    /// `not`, `-`
    Unary(UnaryOperator, Box<Expr>),
    /// An operator with two operands.
    Binary(BinaryOperator, Box<Expr>, Box<Expr>),
    /// `is null`; `true`: `is not null`
    IsNull(Box<Expr>, bool),
    /// `in`; `true`: `not in`
    In(Box<Expr>, Vec<Expr>, bool),
    /// `between low and high`; `true`: `not between`
    Between(Box<Expr>, Box<Expr>, Box<Expr>, bool),
    /// `case when .. then .. else .. end`
    Case(Vec<(Expr, Expr)>, Option<Box<Expr>>),
}
