//! `c360 explain customer crm:17 shop:4`: what each rule holds for and against two records, or objects.

use super::super::why_not::{as_json, compared, print_ids, print_rules};
use crate::arguments::{Arguments, Explain, Output, WhyNot};
use crate::exit;
use crate::output;
use crate::session::Session;
use c360_run::look;

/// Whether an argument names an object or a record, which no attribute can be called.
pub(super) fn is_other(text: &str) -> bool {
    text.contains(':') || text.parse::<i64>().is_ok()
}

/// Explains the two.
pub(super) async fn explain(session: &Session, command: &Explain, other: &str, arguments: &Arguments) -> u8 {
    let two = WhyNot {
        target: command.target.clone(),
        at: command.at.clone(),
        entity: command.entity.clone(),
        first: command.id.clone(),
        second: other.to_owned(),
    };
    match compared(session, &two, arguments).await {
        Ok(found) => {
            match arguments.output {
                Output::Json => output::print_json("explain-pair", as_json(&two, &found)),
                Output::Html => super::page::of_two(&two, &found).print(),
                _ => print(&two, &found),
            }
            exit::FINE
        }
        Err(error) => session.fail(&error),
    }
}

fn print(two: &WhyNot, found: &look::WhyNot) {
    print_ids(two, found);
    print_rules(found);
}
