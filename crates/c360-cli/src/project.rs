//! The files of a pipeline: finds them, reads them, and nothing outside of the project.

use crate::exit;
use crate::output;
use c360_model::model::Model;
use c360_model::{Functions, ModelFile, ReadModel, TrainedModels, check, drop_cascades, read_model};
use c360_plan::RESULTS;
use c360_run::commit::sha256;
use c360_syntax::ast::{File, Item, MatchEntry};
use c360_syntax::{Diagnostic, Severity, Sources, Span, parse};
use std::path::{Path, PathBuf};

/// A pipeline as it was read: texts, findings, and the model if there is no error.
pub(crate) struct Project {
    pub(crate) texts: Sources,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) model: Option<Model>,
    /// The folder of the pipeline's file.
    pub(crate) folder: PathBuf,
    /// sha256 over the canonical texts.
    pub(crate) fingerprint: String,
}

/// Why no pipeline could be read; printed as it is.
pub(crate) struct Unreadable(pub(crate) String);

impl Project {
    /// Reads the pipeline in `path`: a file, or a folder with one file that declares a pipeline.
    pub(crate) fn open(path: &Path) -> Result<Project, Unreadable> {
        let mut loader = Loader::of(path)?;
        loader.read_models();
        Ok(loader.check())
    }

    /// The same for `train`, which is about to make the models: their rules join nothing.
    pub(crate) fn open_for_training(path: &Path) -> Result<Project, Unreadable> {
        let mut loader = Loader::of(path)?;
        for (place, _) in loader.models_named() {
            loader.models.insert(place, ModelFile::InTraining);
        }
        Ok(loader.check())
    }

    /// The same for a model that is about to be written to `file`: its rule has it, as `text`, and others join nothing. `name` is what findings call it.
    pub(crate) fn open_with_model(path: &Path, file: &Path, name: &str, text: &str) -> Result<Project, Unreadable> {
        let mut loader = Loader::of(path)?;
        for (place, named) in loader.models_named() {
            let found = match named == file {
                true => match read_model(name, text, &mut loader.texts, &mut loader.findings) {
                    Ok(read) => ModelFile::Read(Box::new(read)),
                    Err(error) => ModelFile::Unreadable(format!("{}: {}; {}", error.place, error.problem, error.help)),
                },
                false => ModelFile::InTraining,
            };
            loader.models.insert(place, found);
        }
        Ok(loader.check())
    }

    /// The model, or the exit code after the findings were printed.
    pub(crate) fn checked(&self) -> Result<&Model, u8> {
        match &self.model {
            Some(model) => Ok(model),
            None => {
                output::findings(&self.texts, &self.findings);
                Err(exit::INVALID)
            }
        }
    }
}

struct Loader {
    root: PathBuf,
    /// The folder of the pipeline's file.
    folder: PathBuf,
    texts: Sources,
    files: Vec<File>,
    /// The folder of each file, as it is named in messages.
    folders: Vec<PathBuf>,
    models: TrainedModels,
    findings: Vec<Diagnostic>,
    seen: Vec<PathBuf>,
}

impl Loader {
    /// Reads the pipeline's files.
    fn of(path: &Path) -> Result<Loader, Unreadable> {
        let main = main_file(path)?;
        let folder = main.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let mut loader = Loader {
            root: root_of(&folder),
            folder,
            texts: Sources::new(),
            files: Vec::new(),
            folders: Vec::new(),
            models: TrainedModels::default(),
            findings: Vec::new(),
            seen: Vec::new(),
        };
        loader.load(&main)?;
        Ok(loader)
    }

    /// The files that `model` rules name, by the place where they are named.
    fn models_named(&self) -> Vec<(Span, PathBuf)> {
        let mut named = Vec::new();
        for (file, folder) in self.files.iter().zip(&self.folders) {
            let entities = file.items.iter().filter_map(|item| match item {
                Item::Entity(entity) => entity.matching.as_ref(),
                _ => None,
            });
            named.extend(entities.flat_map(|matching| &matching.entries).filter_map(|entry| match entry {
                MatchEntry::Model(rule) => Some((rule.file.span, folder.join(&rule.file.value))),
                _ => None,
            }));
        }
        named
    }

    fn read_models(&mut self) {
        for (place, path) in self.models_named() {
            let file = match self.read_model(&path) {
                Ok(read) => ModelFile::Read(Box::new(read)),
                Err(reason) => ModelFile::Unreadable(reason),
            };
            self.models.insert(place, file);
        }
    }

    fn read_model(&mut self, path: &Path) -> Result<ReadModel, String> {
        let real = path.canonicalize().map_err(|e| reason(&e))?;
        if !real.starts_with(&self.root) {
            return Err(format!("it lies outside of the project ({})", self.root.display()));
        }
        let text = std::fs::read_to_string(path).map_err(|e| reason(&e))?;
        // As a whole for the pipeline's fingerprint: other weights are another pipeline.
        self.texts.add(shown(path), text.clone());
        read_model(&shown(path), &text, &mut self.texts, &mut self.findings)
            .map_err(|error| format!("{}: {}; {}", error.place, error.problem, error.help))
    }

    fn check(self) -> Project {
        let loader = self;
        let folder = loader.folder;
        let functions = c360_plan::scalar_functions();
        let (model, mut checked) = check(&loader.files, &Functions::new(&functions), &loader.models);
        drop_cascades(&loader.findings, &mut checked);
        let parsed_well = !loader.findings.iter().any(|f| f.code.severity == Severity::Error);
        let mut findings = loader.findings;
        findings.extend(checked);
        findings.sort_by_key(|finding| finding.span);
        let fingerprint = fingerprint(&loader.texts);
        Project { texts: loader.texts, findings, model: model.filter(|_| parsed_well), folder, fingerprint }
    }

    fn load(&mut self, path: &Path) -> Result<(), Unreadable> {
        let real = path.canonicalize().map_err(|e| Unreadable(format!("{}: {}", path.display(), reason(&e))))?;
        if self.seen.contains(&real) {
            return Ok(());
        }
        if !real.starts_with(&self.root) {
            return Err(Unreadable(format!(
                "{}: lies outside of the project ({}); `use` reads only what is inside",
                path.display(),
                self.root.display()
            )));
        }
        self.seen.push(real);
        let bytes = std::fs::read(path).map_err(|e| Unreadable(format!("{}: {}", path.display(), reason(&e))))?;
        if matches!(bytes.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
            return Err(Unreadable(format!("{}: it is UTF-16, by its byte order mark; save it as UTF-8", path.display())));
        }
        let text = String::from_utf8(bytes)
            .map_err(|e| Unreadable(format!("{}: not UTF-8 at byte {}; save it as UTF-8", path.display(), e.utf8_error().valid_up_to())))?;
        let id = self.texts.add(shown(path), text);
        let (file, findings) = parse(&self.texts, id);
        self.findings.extend(findings);
        let uses: Vec<PathBuf> = file.items.iter().filter_map(used).collect();
        self.files.push(file);
        let folder = path.parent().unwrap_or(Path::new(""));
        self.folders.push(folder.to_owned());
        for used in uses {
            self.load(&folder.join(used)).map_err(|error| Unreadable(format!("{} (used by {})", error.0, shown(path))))?;
        }
        Ok(())
    }
}

fn used(item: &Item) -> Option<PathBuf> {
    match item {
        Item::Use(used) => Some(PathBuf::from(&used.path.value)),
        _ => None,
    }
}

/// The path without `./` in front.
fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// The project: the nearest folder above that git knows, else the pipeline's own folder.
fn root_of(folder: &Path) -> PathBuf {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    real.ancestors().find(|above| above.join(".git").exists()).unwrap_or(&real).to_owned()
}

fn main_file(path: &Path) -> Result<PathBuf, Unreadable> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let mut found = Vec::new();
    for file in files_in(path)? {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if text.lines().any(|line| line.starts_with("pipeline ")) {
            found.push(file);
        }
    }
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => {
            Err(Unreadable(format!("no .c360 file in {} declares a `pipeline`; name the file, or start with `c360 init`", path.display())))
        }
        many => {
            let names: Vec<String> = many.iter().map(|file| shown(file)).collect();
            Err(Unreadable(format!("several pipelines in {}: {}; name one of them with --pipeline", path.display(), names.join(", "))))
        }
    }
}

/// The `.c360` files directly in a folder, by name.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let failed = |e: std::io::Error| Unreadable(format!("{}: {}", folder.display(), reason(&e)));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "c360") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// What the operating system says, without its number.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".into(),
        std::io::ErrorKind::PermissionDenied => "no permission".into(),
        _ => error.to_string(),
    }
}

/// What the texts say, and by which results of this program: after an update that changes them, a run looks although no text changed.
fn fingerprint(texts: &Sources) -> String {
    let mut all = format!("{RESULTS}\0");
    for id in texts.ids() {
        let text = texts.text(id);
        all.push_str(&c360_syntax::format_text(text).unwrap_or_else(|_| text.to_owned()));
        all.push('\0');
    }
    sha256(all.as_bytes())
}
