//! Ids from day to day: who is not touched keeps its id, a merge redirects, a split gives a new one, and none is ever given twice.

use super::world::{World, memory};
use c360_run::store::Store;

/// Three systems; what they say of people is `source:key → mail`.
const PIPELINE: &str = r#"
pipeline days { country DE }
entity customer {
  email email many
  match { exact email }
}
source a { read csv("a.csv"), key id, customer { email = [mail, mail2] } }
source b { read csv("b.csv"), key id, customer { email = [mail, mail2] } }
"#;

fn write(world: &World, source: &str, rows: &[(&str, &str, &str)]) {
    let lines: String = rows.iter().map(|(id, mail, mail2)| format!("{id},{},{}\n", address(mail), address(mail2))).collect();
    world.write(&format!("{source}.csv"), format!("id,mail,mail2\n{lines}"));
}

fn address(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("{name}@example.com") }
}

/// Anna in both systems, Bert and Carl apart.
async fn first_day() -> (World, Store) {
    let world = World::new(PIPELINE);
    write(&world, "a", &[("1", "anna", ""), ("2", "bert", "")]);
    write(&world, "b", &[("7", "anna", ""), ("8", "carl", "")]);
    let (_, store) = memory();
    world.commits(&store).await;
    let ids = world.ids(&store).await;
    assert_eq!(ids["a:1"], ids["b:7"]);
    assert_eq!(ids.values().max(), Some(&3));
    (world, store)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_touched_keeps_the_id() {
    let (world, store) = first_day().await;
    let before = world.ids(&store).await;
    // New records that sort before all others, and a changed one.
    write(&world, "a", &[("0", "dora", ""), ("1", "anna", "anna2"), ("2", "bert", "")]);
    let commit = world.commits(&store).await;
    let after = world.ids(&store).await;
    assert!(before.iter().all(|(record, id)| after[record] == *id), "{before:?} {after:?}");
    assert_eq!(after["a:0"], 4);
    let figures = &commit.figures.entities[0];
    assert_eq!((figures.created, figures.merged, figures.split, figures.retired), (1, 0, 0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merge_redirects_for_good() {
    let (world, store) = first_day().await;
    let before = world.ids(&store).await;
    // Bert turns out to be Anna, and a day later both to be Carl.
    write(&world, "a", &[("1", "anna", ""), ("2", "bert", "anna")]);
    assert_eq!(world.commits(&store).await.figures.entities[0].merged, 1);
    let merged = world.ids(&store).await;
    assert_eq!((merged["a:2"], merged["a:1"]), (before["a:1"], before["a:1"]), "the larger keeps its id");
    write(&world, "b", &[("7", "anna", ""), ("8", "carl", "anna")]);
    world.commits(&store).await;
    assert_redirects(&world, &store, &[(before["a:2"], before["a:1"]), (before["b:8"], before["a:1"])]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_follows_its_target_into_another_object() {
    let (world, store) = first_day().await;
    let before = world.ids(&store).await;
    // Bert turns out to be Anna, and then both to be Carl, of whom there are more records.
    let carls = [("8", "carl", ""), ("91", "carl", ""), ("92", "carl", ""), ("93", "carl", "")];
    write(&world, "a", &[("1", "anna", ""), ("2", "bert", "anna")]);
    write(&world, "b", &[&[("7", "anna", "")], &carls[..]].concat());
    world.commits(&store).await;
    assert_redirects(&world, &store, &[(before["a:2"], before["a:1"])]).await;
    write(&world, "b", &[&[("7", "anna", "carl")], &carls[..]].concat());
    world.commits(&store).await;
    assert_redirects(&world, &store, &[(before["a:1"], before["b:8"]), (before["a:2"], before["b:8"])]).await;
}

/// Asserts that these ids, and no others, lead to others.
async fn assert_redirects(world: &World, store: &Store, expected: &[(u64, u64)]) {
    let redirects = world.query(store, "select old, id from redirects.customer order by old").await;
    let found: Vec<String> = redirects.lines().skip(3).map(|line| line.replace(' ', "")).filter(|line| line.starts_with('|')).collect();
    let expected: Vec<String> = expected.iter().map(|(old, id)| format!("|{old}|{id}|")).collect();
    assert_eq!(found, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_split_gives_a_new_id_to_the_smaller_part() {
    let (world, store) = first_day().await;
    let before = world.ids(&store).await;
    write(&world, "b", &[("7", "someone", ""), ("8", "carl", "")]);
    let commit = world.commits(&store).await;
    let after = world.ids(&store).await;
    assert_eq!(commit.figures.entities[0].split, 1);
    assert_eq!((after["a:1"], after["b:7"]), (before["a:1"], 4), "of equal parts the one with the first record keeps the id");
    assert_eq!((after["a:2"], after["b:8"]), (before["a:2"], before["b:8"]));
    let feed = world.query(&store, "select id, other from changes.customer where commit = 2 and kind = 'split'").await;
    assert!(feed.contains(&format!("| 4  | {}     |", before["a:1"])), "{feed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_is_never_given_twice() {
    let (world, store) = first_day().await;
    let before = world.ids(&store).await;
    write(&world, "b", &[("7", "anna", "")]);
    assert_eq!(world.commits(&store).await.figures.entities[0].retired, 1);
    write(&world, "b", &[("7", "anna", ""), ("8", "carl", ""), ("9", "dora", "")]);
    world.commits(&store).await;
    let after = world.ids(&store).await;
    assert_eq!((after["b:8"], after["b:9"]), (4, 5), "not {} again", before["b:8"]);
    world.remove("b.csv");
    assert!(world.run(&store).await.is_err(), "a named file is missing");
    assert_eq!(world.ids(&store).await, after, "a failed run changes nothing");
}
