//! The answer on standard output. One that cannot be written there, on a full disk say, is an error like any other and never a panic.

use crate::exit;
use std::fmt::Arguments;
use std::io::{ErrorKind, IsTerminal, Write, stdout};
use std::sync::OnceLock;

/// The first failure; what comes after it is not written any more.
static FAILED: OnceLock<std::io::Error> = OnceLock::new();

/// Writes a part of the answer for people. Values of customers are in it, and one that holds the codes by which terminals are controlled must
/// not: these become `\u{fffd}`.
pub(crate) fn write(text: Arguments<'_>) {
    let is_control = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    put(&text.to_string().replace(is_control, "\u{fffd}"));
}

/// Writes rows for programs, as they are; on a terminal as for people.
pub(crate) fn write_rows(rows: &str) {
    if stdout().is_terminal() { write(format_args!("{rows}")) } else { put(rows) }
}

fn put(text: &str) {
    if FAILED.get().is_none()
        && let Err(error) = stdout().lock().write_all(text.as_bytes())
    {
        // There is only one answer, so nobody else has set it.
        let _ = FAILED.set(error);
    }
}

/// Writes out what is still in the buffer. Gives the verb's exit code, or that of a failure where the answer did not arrive.
pub(crate) fn finish(code: u8) -> u8 {
    if let Err(error) = stdout().flush() {
        let _ = FAILED.set(error);
    }
    match FAILED.get() {
        // Who closes the pipe has read enough: `c360 log | head -1`.
        Some(error) if error.kind() != ErrorKind::BrokenPipe => {
            super::failure(&format!("the answer could not be written to standard output: {error}; a commit that was made stands"));
            if code == exit::FINE { exit::FAILED } else { code }
        }
        _ => code,
    }
}

/// [`std::print`], without its panic.
macro_rules! print {
    ($($text:tt)*) => { $crate::output::write(format_args!($($text)*)) };
}

/// [`std::println`], without its panic.
macro_rules! println {
    () => { $crate::output::write(format_args!("\n")) };
    ($($text:tt)*) => { $crate::output::write(format_args!("{}\n", format_args!($($text)*))) };
}

/// [`std::eprintln`], without its panic: where messages do not arrive, the exit code still does.
macro_rules! eprintln {
    ($($text:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(anstream::stderr().lock(), $($text)*);
    }};
}

pub(crate) use {eprintln, print, println};
