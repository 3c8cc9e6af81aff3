//! Cleaning up while a run is under way: what it wrote stays, and what it would bring back does not come back.

use super::faulty::{Fault, Faulty};
use super::race::alone;
use super::world::{World, assert_whole, memory, store_over};
use c360_run::care::{Retention, vacuum};
use c360_run::store::Store;
use c360_run::{Error, Kind, Outcome, commit};
use chrono::{DateTime, Utc};
use futures::FutureExt;
use object_store::memory::InMemory;
use std::sync::Arc;

/// What others do while a run stands still.
type Others = fn(Arc<World>, Store);

/// Cleans up with one commit to stay and this grace.
async fn clean_up(store: &Store, grace: DateTime<Utc>) {
    let retention = Retention { since: DateTime::<Utc>::MAX_UTC, grace, commits: 1 };
    vacuum(store, retention, false).await.expect("it is readable");
}

/// The second day, which stands still before its commit while `others` do something.
async fn stalled(world: &Arc<World>, others: Others) -> (Arc<InMemory>, Result<Outcome, Error>) {
    let (objects, store) = memory();
    world.commits(&store).await;
    world.second_day();
    let counting = Faulty::new(Arc::new(objects.fork()), usize::MAX, Fault::Before);
    world.commits(&store_over(Arc::clone(&counting) as _)).await;
    let at = *counting.writes().last().expect("the commit is the last thing that is written");
    let (world_of_others, objects_of_others) = (Arc::clone(world), Arc::clone(&objects));
    let meanwhile = move || {
        let (world, store) = (Arc::clone(&world_of_others), store_over(Arc::clone(&objects_of_others) as _));
        tokio::task::spawn_blocking(move || others(world, store)).map(|ended| ended.expect("the others come to their end")).boxed()
    };
    let faulty = Faulty::new(Arc::clone(&objects) as _, at, Fault::Meanwhile(Arc::new(meanwhile)));
    let outcome = world.run(&store_over(faulty)).await;
    (objects, outcome)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_a_run_under_way_are_spared() {
    let world = Arc::new(World::small());
    let an_hour_ago = |_: Arc<World>, store: Store| block_on(clean_up(&store, Utc::now() - chrono::Duration::hours(1)));
    let (objects, outcome) = stalled(&world, an_hour_ago).await;
    assert!(matches!(outcome, Ok(Outcome::Committed(_))), "{outcome:?}");
    assert_whole(&objects, &store_over(Arc::clone(&objects) as _)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_was_removed_is_not_made_again() {
    let world = Arc::new(World::small());
    let others = |world: Arc<World>, store: Store| {
        for day in ["9,A9,eva@example.com\n", "9,A9,eva@example.com\n10,A10,fritz@example.com\n"] {
            world.write("crm/9.csv", format!("id,no,mail\n{day}"));
            assert!(matches!(alone(&world, &store), Ok(Outcome::Committed(_))));
        }
        block_on(clean_up(&store, DateTime::<Utc>::MIN_UTC));
    };
    let (objects, outcome) = stalled(&world, others).await;
    let error = outcome.expect_err("commit 2 was made and removed while it stood still");
    assert_eq!(error.kind, Kind::Rerun, "{error}");
    let commits = commit::list(&store_over(Arc::clone(&objects) as _)).await.expect("readable");
    assert_eq!(commits.iter().map(|commit| commit.number).collect::<Vec<_>>(), [3]);
}
