//! What a run promises, each as a test that tries to break it: crashes, two runs at once, the same bytes, metamorphoses, rows that balance, ids that
//! stay. Runs inside of this process, over stores in memory that fail on demand.

mod balance;
mod bytes;
mod crash;
mod decided;
mod faulty;
mod ids;
mod incremental;
mod metamorphic;
mod moving;
mod oracle;
mod race;
mod reach;
mod shuffled;
mod stalled;
mod trained;
mod vacuum;
mod world;
