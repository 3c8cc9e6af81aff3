//! Who is whom, and what keeps them apart.

use super::{accounts, lines, people};
use crate::oracle::{FAMILIES, FLAVOURS, Flavour, Variant};

// crm of people: id,no,name,mail,mail2,born,level,up,boss,at

#[test]
fn any_value_of_many_joins_unless_too_many_share_it() {
    let rows = "1,,,m1,m2,,,,,\n2,,,m3,m2,,,,,\n3,,,m3,m1,,,,,\n4,,,m4,,,,,,";
    let facts = people(Flavour::Base, &[("crm/1.csv", rows)]);
    assert_eq!(lines(&facts, "customer"), ["crm:1 crm:2 crm:3", "crm:4"]);
    assert_eq!(
        lines(&facts, "merges"),
        ["customer|exact email at most 3|2", "customer|exact name & born|0", "customer|exact number|0", "customer|is|0"]
    );
    let facts = people(Flavour::Base, &[("crm/1.csv", "1,,,m1,,,,,,\n2,,,m1,,,,,,\n3,,,m1,,,,,,\n4,,,m1,m1,,,,,")]);
    assert_eq!(lines(&facts, "customer").len(), 4);
    assert_eq!(lines(&facts, "refused.values"), ["customer|exact email at most 3|m1|4"]);
}

#[test]
fn a_rule_of_several_terms_needs_all_of_them() {
    let rows = "1,,Ann,,,2001-01-01,,,,\n2,,Ann,,,2001-01-01,,,,\n3,,Ann,,,,,,,\n4,,,,,2001-01-01,,,,";
    let facts = people(Flavour::Base, &[("crm/1.csv", rows)]);
    assert_eq!(lines(&facts, "customer"), ["crm:1 crm:2", "crm:3", "crm:4"]);
}

#[test]
fn a_guard_holds_for_whole_objects() {
    // 1 and 2 share m1, 2 and 3 share m2; the numbers of 1 and 3 differ. Joins are taken in order, so 2 goes to 1.
    let facts = people(Flavour::Base, &[("crm/1.csv", "1,A1,,m1,,,,,,\n2,,,m1,m2,,,,,\n3,A3,,m2,,,,,,")]);
    assert_eq!(lines(&facts, "customer"), ["crm:1 crm:2", "crm:3"]);
    assert_eq!(lines(&facts, "refused.joins"), ["customer|exact email at most 3|exact number strong|crm:2|crm:3"]);
}

#[test]
fn of_several_guards_the_first_is_named_and_two_objects_are_told_of_once() {
    let rows = "1,A1,Ann,m1,,2001-01-01,,,,\n2,A2,Ann,m1,m2,2002-02-02,,,,\n3,A1,,m2,,,,,,";
    let facts = people(Flavour::Base, &[("crm/1.csv", rows)]);
    assert_eq!(lines(&facts, "customer"), ["crm:1 crm:3", "crm:2"]);
    assert_eq!(lines(&facts, "refused.joins"), ["customer|exact email at most 3|exact number strong|crm:1|crm:2"]);
}

#[test]
fn is_comes_before_all_rules() {
    // web 1 is crm 2, though it shares its mail with crm 1, which is taken to be another by their numbers.
    let crm = ("crm/1.csv", "1,A1,,m1,,,,,,\n2,A2,,m2,,,,,,");
    let facts = people(Flavour::Base, &[crm, ("web/1.csv", "1,2,,m1,,on\n2,2,,m3,,on\n3,7,,,,on")]);
    assert_eq!(lines(&facts, "customer"), ["crm:1", "crm:2 web:1", "web:2", "web:3"]);
    let joins = ["customer|exact email at most 3|exact number strong|crm:1|web:1", "customer|is|never same_source(web)|crm:2|web:2"];
    assert_eq!(lines(&facts, "refused.joins"), joins);
    assert_eq!(lines(&facts, "orphans"), ["customer|is|web|3|crm|7|missing"]);
}

// crm of accounts: id,no,mail,mail2; billing: id,op,at,no,mail,acct,kind,opened,cust; ledger: id,cust,acct,kind,amount,bill
// desk: id,mail,acct,kind,opened,amount,state

#[test]
fn a_rule_compares_what_a_reference_leads_to() {
    let facts = accounts(
        Flavour::Base,
        &[
            ("crm/1.csv", "1,A1,m1,\n2,A2,m2,"),
            ("billing/1.csv", "1,,,A1,,N1,gold,,"),
            ("ledger/1.csv", "1,1,N2,gold,,\n2,2,N3,gold,,\n3,1,N1,basic,,"),
            ("desk/1.csv", "1,m2,,gold,,,on\n2,m9,,gold,,,on"),
        ],
    );
    assert_eq!(lines(&facts, "customer"), ["billing:1 crm:1", "crm:2"]);
    assert_eq!(lines(&facts, "account"), ["billing:1 ledger:1", "desk:1 ledger:2", "desk:2", "ledger:3"]);
    assert_eq!(lines(&facts, "refused.joins"), ["account|exact number|never differ(kind)|billing:1|ledger:3"]);
    assert_eq!(lines(&facts, "orphans"), ["account|owner|desk|2|customer.email|m9|missing"]);
}

#[test]
fn a_hub_names_the_object_that_is_shared() {
    let rows = "1,1,N1,gold,,\n2,1,N2,gold,,\n3,1,N3,gold,,\n4,1,N4,gold,,";
    let facts = accounts(Flavour::Rules, &[("crm/1.csv", "1,A1,,\n2,A1,,"), ("ledger/1.csv", rows)]);
    let hubs = ["account|exact owner & kind at most 2|crm:1 & gold|4", "account|fuzzy alike: block owner|crm:1|4"];
    assert_eq!(lines(&facts, "refused.values"), hubs);
    assert_eq!(lines(&facts, "account").len(), 4);
}

#[test]
fn texts_name_what_the_models_name() {
    for family in FAMILIES {
        for flavour in FLAVOURS {
            for without in [None].into_iter().chain(family.removable().iter().map(|source| Some(*source))) {
                let variant = Variant { family, flavour, without };
                // Names of rules leave out the quotes around a model's file.
                let (text, model) = (variant.text().replace('"', ""), variant.model());
                for entity in &model.entities {
                    let rules = entity.rules.iter().map(|rule| rule.name);
                    for name in rules.chain(entity.guards.iter().map(|guard| guard.name())) {
                        // The guard that holds where a model decides and the text says no other.
                        let unwritten = name == "never looser(0.1)" && text.contains("  model ") && !text.contains("looser");
                        assert!(unwritten || text.contains(name), "{variant:?}: {name}");
                    }
                }
                let named = |gone: &str| text.contains(&format!("({gone})")) || text.contains(&format!(" {gone}("));
                assert!(!without.is_some_and(named), "{variant:?}: names what it does without");
                for source in family.sources() {
                    assert_eq!(text.contains(&format!("source {source} ")), model.source(source).is_some(), "{variant:?}: {source}");
                }
            }
        }
    }
}
