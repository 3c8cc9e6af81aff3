//! One case: a text with one or several files, what `check` finds in it, and the findings as text.
//!
//! `//// NAME` begins another file; `//// data SOURCE: a, b` gives the columns of a source's data, for `check_columns`.

use crate::functions::SCALAR;
use c360_model::model::{Model, SourceId};
use c360_model::{Functions, ModelFile, TrainedModels, check, check_columns, drop_cascades, read_model};
use c360_syntax::{Diagnostic, Severity, Sources, Span, ast, parse};
use std::fmt::Write;

/// A parsed and checked case.
pub(crate) struct Case {
    texts: Vec<(String, String)>,
    data: Vec<(String, Vec<String>)>,
    sources: Sources,
    syntax: Vec<Diagnostic>,
    findings: Vec<Diagnostic>,
    model: Option<Model>,
}

impl Case {
    /// Splits the text into files, parses and checks them.
    pub(crate) fn new(name: &str, text: &str) -> Case {
        let mut texts = vec![(format!("{name}.c360"), String::new())];
        let mut data = Vec::new();
        for line in text.lines() {
            if let Some(columns) = line.strip_prefix("//// data ") {
                let (source, columns) = columns.split_once(": ").expect("`//// data SOURCE: a, b`");
                data.push((source.to_owned(), columns.split(", ").map(|column| column.trim_matches('`').to_owned()).collect()));
            } else if let Some(file) = line.strip_prefix("//// ") {
                texts.push((file.to_owned(), String::new()));
            } else {
                let (_, text) = texts.last_mut().expect("it begins with one");
                text.push_str(line);
                text.push('\n');
            }
        }
        Case::of(texts, data)
    }

    fn of(texts: Vec<(String, String)>, data: Vec<(String, Vec<String>)>) -> Case {
        let mut sources = Sources::new();
        let (weights, pipeline): (Vec<_>, Vec<_>) = texts.iter().partition(|(name, _)| name.ends_with(".json"));
        let ids: Vec<_> = pipeline.iter().map(|(name, text)| sources.add(name.clone(), text.clone())).collect();
        let (mut files, mut syntax): (Vec<ast::File>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
        for id in ids {
            let (file, found) = parse(&sources, id);
            files.push(file);
            syntax.extend(found);
        }
        let models = models(&files, &weights, &mut sources, &mut syntax);
        let (model, mut checked) = check(&files, &Functions::new(SCALAR), &models);
        drop_cascades(&syntax, &mut checked);
        let mut findings = syntax.clone();
        findings.extend(checked);
        for ((source, columns), model) in data.iter().zip(model.iter().cycle()) {
            let id = model.sources.iter().position(|known| known.name == *source).expect("data names a source");
            findings.extend(check_columns(model, SourceId(id), columns));
        }
        Case { texts, data, sources, syntax, findings, model }
    }

    /// Findings of the parser and of the checks.
    pub(crate) fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Whether the text can be read.
    pub(crate) fn has_syntax_errors(&self) -> bool {
        self.syntax.iter().any(|finding| finding.code.severity == Severity::Error)
    }

    /// Whether `check` made a model.
    pub(crate) fn has_model(&self) -> bool {
        self.model.is_some()
    }

    /// All findings as text. Those of the parser by place and code alone: their texts are tested in `tests/suite/syntax`.
    pub(crate) fn render(&self) -> String {
        let (parsed, checked) = self.findings.split_at(self.syntax.len());
        let parsed = parsed.iter().map(|finding| self.heading(finding) + "\n");
        parsed.chain(checked.iter().map(|finding| self.render_one(finding))).collect::<Vec<_>>().join("\n")
    }

    fn heading(&self, finding: &Diagnostic) -> String {
        let severity = match finding.code.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = self.place(finding.span);
        format!("{}:{place}: {severity}[{}]", self.sources.name(finding.span.file), finding.code.id)
    }

    fn render_one(&self, finding: &Diagnostic) -> String {
        let mut out = format!("{}: {}\n", self.heading(finding), finding.message);
        writeln!(out, "    {}", self.excerpt(finding.span)).expect("text takes everything");
        let mut line = |kind: &str, text: &str| writeln!(out, "    {kind}: {text}").expect("text takes everything");
        if !finding.label.is_empty() {
            line("label", &finding.label);
        }
        for (span, text) in &finding.related {
            let file = if span.file == finding.span.file { String::new() } else { format!("{}:", self.sources.name(span.file)) };
            line(&format!("{file}{}", self.place(*span)), text);
        }
        if let Some(help) = &finding.help {
            line("help", help);
        }
        if let Some((span, text)) = &finding.suggestion {
            line("instead", &format!("{} → {text}", self.excerpt(*span)));
        }
        out
    }

    fn place(&self, span: Span) -> String {
        let position = self.sources.position(span.file, span.start);
        format!("{}:{}", position.line, position.column)
    }

    /// What stands at a place, on one line.
    fn excerpt(&self, span: Span) -> String {
        let text = &self.sources.text(span.file)[span.start as usize..span.end as usize];
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() > 60 { format!("{}…", words.chars().take(60).collect::<String>()) } else { words }
    }
}

/// The case with the suggestion of one finding applied.
pub(crate) fn apply(case: &Case, index: usize) -> Case {
    let (span, replacement) = case.findings[index].suggestion.as_ref().expect("asked for findings with suggestions only");
    let mut texts = case.texts.clone();
    let (_, text) = &mut texts[span.file.0 as usize];
    text.replace_range(span.start as usize..span.end as usize, replacement);
    Case::of(texts, case.data.clone())
}

/// The files of the models that rules name: those of the case.
fn models(files: &[ast::File], weights: &[&(String, String)], sources: &mut Sources, out: &mut Vec<Diagnostic>) -> TrainedModels {
    let mut models = TrainedModels::default();
    let entities = files.iter().flat_map(|file| &file.items).filter_map(|item| match item {
        ast::Item::Entity(entity) => entity.matching.as_ref(),
        _ => None,
    });
    for entry in entities.flat_map(|matching| &matching.entries) {
        let ast::MatchEntry::Model(rule) = entry else { continue };
        let read = match weights.iter().find(|(name, _)| *name == rule.file.value) {
            None => ModelFile::Unreadable("no such file".to_owned()),
            Some((name, text)) => match read_model(name, text, sources, out) {
                Ok(read) => ModelFile::Read(Box::new(read)),
                Err(error) => ModelFile::Unreadable(format!("{}: {}; {}", error.place, error.problem, error.help)),
            },
        };
        models.insert(rule.file.span, read);
    }
    models
}
