//! A project in a folder of its own, and the program run in it. Asserts what every answer has in common.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// Two systems that know the same Anna.
pub(crate) const SHOP: &str = r#"pipeline shop {
  state   "state"
  country DE
}

entity customer {
  number text
  name   person_name
  email  email  many

  match {
    exact number  strong
    exact email
  }

  golden {
    precedence crm > web
  }
}

source crm {
  read     csv("data/crm.csv")
  key      id
  customer { number = no, name = name, email = mail }
}

source web {
  read     csv("data/web*.csv")
  key      id
  customer { name = name, email = mail }
}
"#;

pub(crate) const CRM: &str = "id,no,name,mail\n1,A1,Anna Muster,anna@example.com\n2,A2,Bert Klein,bert@example.com\n";
pub(crate) const WEB: &str = "id,name,mail\n7,A. Muster,ANNA@example.com\n8,Carl Groß,carl@example.com\n";

/// A folder with `shop.c360` and its data; gone with the test.
pub(crate) struct Project {
    folder: TempDir,
}

/// What a call of the program gave.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Project {
        Project { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The shop, which has not run yet.
    pub(crate) fn shop() -> Project {
        let project = Project::empty();
        project.write("shop.c360", SHOP).write("data/crm.csv", CRM).write("data/web.csv", WEB);
        project
    }

    /// The shop with its first commit.
    pub(crate) fn committed() -> Project {
        let project = Project::shop();
        project.c360(&["run"]).is(0);
        project
    }

    /// Where a file of the project is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Project {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder in a temporary folder");
        fs::write(path, content).expect("a file in a temporary folder");
        self
    }

    /// Replaces a text in a file, which must have it.
    pub(crate) fn change(&self, name: &str, old: &str, new: &str) -> &Project {
        let text = self.read(name);
        assert!(text.contains(old), "{name} has no `{old}`");
        self.write(name, text.replace(old, new))
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The program with these arguments, in the project's folder.
    pub(crate) fn c360(&self, arguments: &[&str]) -> Answer {
        Answer::of(program(self.folder.path()).args(arguments).output().expect("the program starts"))
    }

    /// The rows of a query as JSON.
    pub(crate) fn query(&self, sql: &str) -> Value {
        let answer = self.c360(&["query", sql, "--output", "json"]);
        answer.is(0);
        answer.json("query")["rows"].clone()
    }

    /// Everything that the state says: commits byte by byte, and golden records as one sees them.
    pub(crate) fn visible(&self) -> (Vec<(String, Vec<u8>)>, String) {
        let mut commits: Vec<_> = fs::read_dir(self.path("state/commits"))
            .expect("there is a commit")
            .map(|entry| entry.expect("a readable entry"))
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a readable commit")))
            .collect();
        commits.sort();
        let golden = self.c360(&["show", "customer", "--output", "json"]);
        golden.is(0);
        (commits, golden.out)
    }

    /// Runs, and sees the run fail with exit code 1 while everything visible stays as it was.
    pub(crate) fn run_fails_and_keeps(&self, pieces: &[&str]) -> Answer {
        let before = self.visible();
        let answer = self.c360(&["run"]);
        answer.is(1).says(pieces);
        assert_eq!(answer.out, "", "a failed run has no answer");
        assert_eq!(self.visible(), before, "the last commit does not hold any more");
        answer
    }

    /// Runs, and gives the figures of a source: they balance.
    pub(crate) fn figures(&self, source: &str) -> Value {
        let answer = self.c360(&["run", "--allow-empty", "--output", "json"]);
        answer.is(0);
        let run = answer.json("run");
        let sources = run["figures"]["sources"].as_array().unwrap_or_else(|| panic!("nothing was committed: {run}"));
        let figures = sources.iter().find(|figures| figures["source"] == source).expect("a source of the pipeline").clone();
        let count = |name: &str| figures[name].as_u64().expect("a count");
        let sum: u64 = ["records", "duplicates", "rejects", "filtered", "deleted"].map(count).iter().sum();
        assert_eq!(count("rows"), sum, "rows are missing: {figures}");
        figures
    }
}

/// The program in a folder, with nothing of the developer's own settings.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_c360"));
    command.current_dir(folder).args(["--threads", "2"]);
    for name in ["C360_OUTPUT", "C360_THREADS", "C360_PIPELINE", "C360_STATE", "C360_MEMORY", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

impl Answer {
    pub(crate) fn of(output: Output) -> Answer {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        let code = output.status.code().unwrap_or_else(|| panic!("killed: {}", output.status));
        let answer = Answer { code, out: text(output.stdout), err: text(output.stderr) };
        for word in ["panicked", "unwrap", "RUST_BACKTRACE", "\u{1b}["] {
            assert!(!answer.out.contains(word) && !answer.err.contains(word), "`{word}` in the answer: {answer:?}");
        }
        answer
    }

    /// Asserts the exit code.
    pub(crate) fn is(&self, code: i32) -> &Answer {
        assert_eq!(self.code, code, "\nstdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Asserts that standard error holds all of these.
    pub(crate) fn says(&self, pieces: &[&str]) -> &Answer {
        for piece in pieces {
            assert!(self.err.contains(piece), "no `{piece}` in:\n{}", self.err);
        }
        self
    }

    /// Asserts that standard output holds all of these.
    pub(crate) fn answers(&self, pieces: &[&str]) -> &Answer {
        for piece in pieces {
            assert!(self.out.contains(piece), "no `{piece}` in:\n{}", self.out);
        }
        self
    }

    /// Standard output as one JSON document of this kind.
    pub(crate) fn json(&self, kind: &str) -> Value {
        let value: Value = serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("no JSON: {e}\n{}", self.out));
        assert_eq!(value["version"], 1, "{value}");
        assert_eq!(value["kind"], kind, "{value}");
        value
    }
}
