//! `c360 init`: a project that runs.

use crate::arguments::{Arguments, Init, Output, Template};
use crate::exit;
use crate::output;
use crate::project::reason;
use serde_json::json;
use std::path::Path;

mod retail;

pub(super) fn init(command: &Init, arguments: &Arguments) -> u8 {
    let files = match command.template {
        Template::Retail => retail::FILES,
    };
    if let Err(message) = write(&command.folder, files) {
        output::failure(&message);
        return exit::FAILED;
    }
    match arguments.output {
        Output::Json => {
            let files: Vec<_> = files.iter().map(|(name, _)| *name).collect();
            output::print_json("init", json!({ "folder": command.folder, "files": files }));
        }
        _ => output::println!(
            "made {0} with {1} files; next:\n\n  cd {0}\n  c360 check\n  c360 run\n  c360 show customer",
            command.folder.display(),
            files.len()
        ),
    }
    exit::FINE
}

fn write(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), String> {
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{}: the folder is not empty; nothing was written", folder.display()));
    }
    for (name, content) in files {
        let path = folder.join(name);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, content));
        written.map_err(|error| format!("{}: {}", path.display(), reason(&error)))?;
    }
    Ok(())
}
