//! Plans as people read them: titles of steps, guards, tables, DataFusion's logical plans.

use super::{Cluster, Plan, Step};
use crate::tables::TableName;
use c360_model::model::Model;
use datafusion::logical_expr::LogicalPlan;
use std::fmt::Write;

impl Plan {
    /// The plan as text: steps, guards, tables and DataFusion's logical plans, the same for the same model on every machine.
    #[must_use]
    pub fn explain(&self, model: &Model) -> String {
        let mut out = String::new();
        for (number, step) in self.steps.iter().enumerate() {
            let _ = writeln!(out, "{}. {}", number + 1, step.title(model));
            for guard in step.guards() {
                let _ = writeln!(out, "   {guard}");
            }
            for (name, plan) in step.plans(model) {
                let _ = writeln!(out, "   {name}");
                for line in plan.display_indent().to_string().lines() {
                    let _ = writeln!(out, "     {line}");
                }
            }
        }
        out
    }
}

impl Step {
    /// What the step does, in one line.
    #[must_use]
    pub fn title(&self, model: &Model) -> String {
        match self {
            Step::Stage(stage) => {
                let entities: Vec<_> = stage.entities.iter().map(|e| model.entity(*e).name.as_str()).collect();
                format!("stage {}: records of {}", model.source(stage.source).name, entities.join(", "))
            }
            Step::Resolve(step) => {
                let entity = model.entity(step.entity);
                let reference = &entity.references[step.reference.0];
                format!("resolve {}.{} -> {}", entity.name, reference.name, model.entity(reference.target).name)
            }
            Step::Cluster(step) => format!("cluster {}", model.entity(step.entity).name),
            Step::Golden(step) => format!("golden {}", model.entity(step.entity).name),
            Step::Publish(step) => format!("publish to {}", step.place),
        }
    }

    /// What keeps records apart, as the pipeline says it or where it says nothing; people's decisions are not listed.
    #[must_use]
    pub fn guards(&self) -> Vec<String> {
        match self {
            Step::Cluster(step) => step.guard_names(),
            _ => Vec::new(),
        }
    }

    /// The logical plans of the step with what each makes.
    #[must_use]
    pub fn plans(&self, model: &Model) -> Vec<(String, &LogicalPlan)> {
        match self {
            Step::Stage(step) => vec![("rows".into(), &step.plan)],
            Step::Resolve(step) => {
                let name = TableName::resolved(model.entity(step.entity), step.reference);
                vec![(name.to_string(), &step.targets), ("orphans".into(), &step.orphans)]
            }
            Step::Cluster(step) => cluster_plans(step),
            Step::Golden(step) => {
                let entity = model.entity(step.entity);
                let links = step.links.iter().map(|(r, plan)| (TableName::links(entity, *r).to_string(), plan));
                std::iter::once((TableName::golden(&entity.name).to_string(), &step.plan)).chain(links).collect()
            }
            Step::Publish(step) => vec![("rows".into(), &step.plan)],
        }
    }
}

fn cluster_plans(step: &Cluster) -> Vec<(String, &LogicalPlan)> {
    let mut plans = vec![("names".to_owned(), &step.names)];
    plans.extend(step.cross_references.iter().map(|plan| ("is".to_owned(), plan)));
    plans.extend(step.rules.iter().map(|rule| (rule.name.clone(), &rule.keys)));
    for rule in &step.pair_rules {
        plans.extend(rule.blocks.iter().map(|block| (block.name.clone(), &block.keys)));
        plans.push((format!("{}: values", rule.name), &rule.values));
    }
    plans.extend(step.guards.iter().map(|guard| (guard.name.clone(), &guard.values)));
    plans
}
