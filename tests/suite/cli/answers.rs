//! Answers for programs: `--output json` of every verb, SARIF and annotations of `check`; what goes to which stream.

use super::project::{Answer, Project, program};

#[test]
fn every_verb_answers_in_json() {
    let project = Project::shop();
    let json = |arguments: &[&str], kind: &str| {
        let mut all = arguments.to_vec();
        all.extend(["--output", "json"]);
        let answer = project.c360(&all);
        assert_eq!(answer.is(0).err, "", "{kind} talks beside its answer");
        answer.json(kind)
    };
    assert_eq!(json(&["init", "demo"], "init")["folder"], "demo");
    assert_eq!(json(&["check"], "check")["diagnostics"], serde_json::json!([]));
    assert_eq!(json(&["fmt", "--check"], "fmt")["changed"], serde_json::json!([]));
    let plan = json(&["plan", "--explain"], "plan");
    assert_eq!(plan["inputs"][0]["files"][0], "data/crm.csv");
    assert_eq!(plan["reasons"][0], "there is no commit yet");
    assert!(plan["explain"].as_str().is_some_and(|text| text.contains("golden.customer")));
    let run = json(&["run", "--as-of", "2026-10-01T06:00:00+02:00"], "run");
    assert_eq!((&run["commit"], &run["committed"]), (&1.into(), &true.into()));
    assert_eq!(run["as_of"], "2026-10-01T04:00:00Z");
    assert_eq!(run["figures"]["entities"][0]["objects"], 3);
    assert_eq!(json(&["run"], "run")["committed"], false);
    let show = json(&["show", "customer", "1"], "show");
    assert_eq!(show["rows"][0]["name"]["last"], "Muster");
    assert_eq!(show["rows"][0]["sources"], serde_json::json!(["crm", "web"]));
    assert_eq!(json(&["query", "select null as a, 1 as b"], "query")["rows"], serde_json::json!([{ "a": null, "b": 1 }]));
    let explain = json(&["explain", "customer", "1"], "explain");
    assert_eq!(explain["joins"][0]["records"], serde_json::json!(["crm:1", "web:7"]));
    assert_eq!(explain["values"][1]["losers"][0]["record"], "web:7");
    let why_not = json(&["why-not", "customer", "1", "2"], "why-not");
    assert_eq!(why_not["rules"][0]["terms"][0]["second"], serde_json::json!(["A2"]));
    assert_eq!(json(&["profile", "crm"], "profile")["sources"][0]["rows"], 2);
    project.write("labels.csv", "source,key,entity_id\ncrm,1,a\nweb,7,a\nweb,8,c\n");
    let evaluate = json(&["evaluate", "customer", "labels.csv"], "evaluate");
    assert_eq!((&evaluate["pairwise"]["f1"], &evaluate["floors"]), (&1.0.into(), &serde_json::json!([])));
    assert_eq!(json(&["log"], "log")["commits"][0]["number"], 1);
}

#[test]
fn findings_come_in_four_forms() {
    let project = Project::shop();
    project.change("shop.c360", "exact email", "exact emial");
    let text = project.c360(&["check"]);
    assert_eq!(text.is(3).out, "", "findings for people are no answer");
    text.says(&["error[C360-E0106]", "shop.c360:13:11", "did you mean `email`?", "1 error"]);
    let json = project.c360(&["check", "--output", "json"]);
    let found = &json.is(3).json("check")["diagnostics"][0];
    assert_eq!((&found["code"], &found["start"]["line"]), (&"C360-E0106".into(), &13.into()));
    let sarif = project.c360(&["check", "--output", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.is(3).out).expect("SARIF is JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "C360-E0106");
    let github = project.c360(&["check", "--output", "github"]);
    github.is(3).answers(&["::error file=shop.c360,line=13"]);
    project.c360(&["run", "--output", "sarif"]).is(2).says(&["only `check` writes sarif"]);
}

#[test]
fn several_pipelines_are_one_document() {
    let project = Project::shop();
    project.change("shop.c360", "exact email", "exact emial").write("b/b.c360", project.read("shop.c360"));
    project.write("c/c.c360", super::project::SHOP);
    for (format, place) in [("json", "/diagnostics"), ("sarif", "/runs/0/results")] {
        let answer = project.c360(&["check", "shop.c360", "b", "c", "nowhere", "--output", format]);
        answer.is(3).says(&["nowhere"]);
        let document: serde_json::Value = serde_json::from_str(&answer.out).expect("one document");
        let found = document.pointer(place).and_then(serde_json::Value::as_array).expect("findings");
        let of = |file: &str| found.iter().filter(|finding| finding.to_string().contains(file)).count();
        assert!(of("shop.c360") > 0 && of("shop.c360") == of("b/b.c360"), "{document:#}");
        assert_eq!(found.len(), of("shop.c360") + of("b/b.c360"), "nothing is wrong with the third: {document:#}");
    }
}

#[test]
fn warnings_do_not_fail_and_stay_off_the_answer() {
    let project = Project::shop();
    project.change("shop.c360", "pipeline shop", "format code = text | upper\n\npipeline shop");
    let answer = project.c360(&["run", "--output", "json"]);
    answer.is(0).says(&["warning[C360-W0201]"]);
    answer.json("run");
}

#[test]
fn colours_come_when_forced_and_never_otherwise() {
    let project = Project::empty();
    let call = |name: &str, value: &str| {
        let output = program(&project.path("")).args(["check", "nowhere.c360"]).env(name, value).output().expect("the program starts");
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(call("CLICOLOR_FORCE", "1").contains("\u{1b}["), "colours can be had in a pipe");
    assert!(!call("NO_COLOR", "1").contains('\u{1b}'));
    assert!(!call("TERM", "xterm-256color").contains('\u{1b}'), "a pipe is no terminal");
}

#[test]
fn settings_come_from_the_environment_and_flags_win() {
    let project = Project::committed();
    let call = |arguments: &[&str]| {
        let mut command = program(&project.path(""));
        command.args(arguments).env("C360_OUTPUT", "json").env("C360_STATE", "elsewhere").env("C360_THREADS", "1");
        Answer::of(command.output().expect("the program starts"))
    };
    assert_eq!(call(&["log"]).is(0).json("log")["commits"], serde_json::json!([]));
    assert_eq!(call(&["log", "--state", "state"]).is(0).json("log")["commits"][0]["number"], 1);
    call(&["log", "--state", "state", "--output", "text"]).is(0).answers(&["@1"]);
}

/// Values come from strangers; terminals obey some of them.
#[test]
fn terminals_are_not_controlled_by_values() {
    let project = Project::committed();
    project.write("data/crm.csv", "id,no,name,mail\n1,A1,Anna Muster,\u{1b}]0;mine\u{7}\u{1b}[2J\n");
    project.c360(&["run"]).is(0);
    let query = ["query", "select raw from rejects"];
    for verb in [&query[..], &["profile", "crm"], &["query", "select raw from rejects", "--output", "json"]] {
        let answer = project.c360(verb);
        assert!(!answer.is(0).out.contains(['\u{1b}', '\u{7}']), "{answer:?}");
    }
    project.c360(&query).answers(&["\u{fffd}]0;mine\u{fffd}"]);
}
