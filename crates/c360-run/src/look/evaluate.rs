//! Holds the clusters of a commit against labels: figures over pairs and records, what each rule brought, and what went worst.

mod labels;
mod members;
mod read;
mod rules;
mod scored;

use super::View;
use crate::error::{Error, Kind, Result};
use crate::ingest::nearest;
use c360_match::evaluate::{Divided, Division, Pairs, Point, Score, by_rule, divided, pairs, score};
use c360_model::model::{EntityId, Model};
pub use labels::{Labels, Truth, read_labels};
use members::Members;
use scored::Known;
use std::collections::BTreeMap;

/// How many unknown records are named.
const EXAMPLES: usize = 5;

/// Clusters held against labels.
#[derive(Debug)]
pub struct Evaluation {
    /// The figures, over labelled records.
    pub score: Score,
    /// Records of the commit without a label.
    pub unlabelled: usize,
    /// Labelled records that the commit does not have; each counts as a cluster of its own.
    pub unknown: Unknown,
    /// Labelled pairs that are not the same although other pairs say that they are.
    pub contradicted: usize,
    /// What each rule brought, strongest first: pairs that it put together and no stronger one had. `None` where the commit was made by other rules
    /// than the pipeline has now.
    pub rules: Option<Vec<(String, Pairs)>>,
    /// By model, what each threshold would let through.
    pub models: Vec<ModelThresholds>,
    /// True entities that are torn apart.
    pub torn: Worst,
    /// Clusters that hold several true entities.
    pub merged: Worst,
}

/// What a model would let through, by itself, of the labelled pairs that it compares. Thresholds are thousandths of a bit.
#[derive(Debug)]
pub struct ModelThresholds {
    /// The rule.
    pub rule: String,
    /// From which score pairs are joined.
    pub accept: i32,
    /// From which they are shown to a person.
    pub review: Option<i32>,
    /// Threshold by threshold, ascending.
    pub points: Vec<Point>,
}

/// Labelled records that a commit does not have.
#[derive(Debug, Clone, Default)]
pub struct Unknown {
    /// How many.
    pub records: usize,
    /// Some of those whose source the pipeline has, as `source:key`.
    pub examples: Vec<String>,
    /// Sources that the pipeline does not have, how many labels name them, and what may be meant.
    pub sources: Vec<(String, usize, Option<String>)>,
}

/// Groups that went wrong.
#[derive(Debug, Default)]
pub struct Worst {
    /// How many there are.
    pub groups: usize,
    /// Those with most pairs, these first.
    pub worst: Vec<Wrong>,
}

/// A group that went wrong.
#[derive(Debug)]
pub struct Wrong {
    /// The entity's label, or the id of the cluster; `None` for an entity that is only known by pairs.
    pub name: Option<String>,
    /// How many pairs are missed, or wrong.
    pub pairs: u64,
    /// Its parts, largest first: the id of the cluster (`None` for a record that the commit does not have) or the entity's label, and the records.
    pub parts: Vec<(Option<String>, Vec<String>)>,
}

/// Evaluates the clusters of an entity. `worst` is how many examples of each kind are wanted.
///
/// # Errors
/// Labels none of which names a record of the commit; a table that cannot be read.
pub async fn evaluate(view: &mut View<'_>, entity: EntityId, labels: &Labels, worst: usize) -> Result<Evaluation> {
    let members = Members::read(view, entity).await?;
    let records: Vec<Option<u32>> = labels.records.iter().map(|record| members.place(record)).collect();
    if records.iter().all(Option::is_none) {
        return Err(nothing_known(view, entity, labels));
    }
    let found = members.clusters(&records);
    let joined = rules::rule_groups(view, entity, &members, &Known::of(labels, &records)).await?;
    let mut scored = Vec::new();
    let rules = joined.map(|joined| {
        let (mut names, mut groups) = (Vec::new(), Vec::new());
        for rule in joined {
            scored.extend(rule.scored.map(|scored| (rule.name.clone(), scored)));
            names.push(rule.name);
            groups.push(rule.groups);
        }
        let brought = match &labels.truth {
            Truth::Entities { entity, .. } => by_rule(&members.cluster, &records, &groups, |parts| pairs(entity, parts)),
            Truth::Pairs(labelled) => by_rule(&members.cluster, &records, &groups, |parts| labelled.pairs(parts)),
        };
        names.into_iter().zip(brought).collect()
    });
    let named = Named { labels, members: &members };
    let (score, contradicted, torn, merged) = match &labels.truth {
        Truth::Entities { entity, .. } => {
            let (torn, merged) = (divided(entity, &found, None, worst), divided(&found, entity, None, worst));
            (score(entity, &found), 0, torn, merged)
        }
        Truth::Pairs(labelled) => {
            let torn = divided(labelled.entity(), &found, Some(&labelled.missed(&found)), worst);
            let merged = divided(&found, labelled.entity(), Some(&labelled.wrong(&found)), worst);
            (labelled.score(&found), labelled.contradicted(), torn, merged)
        }
    };
    let models = scored.into_iter().map(|(rule, (weighed, thresholds))| ModelThresholds {
        rule,
        accept: weighed.accept,
        review: weighed.review,
        points: thresholds.points(score.pairs.truth),
    });
    Ok(Evaluation {
        models: models.collect(),
        score,
        unlabelled: members.records.len() - records.iter().flatten().count(),
        unknown: unknown(view.model, labels, &records),
        contradicted,
        rules,
        torn: named.worst(torn, Named::entity, Named::cluster),
        merged: named.worst(merged, Named::cluster, Named::entity),
    })
}

/// Numbers by what people know them by.
struct Named<'a> {
    labels: &'a Labels,
    members: &'a Members,
}

impl Named<'_> {
    fn entity(&self, number: u32) -> Option<String> {
        match &self.labels.truth {
            Truth::Entities { names, .. } => Some(names[number as usize].clone()),
            Truth::Pairs(_) => None,
        }
    }

    fn cluster(&self, number: u32) -> Option<String> {
        self.members.ids.get(number as usize).map(i64::to_string)
    }

    fn record(&self, number: u32) -> String {
        let (source, key) = &self.labels.records[number as usize];
        format!("{source}:{key}")
    }

    fn worst(&self, divided: Divided, group: fn(&Self, u32) -> Option<String>, part: fn(&Self, u32) -> Option<String>) -> Worst {
        let wrong = |Division { group: number, pairs, parts }: Division| {
            let parts = parts
                .into_iter()
                .map(|(number, records)| (part(self, number), records.into_iter().map(|record| self.record(record)).collect()));
            Wrong { name: group(self, number), pairs, parts: parts.collect() }
        };
        Worst { groups: divided.groups, worst: divided.worst.into_iter().map(wrong).collect() }
    }
}

/// The labelled records that are not there; `records` has the place of those that are.
pub(crate) fn unknown(model: &Model, labels: &Labels, records: &[Option<u32>]) -> Unknown {
    let mut unknown = Unknown::default();
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for ((source, key), _) in labels.records.iter().zip(records).filter(|(_, record)| record.is_none()) {
        unknown.records += 1;
        if !model.sources.iter().any(|known| known.name == *source) {
            *sources.entry(source).or_default() += 1;
        } else if unknown.examples.len() < EXAMPLES {
            unknown.examples.push(format!("{source}:{key}"));
        }
    }
    let meant = |source: &str| nearest(source, model.sources.iter().map(|known| known.name.as_str())).map(str::to_owned);
    unknown.sources = sources.into_iter().map(|(source, count)| (source.to_owned(), count, meant(source))).collect();
    unknown
}

fn nothing_known(view: &View<'_>, entity: EntityId, labels: &Labels) -> Error {
    let (source, key) = &labels.records[0];
    let message = format!(
        "commit {} has no {} for any of the {} labelled records; the first is `{source}:{key}`, and sources are called {}",
        view.commit.number,
        view.model.entity(entity).name,
        labels.records.len(),
        view.model.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(", ")
    );
    Error::new(Kind::FixConfiguration, message)
}
