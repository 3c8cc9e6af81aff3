//! A run goes through the steps of its plan.

use super::Run;
use crate::commit::Input;
use crate::error::Result;
use crate::inputs::SourceFiles;
use crate::progress::Progress;
use crate::step;
use c360_plan::{Plan, Stage, Step};

impl Run<'_> {
    /// Runs all steps but what is published; gives the files whose rows count, with their counts.
    pub(super) async fn steps(&mut self, plan: &Plan, inputs: &[SourceFiles], progress: &dyn Progress) -> Result<Vec<Input>> {
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

    /// Runs the stages of all sources. The files of the next source are being read while that of one is written.
    async fn stages(&mut self, plan: &Plan, inputs: &[SourceFiles], progress: &dyn Progress) -> Result<Vec<Input>> {
        let stages: Vec<(&Step, &Stage)> = plan.steps.iter().filter_map(stage_of).collect();
        let input = |stage: &Stage| inputs.iter().find(|input| input.source == stage.source).expect("every source was listed");
        let bytes_of = |input: &SourceFiles| input.files.iter().map(|file| file.size).sum::<u64>();
        let all_bytes = inputs.iter().map(bytes_of).sum();
        let (mut read, mut bytes) = (Vec::new(), 0);
        let mut ahead = None;
        for (number, (step, stage)) in stages.iter().enumerate() {
            let anew = self.begin(step, (number, plan.steps.len()), progress);
            let opened = match ahead.take() {
                Some(opened) => opened,
                None => step::open(self, stage, input(stage), anew).await?,
            };
            let staged = match opened {
                Some(opened) => Some(opened.read(self).await?),
                None => None,
            };
            if let Some((step, next)) = stages.get(number + 1) {
                let anew = self.is_anew(step);
                ahead = Some(step::open(self, next, input(next), anew).await?);
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

    /// Tells that a step begins, the one at this place of so many, and notes what it depends on; gives whether it is computed anew.
    fn begin(&mut self, step: &Step, (number, of): (usize, usize), progress: &dyn Progress) -> bool {
        let title = step.title(self.model);
        progress.step(&title, number + 1, of);
        let anew = self.is_anew(step);
        self.order.push(title.clone());
        self.steps.insert(title, c360_plan::fingerprint(step, self.model));
        anew
    }

    fn is_anew(&self, step: &Step) -> bool {
        self.full || self.steps_before.get(&step.title(self.model)) != Some(&c360_plan::fingerprint(step, self.model))
    }
}

fn stage_of(step: &Step) -> Option<(&Step, &Stage)> {
    match step {
        Step::Stage(stage) => Some((step, stage)),
        _ => None,
    }
}
