//! Plan and last commit into the next commit.
