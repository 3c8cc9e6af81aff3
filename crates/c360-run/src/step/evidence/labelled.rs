//! What labels say of the records that were staged: which of them are one object, and how many of all pairs that is.

use crate::error::{Error, Kind, Result};
use crate::look::{Labels, Truth, Unknown, unknown};
use crate::step::names::Names;
use c360_match::cluster::KeyGroups;
use c360_model::model::{EntityId, Model};
use xxhash_rust::xxh3::Xxh3;

/// From fewer pairs no weight can be told: with so many, a share has an error of a tenth.
const LEAST: u64 = 20;

/// Labels that cover this share of the records, or more, tell how many pairs match. Of fewer records, people may have chosen those that match.
const COVERED: f64 = 0.9;

/// Labelled records that are there.
#[derive(Debug)]
pub(crate) struct Labelled {
    /// The records of each true object that has several.
    pub(crate) groups: KeyGroups,
    /// How many labelled records there are.
    pub(crate) records: usize,
    /// The share of all pairs that match, where labels tell it.
    pub(crate) prior: Option<f64>,
    /// Labelled records that are not there.
    pub(crate) unknown: Unknown,
    /// 16 hexadecimal digits that stand for the labels.
    pub(crate) fingerprint: String,
}

impl Labelled {
    /// Finds the records of labels among those of an entity.
    ///
    /// # Errors
    /// Labels that contradict each other, name a source that the pipeline does not have, name no record, or say of too few pairs that they match.
    pub(in crate::step) fn of(model: &Model, entity: EntityId, labels: &Labels, names: &Names) -> Result<Labelled> {
        let wrong = |message: String| Error::new(Kind::FixConfiguration, message);
        let objects = match &labels.truth {
            Truth::Entities { entity, .. } => entity.as_slice(),
            Truth::Pairs(pairs) if pairs.contradicted() > 0 => {
                let count = pairs.contradicted();
                return Err(wrong(format!(
                    "the labels contradict each other: {count} labelled pairs do not match although a chain of pairs that match connects \
                     them; correct or remove them"
                )));
            }
            Truth::Pairs(pairs) => pairs.entity(),
        };
        let by_name = names.by_name();
        let place = |(source, key): &(String, String)| u32::try_from(by_name.find(source, key)?).ok();
        let records: Vec<Option<u32>> = labels.records.iter().map(place).collect();
        let unknown = unknown(model, labels, &records);
        if let Some((source, count, meant)) = unknown.sources.first() {
            let meant = meant.as_ref().map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
            return Err(wrong(format!(
                "{count} labelled records are of the source `{source}`, which the pipeline does not have{meant}; correct or remove them"
            )));
        }
        let name = &model.entity(entity).name;
        let known = records.iter().flatten().count();
        if known == 0 {
            let (source, key) = &labels.records[0];
            return Err(wrong(format!("no record of `{name}` has a label: the first of {} is `{source}:{key}`", records.len())));
        }
        let pairs = records.iter().zip(objects).filter_map(|(record, object)| Some((u128::from(*object), (*record)?)));
        let groups = KeyGroups::from_pairs(pairs.collect(), None).0;
        if groups.pairs() < LEAST {
            return Err(wrong(format!(
                "labels make only {} pairs of `{name}` that match, and {LEAST} are the least; label more records that are one object, or train \
                 without --labels",
                groups.pairs()
            )));
        }
        let all = known as f64 * (known as f64 - 1.0) / 2.0;
        let prior = (known as f64 >= COVERED * names.count() as f64).then(|| (groups.pairs() as f64 / all).clamp(1e-12, 0.5));
        Ok(Labelled { groups, records: known, prior, unknown, fingerprint: fingerprint(labels, objects) })
    }
}

/// The same for the same labels, in whatever order they stand.
fn fingerprint(labels: &Labels, objects: &[u32]) -> String {
    let mut hash = Xxh3::new();
    for ((source, key), object) in labels.records.iter().zip(objects) {
        for text in [source, key] {
            hash.update(text.as_bytes());
            hash.update(&[0x1f]);
        }
        hash.update(&object.to_le_bytes());
    }
    format!("{:016x}", hash.digest())
}
