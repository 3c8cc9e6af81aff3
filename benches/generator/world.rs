//! The whole world as a handful of sizes: everything in it is computed from them and the seed when it is asked for.

use super::bijection::Bijection;
use super::draw::{Draws, Stream};
use super::rates::Rates;
use super::table::Table;
use super::table::layout::{Counts, Layout};

/// The persons, companies, accounts and assets behind the tables, and the tables' rows.
#[derive(Debug)]
pub struct World {
    seed: u64,
    sizes: Sizes,
    layouts: [Layout; 8],
    rates: [Rates; 8],
    pub(crate) person_tokens: Bijection,
    pub(crate) company_tokens: Bijection,
    asset_accounts: Bijection,
    serials: Bijection,
}

/// How many objects there are.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Natural persons.
    pub persons: u64,
    /// Companies.
    pub companies: u64,
    /// Accounts: one for each row of billing on its first day.
    pub accounts: u64,
    /// Assets.
    pub assets: u64,
    /// Values that many unrelated rows share.
    pub super_connectors: u64,
}

/// A person or a company, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Customer {
    /// A natural person.
    Person(u64),
    /// A company.
    Company(u64),
}

impl World {
    /// The world whose six systems have `records` rows together on the first day, with the usual errors. At least 1,000 records.
    pub fn new(seed: u64, records: u64) -> Self {
        Self::with_rates(seed, records, Rates::usual)
    }

    /// The same with other rates of errors.
    pub fn with_rates(seed: u64, records: u64, rates: impl Fn(Table) -> Rates) -> Self {
        let records = records.max(1_000);
        let accounts = share(records, 200);
        let sizes = Sizes {
            persons: share(records, 368),
            companies: share(records, 32),
            accounts,
            assets: share(records, 50),
            super_connectors: records.div_ceil(100_000),
        };
        let key = Draws::new(seed, Stream::Table, 1_000);
        Self {
            seed,
            sizes,
            layouts: Table::ALL.map(|table| Layout::new(seed, table, counts(table, records, sizes))),
            rates: Table::ALL.map(rates),
            person_tokens: Bijection::new(key.child(0), sizes.persons * 4),
            company_tokens: Bijection::new(key.child(1), sizes.companies * 4),
            asset_accounts: Bijection::new(key.child(2), accounts),
            serials: Bijection::new(key.child(3), 1_000_000_000.max(sizes.assets * 8)),
        }
    }

    /// How many objects there are.
    pub fn sizes(&self) -> Sizes {
        self.sizes
    }

    /// The rows of a table.
    pub fn layout(&self, table: Table) -> &Layout {
        &self.layouts[table as usize]
    }

    /// The rates of errors of a table.
    pub fn rates(&self, table: Table) -> &Rates {
        &self.rates[table as usize]
    }

    /// The draws of a number in a stream.
    pub(crate) fn draws(&self, stream: Stream, number: u64) -> Draws {
        Draws::new(self.seed, stream, number)
    }

    /// The customer with this number: persons come first.
    pub fn customer(&self, number: u64) -> Customer {
        match number.checked_sub(self.sizes.persons) {
            None => Customer::Person(number),
            Some(company) => Customer::Company(company),
        }
    }

    /// The number of a customer; the inverse of [`World::customer`].
    pub fn customer_number(&self, customer: Customer) -> u64 {
        match customer {
            Customer::Person(number) => number,
            Customer::Company(number) => self.sizes.persons + number,
        }
    }

    /// The customer that a row is about: its person or company, the holder of its account, the holder of its asset's account.
    pub fn customer_of(&self, table: Table, row: u64) -> Customer {
        let owner = self.layout(table).owner(row);
        match table {
            Table::ErpCompanies => Customer::Company(owner),
            Table::ErpAccounts => self.customer_of(Table::Billing, owner),
            Table::ErpAssets => self.customer_of(Table::Billing, self.account_of_asset(owner)),
            _ => self.customer(owner),
        }
    }

    /// The account that an asset belongs to: the billing row of the first day that describes the account.
    pub fn account_of_asset(&self, asset: u64) -> u64 {
        self.asset_accounts.apply(asset)
    }

    /// The asset of an account, if it has one.
    pub fn asset_of_account(&self, account: u64) -> Option<u64> {
        if account >= self.sizes.accounts {
            return None;
        }
        Some(self.asset_accounts.invert(account)).filter(|asset| *asset < self.sizes.assets)
    }

    /// The serial number of an asset, as a number.
    pub(crate) fn serial(&self, asset: u64) -> u64 {
        self.serials.apply(asset)
    }
}

fn share(records: u64, per_mille: u64) -> u64 {
    (u128::from(records) * u128::from(per_mille) / 1_000) as u64
}

/// How the records are spread over the tables; crm takes what rounding leaves.
fn counts(table: Table, records: u64, sizes: Sizes) -> Counts {
    let customers = sizes.persons + sizes.companies;
    let of = |per_mille| share(records, per_mille);
    // population, rows of the first day, copies among them, late changes in a million; new, changed and removed rows a day per mille
    let (population, rows, copies, late_ppm, copies_of_ten, daily) = match table {
        Table::Crm => {
            let others = [200, 200, 100, 20, 50, 30, 150].into_iter().map(of).sum::<u64>();
            (customers, records - others, of(12), 0, 1, [5, 10, 2])
        }
        Table::Billing => (customers, of(200), of(40), 50_000, 3, [5, 15, 2]),
        Table::Shop => (sizes.persons, of(200), of(100), 20_000, 7, [30, 0, 0]),
        Table::Support => (customers, of(100), of(30), 100_000, 6, [30, 30, 0]),
        Table::ErpCompanies => (sizes.companies, of(20), 0, 0, 0, [3, 5, 1]),
        Table::ErpAccounts => (sizes.accounts, of(50), 0, 0, 0, [5, 10, 1]),
        Table::ErpAssets => (sizes.assets, of(30), 0, 0, 0, [5, 5, 0]),
        Table::Loyalty => (sizes.persons, of(150), of(7), 0, 1, [5, 20, 0]),
    };
    let [inserts, updates, deletes] = daily.map(|per_mille| share(rows, per_mille));
    Counts { population, base: rows - copies, copies, inserts: inserts.max(1), copies_of_ten, updates, deletes, late_ppm }
}
