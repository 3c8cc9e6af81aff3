//! The `c360` program: arguments into exit codes. The only place that prints, reads the environment or the clock.

mod arguments;
mod commands;
mod exit;
mod output;
mod project;
mod report;
mod scratch;
mod session;
mod watch;

use clap::Parser;
use std::process::ExitCode;

/// Batches come and go by the megabyte: with the system's allocator a fifth of a run's processor time went into fresh pages. How it keeps
/// them is in `.cargo/config.toml`.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let runtime = match runtime(arguments.threads()) {
        Ok(runtime) => runtime,
        Err(error) => {
            output::eprintln!("c360: no threads could be started: {error}");
            return ExitCode::from(exit::FAILED);
        }
    };
    let code = runtime.block_on(async {
        tokio::select! {
            code = commands::dispatch(&arguments) => code,
            code = exit::signal() => code,
        }
    });
    // Decoders may still wait for files: nobody needs them any more.
    runtime.shutdown_background();
    ExitCode::from(output::finish(code))
}

/// Its threads have as much stack as the first thread of a process: they make plans, and those of long expressions are deep.
fn runtime(threads: usize) -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(threads).thread_stack_size(8 << 20).enable_all().build()
}
