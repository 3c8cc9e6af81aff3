//! Exit codes: schedulers and CI tell by them what to do.

use c360_run::Kind;

/// Fine.
pub(crate) const FINE: u8 = 0;
/// Failed, nothing committed, or a commit that is not published yet.
pub(crate) const FAILED: u8 = 1;
/// Wrong arguments.
pub(crate) const USAGE: u8 = 2;
/// The pipeline has errors.
pub(crate) const INVALID: u8 = 3;
/// Figures are under a floor.
pub(crate) const UNDER: u8 = 4;
/// Another run committed first.
pub(crate) const CONFLICT: u8 = 5;
/// `plan --detailed-exitcode`: a run would do something.
pub(crate) const CHANGES: u8 = 6;
/// A budget or another guard refused.
pub(crate) const REFUSED: u8 = 7;
/// Nobody knows whether the commit was written.
pub(crate) const UNKNOWN: u8 = 8;

/// The exit code of a failure, by what the operator should do.
pub(crate) fn of(kind: Kind) -> u8 {
    match kind {
        Kind::Retry | Kind::FixInput | Kind::FixConfiguration | Kind::Restore | Kind::Publish | Kind::Report => FAILED,
        Kind::Rerun => CONFLICT,
        Kind::Refused => REFUSED,
        Kind::Unknown => UNKNOWN,
    }
}

/// Waits for ^C or a polite request to end. Whatever goes on is dropped where it stands: what is not committed is not there.
pub(crate) async fn signal() -> u8 {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            return tokio::select! {
                _ = terminate.recv() => 143,
                _ = tokio::signal::ctrl_c() => 130,
            };
        }
    }
    let _ = tokio::signal::ctrl_c().await;
    130
}
