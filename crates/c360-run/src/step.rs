//! The steps of a plan, one per file: each runs its plans and does with their rows what the step says.

pub(crate) mod arrays;
mod cluster;
mod evidence;
mod golden;
mod in_order;
mod names;
mod part;
mod publish;
mod refused;
mod reports;
mod resolve;
mod stage;

pub(crate) use cluster::keys::short as short_key;
pub(crate) use cluster::pairs::values_of;
pub(crate) use cluster::{MembersAhead, cluster};
pub(crate) use evidence::{Evidence, columns, evidence};
pub(crate) use golden::{ObjectsAhead, golden, withdraw};
pub(crate) use part::{LoadedMembers, LoadedRecords};
pub(crate) use publish::{is_published, mark_published, publish};
pub(crate) use reports::{Reports, seal_reports};
pub(crate) use resolve::resolve;
pub(crate) use stage::{Opened, RecordLayers, drop_gone, open, seal_records};
