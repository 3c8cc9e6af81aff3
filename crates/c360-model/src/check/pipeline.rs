//! The `pipeline` declaration: exactly one, with a country that exists and a state that can be written to.

use super::names::Declared;
use super::place;
use c360_match::format::{self, Context, Format, StageCall};
use c360_syntax::ast::{self, Name};
use c360_syntax::codes::model as codes;
use c360_syntax::{Diagnostic, Span};

/// What the pipeline declaration says, checked.
#[derive(Default)]
pub(super) struct Pipeline {
    pub(super) name: String,
    pub(super) state: Option<(String, Span)>,
    pub(super) country: Option<String>,
    pub(super) owner: Option<String>,
}

impl Pipeline {
    /// What formats may know.
    pub(super) fn context(&self) -> Context {
        Context { country: self.country.clone() }
    }
}

/// Finds and reads the one pipeline.
pub(super) fn check(declared: &Declared<'_>, out: &mut Vec<Diagnostic>) -> Pipeline {
    let Some((first, others)) = declared.pipelines.split_first() else {
        if !declared.files.is_empty() {
            out.push(missing(declared));
        }
        return Pipeline::default();
    };
    for other in others {
        let message = format!("`{}` is a second pipeline", other.name.text);
        let finding = Diagnostic::new(&codes::SEVERAL_PIPELINES, other.name.span, message).label("second pipeline");
        let finding = finding.related(first.name.span, "the first one");
        out.push(finding.help("a run has one pipeline: move this one to a file of its own that nobody uses"));
    }
    read(first, out)
}

fn missing(declared: &Declared<'_>) -> Diagnostic {
    let finding = Diagnostic::new(&codes::NO_PIPELINE, declared.start(), "no `pipeline` is declared");
    finding.help("begin the file with `pipeline NAME { state \"..\" }`")
}

fn read(pipeline: &ast::Pipeline, out: &mut Vec<Diagnostic>) -> Pipeline {
    if let Some(state) = &pipeline.state {
        place::check_scheme(&state.value, state.span, &codes::PLACE, out);
    }
    Pipeline {
        name: pipeline.name.text.clone(),
        state: pipeline.state.as_ref().map(|state| (state.value.clone(), state.span)),
        country: pipeline.country.as_ref().and_then(|name| country(name, out)),
        owner: pipeline.owner.as_ref().map(|owner| owner.value.clone()),
    }
}

/// The code, where a country has it. The built-in format `country` knows them all, and the names that people write instead.
fn country(name: &Name, out: &mut Vec<Diagnostic>) -> Option<String> {
    let meant = canonical_country(&name.text);
    if meant.as_deref() == Some(name.text.as_str()) {
        return meant;
    }
    let message = format!("`{}` is not the code of a country", name.text);
    let finding = Diagnostic::new(&codes::COUNTRY, name.span, message).label("expected two capital letters of ISO 3166");
    out.push(match meant {
        Some(code) => finding.suggest(name.span, code),
        None => finding.help("write the two letters of ISO 3166, such as `DE`, `US` or `CN`"),
    });
    None
}

fn canonical_country(text: &str) -> Option<String> {
    let stage = StageCall { name: "country".to_owned(), arguments: Vec::new() };
    let Ok(Format::Text(format)) = format::build(&[stage], &Context::default()) else { return None };
    let mut code = String::new();
    format.normalize(text, &mut code).ok().map(|()| code)
}
