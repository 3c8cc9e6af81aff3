//! The family `accounts`: customers and their accounts in four systems, in the oracle's words. The texts are next door.

mod text;

use super::fuzzy::{Form, Test, both, not};
use super::model::{
    Attribute, Block, Condition, Entity, Guard, Mode, Model, Reference, Rule, Source, Strategy, Target, attribute, exact, fuzzy,
};
use super::values::Kind;
use super::variant::Flavour;
pub(super) use text::texts;

/// Attributes with their columns.
type Columns = Vec<(&'static str, &'static [&'static str])>;

pub(super) fn model(flavour: Flavour) -> Model {
    let other = flavour == Flavour::Mapping;
    Model { sources: vec![crm(), billing(other), ledger(other), desk(other)], entities: vec![customer(flavour), account(flavour)] }
}

fn customer(flavour: Flavour) -> Entity {
    let (number, email) = if flavour == Flavour::Format { (Kind::Upper, Kind::Lower) } else { (Kind::Text, Kind::Text) };
    let numbers = exact("exact number", &["number"]);
    let (rules, guards) = if flavour == Flavour::Rules {
        let strong = Guard::Differ { name: "exact number strong", attribute: "number" };
        (vec![numbers, exact("exact email", &["email"])], vec![strong])
    } else {
        (vec![numbers, exact("exact email at most 2", &["email"]).at_most(2)], vec![])
    };
    Entity {
        name: "customer",
        attributes: vec![attribute("number", number), attribute("email", email).many()],
        references: vec![],
        rules,
        guards,
        precedence: vec!["billing"],
        default: Strategy::Precedence(vec!["billing"]),
    }
}

fn account(flavour: Flavour) -> Entity {
    let (rules, guards) = account_matching(flavour);
    let golden = flavour == Flavour::Golden;
    let precedence = if golden { vec![] } else { vec!["billing"] };
    let default = if golden { Strategy::Latest } else { Strategy::Precedence(precedence.clone()) };
    let owner = Reference { name: "owner", target: "customer", strategy: golden.then_some(Strategy::MostFrequent) };
    Entity { name: "account", attributes: account_attributes(flavour), references: vec![owner], rules, guards, precedence, default }
}

fn account_attributes(flavour: Flavour) -> Vec<Attribute> {
    let number = attribute("number", Kind::Text);
    let [kind, opened, amount] = [attribute("kind", Kind::Text), attribute("opened", Kind::Date), attribute("amount", Kind::Number)];
    match flavour {
        Flavour::Golden => vec![number, kind.by(Strategy::Longest), opened.by(Strategy::Max), amount.by(Strategy::Max)],
        Flavour::Format => {
            let amount = attribute("amount", Kind::Text).by(Strategy::MostFrequent);
            vec![number, attribute("kind", Kind::Lower), opened.by(Strategy::Min), amount]
        }
        Flavour::Base | Flavour::Rules | Flavour::Mapping => {
            vec![number, kind, opened.by(Strategy::Min), amount.by(Strategy::MostFrequent)]
        }
    }
}

fn account_matching(flavour: Flavour) -> (Vec<Rule>, Vec<Guard>) {
    if flavour == Flavour::Rules {
        let owner = ("fuzzy alike: block owner", &[("owner", Form::Whole)] as &[_]);
        let number = ("fuzzy alike: block number", &[("number", Form::Whole)] as &[_]);
        let rules = vec![
            fuzzy("fuzzy alike", &[owner, number], 3, both(Test::Same("owner", Form::Whole), Test::Edits("kind", 1))),
            exact("exact owner & kind at most 2", &["owner", "kind"]).at_most(2),
            exact("exact number & opened", &["number", "opened"]),
        ];
        let differ = Guard::Differ { name: "never differ(amount)", attribute: "amount" };
        return (rules, vec![differ, Guard::SameSource { name: "never same_source(billing)", source: "billing" }]);
    }
    let opened = both(not(Test::Same("number", Form::Whole)), Test::Same("opened", Form::Whole));
    let rules = vec![
        exact("exact number", &["number"]),
        exact("exact owner & kind", &["owner", "kind"]),
        fuzzy("fuzzy same_day", &[("fuzzy same_day: block owner", &[("owner", Form::Whole)])], 3, opened),
    ];
    (rules, vec![Guard::Differ { name: "never differ(kind)", attribute: "kind" }])
}

fn crm() -> Source {
    Source {
        name: "crm",
        mode: Mode::Snapshot,
        columns: &["id", "no", "mail", "mail2"],
        updated: None,
        delete: None,
        filter: None,
        blocks: vec![block("customer", vec![("number", &["no"]), ("email", &["mail", "mail2"])], None)],
    }
}

fn billing(other: bool) -> Source {
    let mut customer = block("customer", vec![("number", &["no"]), ("email", &["mail"])], None);
    let mut owner = Target::SameRow;
    if other {
        customer = Block { is: Some(("crm", "cust")), ..block("customer", vec![("email", &["mail"])], None) };
        owner = Target::Lookup { attribute: "number", column: "no" };
    }
    let account = block("account", vec![("number", &["acct"]), ("kind", &["kind"]), ("opened", &["opened"])], Some(owner));
    Source {
        name: "billing",
        mode: Mode::Changes,
        columns: &["id", "op", "at", "no", "mail", "acct", "kind", "opened", "cust"],
        updated: Some("at"),
        delete: Some(Condition("op", "D")),
        filter: None,
        blocks: vec![customer, account],
    }
}

fn ledger(other: bool) -> Source {
    let mut values: Columns = vec![("number", &["acct"]), ("amount", &["amount"])];
    let mut owner = Target::Key { source: "billing", column: "bill" };
    if !other {
        values.push(("kind", &["kind"]));
        owner = Target::Key { source: "crm", column: "cust" };
    }
    Source {
        name: "ledger",
        mode: Mode::Append,
        columns: &["id", "cust", "acct", "kind", "amount", "bill"],
        updated: None,
        delete: None,
        filter: None,
        blocks: vec![block("account", values, Some(owner))],
    }
}

fn desk(other: bool) -> Source {
    let mut values: Columns = vec![("kind", &["kind"]), ("opened", &["opened"]), ("amount", &["amount"])];
    if !other {
        values.push(("number", &["acct"]));
    }
    let owner = Target::Lookup { attribute: "email", column: "mail" };
    Source {
        name: "desk",
        mode: Mode::Snapshot,
        columns: &["id", "mail", "acct", "kind", "opened", "amount", "state"],
        updated: None,
        delete: None,
        filter: (!other).then_some(Condition("state", "on")),
        blocks: vec![block("account", values, Some(owner))],
    }
}

fn block(entity: &'static str, values: Columns, owner: Option<Target>) -> Block {
    Block { entity, is: None, values, references: owner.map(|target| ("owner", target)).into_iter().collect() }
}
