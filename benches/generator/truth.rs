//! Which object each row is really about, as rows `source, record_id, entity_id`; told by the row's number alone.

use std::io::{self, Write};

use super::rows::{asset_of_ticket, write_key};
use super::table::Table;
use super::world::{Customer, World};

/// What the truth is told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Persons and companies.
    Customers,
    /// Accounts.
    Accounts,
    /// Assets.
    Assets,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Customers, Self::Accounts, Self::Assets];

    /// The file that holds it.
    pub fn file(self) -> &'static str {
        match self {
            Self::Customers => "truth",
            Self::Accounts => "truth-accounts",
            Self::Assets => "truth-assets",
        }
    }

    /// The tables that describe such objects.
    fn tables(self) -> &'static [Table] {
        match self {
            Self::Customers => &[Table::Crm, Table::Billing, Table::Shop, Table::Support, Table::ErpCompanies, Table::Loyalty],
            Self::Accounts => &[Table::Billing, Table::ErpAccounts],
            Self::Assets => &[Table::Support, Table::ErpAssets],
        }
    }
}

/// Appends the object of this kind that a row is about, `P12`, `C3`, `A45`, `S6`, and says whether there is one.
pub fn write_entity(world: &World, kind: Kind, table: Table, row: u64, out: &mut String) -> bool {
    let (letter, number) = match (kind, table) {
        (Kind::Customers, _) => match world.customer_of(table, row) {
            Customer::Person(number) => ('P', number),
            Customer::Company(number) => ('C', number),
        },
        (Kind::Accounts, Table::Billing) => ('A', row),
        (Kind::Accounts, _) => ('A', world.layout(table).owner(row)),
        (Kind::Assets, Table::Support) => match asset_of_ticket(world, row) {
            Some(asset) => ('S', asset),
            None => return false,
        },
        (Kind::Assets, _) => ('S', world.layout(table).owner(row)),
    };
    out.push(letter);
    super::digits::push_number(out, number);
    true
}

/// Whether a row has arrived by the end of `day` and its removal has not.
pub fn is_present(world: &World, table: Table, row: u64, day: u32) -> bool {
    let layout = world.layout(table);
    layout.arrives_on(row, layout.born_on(row)) <= day && layout.removed_on(row).is_none_or(|removed| layout.arrives_on(row, removed) > day)
}

/// Writes the truth about slice `index` of `count` of the rows that are present at the end of `day`, for those of `tables` that describe
/// such objects; with a header. Gives back how many rows it has.
///
/// # Errors
/// What `out` refuses.
pub fn write_truth(
    world: &World,
    kind: Kind,
    tables: &[Table],
    day: u32,
    (index, count): (u64, u64),
    out: &mut impl Write,
) -> io::Result<u64> {
    out.write_all(b"source,record_id,entity_id\n")?;
    let mut line = String::new();
    let mut lines = 0;
    for table in kind.tables().iter().filter(|table| tables.contains(table)) {
        let rows = world.layout(*table).rows_until(day);
        let bound = |index: u64| (u128::from(rows) * u128::from(index) / u128::from(count)) as u64;
        for row in (bound(index)..bound(index + 1)).filter(|row| is_present(world, *table, *row, day)) {
            line.clear();
            line.push_str(table.name());
            line.push(',');
            write_key(world, *table, row, &mut line);
            line.push(',');
            if write_entity(world, kind, *table, row, &mut line) {
                line.push('\n');
                out.write_all(line.as_bytes())?;
                lines += 1;
            }
        }
    }
    Ok(lines)
}
