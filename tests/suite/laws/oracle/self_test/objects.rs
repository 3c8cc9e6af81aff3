//! Which values survive, where references lead, who stands above whom.

use super::{accounts, lines, people, value};
use crate::oracle::hierarchy::{Ages, hierarchy};
use crate::oracle::{Flavour, ages};
use std::collections::BTreeMap;

// shop: id,op,at,no,name,mail,born,level,ref
// crm: id,no,name,mail,mail2,born,level,up,boss,at

/// One person by number A1: three rows of shop and one of crm.
const SHOP: (&str, &str) =
    ("shop/1.csv", "1,,2026-01-03,A1,Anna,m1,2001-01-01,10,\n2,,2026-01-01,A1,Bö,m3,,2,\n3,,2026-01-01,A1,,m2,2001-01-01,,");
const CRM: (&str, &str) = ("crm/1.csv", "7,A1,Ann,m3,m2,2001-01-01,1,,,2026-01-02");

#[test]
fn precedence_latest_most_frequent_max_and_all() {
    let facts = people(Flavour::Base, &[SHOP, CRM]);
    assert_eq!(lines(&facts, "customer"), ["crm:7 shop:1 shop:2 shop:3"]);
    let golden = "crm:7|number=A1|name=Anna|email=m2,m3,m1|born=2001-01-01|level=10.000000|parent=|records=4|sources=shop,crm";
    assert_eq!(lines(&facts, "customer.golden"), [golden]);
    let lineage = [
        "crm:7|born|2001-01-01|crm:7",
        "crm:7|email|m1|shop:1",
        "crm:7|email|m2|crm:7",
        "crm:7|email|m3|crm:7",
        "crm:7|level|10.000000|shop:1",
        "crm:7|name|Anna|shop:1",
        "crm:7|number|A1|crm:7",
    ];
    assert_eq!(lines(&facts, "customer.lineage"), lineage);
}

#[test]
fn longest_min_first_of_and_the_order_of_the_default() {
    let facts = people(Flavour::Golden, &[SHOP, CRM]);
    let of = |name: &str| value(&facts, "customer.golden", "crm:7", name);
    assert_eq!([of("name"), of("level"), of("born")], ["Anna", "1.000000", "2001-01-01"]);
    // By the latest update: shop 1, crm 7, then shop 2 and 3.
    assert_eq!(of("email"), "m1,m2,m3");
    assert!(lines(&facts, "customer.lineage").contains(&"crm:7|born|2001-01-01|crm:7"));
}

#[test]
fn shortest_counts_characters_and_texts_are_ordered_as_texts() {
    let facts = people(Flavour::Format, &[SHOP, CRM]);
    let of = |name: &str| value(&facts, "customer.golden", "crm:7", name);
    assert_eq!([of("name"), of("level"), of("email")], ["Bö", "2", "m2,m3,m1"]);
}

#[test]
fn formats_decide_what_is_equal() {
    let rows = [("crm/1.csv", "1,a1,,,,,,,,\n2,A1,,,,,,,,")];
    assert_eq!(lines(&people(Flavour::Base, &rows), "customer"), ["crm:1", "crm:2"]);
    assert_eq!(lines(&people(Flavour::Format, &rows), "customer"), ["crm:1 crm:2"]);
}

#[test]
fn parents_go_up_to_the_top_and_cycles_are_cut_at_the_youngest() {
    let facts = people(Flavour::Base, &[("crm/1.csv", "1,A1,,,,,,2,,\n2,A2,,,,,,3,,\n3,A3,,,,,,2,,\n4,A4,,,,,,4,,\n5,A5,,,,,,9,,")]);
    let links = ["crm:1|crm:2|crm:1|crm:3|2", "crm:2|crm:3|crm:2|crm:3|1", "crm:3|crm:2|crm:3|crm:3|0", "crm:4|crm:4|crm:4|crm:4|0"];
    assert_eq!(lines(&facts, "customer.parent"), links);
    assert_eq!(lines(&facts, "cycles"), ["customer|parent|crm:3 -> crm:2 -> crm:3|2", "customer|parent|crm:4 -> crm:4|1"]);
    assert_eq!(lines(&facts, "orphans"), ["customer|parent|crm|5|crm|9|missing"]);
}

#[test]
fn ages_are_those_of_ids() {
    let parents: BTreeMap<String, String> = [("a:1", "b:1"), ("b:1", "a:1")].map(|(a, b)| (a.to_owned(), b.to_owned())).into();
    let ages: Ages = ages([("a", "1", 8), ("a", "2", 8), ("b", "1", 7)]);
    assert_eq!(ages, [("a:1".to_owned(), 8), ("b:1".to_owned(), 7)].into());
    assert_eq!(hierarchy(&parents, &ages).cycles, [("a:1 -> b:1 -> a:1".to_owned(), 2)]);
    assert_eq!(hierarchy(&parents, &Ages::new()).cycles, [("b:1 -> a:1 -> b:1".to_owned(), 2)]);
}

// crm of accounts: id,no,mail,mail2; billing: id,op,at,no,mail,acct,kind,opened,cust; ledger: id,cust,acct,kind,amount,bill
// desk: id,mail,acct,kind,opened,amount,state

#[test]
fn references_by_row_by_key_and_by_value() {
    let facts = accounts(
        Flavour::Base,
        &[
            // m2 is held by three, so it joins none and leads to none.
            ("crm/1.csv", "1,A1,m1,m2\n2,A2,m2,\n3,A3,m2,"),
            ("billing/1.csv", "1,,,A2,,N1,gold,,\n2,,,,,N2,gold,,"),
            ("ledger/1.csv", "1,1,N3,,,\n2,9,N4,,,"),
            ("desk/1.csv", "1,m1,N5,,,,on\n2,m2,N6,,,,on"),
        ],
    );
    let links = ["billing:1|billing:1|billing:1", "desk:1|crm:1|desk:1", "ledger:1|crm:1|ledger:1"];
    assert_eq!(lines(&facts, "account.owner"), links);
    let orphans = [
        "account|owner|billing|2|billing|2|missing",
        "account|owner|desk|2|customer.email|m2|ambiguous",
        "account|owner|ledger|2|crm|9|missing",
    ];
    assert_eq!(lines(&facts, "orphans"), orphans);
}

#[test]
fn a_conflict_of_references_is_settled_by_the_strategy() {
    let all = [
        ("crm/1.csv", "1,A1,,\n2,A2,,"),
        ("billing/1.csv", "1,,2026-01-01,A3,,N1,,,"),
        ("ledger/1.csv", "1,2,N1,,,\n2,2,N1,,,\n3,1,N1,,,"),
    ];
    assert_eq!(value(&accounts(Flavour::Base, &all), "account.golden", "billing:1", "owner"), "billing:1");
    assert_eq!(value(&accounts(Flavour::Golden, &all), "account.golden", "billing:1", "owner"), "crm:2");
    assert_eq!(lines(&accounts(Flavour::Golden, &all), "account.owner"), ["billing:1|crm:2|ledger:1"]);
}
