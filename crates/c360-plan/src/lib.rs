//! Model into Plan: steps that are DataFusion logical plans.
