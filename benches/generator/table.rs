//! The tables of the six systems: what each is called, how its rows come to exist over the days, and which number a row has.
//! Knows numbers only; what a row says is in the sibling modules of the systems.

pub mod layout;

/// A table of one of the six systems: one source of a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Persons and companies of the sales CRM, a full dump each day.
    Crm,
    /// Accounts with their holders, a log of changes.
    Billing,
    /// Orders with their buyers, only ever added.
    Shop,
    /// Tickets, a log of new versions.
    Support,
    /// Companies of the ERP, a full dump each day.
    ErpCompanies,
    /// Accounts of the ERP, a full dump each day.
    ErpAccounts,
    /// Assets of the ERP, a full dump each day.
    ErpAssets,
    /// Cards of the loyalty programme, a log of new versions.
    Loyalty,
}

/// How a table tells what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Each day has all rows.
    Snapshot,
    /// The first day has all rows, each later one only what changed.
    Changes,
    /// The first day has all rows, each later one only new ones.
    Append,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Delimited text: the delimiter, the end of a line.
    Csv(u8, &'static str),
    /// One JSON object a line.
    Ndjson,
}

impl Table {
    /// All tables, in the order of their numbers.
    pub const ALL: [Self; 8] =
        [Self::Crm, Self::Billing, Self::Shop, Self::Support, Self::ErpCompanies, Self::ErpAccounts, Self::ErpAssets, Self::Loyalty];

    /// Its name as folder, source and in the truth.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crm => "crm",
            Self::Billing => "billing",
            Self::Shop => "shop",
            Self::Support => "support",
            Self::ErpCompanies => "erp_companies",
            Self::ErpAccounts => "erp_accounts",
            Self::ErpAssets => "erp_assets",
            Self::Loyalty => "loyalty",
        }
    }

    /// The system that it belongs to.
    pub fn system(self) -> &'static str {
        match self {
            Self::ErpCompanies | Self::ErpAccounts | Self::ErpAssets => "erp",
            other => other.name(),
        }
    }

    /// How it tells what changed.
    pub fn mode(self) -> Mode {
        match self {
            Self::Crm | Self::ErpCompanies | Self::ErpAccounts | Self::ErpAssets => Mode::Snapshot,
            Self::Billing | Self::Support | Self::Loyalty => Mode::Changes,
            Self::Shop => Mode::Append,
        }
    }

    /// How it is written.
    pub fn format(self) -> Format {
        match self {
            Self::Crm => Format::Csv(b';', "\r\n"),
            Self::Billing | Self::Loyalty => Format::Csv(b',', "\n"),
            Self::Support => Format::Csv(b'\t', "\n"),
            Self::ErpCompanies | Self::ErpAccounts | Self::ErpAssets => Format::Csv(b'|', "\n"),
            Self::Shop => Format::Ndjson,
        }
    }

    /// What its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Shop => "ndjson",
            Self::Support => "tsv",
            _ => "csv",
        }
    }

    /// What its keys start with.
    pub fn key_prefix(self) -> &'static str {
        match self {
            Self::Crm => "KD-",
            Self::Billing => "7",
            Self::Shop => "ORD-",
            Self::Support => "T",
            Self::ErpCompanies => "C",
            Self::ErpAccounts => "K",
            Self::ErpAssets => "A",
            Self::Loyalty => "60",
        }
    }
}
