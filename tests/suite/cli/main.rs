//! The program as its users meet it: verbs, answers, exit codes, bad input, a state on S3. Runs the binary; knows nothing of its inside.

mod answers;
mod bad_files;
mod bad_rows;
mod bad_state;
mod care;
mod durable;
mod history;
mod mistakes;
mod project;
mod s3;
mod verbs;
