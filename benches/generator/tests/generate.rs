//! The binary `generate`: threads and slices do not show in what it writes; wrong arguments are refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn generate(out: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_generate")).arg("--out").arg(out).args(arguments).output().expect("the binary starts")
}

/// Path below the folder and bytes of each file.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below the root").display().to_string();
                found.insert(name, fs::read(&path).expect("the file can be read"));
            }
        }
    }
    found
}

#[test]
fn threads_and_slices_do_not_show() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let common = ["--records", "3000", "--days", "3", "--part-rows", "200"];
    let (one, three, sliced) = (folder.path().join("1"), folder.path().join("3"), folder.path().join("sliced"));
    assert!(generate(&one, &[&common[..], &["--threads", "1"]].concat()).status.success());
    assert!(generate(&three, &[&common[..], &["--threads", "3"]].concat()).status.success());
    for slice in ["1/4", "2/4", "3/4", "4/4"] {
        assert!(generate(&sliced, &[&common[..], &["--slice", slice]].concat()).status.success());
    }
    let whole = files(&one);
    assert!(whole.len() > 30 && whole.contains_key("day=3/billing/late-00000.csv"), "{:?}", whole.keys());
    assert!(whole == files(&three));
    assert!(whole == files(&sliced));
}

#[test]
fn a_day_and_a_system_alone_are_the_same_as_in_the_whole() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (whole, part) = (folder.path().join("whole"), folder.path().join("part"));
    assert!(generate(&whole, &["--records", "2000", "--days", "2"]).status.success());
    assert!(generate(&part, &["--records", "2000", "--day", "2", "--systems", "erp,shop", "--truth"]).status.success());
    let (whole, mut part) = (files(&whole), files(&part));
    for truth in ["truth.csv", "truth-accounts.csv", "truth-assets.csv"] {
        assert!(part.remove(truth).is_some_and(|text| text.starts_with(b"source,record_id,entity_id\n")));
    }
    assert_eq!(part.keys().map(|path| path.split('/').nth(1)).collect::<std::collections::BTreeSet<_>>().len(), 4);
    assert!(part.iter().all(|(path, bytes)| whole.get(path) == Some(bytes)));
}

#[test]
fn wrong_arguments_are_refused() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for arguments in [["--slice", "5/4"], ["--slice", "0/4"], ["--systems", "crn"], ["--records", "3"], ["--days", "61"]] {
        let output = generate(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    assert!(files(folder.path()).is_empty());
}
