//! The family `people`: one entity in three systems, in the oracle's words. The texts are next door.

mod text;

use super::model::{Attribute, Block, Condition, Entity, Guard, Mode, Model, Reference, Rule, Source, Strategy, Target, attribute, exact};
use super::values::Kind;
use super::variant::Flavour;
pub(super) use text::texts;

pub(super) fn model(flavour: Flavour) -> Model {
    let other = flavour == Flavour::Mapping;
    Model { sources: vec![web(other), shop(other), crm(other)], entities: vec![customer(flavour)] }
}

fn customer(flavour: Flavour) -> Entity {
    let (rules, guards) = matching(flavour);
    let precedence = if flavour == Flavour::Golden { vec![] } else { vec!["crm"] };
    let default = if flavour == Flavour::Golden { Strategy::Latest } else { Strategy::Precedence(precedence.clone()) };
    let strategy = (flavour == Flavour::Golden).then_some(Strategy::MostFrequent);
    let references = vec![Reference { name: "parent", target: "customer", strategy }];
    Entity { name: "customer", attributes: attributes(flavour), references, rules, guards, precedence, default }
}

fn attributes(flavour: Flavour) -> Vec<Attribute> {
    let [number, name, email, born, level] = [
        attribute("number", Kind::Text),
        attribute("name", Kind::Text),
        attribute("email", Kind::Text).many(),
        attribute("born", Kind::Date),
        attribute("level", Kind::Number),
    ];
    match flavour {
        Flavour::Golden => vec![
            number.by(Strategy::MostFrequent),
            name.by(Strategy::Longest),
            email,
            born.by(Strategy::FirstOf(vec![Strategy::Only("crm"), Strategy::Earliest])),
            level.by(Strategy::Min),
        ],
        Flavour::Format => vec![
            attribute("number", Kind::Upper),
            name.by(Strategy::Shortest),
            attribute("email", Kind::Lower).many().by(Strategy::MostFrequent),
            born.by(Strategy::Min),
            attribute("level", Kind::Text).by(Strategy::Max),
        ],
        Flavour::Base | Flavour::Rules | Flavour::Mapping => {
            vec![number, name.by(Strategy::Latest), email, born.by(Strategy::MostFrequent), level.by(Strategy::Max)]
        }
    }
}

fn matching(flavour: Flavour) -> (Vec<Rule>, Vec<Guard>) {
    if flavour == Flavour::Rules {
        let rules = vec![
            exact("exact email at most 2", &["email"]).at_most(2),
            exact("exact name & email", &["name", "email"]),
            exact("exact number at most 3", &["number"]).at_most(3),
            exact("exact name & born & level", &["name", "born", "level"]),
        ];
        let differ = Guard::Differ { name: "never differ(number)", attribute: "number" };
        return (rules, vec![differ, Guard::SameSource { name: "never same_source(crm)", source: "crm" }]);
    }
    let rules = vec![
        exact("exact number", &["number"]),
        exact("exact email at most 3", &["email"]).at_most(3),
        exact("exact name & born", &["name", "born"]),
    ];
    let strong = Guard::Differ { name: "exact number strong", attribute: "number" };
    let differ = Guard::Differ { name: "never differ(born)", attribute: "born" };
    (rules, vec![strong, differ, Guard::SameSource { name: "never same_source(web)", source: "web" }])
}

fn web(other: bool) -> Source {
    let mut values: Vec<(&'static str, &'static [&'static str])> = vec![("name", &["name"]), ("email", &["mail"])];
    if !other {
        values.push(("born", &["born"]));
    }
    let is = (!other).then_some(("crm", "ref"));
    Source {
        name: "web",
        mode: Mode::Append,
        columns: &["id", "ref", "name", "mail", "born", "state"],
        updated: None,
        delete: None,
        filter: Some(Condition("state", if other { "off" } else { "on" })),
        blocks: vec![Block { entity: "customer", is, values, references: vec![] }],
    }
}

fn shop(other: bool) -> Source {
    let mut values: Vec<(&'static str, &'static [&'static str])> =
        vec![("number", &["no"]), ("email", &["mail"]), ("born", &["born"]), ("level", &["level"])];
    if !other {
        values.push(("name", &["name"]));
    }
    Source {
        name: "shop",
        mode: Mode::Changes,
        columns: &["id", "op", "at", "no", "name", "mail", "born", "level", "ref"],
        updated: (!other).then_some("at"),
        delete: Some(Condition("op", "D")),
        filter: None,
        blocks: vec![Block { entity: "customer", is: other.then_some(("crm", "ref")), values, references: vec![] }],
    }
}

fn crm(other: bool) -> Source {
    let mails: &'static [&'static str] = if other { &["mail2"] } else { &["mail", "mail2"] };
    let parent = match other {
        false => Target::Key { source: "crm", column: "up" },
        true => Target::Lookup { attribute: "number", column: "boss" },
    };
    Source {
        name: "crm",
        mode: Mode::Snapshot,
        columns: &["id", "no", "name", "mail", "mail2", "born", "level", "up", "boss", "at"],
        updated: (!other).then_some("at"),
        delete: None,
        filter: None,
        blocks: vec![Block {
            entity: "customer",
            is: None,
            values: vec![("number", &["no"]), ("name", &["name"]), ("email", mails), ("born", &["born"]), ("level", &["level"])],
            references: vec![("parent", parent)],
        }],
    }
}
