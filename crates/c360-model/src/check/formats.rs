//! Formats: expands declared ones, builds pipes through `c360_match::format`, and brings its errors to the place that caused them.

use super::graph;
use super::names::Declared;
use super::stages::{self, canonical};
use super::suggest::{propose, unknown};
use c360_match::format::{self, BuildError, Context, Format, StageCall};
use c360_syntax::ast::{FormatDecl, Stage};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A pipe longer than this is a mistake: declared formats that use each other twice over would grow without end.
const LONGEST_PIPE: usize = 64;

/// The declared formats, expanded to built-in stages.
pub(super) struct Formats<'a> {
    context: Context,
    declared: BTreeMap<&'a str, Expansion>,
}

/// What a declared format is made of; `None` where its declaration is wrong and was reported.
struct Expansion {
    span: Span,
    stages: Option<Vec<StageCall>>,
}

/// A pipe that was built.
pub(super) struct Built {
    pub(super) format: Format,
    /// Its stages in canonical layout, declared formats expanded.
    pub(super) text: String,
    /// Its built-in stages.
    pub(super) stages: Vec<StageCall>,
}

/// A pipe with declared formats replaced by their stages.
struct Pipe {
    stages: Vec<StageCall>,
    /// For each of `stages`, the stage as written that it comes from.
    origins: Vec<usize>,
}

/// Expands and builds every declared format, used or not.
pub(super) fn declared<'a>(declared: &Declared<'a>, context: Context, out: &mut Vec<Diagnostic>) -> Formats<'a> {
    let order = graph::order(&dependencies(&declared.formats));
    let mut formats = Formats { context, declared: BTreeMap::new() };
    for format in &declared.formats {
        formats.declared.insert(&format.name.text, Expansion { span: format.name.span, stages: None });
    }
    for cycle in &order.cycles {
        out.push(circle(cycle, &declared.formats));
    }
    let circular: BTreeSet<usize> = order.cycles.concat().into_iter().collect();
    for index in order.nodes.into_iter().filter(|index| !circular.contains(index)) {
        let format = declared.formats[index];
        let stages = formats.build(&format.stages, out).map(|built| built.stages);
        formats.declared.insert(&format.name.text, Expansion { span: format.name.span, stages });
    }
    formats
}

fn dependencies(formats: &[&FormatDecl]) -> Vec<Vec<usize>> {
    let ids: BTreeMap<&str, usize> = formats.iter().enumerate().map(|(index, format)| (format.name.text.as_str(), index)).collect();
    formats.iter().map(|format| format.stages.iter().filter_map(|stage| ids.get(stage.name.text.as_str()).copied()).collect()).collect()
}

fn circle(cycle: &[usize], formats: &[&FormatDecl]) -> Diagnostic {
    let names: Vec<String> = cycle.iter().chain(&cycle[..1]).map(|index| format!("`{}`", formats[*index].name.text)).collect();
    let first = &formats[cycle[0]].name;
    let message = if cycle.len() == 1 {
        format!("format `{}` is made of itself", first.text)
    } else {
        format!("formats are made of each other: {}", names.join(" → "))
    };
    let mut finding = Diagnostic::new(&codes::FORMAT_CYCLE, first.span, message).label("part of the circle");
    for index in &cycle[1..] {
        finding = finding.related(formats[*index].name.span, "part of the circle");
    }
    finding.help("build one of them from built-in formats only")
}

impl Formats<'_> {
    /// Whether a format of this name is built in or declared.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.declared.contains_key(name) || format::names().contains(&name)
    }

    /// Builds a pipe as written; reports what is wrong, unless that was reported at the declaration of a format that it uses.
    pub(super) fn build(&self, written: &[Stage], out: &mut Vec<Diagnostic>) -> Option<Built> {
        let pipe = self.expand(written, out)?;
        match format::build(&pipe.stages, &self.context) {
            Ok(format) => Some(Built { format, text: canonical(&pipe.stages), stages: pipe.stages }),
            Err(error) => {
                out.push(self.explain(&error, written, &pipe));
                None
            }
        }
    }

    fn expand(&self, written: &[Stage], out: &mut Vec<Diagnostic>) -> Option<Pipe> {
        let before = out.len();
        let mut poisoned = false;
        let mut pipe = Pipe { stages: Vec::new(), origins: Vec::new() };
        for (origin, stage) in written.iter().enumerate() {
            match self.declared.get(stage.name.text.as_str()) {
                Some(expansion) => {
                    takes_no_arguments(stage, expansion.span, out);
                    poisoned |= expansion.stages.is_none();
                    pipe.push(expansion.stages.iter().flatten().cloned(), origin);
                }
                None if format::names().contains(&stage.name.text.as_str()) => pipe.push(stages::call(stage, out), origin),
                None => out.push(self.no_format(stage)),
            }
        }
        if pipe.stages.len() > LONGEST_PIPE {
            let span = written.iter().fold(written[0].span, |span, stage| span.to(stage.span));
            let message = format!("a pipe of {} stages is longer than the {LONGEST_PIPE} that are allowed", pipe.stages.len());
            out.push(Diagnostic::new(&codes::FORMAT_PIPE, span, message).help("use fewer stages"));
        }
        (!poisoned && out.len() == before && !pipe.stages.is_empty()).then_some(pipe)
    }

    fn no_format(&self, stage: &Stage) -> Diagnostic {
        let candidates: Vec<&str> = self.declared.keys().copied().chain(format::names().iter().copied()).collect();
        let finding = unknown(&codes::UNKNOWN_FORMAT, &stage.name, "format", "", &candidates);
        if finding.help.is_some() {
            finding
        } else {
            let help = match stage.name.text.to_ascii_lowercase().as_str() {
                "int" | "integer" | "bigint" | "smallint" | "long" => "whole numbers are `number(0)`",
                "float" | "double" | "decimal" | "numeric" | "real" => "numbers are `number`, with two decimals `number(2)`",
                "varchar" | "char" | "string" | "str" | "nvarchar" => "texts are `text`",
                "timestamp" | "time" | "datetime2" => "moments are `datetime`",
                _ => "declare it with `format NAME = ..`, or use a built-in one such as `text`, `number`, `date`, `email`",
            };
            finding.help(help)
        }
    }

    /// An error of the builder, at the argument or stage as written that it is about.
    fn explain(&self, error: &BuildError, written: &[Stage], pipe: &Pipe) -> Diagnostic {
        let origin = pipe.origins.get(error.stage).copied().unwrap_or(0);
        let stage = &written[origin];
        let declared = self.declared.get(stage.name.text.as_str());
        let argument = error.argument.filter(|_| declared.is_none()).and_then(|index| stage.arguments.get(index));
        let finding = match argument {
            Some(argument) => {
                let finding =
                    Diagnostic::new(&codes::FORMAT_ARGUMENT, argument.value.span, format!("`{}`: {}", stage.name.text, error.message));
                finding.label("this argument")
            }
            None if error.unknown => {
                let finding = Diagnostic::new(&codes::UNKNOWN_FORMAT, stage.name.span, error.message.clone());
                propose(finding, stage.name.span, &stage.name.text, format::names())
            }
            None => {
                Diagnostic::new(&codes::FORMAT_PIPE, stage.span, format!("`{}`: {}", stage.name.text, error.message)).label("this stage")
            }
        };
        match declared {
            Some(expansion) => finding.related(expansion.span, format!("`{}` is declared here", stage.name.text)),
            None => finding,
        }
    }
}

impl Pipe {
    fn push(&mut self, stages: impl IntoIterator<Item = StageCall>, origin: usize) {
        for stage in stages {
            self.stages.push(stage);
            self.origins.push(origin);
        }
    }
}

fn takes_no_arguments(stage: &Stage, declared: Span, out: &mut Vec<Diagnostic>) {
    if let Some(argument) = stage.arguments.first() {
        let message = format!("`{}` is a format of these files and takes no arguments", stage.name.text);
        let finding = Diagnostic::new(&codes::FORMAT_ARGUMENT, argument.value.span, message).label("unexpected argument");
        out.push(
            finding.related(declared, "declared here").help("only built-in formats take arguments: give them where the format is declared"),
        );
    }
}
