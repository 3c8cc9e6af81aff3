//! `c360 fmt`: the one layout.

use crate::arguments::{Arguments, Fmt, Output};
use crate::exit;
use crate::output;
use crate::project::{files_in, reason};
use c360_syntax::{Sources, format_text, parse};
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn fmt(command: &Fmt, arguments: &Arguments) -> u8 {
    let mut files = Vec::new();
    for path in &command.paths {
        match if path.is_dir() { files_in(path) } else { Ok(vec![path.clone()]) } {
            Ok(found) => files.extend(found),
            Err(error) => {
                output::failure(&error.0);
                return exit::USAGE;
            }
        }
    }
    let mut changed = Vec::new();
    let mut worst = exit::FINE;
    for file in &files {
        match format_file(file, command.check) {
            Ok(true) => changed.push(file),
            Ok(false) => {}
            Err(code) => worst = worst.max(code),
        }
    }
    tell(&changed, command.check, arguments.output);
    if command.check && !changed.is_empty() { worst.max(exit::FAILED) } else { worst }
}

/// Whether the file changed, or would.
fn format_file(path: &Path, only_check: bool) -> Result<bool, u8> {
    let failed = |what: String| {
        output::failure(&format!("{}: {what}", path.display()));
        exit::USAGE
    };
    let text = std::fs::read_to_string(path).map_err(|e| failed(reason(&e)))?;
    let Ok(formatted) = format_text(&text) else {
        let mut texts = Sources::new();
        let id = texts.add(path.display().to_string(), text);
        let (_, findings) = parse(&texts, id);
        output::findings(&texts, &findings);
        return Err(exit::INVALID);
    };
    if formatted == text {
        return Ok(false);
    }
    if !only_check {
        std::fs::write(path, formatted).map_err(|e| failed(reason(&e)))?;
    }
    Ok(true)
}

fn tell(changed: &[&PathBuf], only_check: bool, format: Output) {
    if format == Output::Json {
        let files: Vec<_> = changed.iter().map(|path| path.display().to_string()).collect();
        return output::print_json("fmt", json!({ "changed": files }));
    }
    for path in changed {
        output::println!("{} {}", if only_check { "would change" } else { "formatted" }, path.display());
    }
}
