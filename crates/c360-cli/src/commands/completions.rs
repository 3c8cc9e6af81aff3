//! `c360 completions bash`

use crate::arguments::Arguments;
use crate::{exit, output};
use clap::CommandFactory;

pub(super) fn completions(shell: clap_complete::Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "c360", &mut script);
    output::print!("{}", String::from_utf8_lossy(&script));
    exit::FINE
}
