//! Care of a state: looks ahead, checks, rolls back, compacts, cleans up. Everything that changes what readers see is a commit like any other.

mod compact;
mod doctor;
mod preview;
mod rollback;
mod sharing;
mod vacuum;
mod verify;

pub use compact::compact;
pub use doctor::{Finding, doctor};
pub(crate) use preview::within;
pub use preview::{EntityPreview, Preview, Sample, StepPreview, preview};
pub use rollback::rollback;
pub(crate) use sharing::over_keys;
pub use sharing::{Counted, EntityPairs, Sharing, count_pairs};
pub use vacuum::{Retention, Vacuumed, vacuum};
pub use verify::{Verified, verify};
