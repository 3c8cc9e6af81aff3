//! States that must not or cannot be written: another pipeline's, a newer version's, damaged ones, no permission, a full disk.

use super::project::{Answer, Project, program};
use std::process::Command;

const COMMIT: &str = "state/commits/00000000000000000001.json";

#[test]
fn another_pipelines() {
    let project = Project::committed();
    let before = project.visible();
    project.change("shop.c360", "pipeline shop", "pipeline other");
    project.c360(&["run"]).is(1).says(&["`state` belongs to the pipeline `shop`, this one is `other`", "a state of its own"]);
    project.change("shop.c360", "pipeline other", "pipeline shop");
    assert_eq!(project.visible(), before);
}

#[test]
fn a_newer_versions() {
    let project = Project::committed();
    project.change(COMMIT, "\"format\": 2", "\"format\": 3");
    let before = project.read(COMMIT);
    for verb in [&["run"][..], &["plan"], &["show", "customer"], &["log"]] {
        let answer = project.c360(verb);
        answer.is(1).says(&["has format 3; this c360 reads up to 2", "a newer one"]);
        assert!(!answer.err.contains("damaged"), "it is not damaged: {}", answer.err);
    }
    assert_eq!(project.read(COMMIT), before);
    assert_eq!(std::fs::read_dir(project.path("state/commits")).expect("a folder").count(), 1);
}

#[test]
fn a_damaged_commit() {
    let project = Project::committed();
    let whole = project.read(COMMIT);
    for damage in ["", "{", &whole[..whole.len() / 2], &whole.replace("\"number\": 1", "\"number\": 3")] {
        project.write(COMMIT, damage);
        project.c360(&["run"]).is(1).says(&["`commits/00000000000000000001.json`", "damaged", "restore the file"]);
        assert_eq!(project.read(COMMIT), damage, "the evidence stays");
    }
}

#[test]
fn a_table_that_is_gone() {
    let project = Project::committed();
    let members = project.path("state/tables/members.customer");
    let run = std::fs::read_dir(&members).expect("a folder").next().expect("one run").expect("readable").path();
    std::fs::remove_file(run.join("part-0.parquet")).expect("it was there");
    project.change("data/crm.csv", "Bert", "Berta");
    let before = project.read(COMMIT);
    project.c360(&["run"]).is(1).says(&["members.customer"]);
    assert_eq!(project.read(COMMIT), before);
    assert_eq!(std::fs::read_dir(project.path("state/commits")).expect("a folder").count(), 1);
}

#[test]
fn a_file_where_a_folder_is_needed() {
    let project = Project::shop();
    project.write("taken", "a file");
    project.c360(&["run", "--state", "taken"]).is(1).says(&["taken", "nothing was committed"]);
    project.c360(&["run", "--state", "taken/state"]).is(1).says(&["taken/state", "nothing was committed"]);
    assert_eq!(project.read("taken"), "a file");
}

#[test]
fn publishing_where_nothing_can_be_written() {
    let project = Project::committed();
    let text = project.read("shop.c360");
    project.write("shop.c360", format!("{text}\npublish customer to csv(\"out/customer.csv\")\n")).write("out", "a file");
    let answer = project.c360(&["run"]);
    answer.is(1).says(&["commit 2 stands", "out/customer.csv", "shop.c360:33:1"]);
    assert!(!answer.err.contains("nothing was committed"), "{}", answer.err);
    project.c360(&["run"]).is(1).says(&["commit 2 stands"]);
    std::fs::remove_file(project.path("out")).expect("it was there");
    project.c360(&["run"]).is(0).answers(&["nothing to do: commit 2 still holds"]);
    assert!(project.read("out/customer.csv").contains("anna@example.com"), "the next run catches up");
}

/// The program where no file may grow over `blocks` blocks: how a full disk looks from inside.
#[cfg(unix)]
fn on_a_full_disk(project: &Project, blocks: u32) -> Answer {
    let call = program(&project.path(""));
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\" run");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, "sh"]).arg(call.get_program()).args(call.get_args()).current_dir(project.path(""));
    Answer::of(shell.output().expect("a shell"))
}

#[cfg(unix)]
#[test]
fn a_full_disk() {
    let project = Project::committed();
    project.change("data/crm.csv", "Bert Klein", "Berta Klein");
    let before = project.visible();
    let mut failed = 0;
    for blocks in 0.. {
        let answer = on_a_full_disk(&project, blocks);
        if answer.code == 0 {
            break;
        }
        failed += 1;
        answer.is(1).says(&["could not be written", "nothing was committed", "then run again"]);
        assert_eq!(project.visible(), before, "with {blocks} blocks");
        assert!(blocks < 100, "it never fits");
    }
    assert!(failed >= 3, "only {failed} sizes were too small");
    project.c360(&["show", "customer", "2"]).is(0).answers(&["Berta Klein"]);
}
