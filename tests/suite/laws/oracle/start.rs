//! The first day of each family, and the words of which later rows are made: few, so that most things collide.

use super::current::Row;
use super::sequences::Dice;
use super::variant::Family;

/// Source, path, rows.
type File = (&'static str, &'static str, &'static str);

/// The files of the first day.
pub(super) fn files(family: Family) -> &'static [File] {
    match family {
        Family::People => &PEOPLE,
        Family::Accounts => &ACCOUNTS,
        Family::Contacts => &CONTACTS,
    }
}

// web: id,ref,name,mail,born,state
// shop: id,op,at,no,name,mail,born,level,ref
// crm: id,no,name,mail,mail2,born,level,up,boss,at
const PEOPLE: [File; 6] = [
    ("web", "web/1.csv", "1,1,Ann,m1,,on\n6,9,Bö,m2,2001-01-01,on\n3,,Anna,m4,bad,on\n4,2,Ann,,,off"),
    ("web", "web/2.csv", "2,3,Bö,m3,2001-01-01,on\n5,5,,,,on\n,1,Ann,,,on"),
    ("shop", "shop/1.csv", "1,,2026-01-01,A1,Anna,m1,2001-01-01,10,1\n2,,2026-01-02,A2,Bö,m2,,2,\n3,,2026-01-01,,,m1,,1,9"),
    ("shop", "shop/2.csv", "2,,2026-01-01,a1,Bö,,2002-02-02,x,3\n3,D,2026-01-02,,,,,,\n4,,never,,Ann,m1,2001-01-01,,1"),
    ("crm", "crm/1.csv", "1,A1,Ann,m3,m2,2001-01-01,1,2,A2,2026-01-02\n2,A2,Bö,m2,,2002-02-02,2,1,A1,2026-01-01\n3,,,,,,,3,,"),
    ("crm", "crm/2.csv", "1,A3,Anna,,,,,,,2026-01-01\n4,A1,Anna,m4,m4,bad,10,9,a1,2026-01-03\n5,,,,,,,,,2026-01-01"),
];

// crm: id,no,mail,mail2
// billing: id,op,at,no,mail,acct,kind,opened,cust
// ledger: id,cust,acct,kind,amount,bill
// desk: id,mail,acct,kind,opened,amount,state
const ACCOUNTS: [File; 7] = [
    ("crm", "crm/1.csv", "1,A1,m1,m2\n2,A2,m2,\n3,A1,,m4\n4,a1,M1,m3"),
    ("billing", "billing/1.csv", "1,,2026-01-01,A1,m1,N1,gold,2001-01-01,1\n2,,2026-01-02,A2,m2,N2,gold,2002-02-02,2\n3,D,,,,,,,"),
    ("billing", "billing/2.csv", "2,,2026-01-01,A3,,N2,basic,bad,4\n4,,,,,N1,basic,,1\n5,,2026-01-01,A2,m3,,gold,,2"),
    ("ledger", "ledger/1.csv", "1,1,N3,gold,1,1\n2,2,N2,gold,10,2\n3,9,N4,,x,9\n4,2,,gold,2,2"),
    ("ledger", "ledger/2.csv", "1,1,N3,gold,2,4\n5,,,,,"),
    ("desk", "desk/1.csv", "1,m1,N1,gold,2003-03-03,1,on\n2,m2,N5,gold,,10,on\n3,m9,,Gold,2001-01-01,,on\n4,m1,N1,gold,,,off"),
    ("desk", "desk/2.csv", "5,M1,N3,basic,bad,2,on\n6,,,,,,on"),
];

// crm: id,code,nick,tel,tel2,birth,tier
// shop: id,op,at,code,nick,tel,birth,tier
const CONTACTS: [File; 4] = [
    ("crm", "crm/1.csv", "1,A1,Anna,0711,4711,2001-01-01,1\n2,,Anne,0712,,2001-01-01,\n3,,Änna,0711,,2001-01-01,2\n4,,Berta,0811,,bad,x"),
    ("crm", "crm/2.csv", "5,a1,Bertha,0812,,,2\n6,,Hanna,5,5,2002-02-02,\n,,Anna,,,,"),
    ("shop", "shop/1.csv", "1,,2026-01-01,A1,Anna,0711,2001-01-01,1\n2,,2026-01-02,,Ana,4711,,\n3,,2026-01-01,,,4711,2001-02-01,1"),
    ("shop", "shop/2.csv", "2,,2026-01-01,,Anne,,2001-01-01,1\n4,,2026-01-02,,Berta,5,2002-02-02,1\n3,D,2026-01-02,,,,,\n5,,,,,,,"),
];

/// What people decided before the first day: about records that are there, that share nothing, and that are not there yet.
pub(super) fn decisions(family: Family) -> &'static [&'static str] {
    match family {
        Family::People => {
            &["always,customer,crm:5,web:6,,,", "never,customer,crm:1,shop:1,ann,2026-01-01,", "always,customer,crm:77,web:1,,,"]
        }
        Family::Accounts => &["always,customer,crm:2,crm:4,,,", "never,account,billing:1,desk:1,ann,2026-01-01,"],
        Family::Contacts => &["always,customer,crm:6,shop:1,,,", "never,customer,crm:2,shop:2,ann,2026-01-01,"],
    }
}

/// Rows that were deleted before the first day, so that they can return on the second.
pub(super) fn gone(family: Family) -> &'static [File] {
    match family {
        Family::People => &[
            ("web", "web/1.csv", "9,1,Anna,m2,2001-01-01,on"),
            ("shop", "shop/1.csv", "3,,2026-01-01,,,m1,,1,9"),
            ("crm", "crm/1.csv", "9,A3,Ann,m1,,2002-02-02,10,1,A1,2026-01-02"),
        ],
        Family::Accounts => &[
            ("crm", "crm/1.csv", "9,A3,m1,m9"),
            ("billing", "billing/1.csv", "3,,2026-01-03,A1,m4,N3,gold,2001-01-01,4"),
            ("ledger", "ledger/2.csv", "9,2,N1,gold,10,2"),
            ("desk", "desk/2.csv", "9,m4,N2,gold,2002-02-02,2,on"),
        ],
        Family::Contacts => {
            &[("crm", "crm/1.csv", "9,A3,Anna,0712,,2001-01-01,1"), ("shop", "shop/1.csv", "3,,2026-01-03,,Hanna,4711,2001-02-01,10")]
        }
    }
}

/// A row of chance for a source.
pub(super) fn row(family: Family, source: &str, dice: &mut Dice) -> Row {
    let columns = family.source(source).columns;
    // One in twelve says nothing but its key.
    let empty = dice.below(12) == 0;
    let cell = |column: &&str| if empty && *column != "id" && *column != "state" { String::new() } else { cell(column, dice) };
    columns.iter().map(cell).collect()
}

/// A value of chance for a column.
pub(super) fn cell(column: &str, dice: &mut Dice) -> String {
    dice.pick(words(column)).to_string()
}

fn words(column: &str) -> &'static [&'static str] {
    match column {
        "id" => &["1", "2", "3", "4", "5", "6", "1", "2", "3", "4", "5", "6", ""],
        "no" | "boss" => &["", "A1", "A2", "A3", "a1", "A4"],
        "name" => &["", "Ann", "Anna", "Bö"],
        "mail" | "mail2" => &["", "", "m1", "m2", "m3", "m4", "M1", "m5"],
        "born" | "opened" => &["", "", "2001-01-01", "2002-02-02", "2003-03-03", "bad"],
        "level" | "amount" => &["", "1", "2", "10", "x"],
        "up" | "ref" | "cust" | "bill" => &["", "", "1", "2", "3", "4", "5", "9"],
        "at" => &["", "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-03", "never"],
        "op" => &["", "", "", "", "", "D"],
        "state" => &["on", "on", "on", "on", "off", ""],
        // Near each other, so that many pairs are one edit apart.
        "nick" => &["", "Anna", "Anna", "Anne", "Ana", "Änna", "Hanna", "Berta", "Bertha"],
        "tel" | "tel2" => &["", "", "0711", "0712", "0811", "0812", "4711", "5"],
        "code" => &["", "", "", "A1", "A2", "A3", "a1"],
        "tier" => &["", "", "", "1", "1", "2", "x"],
        "birth" => &["", "2001-01-01", "2001-01-01", "2001-01-01", "2001-02-01", "2002-02-02", "bad"],
        "acct" => &["", "N1", "N2", "N3", "N4"],
        "kind" => &["", "gold", "gold", "Gold", "basic"],
        other => unreachable!("no source has a column {other}"),
    }
}
