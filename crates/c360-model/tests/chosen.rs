//! What `train` starts from where a `model` rule says nothing: comparisons, their levels, and which of them groups never share.

#[path = "suite/functions.rs"]
mod functions;

use c360_model::model::{Entity, Training};
use c360_model::{Functions, ModelFile, TrainedModels, check};
use c360_syntax::ast::{Item, MatchEntry};
use c360_syntax::{Sources, parse};

/// The training of the only entity, whose attributes and rule are given.
fn training(attributes: &str, rule: &str) -> Training {
    entity(attributes, &format!("model \"e.model.json\" accept 0.9 {rule}")).trainings.remove(0)
}

/// The only entity, whose attributes and match block are given.
fn entity(attributes: &str, rules: &str) -> Entity {
    let text = format!(
        "pipeline p {{ state \"s/\" }}\nentity e {{\n{attributes}\nmatch {{ {rules} }}\n}}\n\
         source s {{ read csv(\"s.csv\")\nkey id\ne {{ name = name }} }}\n"
    );
    let mut sources = Sources::new();
    let id = sources.add("main.c360", text);
    let (file, parsed) = parse(&sources, id);
    assert!(parsed.is_empty(), "{parsed:?}");
    let mut models = TrainedModels::default();
    for item in &file.items {
        let Item::Entity(entity) = item else { continue };
        for entry in entity.matching.iter().flat_map(|matching| &matching.entries) {
            let MatchEntry::Model(rule) = entry else { continue };
            models.insert(rule.file.span, ModelFile::InTraining);
        }
    }
    let (model, found) = check(&[file], &Functions::new(functions::SCALAR), &models);
    model.unwrap_or_else(|| panic!("{found:?}")).entities.remove(0)
}

fn texts(training: &Training, comparison: usize) -> Vec<&str> {
    training.comparisons[comparison].levels.iter().map(|(text, _)| text.as_str()).collect()
}

#[test]
fn exchanged_names_are_a_level_of_the_given_name() {
    let training = training("name person_name\nborn date(\"%Y-%m-%d\")", "");
    assert_eq!(texts(&training, 0)[..2], ["same(name.first)", "swapped(name.first, name.last)"]);
    assert!(!texts(&training, 1).iter().any(|level| level.contains("swapped")), "one exchange counts once");
    // Frequencies stay those of the value on which the first level agrees.
    assert!(training.comparisons[0].frequencies.is_some());
    let named = self::training("name person_name", "{ compare name.first }");
    assert_eq!(texts(&named, 0), texts(&training, 0));
}

#[test]
fn families_share_neither_given_names_nor_dates() {
    let training = training("name person_name\nborn date(\"%Y-%m-%d\")\nemail email\nsex one_of(\"f\", \"m\")\nnote text", "");
    let own: Vec<&str> =
        training.comparisons.iter().filter(|comparison| comparison.own).map(|comparison| comparison.name.as_str()).collect();
    assert_eq!(own, ["name.first", "born"]);
}

#[test]
fn pairs_are_found_by_towns_beside_other_values() {
    let training = training("name person_name\naddress postal_address", "");
    let blocks: Vec<&str> = training.blocks.iter().map(|block| block.name.as_str()).collect();
    assert!(training.proposed && blocks.contains(&"soundex(name.last) & address.city"), "{blocks:?}");
}

#[test]
fn blocks_are_of_what_is_compared() {
    let attributes = "name person_name\nborn date(\"%Y-%m-%d\")\nsurvey date(\"%Y-%m-%d\")";
    let surveyed = |training: &Training| training.blocks.iter().any(|block| block.name.contains("survey"));
    assert!(surveyed(&training(attributes, "")));
    assert!(!surveyed(&training(attributes, "{ compare name.last, compare born }")));
}

#[test]
fn an_e_mail_that_spells_the_same_name_is_no_level() {
    let training = training("name person_name\nemail email", "");
    assert_eq!(texts(&training, 2), ["same(email)", "jaro_winkler(email) >= 0.92 & damerau_edits(email) <= 3"]);
}

#[test]
fn where_a_model_decides_one_pair_does_not_join_two_groups() {
    let looser = |rules: &str| entity("name text", rules).never_looser;
    assert_eq!(looser("model \"e.model.json\" accept 0.9"), Some(100));
    assert_eq!(looser("model \"e.model.json\" accept 0.9\nnever looser(0.3)"), Some(300));
    assert_eq!(looser("model \"e.model.json\" accept 0.9\nnever looser(0.0001)"), Some(1));
    assert_eq!(looser("model \"e.model.json\" accept 0.9\nnever looser(0)"), None);
    // What a person wrote joins what it says.
    assert_eq!(looser("fuzzy near { block name, compare edits(name) <= 1 }"), None);
}
