//! How far a change reaches, each case in a world small enough to follow by hand. After every day the tables are those of a run over the same files
//! into a new state; `incremental.rs` asks the same of everything at once, and of an oracle.

use super::world::{World, memory};
use c360_run::store::Store;
use datafusion::arrow::array::AsArray;
use datafusion::arrow::util::pretty::pretty_format_batches;

const PIPELINE: &str = r#"
pipeline reach { country DE }
entity customer {
  number text
  name   text
  email  email many
  match { exact number, exact email at most 2 }
  golden { precedence crm > web }
}
source crm {
  read csv("crm/*.csv"), key id, updated at
  customer { number = no, name = name, email = [mail, mail2] }
}
source web { read csv("web/*.csv"), key id, customer { name = name, email = mail } }
"#;

/// What the tables say, without numbers of objects or records.
const SQL: [&str; 6] = [
    "select array_to_string(array_agg(source || ':' || key order by source, key), ' ') as records from members.customer group by id order by records",
    "select label, number, name, email, g.records, sources from golden.customer g \
     join (select id as of, min(source || ':' || key) as label from members.customer group by id) on of = g.id order by label",
    "select source, key, target_source, target_key, reason from orphans order by source, key",
    "select rule, reason, left_key, right_key, value, records from refused order by rule, value, left_key, right_key",
    "select source, file, row, key, \"column\", reason from rejects order by source, file, row, key",
    "select source, key, file, row, kept_file, kept_row from duplicates order by source, file, row",
];

struct Days {
    world: World,
    store: Store,
}

impl Days {
    /// The first day: these rows of crm, none of web.
    async fn start(crm: &str) -> Days {
        Days::start_of(PIPELINE, crm).await
    }

    async fn start_of(pipeline: &str, crm: &str) -> Days {
        let world = World::new(pipeline);
        world.write("web/0.csv", "id,name,mail\n");
        let days = Days { world, store: memory().1 };
        days.crm("1", crm).day().await;
        days
    }

    /// Delivers a file of crm; rows are `id,no,name,mail,mail2,up,at`.
    fn crm(&self, file: &str, rows: &str) -> &Days {
        self.world.write(&format!("crm/{file}.csv"), format!("id,no,name,mail,mail2,up,at\n{rows}"));
        self
    }

    /// Runs, and holds the tables against those of a run that knows nothing of earlier days.
    async fn day(&self) {
        self.world.commits(&self.store).await;
        self.holds().await;
    }

    /// Holds the tables against those of a run over the same files that knows nothing of earlier days.
    async fn holds(&self) {
        let (_, anew) = memory();
        self.world.commits(&anew).await;
        let (found, expected) = (self.tables(&self.store).await, self.tables(&anew).await);
        for ((now, expected), sql) in found.iter().zip(&expected).zip(SQL) {
            assert_eq!(now, expected, "\n{sql}\nis:\n{now}\nwould be:\n{expected}");
        }
    }

    /// The answers to all questions.
    async fn tables(&self, store: &Store) -> Vec<String> {
        let answers = self.world.answers(store, &SQL.map(str::to_owned)).await;
        answers.iter().map(|rows| pretty_format_batches(rows).expect("printable").to_string()).collect()
    }

    /// The cells of a query of one text column.
    async fn lines(&self, sql: &str) -> Vec<String> {
        let rows = self.world.rows(&self.store, sql).await;
        rows.iter().flat_map(|batch| batch.column(0).as_string::<i32>().iter().map(|cell| cell.unwrap_or_default().to_owned())).collect()
    }

    /// Asserts that the objects are these, told by their records' keys in crm.
    async fn objects(&self, expected: &[&str]) {
        let objects: Vec<String> = self.lines(SQL[0]).await.iter().map(|records| records.replace("crm:", "")).collect();
        assert_eq!(objects, expected);
    }

    /// Asserts that these are the names.
    async fn names(&self, expected: &[&str]) {
        assert_eq!(self.lines("select name from golden.customer order by name").await, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_most_is_crossed_in_both_directions_and_counts_no_one_who_is_gone() {
    let days = Days::start("1,,Ann,m@x.de,,,\n2,,Bea,m@x.de,,,\n").await;
    days.objects(&["1 2"]).await;
    days.crm("2", "3,,Cora,m@x.de,,,\n").day().await;
    days.objects(&["1", "2", "3"]).await;
    days.crm("2", "").day().await;
    days.objects(&["1 2"]).await;
    // Cora is gone: she is not counted where a holder changes.
    days.crm("1", "1,,Anna,m@x.de,,,\n2,,Bea,m@x.de,,,\n").day().await;
    days.objects(&["1 2"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_goes_takes_its_object_apart() {
    let days = Days::start("1,,,a@x.de,,,\n3,,,b@x.de,c@x.de,,\n4,,,c@x.de,,,\n").await;
    days.crm("2", "2,,,a@x.de,b@x.de,,\n").day().await;
    days.objects(&["1 2 3 4"]).await;
    days.crm("2", "").day().await;
    days.objects(&["1", "3 4"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_orphan_finds_the_target_that_comes_later_and_loses_it_again() {
    let named = PIPELINE.replace("  match", "  parent -> customer\n  match").replace("[mail, mail2]", "[mail, mail2], parent = crm(up)");
    let days = Days::start_of(&named, "1,,Ann,,,9,\n").await;
    let links = "select m.key || ' under ' || t.key from links.customer_parent l join members.customer m on m.id = l.id \
                 join members.customer t on t.id = l.target";
    assert_eq!(days.lines(links).await, [""; 0]);
    days.crm("2", "9,,Holding,,,,\n").day().await;
    assert_eq!(days.lines(links).await, ["1 under 9"]);
    days.crm("2", "8,,Other,,,,\n").day().await;
    assert_eq!(days.lines(links).await, [""; 0]);
    let feed = "select concat_ws(' ', attribute, old, coalesce(new, 'lost')) from changes.customer where commit = 3 and kind = 'changed' order by 1";
    assert_eq!(days.lines(feed).await, ["name Holding lost", "parent 2 lost"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_row_behind_comes_to_the_front_when_the_one_before_it_goes() {
    let days = Days::start("1,,Old,,,,2026-01-01\n").await;
    days.crm("2", "1,,New,,,,2026-01-02\n").day().await;
    days.names(&["New"]).await;
    // A row that is older than what counts changes nothing, however late it comes.
    days.crm("3", "1,,Older,,,,2025-01-01\n").day().await;
    days.names(&["New"]).await;
    days.crm("2", "").day().await;
    days.names(&["Old"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_content_of_the_same_size_is_read() {
    let days = Days::start("1,,Anna,,,,\n").await;
    days.crm("1", "1,,Emma,,,,\n").day().await;
    days.names(&["Emma"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rejects_go_with_the_rows_that_they_are_about() {
    let days = Days::start("1,,Ann,,,,\n,,Nobody,,,,\n").await;
    assert_eq!(days.lines("select reason from rejects").await, ["no key"]);
    days.crm("1", "1,,Ann,no mail,,,\n").day().await;
    days.crm("1", "1,,Ann,,,,\n").day().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_format_reaches_all_values() {
    let mut days = Days::start("1,,Ann,,,,\n2,,Bea,,,,\n").await;
    days.world.declare(&PIPELINE.replace("name   text", "name   text | upper"));
    days.day().await;
    days.names(&["ANN", "BEA"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_equal_values_that_of_the_first_key_survives() {
    for rows in [["2,Bea,m@x.de\n", "1,Ann,m@x.de\n"], ["1,Ann,m@x.de\n", "2,Bea,m@x.de\n"]] {
        let world = World::new(PIPELINE);
        world.write("web/1.csv", format!("id,name,mail\n{}", rows.concat()));
        let days = Days { world, store: memory().1 };
        days.crm("1", "").day().await;
        days.names(&["Ann"]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_small_days_are_folded_into_the_same_tables() {
    // A row changes once and never again: nothing but the folded layer says that what the first layer has of it counts no more. What is asked on that very
    // day: the next one reads the file again, finds two rows of each key in the state, and writes all of them anew.
    let rows = |changed: usize| (0..12).map(|id| format!("{id},,{},,,,\n", if id < changed { "Bea" } else { "Ann" })).collect::<String>();
    let days = Days::start(&rows(0)).await;
    let mut layers = 1;
    for changed in 1..12 {
        days.crm("1", &rows(changed));
        let now = days.world.commits(&days.store).await.tables["golden.customer"].layers.len();
        if now <= layers {
            assert_eq!(now, 2, "the first layer and the folded one");
            days.holds().await;
            return days.crm("1", &rows(changed + 1)).day().await;
        }
        layers = now;
    }
    panic!("{layers} layers, and none was folded");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_of_which_much_is_replaced_is_written_anew_whole() {
    let rows = |count: usize, name: &str| (0..count).map(|id| format!("{id},,{name},,,,\n")).collect::<String>();
    let days = Days::start(&rows(500, "Ann")).await;
    days.crm("2", &rows(480, "Bea")).day().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_without_a_header_is_refused_without_telling_what_is_in_it() {
    let days = Days::start("1,,Ann,,,,\n").await;
    days.world.write("crm/1.csv", "1,,Canary,canary@x.de,,,\n");
    let error = days.world.run(&days.store).await.expect_err("there is no column `id`").to_string();
    assert!(error.contains("does the file have a header?") && !error.to_lowercase().contains("canary"), "{error}");
}
