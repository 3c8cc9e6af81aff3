//! Cleaning up while a run is under way: what it wrote stays, and what it would bring back does not come back.

use super::faulty::{Fault, Faulty};
use super::race::alone;
use super::world::{World, assert_whole, memory, store_over};
use c360_run::care::{Retention, vacuum};
use c360_run::commit::{self, file_name};
use c360_run::store::Store;
use c360_run::{Error, Kind, Outcome};
use chrono::{DateTime, Utc};
use futures::FutureExt;
use object_store::ObjectStoreExt;
use object_store::memory::InMemory;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

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

/// Cleans up everything that no commit names on a thread of its own; stands still at its `at`-th operation until commit 2 is there and whoever made it had
/// time to look around. Tells of both: that it stands still, or came to its end without.
fn slow_clean_up(objects: &Arc<InMemory>, at: usize, stands: &Arc<Notify>, ended: &Arc<Notify>) {
    let (theirs, stands, ended) = (Arc::clone(objects), Arc::clone(stands), Arc::clone(ended));
    let (watched, told) = (Arc::clone(objects), Arc::clone(&stands));
    let wait = move || {
        let (watched, told) = (Arc::clone(&watched), Arc::clone(&told));
        async move {
            told.notify_one();
            let second = format!("commits/{}", file_name(2)).into();
            for _ in 0..100 {
                tokio::time::sleep(Duration::from_millis(20)).await;
                if watched.head(&second).await.is_ok() {
                    break;
                }
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        .boxed()
    };
    std::thread::spawn(move || {
        let slow = Faulty::new(theirs, at, Fault::Meanwhile(Arc::new(wait)));
        block_on(clean_up(&store_over(slow), far()));
        stands.notify_one();
        ended.notify_one();
    });
}

fn far() -> DateTime<Utc> {
    "2100-01-01T00:00:00Z".parse().expect("a moment")
}

/// A run has looked for vacuum and is about to put its commit when vacuum comes, with no grace at all, and the commit falls between any two of its
/// operations: either vacuum spares the files of the commit, or the commit is taken back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_in_the_last_moment_of_vacuum() {
    let world = World::small();
    let (first_day, store) = memory();
    world.commits(&store).await;
    world.second_day();
    let counting = Faulty::new(Arc::new(first_day.fork()), usize::MAX, Fault::Before);
    world.commits(&store_over(Arc::clone(&counting) as _)).await;
    let put = *counting.writes().last().expect("the commit is the last thing that is written");
    let counting = Faulty::new(Arc::new(first_day.fork()), usize::MAX, Fault::Before);
    clean_up(&store_over(Arc::clone(&counting) as _), far()).await;
    let (mut kept, mut taken_back) = (0, 0);
    for at in 0..counting.operations() {
        let objects = Arc::new(first_day.fork());
        let (stands, ended) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (theirs, waited, end) = (Arc::clone(&objects), Arc::clone(&stands), Arc::clone(&ended));
        let meanwhile = move || {
            slow_clean_up(&theirs, at, &waited, &end);
            let waited = Arc::clone(&waited);
            async move { waited.notified().await }.boxed()
        };
        let outcome = world.run(&store_over(Faulty::new(Arc::clone(&objects) as _, put, Fault::Meanwhile(Arc::new(meanwhile))))).await;
        ended.notified().await;
        let store = store_over(Arc::clone(&objects) as _);
        assert_whole(&objects, &store).await;
        let last = async || commit::head(&store).await.expect("readable").expect("there is a commit").commit.number;
        match outcome {
            Ok(_) => {
                assert_eq!(last().await, 2, "operation {at}");
                kept += 1;
            }
            Err(error) => {
                assert_eq!((error.kind, last().await), (Kind::Rerun, 1), "operation {at}: {error}");
                taken_back += 1;
            }
        }
        world.run(&store).await.expect("the next run gets through");
        assert_eq!(last().await, 2, "operation {at}");
    }
    assert!(kept > 0 && taken_back > 0, "{kept} kept, {taken_back} taken back: they never met");
}
