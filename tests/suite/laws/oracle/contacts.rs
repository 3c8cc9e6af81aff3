//! The family `contacts`: customers in two systems, of which pairs are compared, in the oracle's words. The texts are next door.

mod text;

use super::fuzzy::{Form, Test, both, either, not};
use super::model::{Attribute, Block, Condition, Entity, Guard, How, Mode, Model, Rule, Source, Strategy, attribute, exact, fuzzy};
use super::values::Kind;
use super::variant::Flavour;
use super::weighed;
pub(super) use text::texts;

pub(super) fn model(flavour: Flavour) -> Model {
    let other = flavour == Flavour::Mapping;
    Model { sources: vec![crm(other), shop(other)], entities: vec![customer(flavour)] }
}

fn customer(flavour: Flavour) -> Entity {
    let (rules, guards) = matching(flavour);
    let default = if flavour == Flavour::Golden { Strategy::Latest } else { Strategy::Precedence(vec!["crm"]) };
    let precedence = if flavour == Flavour::Golden { vec![] } else { vec!["crm"] };
    Entity { name: "customer", attributes: attributes(flavour), references: vec![], rules, guards, precedence, default }
}

fn attributes(flavour: Flavour) -> Vec<Attribute> {
    let format = flavour == Flavour::Format;
    let longest = (flavour == Flavour::Golden).then_some(Strategy::Longest);
    vec![
        attribute("number", if format { Kind::Upper } else { Kind::Text }),
        Attribute { strategy: longest, ..attribute("name", if format { Kind::Lower } else { Kind::Text }) },
        attribute("phone", Kind::Text).many(),
        attribute("born", Kind::Date),
        attribute("level", Kind::Number),
    ]
}

fn matching(flavour: Flavour) -> (Vec<Rule>, Vec<Guard>) {
    if flavour == Flavour::Rules {
        return other_matching();
    }
    let near = fuzzy(
        "fuzzy near",
        &[
            ("fuzzy near: block prefix(name, 2)", &[("name", Form::Prefix(2))]),
            ("fuzzy near: block year(born) & suffix(phone, 2)", &[("born", Form::Year), ("phone", Form::Suffix(2))]),
        ],
        5,
        both(Test::Edits("name", 1), either(Test::Same("born", Form::Whole), not(Test::Edits("phone", 2)))),
    );
    let rules =
        vec![exact("exact number", &["number"]), near, exact("exact phone & born at most 2", &["phone", "born"]).at_most(2), weighed()];
    // Which nobody wrote: it holds wherever a model decides.
    let looser = Guard::Looser { name: "never looser(0.1)", least: 100 };
    (rules, vec![Guard::Differ { name: "never differ(level)", attribute: "level" }, looser])
}

fn other_matching() -> (Vec<Rule>, Vec<Guard>) {
    let close = fuzzy(
        "fuzzy close",
        &[("fuzzy close: block suffix(name, 2)", &[("name", Form::Suffix(2))]), ("fuzzy close: block phone", &[("phone", Form::Whole)])],
        3,
        either(
            both(not(Test::Same("level", Form::Whole)), Test::Same("born", Form::Year)),
            both(Test::Edits("phone", 1), Test::Same("name", Form::Prefix(3))),
        ),
    );
    let mistyped = fuzzy(
        "fuzzy mistyped",
        &[("fuzzy mistyped: block name & born", &[("name", Form::Whole), ("born", Form::Whole)])],
        2,
        Test::Edits("number", 1),
    );
    let strong = Guard::Differ { name: "exact number strong", attribute: "number" };
    let once = Guard::SameSource { name: "never same_source(shop)", source: "shop" };
    let looser = Guard::Looser { name: "never looser(0.4)", least: 400 };
    (vec![weighed(), close, mistyped, exact("exact number", &["number"])], vec![strong, once, looser])
}

fn weighed() -> Rule {
    Rule { name: "model customer.model.json", how: How::Weighed(weighed::model()) }
}

fn crm(other: bool) -> Source {
    let phones: &'static [&'static str] = if other { &["tel2"] } else { &["tel", "tel2"] };
    Source {
        name: "crm",
        mode: Mode::Snapshot,
        columns: &["id", "code", "nick", "tel", "tel2", "birth", "tier"],
        updated: None,
        delete: None,
        filter: None,
        blocks: vec![block(phones)],
    }
}

fn shop(other: bool) -> Source {
    Source {
        name: "shop",
        mode: Mode::Changes,
        columns: &["id", "op", "at", "code", "nick", "tel", "birth", "tier"],
        updated: (!other).then_some("at"),
        delete: Some(Condition("op", "D")),
        filter: None,
        blocks: vec![block(&["tel"])],
    }
}

fn block(phones: &'static [&'static str]) -> Block {
    let values = vec![("number", &["code"] as &[_]), ("name", &["nick"]), ("phone", phones), ("born", &["birth"]), ("level", &["tier"])];
    Block { entity: "customer", is: None, values, references: vec![] }
}
