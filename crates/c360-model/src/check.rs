//! `check`: the files of a pipeline into a [`Model`], or into what is wrong with them. A list of calls, one file per check.

mod assemble;
mod attributes;
mod cascade;
mod chosen_blocks;
mod chosen_levels;
mod columns;
mod comparison;
mod encoding;
mod expression;
mod formats;
mod functions;
mod golden;
mod graph;
mod guards;
mod ignore;
mod incomplete;
mod inputs;
mod keys;
mod kinds;
mod mapping;
mod matching;
mod names;
mod order;
mod overrides;
mod pair_columns;
mod pair_rules;
mod pair_tests;
mod pair_text;
mod pipeline;
mod place;
mod publish;
mod read;
mod references;
mod reserved;
mod rules;
mod scope;
mod source;
mod stages;
mod strategy;
mod suggest;
mod supply;
mod terms;
mod trained;
mod updated;
mod usage;
mod useless;
mod whole;

pub use cascade::drop_cascades;
pub use columns::check_columns;

use crate::model::Model;
use crate::trained::TrainedModels;
use c360_syntax::{Diagnostic, Severity, ast};

/// The functions that expressions may call. The caller knows them: this crate does not know DataFusion.
#[derive(Debug, Clone, Copy)]
pub struct Functions<'a> {
    scalar: &'a [&'a str],
}

impl<'a> Functions<'a> {
    /// The names of all scalar functions, sorted.
    #[must_use]
    pub fn new(scalar: &'a [&'a str]) -> Functions<'a> {
        debug_assert!(scalar.is_sorted(), "names are looked up by bisection");
        Functions { scalar }
    }

    fn contains(&self, name: &str) -> bool {
        self.scalar.binary_search(&name).is_ok()
    }
}

/// Checks the files of one pipeline: the file with `pipeline` and all that it uses, with the files of the models that its rules name.
///
/// Yields the model exactly when there is no error, neither among the diagnostics that are returned nor among those that the parser
/// gave for declarations it could not lower. Diagnostics are ordered by place. Where the parser had errors, [`drop_cascades`] takes away
/// what only follows from them.
#[must_use]
pub fn check(files: &[ast::File], functions: &Functions<'_>, models: &TrainedModels) -> (Option<Model>, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let declared = names::collect(files, &mut out);
    let pipeline = pipeline::check(&declared, &mut out);
    let formats = formats::declared(&declared, pipeline.context(), &mut out);
    let members = attributes::all(&declared, &formats, &mut out);
    let supply = supply::of(&declared);
    let scope = scope::Scope { declared: &declared, functions, formats: &formats, members: &members, supply: &supply, models };
    let matching = matching::all(&scope, &mut out);
    let order = order::resolution(&scope, &matching, &mut out);
    let golden = golden::all(&scope, &mut out);
    let sources = source::all(&scope, &mut out);
    let publishes = publish::all(&scope, &mut out);
    let overrides = overrides::all(&scope, &mut out);
    usage::check(&scope, &mut out);
    out.sort_by_key(|finding| finding.span);
    let failed = out.iter().any(|finding| finding.code.severity == Severity::Error) || incomplete::is_incomplete(files);
    if failed {
        return (None, out);
    }
    let parts = assemble::Parts { pipeline, members: &members, matching, golden, sources, publishes, overrides, order };
    (assemble::model(parts), out)
}
