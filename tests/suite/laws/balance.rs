//! Rows read are records, duplicates or rejects, whatever stands in the files; counted here without the engine's own figures.

use super::world::{World, memory};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// Pieces of which lines are made: good rows, and everything that goes wrong.
const PIECES: [&str; 14] = ["1", "2", "3", "A1", "A2", "anna@example.com", "no mail", "", " ", ",", ",", ",", "\"", "x\u{fc}\u{1}"];

fn lines() -> impl Strategy<Value = Vec<Vec<usize>>> {
    proptest::collection::vec(proptest::collection::vec(0..PIECES.len(), 0..9), 0..12)
}

fn text(lines: &[Vec<usize>], quotes: bool) -> String {
    let line = |pieces: &Vec<usize>| pieces.iter().map(|piece| PIECES[*piece]).filter(|piece| quotes || *piece != "\"").collect::<String>();
    lines.iter().map(|pieces| line(pieces) + "\n").collect()
}

async fn rows_balance(content: &str, expected_rows: Option<usize>) {
    let world = World::small();
    world.write("crm/1.csv", format!("id,no,mail\n{content}"));
    let (_, store) = memory();
    let commit = world.commits(&store).await;
    let crm = &commit.figures.sources[0];
    if let Some(rows) = expected_rows {
        assert_eq!(crm.rows as usize, rows, "rows of {content:?}");
    }
    let sql = "select (select count(*) from records.customer where source = 'crm') \
               + (select count(*) from duplicates where source = 'crm') \
               + (select count(*) from rejects where source = 'crm' and \"column\" is null) as n";
    let table = world.query(&store, sql).await;
    let counted: u64 = table.lines().nth(3).and_then(|line| line.trim_matches(['|', ' ']).parse().ok()).expect("a number");
    assert_eq!(crm.rows, counted, "{content:?}: {crm:?}");
}

#[test]
fn rows_are_records_duplicates_or_rejects() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let config = ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() };
    let tried = TestRunner::new(config).run(&lines(), |lines| {
        runtime.block_on(async {
            let plain = text(&lines, false);
            // Without quotes, each line that is not blank is a row.
            let rows = plain.lines().filter(|line| !line.is_empty()).count();
            rows_balance(&plain, Some(rows)).await;
            rows_balance(&text(&lines, true), None).await;
        });
        Ok(())
    });
    tried.unwrap_or_else(|error| panic!("{error}"));
}
