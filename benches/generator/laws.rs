//! What the generator promises, checked on small worlds.

mod history;
mod identity;
mod mishaps;
mod people;

use super::parts::{Part, parts, write_part};
use super::table::Table;
use super::world::World;

/// The bytes of a part.
fn bytes(world: &World, part: &Part) -> Vec<u8> {
    let mut out = Vec::new();
    write_part(world, part, &mut out).expect("writing to memory does not fail");
    out
}

/// All rows of a table and day without headers, from files of `rows` places.
fn body(world: &World, table: Table, day: u32, rows: u64) -> Vec<u8> {
    let files = parts(world, table, day, rows).into_iter().map(|part| bytes(world, &part));
    files.flat_map(|file| without_header(table, &file).to_vec()).collect()
}

fn without_header(table: Table, file: &[u8]) -> &[u8] {
    if table == Table::Shop {
        return file;
    }
    let end = file.iter().position(|byte| *byte == b'\n').expect("a file of a table has a header");
    &file[end + 1..]
}

/// The first field of each line: keys have no quotes.
fn keys(table: Table, file: &[u8]) -> Vec<String> {
    let lines = without_header(table, file).split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| key_of(table, line)).collect()
}

fn key_of(table: Table, line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line).into_owned();
    match table {
        Table::Shop => text.split('"').nth(3).expect("an order starts with its id").to_owned(),
        _ => text.split([';', ',', '\t', '|']).next().expect("a line has a first field").to_owned(),
    }
}
