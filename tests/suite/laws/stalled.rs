//! A run that stands still at any of its operations, while others commit and vacuum removes old commits and whatever this run wrote: going on, it brings
//! nothing back that was removed, makes no commit that names files that are gone, and says what happened. Nothing of the others is lost.

use super::faulty::{Fault, Faulty};
use super::race::alone;
use super::world::{World, assert_whole, content, memory, store_over};
use c360_run::care::{Retention, vacuum};
use c360_run::commit::{self, file_name};
use c360_run::store::Store;
use c360_run::{Error, Kind, Outcome};
use futures::FutureExt;
use object_store::ObjectStoreExt;
use object_store::memory::InMemory;
use std::sync::Arc;

/// What others do while a run stands still.
#[derive(Clone, Copy)]
enum Others {
    /// One commits the number that the run is about to commit, and one the next; then vacuum.
    CommitAndVacuum,
    /// Vacuum, with no grace for whoever is still at work.
    Vacuum,
}

/// Only the last commit stays, and no file that it does not name.
async fn clean(store: &Store) {
    let far = "2100-01-01T00:00:00Z".parse().expect("a moment");
    vacuum(store, Retention { since: far, grace: far, commits: 1 }, false).await.expect("vacuum works");
}

fn act(others: Others, world: &World, store: &Store) {
    if matches!(others, Others::CommitAndVacuum) {
        alone(world, store).expect("the first of the others commits");
        world.write("crm/3.csv", "id,no,mail\n5,A5,emil@example.com\n");
        alone(world, store).expect("the second of the others commits");
    }
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(clean(store));
}

/// A small world with its state, about to run.
struct Start {
    world: Arc<World>,
    objects: InMemory,
    operations: usize,
    /// The operation that puts the commit.
    put: usize,
}

impl Start {
    /// Without a state: the run would make the first commit.
    async fn empty() -> Start {
        Start::of(World::small(), InMemory::new()).await
    }

    /// After the first day: the run would make the second commit.
    async fn committed() -> Start {
        let world = World::small();
        let (objects, store) = memory();
        world.commits(&store).await;
        world.second_day();
        Start::of(world, objects.fork()).await
    }

    async fn of(world: World, objects: InMemory) -> Start {
        let counting = Faulty::new(Arc::new(objects.fork()), usize::MAX, Fault::Before);
        world.commits(&store_over(Arc::clone(&counting) as _)).await;
        let put = *counting.writes().last().expect("a commit is written");
        Start { world: Arc::new(world), objects, operations: counting.operations(), put }
    }

    /// A store of its own, on which `others` act before the `at`-th operation.
    fn stalling(&self, at: usize, others: Others) -> (Arc<InMemory>, Arc<Faulty>) {
        let objects = Arc::new(self.objects.fork());
        let (world, theirs) = (Arc::clone(&self.world), Arc::clone(&objects));
        let meanwhile = move || {
            let (world, store) = (Arc::clone(&world), store_over(Arc::clone(&theirs) as _));
            tokio::task::spawn_blocking(move || act(others, &world, &store)).map(|ended| ended.expect("the others are well")).boxed()
        };
        (Arc::clone(&objects), Faulty::new(objects, at, Fault::Meanwhile(Arc::new(meanwhile))))
    }

    /// The files as they were before the others came.
    fn reset(&self) {
        if self.world.path("crm/3.csv").exists() {
            self.world.remove("crm/3.csv");
        }
    }
}

/// The numbers of commits that count, with all their files; a further run has nothing to do.
async fn counted(world: &World, objects: &InMemory) -> Vec<u64> {
    let store = store_over(Arc::new(objects.fork()));
    assert_whole(objects, &store).await;
    let numbers = commit::list(&store).await.expect("readable").iter().map(|commit| commit.number).collect();
    let next = world.run(&store).await;
    assert!(matches!(next, Ok(Outcome::Unchanged(_))), "the next run: {next:?}");
    numbers
}

/// Whether the run was told that it is to be run again.
fn told(outcome: &Result<Outcome, Error>, at: usize) -> bool {
    match outcome {
        Ok(_) => false,
        Err(error) => {
            assert_eq!(error.kind, Kind::Rerun, "operation {at}: {error}");
            true
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_went_beyond() {
    for start in [Start::empty().await, Start::committed().await] {
        let mut stalled = 0;
        for at in (0..start.operations).step_by(7).chain([start.put]) {
            start.reset();
            let (objects, store) = start.stalling(at, Others::CommitAndVacuum);
            let outcome = start.world.run(&store_over(store)).await;
            let last = commit::head(&store_over(Arc::clone(&objects) as _)).await.expect("readable").expect("the others'").commit;
            match &outcome {
                // It came before or after all that happened: it is the last, or the last is built on its files.
                Ok(Outcome::Committed(commit)) => {
                    let last = serde_json::to_string(&last).expect("commits are JSON");
                    assert!(last.contains(&commit.run), "operation {at}: commit {} is lost", commit.number);
                }
                Ok(Outcome::Unchanged(number)) => assert_eq!(*number, last.number, "operation {at}"),
                Err(_) => stalled += usize::from(told(&outcome, at)),
            }
            if at == start.put {
                let error = outcome.expect_err("others were first").to_string();
                assert!(error.contains("while this one was stalled; run again"), "{error}");
            }
            let numbers: Vec<String> = content(&objects).await.into_keys().filter(|path| path.starts_with("commits/")).collect();
            let counted = counted(&start.world, &objects).await;
            assert_eq!(
                numbers,
                counted.iter().map(|n| format!("commits/{}", file_name(*n))).collect::<Vec<_>>(),
                "operation {at}: brought back"
            );
        }
        assert!(stalled >= 3, "told only {stalled} times: the race was none");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn vacuum_took_the_files_of_the_run() {
    let start = Start::committed().await;
    let mut stalled = 0;
    for at in (0..start.operations).step_by(7).chain([start.put - 1, start.put]) {
        let (objects, store) = start.stalling(at, Others::Vacuum);
        let outcome = start.world.run(&store_over(store)).await;
        let told = told(&outcome, at);
        assert!(told || at != start.put, "a commit whose files are gone");
        stalled += usize::from(told);
        let store = store_over(Arc::clone(&objects) as _);
        assert_whole(&objects, &store).await;
        // Where it was in time, vacuum removed the commit before.
        let last = commit::list(&store).await.expect("readable").pop().expect("there is a commit");
        assert_eq!(last.number, if told { 1 } else { 2 }, "operation {at}");
        start.world.run(&store).await.expect("the next run gets through");
        assert_eq!(counted(&start.world, &objects).await.last(), Some(&2), "operation {at}");
    }
    assert!(stalled >= 3, "told only {stalled} times");
}

/// The writer puts a commit that vacuum removed, and dies before it can take it back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_before_it_took_its_commit_back() {
    for start in [Start::empty().await, Start::committed().await] {
        start.reset();
        let (objects, stalling) = start.stalling(start.put, Others::CommitAndVacuum);
        let dying = Faulty::new(stalling, start.put + 1, Fault::Die);
        start.world.run(&store_over(dying)).await.expect_err("it dies");
        let boundary = objects.get(&"vacuum/boundary".into()).await.expect("vacuum was there").bytes().await.expect("in memory");
        let removed: u64 = std::str::from_utf8(&boundary).expect("digits").parse().expect("a number");
        let back = object_store::path::Path::from(format!("commits/{}", file_name(removed)));
        assert!(objects.head(&back).await.is_ok(), "this tests nothing: it was not brought back");
        assert_eq!(counted(&start.world, &objects).await, [removed + 1]);
        let store = store_over(Arc::clone(&objects) as _);
        clean(&store).await;
        assert!(objects.head(&back).await.is_err(), "vacuum leaves it");
        assert_eq!(counted(&start.world, &objects).await, [removed + 1]);
    }
}
