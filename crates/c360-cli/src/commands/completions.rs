//! `c360 completions bash`

use crate::arguments::Arguments;
use crate::exit;
use clap::CommandFactory;

pub(super) fn completions(shell: clap_complete::Shell) -> u8 {
    clap_complete::generate(shell, &mut Arguments::command(), "c360", &mut std::io::stdout());
    exit::FINE
}
