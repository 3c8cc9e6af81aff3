//! The words of the language, in the order in which suggestions prefer them. What they mean is known to lowering only.

/// First words of declarations.
pub(crate) const DECLARATIONS: [&str; 15] = [
    "pipeline",
    "use",
    "format",
    "entity",
    "source",
    "publish",
    "overrides",
    "event",
    "metric",
    "segment",
    "expect",
    "view",
    "test",
    "param",
    "secret",
];

/// Declarations that are read and formatted, but not built yet.
pub(crate) const LATER: [&str; 8] = ["event", "metric", "segment", "expect", "view", "test", "param", "secret"];

/// Entries of a `pipeline`.
pub(crate) const PIPELINE_ENTRIES: [&str; 3] = ["state", "country", "owner"];

/// Entries of a `source` besides its blocks.
pub(crate) const SOURCE_ENTRIES: [&str; 6] = ["read", "mode", "key", "updated", "delete", "where"];

/// Blocks inside of an `entity`.
pub(crate) const ENTITY_BLOCKS: [&str; 2] = ["match", "golden"];

/// What may follow an attribute's format.
pub(crate) const ATTRIBUTE_OPTIONS: [&str; 2] = ["many", "pii"];

/// First words in a `match` block.
pub(crate) const MATCH_ENTRIES: [&str; 5] = ["exact", "fuzzy", "model", "never", "ignore"];

/// What may follow the terms of an `exact` rule.
pub(crate) const EXACT_OPTIONS: [&str; 2] = ["strong", "at"];

/// Entries of a `fuzzy` or `model` block.
pub(crate) const PAIR_ENTRIES: [&str; 2] = ["block", "compare"];

/// What may follow the file of a `model`.
pub(crate) const MODEL_OPTIONS: [&str; 2] = ["accept", "review"];

/// What may follow the alternatives of a `block`.
pub(crate) const BLOCK_OPTIONS: [&str; 1] = ["at"];

/// What may follow `never`.
pub(crate) const NEVER_GUARDS: [&str; 4] = ["differ", "same_source", "larger", "looser"];

/// First words of survivorship strategies.
pub(crate) const STRATEGIES: [&str; 11] =
    ["precedence", "latest", "earliest", "only", "most", "longest", "shortest", "min", "max", "all", "first"];

/// Words of expressions: a column of such a name stands in backticks.
pub(crate) const RESERVED: [&str; 15] =
    ["and", "or", "not", "is", "in", "like", "between", "case", "when", "then", "else", "end", "null", "true", "false"];
