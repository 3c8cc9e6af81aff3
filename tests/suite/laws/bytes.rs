//! The same input gives the same bytes, whatever threads and memory; no new input gives no commit.

use super::world::{World, hashes, memory};
use c360_run::{Outcome, commit};
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
  match { exact number, exact email at most 9, exact name & tier, never same_source(crm) }
  golden { precedence crm > web, name longest, level max, tier most frequent }
}
source crm {
  read csv("crm/*.csv"), key id, updated at
  customer { number = no, name = name, email = [mail, mail2], level = level, tier = tier, parent = crm(up) }
}
source web { read csv("web/*.csv"), key id, customer { name = name, email = mail, tier = tier } }
"#;

fn wide() -> World {
    let world = World::new(WIDE);
    for file in 0..4_u64 {
        let (mut crm, mut web) = (String::from("id,no,name,mail,mail2,level,tier,up,at\n"), String::from("id,name,mail,tier\n"));
        for row in 0..250_u64 {
            let n = file * 250 + row;
            // Multiplying spreads numbers without chance.
            let spread = |by: u64, of: u64| n.wrapping_mul(2_654_435_761).rotate_left(7).wrapping_mul(by) % of;
            crm.push_str(&format!(
                "{n},N{},Anna{} Lang{},p{}@example.com,q{}@example.com,{},t{},{},2026-01-{:02}\n",
                spread(3, 700),
                spread(5, 20),
                spread(7, 40),
                spread(11, 600),
                spread(13, 900),
                spread(17, 9),
                spread(19, 3),
                spread(23, 1100),
                n % 28 + 1
            ));
            web.push_str(&format!(
                "{n},Anna{} Lang{},p{}@example.com,t{}\n",
                spread(29, 20),
                spread(31, 40),
                spread(37, 600),
                spread(41, 3)
            ));
        }
        world.write(&format!("crm/{file}.csv"), crm);
        world.write(&format!("web/{file}.csv"), web);
    }
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_and_memory_do_not_show() {
    let world = wide();
    let mut first = None;
    for (threads, memory_limit) in [(1, None), (2, None), (3, Some(1 << 30)), (8, Some(128 << 20))] {
        let (_, store) = memory();
        let Ok(Outcome::Committed(commit)) = world.run_with(&store, threads, memory_limit).await else { panic!("no commit") };
        let entity = &commit.figures.entities[0];
        assert!(entity.objects > 100 && entity.objects < 1500 && entity.refused > 0, "the input tests nothing: {entity:?}");
        let now = (hashes(&commit), commit.figures.clone(), commit.next_ids.clone());
        assert_eq!(first.get_or_insert_with(|| now.clone()), &now, "{threads} threads, memory {memory_limit:?}");
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
