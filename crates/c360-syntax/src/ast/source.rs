//! Sources: where rows come from and what they say of which entity.

use super::{Argument, Expr, Name, Text};
use crate::span::Span;

/// `source NAME "doc" { .. }`
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The whole declaration.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// The string behind the name.
    pub doc: Option<Text>,
    /// `read csv("..", delimiter: ";")`
    pub read: Option<Read>,
    /// `mode snapshot`
    pub mode: Option<Name>,
    /// `key a, b`: empty where it is missing.
    pub key: Vec<Expr>,
    /// `updated datetime(col, "%d.%m.%Y")` or `updated col`
    pub updated: Option<Expr>,
    /// `delete op = 'D'`
    pub delete: Option<Expr>,
    /// `where Status <> 'X'`
    pub filter: Option<Expr>,
    /// What a row says of which entity.
    pub mappings: Vec<Mapping>,
}

/// `csv("..", delimiter: ";")`
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The whole entry.
    pub span: Span,
    /// `csv`, `ndjson`, `parquet`, `avro`, `arrow`, `delta`.
    pub format: Name,
    /// The first, unnamed one is the place (a glob); the others are options.
    pub arguments: Vec<Argument>,
}

/// `customer { is crm(cust_no), tier = plan }`
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The whole block.
    pub span: Span,
    /// The entity that the row describes.
    pub entity: Name,
    /// Its entries in their order.
    pub entries: Vec<MappingEntry>,
}

/// One entry of a mapping.
// Boxes would show in every pattern, and a file has few of these.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq)]
pub enum MappingEntry {
    /// `is crm(cust_no)`: the same object as that record.
    Is(SourceKey),
    /// `email = EMail`
    Assign {
        /// The whole entry.
        span: Span,
        /// The attribute or reference.
        target: Name,
        /// What it becomes.
        value: MappingValue,
    },
}

/// `crm(a, b)`: the record of a source with this key.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceKey {
    /// The whole call.
    pub span: Span,
    /// The source.
    pub source: Name,
    /// Its key, in the order of that source's `key`.
    pub key: Vec<Expr>,
}

/// The right side of an assignment.
#[derive(Debug, Clone, PartialEq)]
pub enum MappingValue {
    /// An expression. A call may turn out to be a foreign key, `crm(KonzernNr)`, and a single name the entity of the same row, `customer`:
    /// only names that are looked up later tell, by the target's kind.
    Expr(Expr),
    /// `customer where email = buyer_email`: the object whose attribute has this value.
    Lookup {
        /// The whole value.
        span: Span,
        /// The entity.
        entity: Name,
        /// Its attribute.
        attribute: super::AttributePath,
        /// The value to look for.
        value: Expr,
    },
}
