//! A run goes through the steps of its plan.

use super::Run;
use crate::commit::Input;
use crate::error::Result;
use crate::inputs::SourceFiles;
use crate::progress::Progress;
use crate::step;
use c360_plan::tables::TableName;
use c360_plan::{Plan, Stage, Step};
use futures::future::try_join_all;
use std::collections::VecDeque;

/// Sources with so many bytes of files altogether are opened at the same time: of what is read, and of the rows that the state holds of it, as much
/// can be in memory.
const AHEAD_BYTES: u64 = 512 << 20;

impl<'m> Run<'m> {
    /// Runs all steps but what is published; gives the files whose rows count, with their counts.
    pub(super) async fn steps(&mut self, plan: &Plan, inputs: &[SourceFiles], progress: &dyn Progress) -> Result<Vec<Input>> {
        self.read_members_ahead(plan).await?;
        let read = self.stages(plan, inputs, progress).await?;
        for (number, step) in plan.steps.iter().enumerate() {
            if matches!(step, Step::Stage(_) | Step::Publish(_)) {
                continue;
            }
            let anew = self.begin(step, (number, plan.steps.len()), progress);
            match step {
                Step::Resolve(resolve) => step::resolve(self, resolve, anew).await?,
                Step::Cluster(cluster) => step::cluster(self, cluster, anew).await?,
                Step::Golden(golden) => step::golden(self, golden, anew).await?,
                Step::Stage(_) | Step::Publish(_) => {}
            }
            progress.done(&step.title(self.model));
        }
        let place = |name: &str| self.model.sources.iter().position(|source| source.name == name);
        self.figures.sources.sort_by_key(|figures| place(&figures.source));
        let place = |name: &str| self.model.entities.iter().position(|entity| entity.name == name);
        self.figures.entities.sort_by_key(|figures| place(&figures.entity));
        step::seal_reports(self).await?;
        Ok(read)
    }

    /// Begins to read what is gone through whatever changed.
    async fn read_members_ahead(&mut self, plan: &Plan) -> Result<()> {
        for step in &plan.steps {
            let Step::Cluster(cluster) = step else { continue };
            let members = TableName::members(&self.model.entity(cluster.entity).name);
            let anew = self.is_anew(&step.title(self.model), &c360_plan::fingerprint(step, self.model));
            if !anew && self.before.get(&members).is_some() {
                let members = step::MembersAhead::read(self, cluster.entity).await?;
                self.members_ahead.insert(cluster.entity, members);
            }
        }
        Ok(())
    }

    /// Runs the stages of all sources. The files of the next ones are being read while that of one is written.
    async fn stages(&mut self, plan: &Plan, inputs: &[SourceFiles], progress: &dyn Progress) -> Result<Vec<Input>> {
        let stages: Vec<(&Step, &Stage)> = plan.steps.iter().filter_map(stage_of).collect();
        let input = |stage: &Stage| inputs.iter().find(|input| input.source == stage.source).expect("every source was listed");
        let bytes_of = |input: &SourceFiles| input.files.iter().map(|file| file.size).sum::<u64>();
        let all_bytes = inputs.iter().map(bytes_of).sum();
        let (mut read, mut bytes) = (Vec::new(), 0);
        let mut waiting = together(&stages, |stage| bytes_of(input(stage))).into_iter();
        let mut opened = VecDeque::new();
        for (number, (step, stage)) in stages.iter().enumerate() {
            self.begin(step, (number, plan.steps.len()), progress);
            if opened.is_empty() {
                opened.extend(self.open(waiting.next().unwrap_or_default(), &input).await?);
            }
            let staged = match opened.pop_front().flatten() {
                Some(opened) => Some(opened.read(self).await?),
                None => None,
            };
            if opened.is_empty() {
                opened.extend(self.open(waiting.next().unwrap_or_default(), &input).await?);
            }
            match staged {
                Some(staged) => read.extend(staged.seal(self).await?),
                None => {
                    self.records.carry_over(stage);
                    read.extend(input(stage).inputs.iter().cloned());
                }
            }
            bytes += bytes_of(input(stage));
            progress.bytes(bytes, all_bytes);
            if number + 1 == stages.len() {
                step::seal_records(self).await?;
            }
            progress.done(&step.title(self.model));
        }
        Ok(read)
    }

    /// Begins to read the files of these sources, side by side.
    async fn open<'s>(
        &self,
        stages: &[(&'s Step, &'s Stage)],
        input: &impl Fn(&Stage) -> &'s SourceFiles,
    ) -> Result<Vec<Option<step::Opened<'s>>>>
    where
        'm: 's,
    {
        let is_anew = |step: &Step| self.is_anew(&step.title(self.model), &c360_plan::fingerprint(step, self.model));
        try_join_all(stages.iter().map(|(step, stage)| step::open(self, stage, input(stage), is_anew(step)))).await
    }

    /// Tells that a step begins, the one at this place of so many, and notes what it depends on; gives whether it is computed anew.
    fn begin(&mut self, step: &Step, (number, of): (usize, usize), progress: &dyn Progress) -> bool {
        let title = step.title(self.model);
        progress.step(&title, number + 1, of);
        let fingerprint = c360_plan::fingerprint(step, self.model);
        let anew = self.is_anew(&title, &fingerprint);
        self.order.push(title.clone());
        self.steps.insert(title, fingerprint);
        anew
    }

    fn is_anew(&self, title: &str, fingerprint: &String) -> bool {
        self.full || self.steps_before.get(title) != Some(fingerprint)
    }
}

fn stage_of(step: &Step) -> Option<(&Step, &Stage)> {
    match step {
        Step::Stage(stage) => Some((step, stage)),
        _ => None,
    }
}

/// Neighbours whose files have no more than [`AHEAD_BYTES`] together; a larger source stands alone.
fn together<'a, T>(stages: &'a [(T, &'a Stage)], bytes: impl Fn(&Stage) -> u64) -> Vec<&'a [(T, &'a Stage)]> {
    let (mut groups, mut start, mut sum) = (Vec::new(), 0, 0);
    for (place, (_, stage)) in stages.iter().enumerate() {
        let bytes = bytes(stage);
        if place > start && sum + bytes > AHEAD_BYTES {
            groups.push(&stages[start..place]);
            (start, sum) = (place, 0);
        }
        sum += bytes;
    }
    groups.push(&stages[start..]);
    groups
}
