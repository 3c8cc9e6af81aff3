//! The program as its users meet it: verbs, answers, exit codes, bad input, a state on S3. Runs the binary; knows nothing of its inside.

mod answers;
mod bad_deliveries;
mod bad_files;
mod bad_history;
mod bad_rows;
mod bad_state;
mod care;
mod charts;
mod durable;
mod eight;
mod evaluate;
mod explain_pairs;
mod history;
mod kept;
#[cfg(unix)]
mod kill;
mod loose;
mod mistakes;
mod overrides;
mod pairs;
mod places;
mod profile;
mod project;
mod s3;
mod surroundings;
mod train;
mod unread;
mod verbs;
