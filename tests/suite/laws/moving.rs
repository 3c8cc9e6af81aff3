//! Files of sources that move under a run: appended to, overwritten in place, replaced or removed at any of its operations. A run takes a file as it was
//! listed or says that it changed; it never takes a part of it, and the next run ends as if nothing had been.

use super::faulty::{Fault, Faulty};
use super::world::{World, assert_whole, memory, store_over};
use c360_run::store::Store;
use c360_run::{Error, Kind, Outcome};
use futures::FutureExt;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// One snapshot, one log.
const PIPELINE: &str = r#"
pipeline moving { country DE }
entity customer {
  number text
  email  email many
  match { exact number strong, exact email }
  golden { precedence crm > web }
}
source crm { read csv("crm/*.csv"), key id, customer { number = no, email = mail } }
source web { read csv("web/*.csv"), mode changes, key id, customer { email = mail } }
"#;

const CRM: &str = "id,no,mail\n3,A3,carl@example.com\n4,A4,dora@example.com\n";
const WEB: &str = "id,mail\n8,carla@example.com\n9,emil@example.com\n";

/// What becomes of a file.
type Move = fn(&Path);

const MOVES: [(&str, Move); 4] = [
    ("appended to", |file| {
        let mut file = OpenOptions::new().append(true).open(file).expect("it is there");
        file.write_all(b"5,frida@example.com,frida@example.com\n").expect("room");
    }),
    ("overwritten in place", |file| {
        let text = fs::read_to_string(file).expect("it is there").replace("carl", "karl");
        fs::write(file, text).expect("room");
    }),
    ("replaced", |file| {
        let text = fs::read_to_string(file).expect("it is there").replace("carl", "cornelia");
        let beside = file.with_extension("tmp");
        fs::write(&beside, text).expect("room");
        fs::rename(&beside, file).expect("it is ours");
    }),
    ("removed", |file| fs::remove_file(file).expect("it is there")),
];

/// A state after the first day, and the files of the second.
async fn second_day() -> (World, Store, Arc<object_store::memory::InMemory>) {
    let world = World::new(PIPELINE);
    world.write("crm/1.csv", "id,no,mail\n1,A1,anna@example.com\n2,A2,bert@example.com\n");
    world.write("web/1.csv", "id,mail\n7,ANNA@example.com\n8,carl@example.com\n");
    let (objects, store) = memory();
    world.commits(&store).await;
    deliver(&world);
    (world, store, objects)
}

fn deliver(world: &World) {
    world.write("crm/2.csv", CRM);
    world.write("web/2.csv", WEB);
}

/// The run saw the file as it was listed, or says that it did not.
fn judge(outcome: &Result<Outcome, Error>, what: &str) -> bool {
    match outcome {
        Ok(_) => false,
        Err(error) => {
            assert_eq!(error.kind, Kind::FixInput, "{what}: {error}");
            assert!(error.message.contains("2.csv: changed while it was read; run again"), "{what}: {error}");
            assert!(error.place.is_some(), "{what}: nobody knows which source");
            true
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_moves_at_any_operation() {
    let (world, _, first_day) = second_day().await;
    let counting = Faulty::new(Arc::new(first_day.fork()), usize::MAX, Fault::Before);
    world.commits(&store_over(Arc::clone(&counting) as _)).await;
    for (how, act) in MOVES {
        for file in ["crm/2.csv", "web/2.csv"] {
            let mut told = 0;
            for at in (0..counting.operations()).step_by(31) {
                deliver(&world);
                let objects = Arc::new(first_day.fork());
                let path = world.path(file);
                let meanwhile = move || {
                    act(&path);
                    async {}.boxed()
                };
                let outcome =
                    world.run(&store_over(Faulty::new(Arc::clone(&objects) as _, at, Fault::Meanwhile(Arc::new(meanwhile))))).await;
                let what = format!("{file} {how} at operation {at}");
                told += usize::from(judge(&outcome, &what));
                let store = store_over(Arc::clone(&objects) as _);
                assert_whole(&objects, &store).await;
                world.run(&store).await.unwrap_or_else(|error| panic!("{what}: the next run fails: {error}"));
                assert_eq!(world.verify(&store).await, Vec::<String>::new(), "{what}");
            }
            println!("{file} {how}: told {told} times");
        }
    }
}

/// The copy of a file of a log is under way when somebody writes into the file: beyond 10 MB the writing begins before the reading ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_file_of_a_log_is_never_copied_in_part() {
    let (world, _, first_day) = second_day().await;
    let rows: String = (0..14).map(|row| format!("{row},{}@example.com\n", "x".repeat(1 << 20))).collect();
    let large = format!("id,mail\n{rows}");
    world.write("web/2.csv", &large);
    let counting = Faulty::new(Arc::new(first_day.fork()), usize::MAX, Fault::Before);
    world.commits(&store_over(Arc::clone(&counting) as _)).await;
    let copying = counting.writes()[0];
    let path = world.path("web/2.csv");
    let (other, now) = (large.replace('x', "y"), path.clone());
    let meanwhile = move || {
        fs::write(&now, &other).expect("room");
        async {}.boxed()
    };
    let faulty = Faulty::new(Arc::new(first_day.fork()), copying, Fault::Meanwhile(Arc::new(meanwhile)));
    let outcome = world.run(&store_over(faulty)).await;
    assert!(judge(&outcome, "a large file"), "half of it is of another version: {outcome:?}");
}
