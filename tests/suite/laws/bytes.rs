//! The same input gives the same bytes, whatever threads, memory, sizes of batches and the order of listings, in first runs and incremental ones; no new input gives no
//! commit. (`cli/surroundings.rs` adds time zones and languages.)

use super::shuffled::Shuffled;
use super::world::{World, hashes, memory, store_over};
use c360_run::figures::Figures;
use c360_run::store::Store;
use c360_run::{Error, Outcome, commit};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Everything that could depend on an order: several files and sources, groups, lists, references, every kind of strategy.
const WIDE: &str = r#"
pipeline wide { country DE }
entity customer {
  number  text
  name    person_name
  email   email many
  level   number
  tier    text
  parent  -> customer
  match {
    exact number
    exact email at most 9
    fuzzy near {
      block   name.last & tier | suffix(number, 3) at most 133
      compare edits(name.first) <= 1 & levenshtein(email) >= 0.8 | same(level) & not same(tier)
    }
    exact name & tier
    never same_source(crm)
  }
  golden { precedence crm > web, name longest, level max, tier most frequent }
}
source crm {
  read csv("crm/*.csv"), key id, updated at
  customer { number = no, name = name, email = [mail, mail2], level = level, tier = tier, parent = crm(up) }
}
source web { read csv("web/*.csv"), key id, customer { name = name, email = mail, tier = tier } }
"#;

/// Rows of a file.
const ROWS: u64 = 250;

/// The first day: four files of each source, written in this order.
fn wide(order: [u64; 4]) -> World {
    let world = World::new(WIDE);
    for file in order {
        deliver(&world, file, 0);
    }
    world
}

/// The second day: one file of each source anew, one more.
fn second_day(world: &World) {
    deliver(world, 2, 1);
    deliver(world, 4, 1);
}

/// Names of letters: digits are no part of a person's name, so they would make all of them one.
fn first(number: u64) -> String {
    format!("Ann{}", letter(number))
}

fn last(number: u64) -> String {
    format!("Lang{}{}", letter(number / 8), letter(number % 8))
}

fn letter(number: u64) -> char {
    char::from_u32('a' as u32 + u32::try_from(number).expect("small")).expect("a letter")
}

/// A file of each source; another version has other values in a third of its rows.
fn deliver(world: &World, file: u64, version: u64) {
    let (mut crm, mut web) = (String::from("id,no,name,mail,mail2,level,tier,up,at\n"), String::from("id,name,mail,tier\n"));
    for n in file * ROWS..(file + 1) * ROWS {
        // Multiplying spreads numbers without chance.
        let other = if n % 3 == 0 { version * 977 } else { 0 };
        let spread = |by: u64, of: u64| (n + other).wrapping_mul(2_654_435_761).rotate_left(7).wrapping_mul(by) % of;
        crm.push_str(&format!(
            "{n},N{},{} {},p{}@example.com,q{}@example.com,{},t{},{},2026-01-{:02}\n",
            spread(3, 700),
            first(spread(5, 20)),
            last(spread(7, 40)),
            spread(11, 600),
            spread(13, 900),
            spread(17, 9),
            spread(19, 3),
            spread(23, 1100),
            n % 28 + 1
        ));
        web.push_str(&format!(
            "{n},{} {},p{}@example.com,t{}\n",
            first(spread(29, 20)),
            last(spread(31, 40)),
            spread(37, 600),
            spread(41, 3)
        ));
    }
    world.write(&format!("crm/{file}.csv"), crm);
    world.write(&format!("web/{file}.csv"), web);
}

/// Everything of a commit that must not differ.
type Essence = (BTreeMap<String, Vec<String>>, Figures, BTreeMap<String, u64>);

/// Runs the first day in each of `settings`, then the second, and sees that all end alike.
async fn alike<S: std::fmt::Debug>(world: &World, settings: &[(S, Store)], run: impl AsyncFn(&S, &Store) -> Result<Outcome, Error>) {
    for day in 1..=2 {
        let mut first: Option<Essence> = None;
        for (setting, store) in settings {
            let outcome = run(setting, store).await;
            let Ok(Outcome::Committed(commit)) = outcome else { panic!("day {day}, {setting:?}: no commit: {outcome:?}") };
            let entity = &commit.figures.entities[0];
            let paired = entity.merges.iter().any(|(rule, count)| rule == "fuzzy near" && *count > 9);
            assert!(paired, "no pairs were joined: {entity:?}");
            assert!(entity.objects > 100 && entity.objects < 1800 && entity.refused > 0, "the input tests nothing: {entity:?}");
            let layered = commit.tables.values().any(|table| table.layers.len() > 1);
            assert_eq!(layered, day == 2, "day {day} was no {}", if day == 2 { "incremental run" } else { "first run" });
            let now = (hashes(&commit), commit.figures.clone(), commit.next_ids.clone());
            assert_eq!(first.get_or_insert_with(|| now.clone()), &now, "day {day}, {setting:?}");
        }
        second_day(world);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_and_memory_do_not_show() {
    let world = wide([0, 1, 2, 3]);
    let settings = [(1, None), (2, None), (3, Some(1 << 30)), (8, Some(128 << 20))].map(|setting| (setting, memory().1));
    alike(&world, &settings, async |(threads, limit), store| world.run_with(store, *threads, *limit).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_size_of_batches_does_not_show() {
    let world = wide([0, 1, 2, 3]);
    let settings = [8192, 64, 1000, 1 << 20].map(|rows| (rows, memory().1));
    alike(&world, &settings, async |rows, store| world.run_in_batches(store, *rows).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_order_of_listings_does_not_show() {
    let world = wide([0, 1, 2, 3]);
    let mut settings = vec![(0, memory().1)];
    let mut shuffled = Vec::new();
    for seed in [1_000, 2_000, 3_000] {
        let store = Arc::new(Shuffled::new(memory().0, seed));
        shuffled.push((seed, Arc::clone(&store)));
        settings.push((seed, store_over(store)));
    }
    alike(&world, &settings, async |_, store| world.run(store).await).await;
    assert!(shuffled.iter().all(|(seed, store)| store.listings() >= seed + 2), "nothing was listed");
}

/// File systems list in the order of their own, which follows from that of writing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_order_of_writing_does_not_show() {
    let mut first = None;
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let world = wide(order);
        let (_, store) = memory();
        let mut days = vec![hashes(&world.commits(&store).await)];
        second_day(&world);
        days.push(hashes(&world.commits(&store).await));
        assert_eq!(first.get_or_insert_with(|| days.clone()), &days, "{order:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_new_commits_nothing() {
    let world = World::small();
    let (_, store) = memory();
    world.commits(&store).await;
    let unchanged = |outcome| assert!(matches!(outcome, Ok(Outcome::Unchanged(1))), "{outcome:?}");
    unchanged(world.run(&store).await);
    let file = std::fs::File::options().write(true).open(world.path("crm/1.csv")).expect("it is there");
    file.set_modified(SystemTime::now() + Duration::from_secs(60)).expect("it is ours");
    unchanged(world.run(&store).await);
    unchanged(world.run_with(&store, 5, None).await);
    assert_eq!(commit::list(&store).await.expect("readable").len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_delivery_twice_counts_once() {
    let world = World::small();
    let (_, store) = memory();
    world.commits(&store).await;
    let sql = "select * except (lineage) from customer order by id";
    let before = world.query(&store, sql).await;
    world.write("crm/again.csv", std::fs::read(world.path("crm/1.csv")).expect("it is there"));
    let commit = world.commits(&store).await;
    let crm = &commit.figures.sources[0];
    assert_eq!((crm.rows, crm.records, crm.duplicates), (4, 2, 2));
    assert_eq!(world.query(&store, sql).await, before);
}
