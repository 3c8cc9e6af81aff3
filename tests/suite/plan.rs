//! Text in, text out: each `plan/NAME.c360` becomes the plan in `NAME.plan`, as `c360 plan --explain` prints it. `C360_BLESS=1` rewrites them.

use c360_model::model::{Model, SourceId};
use c360_model::{Functions, TrainedModels, check};
use c360_plan::SourceSchemas;
use c360_run::ingest::output_schema;
use c360_syntax::{Severity, Sources, parse};
use datafusion::arrow::datatypes::DataType;
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite/plan");
    let entries = fs::read_dir(folder).expect("the suite is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "c360"));
    paths.sort();
    paths
}

fn model(path: &Path) -> Model {
    let mut sources = Sources::new();
    let id = sources.add(path.display().to_string(), fs::read_to_string(path).expect("readable"));
    let (file, mut findings) = parse(&sources, id);
    let functions = c360_plan::scalar_functions();
    let (model, checked) = check(&[file], &Functions::new(&functions), &TrainedModels::default());
    findings.extend(checked);
    let errors: Vec<_> = findings.iter().filter(|f| f.code.severity == Severity::Error).map(|f| &f.message).collect();
    assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    model.expect("there is no error")
}

/// All columns are text, as those of CSV and NDJSON are.
fn schemas(model: &Model) -> SourceSchemas {
    let text = |path: &c360_model::model::ColumnPath| (path.join("."), DataType::Utf8);
    let schema = |source: &c360_model::model::Source| output_schema(source.columns.iter().map(|(path, _)| text(path)));
    model.sources.iter().enumerate().map(|(number, source)| (SourceId(number), schema(source))).collect()
}

fn explained(path: &Path) -> String {
    let model = model(path);
    let plan = c360_plan::plan(&model, &schemas(&model)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    plan.explain(&model)
}

#[test]
fn plans_are_as_written() {
    let cases = cases();
    assert!(cases.len() >= 6, "the suite lost its cases");
    let mut wrong = Vec::new();
    for path in cases {
        let (plan, expected) = (explained(&path), path.with_extension("plan"));
        if std::env::var_os("C360_BLESS").is_some() {
            fs::write(&expected, &plan).expect("writable");
        } else if fs::read_to_string(&expected).unwrap_or_default() != plan {
            wrong.push(format!("--- {}\n{plan}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} differ; C360_BLESS=1 rewrites them", wrong.join("\n"), wrong.len());
}

#[test]
fn a_plan_follows_from_its_model_alone() {
    for path in cases() {
        assert_eq!(explained(&path), explained(&path), "{}", path.display());
    }
}

fn fingerprints(path: &Path) -> Vec<String> {
    let model = model(path);
    let plan = c360_plan::plan(&model, &schemas(&model)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    plan.steps.iter().map(|step| c360_plan::fingerprint(step, &model)).collect()
}

/// Or every run would compute everything anew. Built several times, since what is unstable differs only now and then.
#[test]
fn fingerprints_follow_from_the_declarations_alone() {
    let everything = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite/check/ok-retail.c360");
    for path in cases().into_iter().chain([everything]) {
        let first = fingerprints(&path);
        // Addresses differ from process to process.
        assert!(!format!("{:?}", model(&path)).contains("0x"), "{}: an address is part of the model", path.display());
        assert!((0..8).all(|_| fingerprints(&path) == first), "{}", path.display());
        // Elsewhere in the file, and with a comment.
        let folder = tempfile::tempdir().expect("a temporary folder");
        let moved = folder.path().join("moved.c360");
        fs::write(&moved, format!("// a comment\n\n{}", fs::read_to_string(&path).expect("readable"))).expect("writable");
        assert_eq!(fingerprints(&moved), first, "{}", path.display());
    }
}
