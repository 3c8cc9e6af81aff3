//! How many pairs the rules of an entity find among the records of a commit.

use super::View;
use super::joins::cluster_step;
use crate::care::{EntityPairs, over_keys};
use crate::error::Result;
use c360_model::model::EntityId;
use c360_plan::{Step, fingerprint};

/// Counts the keys that the commit keeps; no rules where it was made by others than the pipeline has now.
///
/// # Errors
/// A table that cannot be read.
pub async fn pairs_of(view: &mut View<'_>, entity: EntityId) -> Result<EntityPairs> {
    let step = Step::Cluster(cluster_step(view, entity).await?);
    match view.commit.steps.get(&step.title(view.model)) == Some(&fingerprint(&step, view.model)) {
        true => over_keys(view.model, view.engine, &view.tables, entity).await,
        false => Ok(EntityPairs { entity: view.model.entity(entity).name.clone(), rules: Vec::new() }),
    }
}
