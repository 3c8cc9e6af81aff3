//! What a pipeline says, as plain data: the oracle's own words, written by hand next to each text. Reads no `.c360`.

use super::fuzzy::{Alternative, Form, Fuzzy, Test};
use super::values::Kind;
use super::weighed::Weighed;

/// A pipeline without its text.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// In the order of their declaration.
    pub(crate) sources: Vec<Source>,
    /// In an order in which every reference that a rule compares leads to an earlier one.
    pub(crate) entities: Vec<Entity>,
}

/// How the files of a source follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Rows of the files that exist.
    Snapshot,
    /// A log with deletes.
    Changes,
    /// A log without.
    Append,
}

/// A column has this text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Condition(pub(crate) &'static str, pub(crate) &'static str);

/// A system. Its files lie in the folder of its name; its key is the column `id`.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) name: &'static str,
    pub(crate) mode: Mode,
    /// The header of its files.
    pub(crate) columns: &'static [&'static str],
    pub(crate) updated: Option<&'static str>,
    pub(crate) delete: Option<Condition>,
    pub(crate) filter: Option<Condition>,
    pub(crate) blocks: Vec<Block>,
}

/// What a row says of one entity.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) entity: &'static str,
    /// Source and column of the key.
    pub(crate) is: Option<(&'static str, &'static str)>,
    /// Attribute and its columns.
    pub(crate) values: Vec<(&'static str, &'static [&'static str])>,
    pub(crate) references: Vec<(&'static str, Target)>,
}

/// How a row names what a reference leads to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    SameRow,
    Key { source: &'static str, column: &'static str },
    Lookup { attribute: &'static str, column: &'static str },
}

#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) name: &'static str,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) references: Vec<Reference>,
    /// The strongest first.
    pub(crate) rules: Vec<Rule>,
    pub(crate) guards: Vec<Guard>,
    /// The order of sources that settles ties; those not in it follow in the order of their declaration.
    pub(crate) precedence: Vec<&'static str>,
    pub(crate) default: Strategy,
}

#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) many: bool,
    /// `None`: the default, or `all` where it is `many`.
    pub(crate) strategy: Option<Strategy>,
}

#[derive(Debug, Clone)]
pub(crate) struct Reference {
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) strategy: Option<Strategy>,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// As in tables.
    pub(crate) name: &'static str,
    pub(crate) how: How,
}

/// How a rule finds what it joins.
#[derive(Debug, Clone)]
pub(crate) enum How {
    Exact { terms: &'static [&'static str], at_most: Option<usize> },
    Fuzzy(Fuzzy),
    Weighed(Weighed),
}

#[derive(Debug, Clone)]
pub(crate) enum Guard {
    Differ {
        /// As in tables.
        name: &'static str,
        attribute: &'static str,
    },
    SameSource {
        name: &'static str,
        source: &'static str,
    },
    /// Rules that compare pairs merge two clusters only if so many of a thousand pairs between them are joined.
    Looser {
        name: &'static str,
        least: usize,
    },
}

impl Guard {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Guard::Differ { name, .. } | Guard::SameSource { name, .. } | Guard::Looser { name, .. } => name,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Strategy {
    Precedence(Vec<&'static str>),
    Latest,
    Earliest,
    Only(&'static str),
    MostFrequent,
    Longest,
    Shortest,
    Min,
    Max,
    All,
    FirstOf(Vec<Strategy>),
}

/// An attribute with one value that follows the default.
pub(crate) fn attribute(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind, many: false, strategy: None }
}

impl Attribute {
    pub(crate) fn many(self) -> Attribute {
        Attribute { many: true, ..self }
    }

    pub(crate) fn by(self, strategy: Strategy) -> Attribute {
        Attribute { strategy: Some(strategy), ..self }
    }
}

/// A rule without a bound.
pub(crate) fn exact(name: &'static str, terms: &'static [&'static str]) -> Rule {
    Rule { name, how: How::Exact { terms, at_most: None } }
}

/// A rule that compares pairs; the alternatives of its block with their names.
pub(crate) fn fuzzy(name: &'static str, blocks: &[(&'static str, &'static [(&'static str, Form)])], at_most: usize, compare: Test) -> Rule {
    let blocks = blocks.iter().map(|(name, terms)| Alternative { name, terms }).collect();
    Rule { name, how: How::Fuzzy(Fuzzy { blocks, at_most, compare }) }
}

impl Rule {
    /// Bounds an exact rule.
    pub(crate) fn at_most(self, most: usize) -> Rule {
        let How::Exact { terms, .. } = self.how else { unreachable!("others are made with their bound") };
        Rule { how: How::Exact { terms, at_most: Some(most) }, ..self }
    }

    /// What values that too many records share are reported under.
    pub(crate) fn bounded(&self) -> Vec<&'static str> {
        match &self.how {
            How::Exact { at_most, .. } => at_most.iter().map(|_| self.name).collect(),
            How::Fuzzy(Fuzzy { blocks, .. }) | How::Weighed(Weighed { blocks, .. }) => blocks.iter().map(|block| block.name).collect(),
        }
    }
}

impl Model {
    pub(crate) fn source(&self, name: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.name == name)
    }

    /// The sources that describe an entity, in the order of their declaration.
    pub(crate) fn describing(&self, entity: &str) -> Vec<&'static str> {
        let describes = |source: &&Source| source.blocks.iter().any(|block| block.entity == entity);
        self.sources.iter().filter(describes).map(|source| source.name).collect()
    }

    /// Whether some source says `is` of an entity.
    pub(crate) fn crossed(&self, entity: &str) -> bool {
        self.sources.iter().flat_map(|source| &source.blocks).any(|block| block.entity == entity && block.is.is_some())
    }

    pub(crate) fn entity(&self, name: &str) -> &Entity {
        self.entities.iter().find(|entity| entity.name == name).expect("only declared entities are asked for")
    }
}

impl Entity {
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

impl Source {
    /// The trimmed text of a row's cell.
    pub(crate) fn cell<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        let position = self.columns.iter().position(|known| *known == column).expect("only columns of the header are asked for");
        row.get(position).map_or("", |cell| cell.trim())
    }

    /// SQL's `column = 'text'`: not true where the cell is empty.
    pub(crate) fn satisfies(&self, row: &[String], condition: Condition) -> bool {
        self.cell(row, condition.0) == condition.1
    }
}
