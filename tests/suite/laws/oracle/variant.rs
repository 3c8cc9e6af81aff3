//! Which pipelines there are: three families, each in several flavours and with or without one of its sources. Variants of a family share their
//! name, so that one state goes through all of them.

use super::model::{Guard, Model, Source};
use super::{accounts, contacts, people};

/// Pipelines of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// One entity, three systems: rules, guards, `is`, parents.
    People,
    /// Two entities, four systems: references in every way, and a rule that compares one.
    Accounts,
    /// One entity, two systems: rules that compare pairs, among exact ones.
    Contacts,
}

/// What is changed of a family's pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flavour {
    Base,
    /// Other rules, bounds and guards.
    Rules,
    /// Other strategies.
    Golden,
    /// Other formats, and strategies over them.
    Format,
    /// Other columns, conditions and ways of referring.
    Mapping,
}

/// A pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Variant {
    pub(crate) family: Family,
    pub(crate) flavour: Flavour,
    /// The source that is left out.
    pub(crate) without: Option<&'static str>,
}

pub(crate) const FAMILIES: [Family; 3] = [Family::People, Family::Accounts, Family::Contacts];
pub(crate) const FLAVOURS: [Flavour; 5] = [Flavour::Base, Flavour::Rules, Flavour::Golden, Flavour::Format, Flavour::Mapping];

impl Family {
    /// All its sources.
    pub(crate) fn sources(self) -> &'static [&'static str] {
        match self {
            Family::People => &["web", "shop", "crm"],
            Family::Accounts => &["crm", "billing", "ledger", "desk"],
            Family::Contacts => &["crm", "shop"],
        }
    }

    /// Those that the pipeline can do without: no other source and no strategy names them, and a guard that does goes with them.
    pub(crate) fn removable(self) -> &'static [&'static str] {
        match self {
            Family::People => &["web", "shop"],
            Family::Accounts => &["ledger", "desk"],
            Family::Contacts => &["shop"],
        }
    }

    /// The pipeline with which everything starts.
    pub(crate) fn base(self) -> Variant {
        Variant { family: self, flavour: Flavour::Base, without: None }
    }

    /// The declaration of a source with all that the base says of it.
    pub(crate) fn source(self, name: &str) -> Source {
        self.base().model().source(name).expect("the base has all sources of its family").clone()
    }
}

impl Variant {
    /// The pipeline as text.
    pub(crate) fn text(self) -> String {
        let parts = match self.family {
            Family::People => people::texts(self.flavour),
            Family::Accounts => accounts::texts(self.flavour),
            Family::Contacts => contacts::texts(self.flavour),
        };
        let left = |name: &str| name.is_empty() || self.without != Some(name);
        let declared = parts.into_iter().filter(|(source, _)| left(source)).map(|(_, text)| text);
        declared.chain(["overrides \"overrides/*.csv\"\n"]).collect()
    }

    /// The same pipeline in the oracle's words.
    pub(crate) fn model(self) -> Model {
        let mut model = match self.family {
            Family::People => people::model(self.flavour),
            Family::Accounts => accounts::model(self.flavour),
            Family::Contacts => contacts::model(self.flavour),
        };
        model.sources.retain(|source| self.without != Some(source.name));
        let left = |guard: &Guard| !matches!(guard, Guard::SameSource { source, .. } if self.without == Some(source));
        model.entities.iter_mut().for_each(|entity| entity.guards.retain(left));
        model
    }
}
