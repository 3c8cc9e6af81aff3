//! What people decide, each case in a world small enough to follow by hand. After every day the tables are those of a run over the same files into a
//! new state, and `verify` agrees; `incremental.rs` asks the same of everything at once, and of an oracle.

use super::world::{World, memory};
use c360_run::commit::Commit;
use c360_run::store::Store;
use c360_run::{Kind, Outcome};
use datafusion::arrow::array::AsArray;

const PIPELINE: &str = r#"
pipeline decided { country DE }
overrides "overrides/*.csv"
entity customer {
  number text
  name   text
  email  email many
  match {
    exact number strong
    exact email
    fuzzy typo { block prefix(name, 2), compare edits(name) <= 1 }
  }
}
source crm { read csv("crm.csv"), key id, customer { is web(web), number = no, name = name, email = [mail, mail2] } }
source web { read csv("web.csv"), key id, customer { name = name, email = mail } }
"#;

/// Objects by their records, what was refused, and decisions; without numbers of objects or records.
const SQL: [&str; 3] = [
    "select array_to_string(array_agg(source || ':' || key order by source, key), ' ') as line from members.customer group by id order by line",
    "select concat_ws('|', rule, reason, left_source || ':' || left_key, right_source || ':' || right_key) as line from refused order by line",
    "select concat_ws('|', decision, first, second, status, author, note, file || ':' || line) as line from decisions.customer order by line",
];

struct Days {
    world: World,
    store: Store,
}

impl Days {
    /// A first day without decisions.
    async fn start(crm: &str, web: &str) -> Days {
        let days = Days { world: World::new(PIPELINE), store: memory().1 };
        days.crm(crm).web(web).day().await;
        days
    }

    /// Rows are `id,web,no,name,mail,mail2`.
    fn crm(&self, rows: &str) -> &Days {
        self.world.write("crm.csv", format!("id,web,no,name,mail,mail2\n{rows}"));
        self
    }

    fn web(&self, rows: &str) -> &Days {
        self.world.write("web.csv", format!("id,name,mail\n{rows}"));
        self
    }

    /// Rows are `decision,first,second,author,note`.
    fn decide(&self, file: &str, rows: &str) -> &Days {
        let rows: Vec<String> = rows.lines().map(|row| row.replacen(',', ",customer,", 1)).collect();
        self.world.write(
            &format!("overrides/{file}.csv"),
            format!("decision,entity,first,second,author,note,time\n{}\n", rows.join(",\n") + ","),
        );
        self
    }

    /// Runs, and holds the tables against those of a run that knows nothing of earlier days.
    async fn day(&self) -> Commit {
        let commit = self.world.commits(&self.store).await;
        let (_, anew) = memory();
        self.world.commits(&anew).await;
        for sql in SQL {
            assert_eq!(self.lines(&self.store, sql).await, self.lines(&anew, sql).await, "{sql}");
        }
        assert_eq!(self.world.verify(&self.store).await, Vec::<String>::new());
        commit
    }

    async fn lines(&self, store: &Store, sql: &str) -> Vec<String> {
        let batches = self.world.rows(store, sql).await;
        batches.iter().flat_map(|batch| batch["line"].as_string::<i32>().iter().flatten().map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    async fn objects(&self) -> Vec<String> {
        self.lines(&self.store, SQL[0]).await
    }

    async fn refused(&self) -> Vec<String> {
        self.lines(&self.store, SQL[1]).await
    }
}

#[tokio::test]
async fn a_decision_joins_and_its_end_splits() {
    let days = Days::start("1,,,Anna,a@x.de,\n2,,,Berta,a@x.de,\n", "7,Zoe,z@x.de\n8,Udo,\n").await;
    let before = days.world.ids(&days.store).await;
    let commit = days.decide("1", "always,web:7,crm:2,ann,she told me").day().await;
    assert_eq!(days.objects().await, ["crm:1 crm:2 web:7", "web:8"]);
    let figures = commit.figures.entities[0].clone();
    assert_eq!(figures.merges[0], ("always".to_owned(), 1));
    let decided = figures.decisions.expect("the pipeline names files");
    assert_eq!((decided.always, decided.never, decided.waiting), (1, 0, 0));
    days.world.remove("overrides/1.csv");
    days.day().await;
    assert_eq!(days.objects().await, ["crm:1 crm:2", "web:7", "web:8"]);
    let after = days.world.ids(&days.store).await;
    assert_eq!((before["crm:1"], before["web:8"]), (after["crm:1"], after["web:8"]));
    assert!(!before.values().any(|id| *id == after["web:7"]), "a part that splits off has a new id");
}

#[tokio::test]
async fn never_holds_for_whole_clusters_whatever_joins_them() {
    let days = Days::start("1,,,Anna,a@x.de,\n2,,,Berta,b@x.de,c@x.de\n3,7,,Carla,c@x.de,\n", "7,Zoe,\n8,Annb,b@x.de\n").await;
    assert_eq!(days.objects().await, ["crm:1 crm:2 crm:3 web:7 web:8"]);
    days.decide("1", "never,web:7,crm:1,,").day().await;
    assert_eq!(days.objects().await, ["crm:1", "crm:2 crm:3 web:7 web:8"]);
    assert_eq!(days.refused().await, ["fuzzy typo|never overrides/1.csv:2|crm:1|web:8"]);
    // Nor may a cross-reference join what is never one; nor another decision a third record to both.
    days.decide("1", "never,web:7,crm:3,,\nalways,web:8,crm:1,,").day().await;
    assert_eq!(days.objects().await, ["crm:1 crm:2 crm:3 web:8", "web:7"]);
    assert_eq!(days.refused().await, ["is|never overrides/1.csv:2|crm:3|web:7"]);
    // Taken back, everything joins again.
    days.decide("1", "always,web:8,crm:1,,").day().await;
    assert_eq!(days.objects().await, ["crm:1 crm:2 crm:3 web:7 web:8"]);
    assert_eq!(days.refused().await, Vec::<String>::new());
}

#[tokio::test]
async fn guards_refuse_what_a_decision_would_join() {
    let days = Days::start("1,,A1,Anna,,\n2,,A2,Berta,,\n", "").await;
    days.decide("1", "always,crm:1,crm:2,,").day().await;
    assert_eq!(days.objects().await, ["crm:1", "crm:2"]);
    assert_eq!(days.refused().await, ["always overrides/1.csv:2|exact number strong|crm:1|crm:2"]);
    days.crm("1,,A1,Anna,,\n2,,A1,Berta,,\n").day().await;
    assert_eq!(days.objects().await, ["crm:1 crm:2"]);
    assert_eq!(days.refused().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_decision_waits_for_its_records() {
    let days = Days::start("1,,,Anna,a@x.de,\n", "7,Zoe,z@x.de\n").await;
    let commit = days.decide("1", "always,crm:1,web:9,,\nnever,web:9,web:7,,").day().await;
    assert_eq!(commit.figures.entities[0].decisions.map(|decided| decided.waiting), Some(2));
    assert!(days.lines(&days.store, SQL[2]).await.iter().all(|line| line.contains("|waits|")));
    let commit = days.web("7,Zoe,z@x.de\n9,Udo,z@x.de\n").day().await;
    assert_eq!(commit.figures.entities[0].decisions.map(|decided| decided.waiting), Some(0));
    assert_eq!(days.objects().await, ["crm:1 web:9", "web:7"]);
    assert_eq!(days.refused().await, ["exact email|never overrides/1.csv:3|web:7|web:9"]);
    days.web("7,Zoe,z@x.de\n").day().await;
    assert_eq!(days.objects().await, ["crm:1", "web:7"]);
}

#[tokio::test]
async fn what_nobody_decided_anew_is_nothing_to_do() {
    let days = Days::start("1,,,Anna,a@x.de,\n2,,,Berta,,\n", "").await;
    days.decide("1", "always,crm:1,crm:2,ann,").day().await;
    let unchanged = async || matches!(days.world.run(&days.store).await, Ok(Outcome::Unchanged(2 | 3)));
    assert!(unchanged().await);
    days.world.touch("overrides/1.csv");
    assert!(unchanged().await, "a touched file says the same");
    // A note is kept, and moves nothing.
    days.decide("1", "always,crm:1,crm:2,ann,on the phone").day().await;
    assert!(unchanged().await);
    let moved = "select kind as line from changes.customer where commit > 2";
    assert_eq!(days.lines(&days.store, moved).await, Vec::<String>::new());
    assert_eq!(days.lines(&days.store, SQL[2]).await, ["always|crm:1|crm:2|holds|ann|on the phone|overrides/1.csv:2"]);
    // The same said twice is said once.
    days.decide("0", "always,crm:2,crm:1,bob,").day().await;
    assert_eq!(days.lines(&days.store, moved).await, Vec::<String>::new());
    assert_eq!(days.objects().await, ["crm:1 crm:2"]);
}

#[tokio::test]
async fn lines_that_move_are_named_as_they_are() {
    let days = Days::start("1,,,Anna,a@x.de,\n2,,,Berta,a@x.de,\n", "").await;
    days.decide("1", "never,crm:1,crm:2,,").day().await;
    days.decide("1", "always,crm:8,crm:9,,\nnever,crm:1,crm:2,,").day().await;
    assert_eq!(days.refused().await, ["exact email|never overrides/1.csv:3|crm:1|crm:2"]);
}

#[tokio::test]
async fn decisions_that_contradict_each_other_leave_the_last_commit() {
    let days = Days::start("1,,,Anna,a@x.de,\n2,,,Berta,,\n3,,,Carla,,\n", "").await;
    days.decide("1", "always,crm:1,crm:2,,\nalways,crm:3,crm:2,,").decide("2", "never,crm:1,crm:3,,");
    let error = days.world.run(&days.store).await.expect_err("they cannot both hold");
    assert_eq!(error.kind, Kind::FixInput);
    for line in ["overrides/1.csv:2", "overrides/1.csv:3", "overrides/2.csv:2"] {
        assert!(error.message.contains(line), "{line}: {}", error.message);
    }
    assert_eq!(days.objects().await, ["crm:1", "crm:2", "crm:3"]);
    days.world.remove("overrides/2.csv");
    days.day().await;
    assert_eq!(days.objects().await, ["crm:1 crm:2 crm:3"]);
}

#[tokio::test]
async fn a_pipeline_that_names_no_files_any_more_follows_none() {
    let mut days = Days::start("1,,,Anna,,\n2,,,Berta,,\n", "").await;
    days.decide("1", "always,crm:1,crm:2,,").day().await;
    assert_eq!(days.objects().await, ["crm:1 crm:2"]);
    days.world.declare(&PIPELINE.replace("overrides \"overrides/*.csv\"\n", ""));
    let commit = days.world.commits(&days.store).await;
    assert!(!commit.tables.contains_key("decisions.customer"));
    assert_eq!(days.objects().await, ["crm:1", "crm:2"]);
    assert_eq!(days.world.verify(&days.store).await, Vec::<String>::new());
    days.world.declare(PIPELINE);
    days.day().await;
    assert_eq!(days.objects().await, ["crm:1 crm:2"]);
}
