//! What decides which candidate survives.

/// One golden value: the column of the candidates that holds it, and how it is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Survivor {
    /// The golden column.
    pub(crate) name: String,
    /// The candidates' column.
    pub(crate) value: String,
    /// Whether the column holds lists, of which all items survive.
    pub(crate) many: bool,
    /// One after the other, until one yields a value.
    pub(crate) choices: Vec<Choice>,
}

/// One strategy. Every choice ends in the same tie-break: the smaller key of the record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Choice {
    /// Only candidates of the source at this place of the entity's sources.
    pub(crate) only: Option<usize>,
    /// What the value itself says, before everything else.
    pub(crate) first: First,
    /// How good the record is.
    pub(crate) ranking: Ranking,
}

/// What a value says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum First {
    /// Nothing.
    Nothing,
    /// The value of most records wins.
    Frequent,
    /// The smallest value wins.
    Smallest,
    /// The largest value wins.
    Largest,
    /// The value with the most characters wins.
    Longest,
    /// The value with the fewest characters wins.
    Shortest,
}

/// Criteria, the first one counting most.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Ranking(pub(crate) Vec<Criterion>);

/// A property of records.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Criterion {
    /// Per source of the entity its place among those that are trusted: the smallest wins.
    Source(Vec<usize>),
    /// The latest `updated` wins; none is the earliest.
    Newest,
    /// The earliest `updated` wins; none comes last.
    Oldest,
}

impl Survivor {
    /// How the value is chosen, for people: `name: newest, crm > billing`. `sources` are the entity's.
    pub(super) fn describe(&self, sources: &[String]) -> String {
        let choices: Vec<String> = self.choices.iter().map(|choice| choice.describe(sources)).collect();
        let all = if self.many { "all by " } else { "" };
        format!("{}: {all}{}", self.name, choices.join(" else "))
    }
}

impl Choice {
    fn describe(&self, sources: &[String]) -> String {
        let only = self.only.map(|source| format!("only {}", sources[source]));
        let first = match self.first {
            First::Nothing => None,
            other => Some(format!("{other:?}").to_lowercase()),
        };
        let criteria = self.ranking.0.iter().map(|criterion| criterion.describe(sources));
        only.into_iter().chain(first).chain(criteria).collect::<Vec<_>>().join(", ")
    }
}

impl Criterion {
    fn describe(&self, sources: &[String]) -> String {
        match self {
            Criterion::Source(places) => {
                let mut order: Vec<(usize, &str)> = places.iter().copied().zip(sources.iter().map(String::as_str)).collect();
                order.sort_unstable();
                order.into_iter().map(|(_, source)| source).collect::<Vec<_>>().join(" > ")
            }
            Criterion::Newest => "newest".to_owned(),
            Criterion::Oldest => "oldest".to_owned(),
        }
    }
}
