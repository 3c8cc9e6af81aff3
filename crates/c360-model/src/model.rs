//! What `check` makes of the files: every name resolved, every type checked. Can only be built by [`crate::check`].
//!
//! Declarations refer to each other by index; each keeps its span, so that a failure at run time can still point to its line.

mod entity;
mod pairs;
mod source;

pub use entity::*;
pub use pairs::*;
pub use source::*;

use c360_syntax::Span;

/// Index into [`Model::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub usize);

/// Index into [`Model::sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub usize);

/// Index into [`Entity::attributes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeId(pub usize);

/// Index into [`Entity::references`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceId(pub usize);

/// One pipeline, checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Model {
    /// The pipeline's name.
    pub name: String,
    /// Where commits live: a URL or a path relative to the pipeline's file.
    pub state: Option<(String, Span)>,
    /// ISO 3166 two-letter code.
    pub country: Option<String>,
    /// Whom to ask.
    pub owner: Option<String>,
    /// Entities in the order of their declaration.
    pub entities: Vec<Entity>,
    /// Sources in the order of their declaration.
    pub sources: Vec<Source>,
    /// What is published.
    pub publishes: Vec<Publish>,
    /// Where decisions of people about pairs of records lie.
    pub overrides: Vec<Overrides>,
    /// All entities, each behind those that its match rules refer to.
    pub resolution_order: Vec<EntityId>,
}

/// `publish customer to parquet("..")`
#[derive(Debug, Clone)]
pub struct Publish {
    /// The declaration.
    pub span: Span,
    /// What is published.
    pub what: Published,
    /// How it is written.
    pub format: PublishFormat,
    /// Where: a URL or a path relative to the pipeline's file. Ends in `/` where it is a folder.
    pub place: String,
}

/// `overrides "overrides/*.csv"`
#[derive(Debug, Clone)]
pub struct Overrides {
    /// The declaration.
    pub span: Span,
    /// A file, a folder that ends in `/` or a pattern: a URL or a path relative to the pipeline's file.
    pub place: String,
}

/// What a `publish` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// The golden records of an entity.
    Golden(EntityId),
    /// The duplicate rows of a source, for its owner.
    Duplicates(SourceId),
    /// The rejected rows and values of a source.
    Rejects(SourceId),
}

/// File formats of `publish`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishFormat {
    /// Parquet, zstd.
    Parquet,
    /// CSV with a header, UTF-8.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

impl Model {
    /// The entity with this id.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0]
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.0]
    }
}
