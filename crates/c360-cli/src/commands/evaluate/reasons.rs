//! Why the worst went wrong: what each rule makes of two records of different parts.

use c360_model::model::EntityId;
use c360_run::Error;
use c360_run::look::{self, Evaluation, View, WhyNot, Worst};

/// One for each of the worst, in their order; `None` where one of the two records is not in the commit.
#[derive(Default)]
pub(super) struct Reasons {
    pub(super) torn: Vec<Option<WhyNot>>,
    pub(super) merged: Vec<Option<WhyNot>>,
}

impl Reasons {
    pub(super) async fn of(view: &mut View<'_>, entity: EntityId, found: &Evaluation) -> Result<Reasons, Error> {
        // Of what is torn, clusters are compared as a whole; of what is merged, records of two entities.
        let ids = |worst: &Worst| two(worst, |(id, _)| id.clone());
        let records = |worst: &Worst| two(worst, |(_, records)| records.first().cloned());
        Ok(Reasons { torn: reasons(view, entity, ids(&found.torn)).await?, merged: reasons(view, entity, records(&found.merged)).await? })
    }
}

type Parts = (Option<String>, Vec<String>);

/// What names the two largest parts of each.
fn two(worst: &Worst, name: impl Fn(&Parts) -> Option<String>) -> Vec<Option<(String, String)>> {
    let of_one = |wrong: &look::Wrong| {
        let mut parts = wrong.parts.iter().map(&name);
        Some((parts.next()??, parts.next()??))
    };
    worst.worst.iter().map(of_one).collect()
}

async fn reasons(view: &mut View<'_>, entity: EntityId, asked: Vec<Option<(String, String)>>) -> Result<Vec<Option<WhyNot>>, Error> {
    let mut found = Vec::new();
    for two in asked {
        found.push(match two {
            None => None,
            Some((first, second)) => {
                let declared = view.model.entity(entity);
                let first = look::find(view, declared, &first).await?;
                let second = look::find(view, declared, &second).await?;
                Some(look::why_not(view, entity, first, second).await?)
            }
        });
    }
    Ok(found)
}
