//! What a right pipeline becomes: `tests/suite/check/ok-retail.c360`, part by part.

#[path = "suite/functions.rs"]
mod functions;

use c360_match::format::Format;
use c360_model::model::{AttributeId, Entity, ExprKind, Mode, Model, Published, ReadFormat, ReferenceValue, SourceId, Strategy, Term};
use c360_model::{Functions, TrainedModels, check, drop_cascades};
use c360_syntax::{Severity, Sources, parse};

fn model_of(text: &str) -> Model {
    let mut sources = Sources::new();
    let id = sources.add("main.c360", text);
    let (file, parsed) = parse(&sources, id);
    assert!(parsed.is_empty(), "{parsed:?}");
    let (model, found) = check(&[file], &Functions::new(functions::SCALAR), &TrainedModels::default());
    model.unwrap_or_else(|| panic!("{found:?}"))
}

fn retail() -> Model {
    model_of(include_str!("../../../tests/suite/check/ok-retail.c360"))
}

fn attribute(entity: &Entity, name: &str) -> AttributeId {
    AttributeId(entity.attributes.iter().position(|attribute| attribute.name == name).expect("it is declared"))
}

const CRM: SourceId = SourceId(0);
const BILLING: SourceId = SourceId(1);
const SHOP: SourceId = SourceId(2);

#[test]
fn the_pipeline() {
    let model = retail();
    assert_eq!(model.name, "retail");
    assert_eq!(model.state.as_ref().map(|(state, _)| state.as_str()), Some("s3://acme-lake/c360/acme"));
    assert_eq!(model.country.as_deref(), Some("DE"));
    let names: Vec<&str> = model.entities.iter().map(|entity| entity.name.as_str()).collect();
    assert_eq!(names, ["customer", "account", "order"]);
}

#[test]
fn attributes_have_their_formats_and_flags() {
    let model = retail();
    let customer = &model.entities[0];
    assert_eq!(customer.doc.as_deref(), Some("A person or company that buys from us"));
    let number = &customer.attributes[attribute(customer, "number").0];
    assert_eq!(number.format_text, "text | trim | strip_prefix(\"KD-\") | lpad(8, \"0\")", "declared formats are expanded");
    let Format::Text(format) = &number.format else { panic!("text") };
    let mut value = String::new();
    format.normalize("KD-77", &mut value).expect("it is a number");
    assert_eq!(value, "00000077");
    let email = &customer.attributes[attribute(customer, "email").0];
    assert!(email.many && email.pii);
    let consent = &customer.attributes[attribute(customer, "consent").0];
    assert!(!consent.many && !consent.pii && matches!(consent.format, Format::Bool(_)));
    assert_eq!(customer.references.len(), 1);
    assert_eq!(customer.references[0].target.0, 0);
}

#[test]
fn rules_are_in_order_and_guards_are_told_apart() {
    let model = retail();
    let customer = &model.entities[0];
    let names: Vec<&str> = customer.rules.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, ["exact tax_id", "exact email", "exact phone & name.last", "exact cookie at most 5"]);
    assert_eq!(customer.rules[3].at_most, Some(5));
    let name = attribute(customer, "name");
    let Term::Attribute { attribute: found, part: Some(part) } = customer.rules[2].terms[1] else { panic!("a part") };
    let Format::Parts(parts) = &customer.attributes[name.0].format else { panic!("parts") };
    assert_eq!((found, parts.parts()[part]), (name, "last"));
    let tax_id = Term::Attribute { attribute: attribute(customer, "tax_id"), part: None };
    assert_eq!(customer.never_differ.len(), 1);
    assert_eq!((customer.never_differ[0].name.as_str(), customer.never_differ[0].term), ("exact tax_id strong", tax_id));
    assert_eq!(customer.never_same_source.iter().map(|(source, _)| *source).collect::<Vec<_>>(), [BILLING]);
    assert_eq!(customer.ignore[0].values, ["info@example.com", "sales@example.com"]);
    assert!(model.entities[2].rules.is_empty());
}

#[test]
fn every_attribute_has_a_strategy() {
    let model = retail();
    let customer = &model.entities[0];
    let strategy = |name: &str| &customer.attributes[attribute(customer, name).0].strategy;
    let default = Strategy::Precedence(vec![CRM, BILLING, SHOP]);
    assert_eq!(customer.precedence, [CRM, BILLING, SHOP]);
    assert_eq!(customer.default, default);
    assert_eq!(strategy("name"), &default);
    assert_eq!(strategy("phone"), &Strategy::Latest);
    assert_eq!(strategy("tier"), &Strategy::Only(BILLING));
    assert_eq!((strategy("cookie"), strategy("email")), (&Strategy::All, &Strategy::All), "said and by default");
    assert_eq!(customer.references[0].strategy, default);
    let order = &model.entities[2];
    assert_eq!(order.precedence, [SHOP], "without `precedence`, the sources that describe it");
}

#[test]
fn sources_say_what_rows_mean() {
    let model = retail();
    let crm = model.source(CRM);
    let ReadFormat::Csv { delimiter, quote, encoding, null } = &crm.read.format else { panic!("csv") };
    assert_eq!((*delimiter, *quote, encoding.as_str(), null.len()), (b';', b'"', "latin1", 2));
    assert_eq!((crm.mode, model.source(BILLING).mode, model.source(SHOP).mode), (Mode::Snapshot, Mode::Changes, Mode::Append));
    assert!(crm.filter.is_some() && crm.delete.is_none() && model.source(BILLING).delete.is_some());
    let columns: Vec<String> = crm.columns.iter().map(|(path, _)| path.join(".")).collect();
    let expected = [
        "KundenNr",
        "GeaendertAm",
        "Status",
        "Vorname",
        "Nachname",
        "Firma",
        "EMail",
        "Telefon",
        "Mobil",
        "Geburtsdatum",
        "Strasse",
        "PLZ",
        "Ort",
        "Zustimmung",
        "KonzernNr",
    ];
    assert_eq!(columns, expected);
    let shop: Vec<String> = model.source(SHOP).columns.iter().map(|(path, _)| path.join(".")).collect();
    assert_eq!(shop, ["order_id", "ts", "total", "seller.email", "buyer.email", "buyer.cids"]);
}

#[test]
fn values_follow_the_inputs_of_their_format() {
    let model = retail();
    let (customer, mapping) = (&model.entities[0], &model.source(CRM).mappings[0]);
    let value = |name: &str| mapping.values.iter().find(|value| value.attribute == attribute(customer, name)).expect("it is set");
    let Format::Parts(parts) = &customer.attributes[attribute(customer, "name").0].format else { panic!("parts") };
    let given: Vec<&str> =
        value("name").values[0].inputs.iter().zip(parts.inputs()).filter(|(input, _)| input.is_some()).map(|(_, name)| *name).collect();
    assert_eq!(given, ["first", "last"]);
    assert_eq!(value("phone").values.len(), 2);
    assert_eq!(value("email").values[0].inputs.len(), 1);
    let cookie = &model.source(SHOP).mappings[1].values[1];
    assert!(cookie.values[0].each);
}

#[test]
fn references_are_told_apart_by_what_their_names_mean() {
    let model = retail();
    let (_, _, parent) = &model.source(CRM).mappings[0].references[0];
    let ReferenceValue::Key(key) = parent else { panic!("a foreign key") };
    assert_eq!((key.source, key.key.len()), (CRM, 1));
    let (_, _, owner) = &model.source(BILLING).mappings[1].references[0];
    assert!(matches!(owner, ReferenceValue::SameRow(entity) if entity.0 == 0));
    let (_, _, seller) = &model.source(SHOP).mappings[0].references[1];
    let ReferenceValue::Lookup { attribute: found, part: None, value } = seller else { panic!("a lookup") };
    assert_eq!(*found, attribute(&model.entities[0], "email"));
    assert!(matches!(&value.kind, ExprKind::Column(path) if path.join(".") == "seller.email"));
    let is = &model.source(BILLING).mappings[0].is;
    assert_eq!((is.len(), is[0].source), (1, CRM));
}

#[test]
fn updated_is_a_time_whatever_reads_it() {
    let moment = |updated: &str, raw: &str| {
        let model = model_of(&format!(
            "pipeline p {{ state \"s/\" }}\nformat day = date(\"%d.%m.%Y\")\nentity e {{\n  n text\n  d day\n  match {{ exact n }}\n}}\n\
             source s {{\n  read csv(\"a.csv\")\n  key Id\n  updated {updated}\n  e {{ n = Id, d = D }}\n}}\n"
        ));
        let Format::DateTime(format) = &model.source(SourceId(0)).updated.as_ref().expect("it is there").format else { panic!("a time") };
        format.parse(raw).expect("it is a time")
    };
    assert_eq!(moment("Changed", "1970-01-02T00:00:01Z"), 86_401_000_000, "ISO 8601 without saying so");
    assert_eq!(moment("datetime(Changed, \"%d.%m.%Y %H:%M\")", "02.01.1970 00:01"), 86_460_000_000);
    assert_eq!(moment("date(Changed, \"%Y%m%d\")", "19700103"), 2 * 86_400_000_000, "a date is its midnight");
    assert_eq!(moment("day(Changed)", "02.01.1970"), 86_400_000_000, "a declared format");
    assert_eq!(moment("datetime(coalesce(Changed, Created))", "1970-01-01T00:00:00Z"), 0, "any expression");
}

#[test]
fn outputs_and_order() {
    let model = retail();
    assert_eq!(model.publishes.len(), 3);
    assert_eq!((model.publishes[1].what, model.publishes[2].what), (Published::Duplicates(CRM), Published::Rejects(CRM)));
    assert_eq!(model.resolution_order.len(), 3);
}

#[test]
fn entities_wait_for_those_that_their_rules_follow() {
    let model = model_of(
        "pipeline p { state \"s/\" }\nentity a {\n  n text\n  b -> b\n  match { exact n & b }\n}\nentity b {\n  n text\n  match { exact n }\n}\n\
         source s {\n  read csv(\"a.csv\")\n  key Id\n  a { n = A, b = b }\n  b { n = B }\n}\n",
    );
    let order: Vec<usize> = model.resolution_order.iter().map(|entity| entity.0).collect();
    assert_eq!(order, [1, 0]);
    let forms = &model.entities[0].rules[0].terms;
    assert!(matches!(forms[1], Term::Reference(reference) if reference.0 == 0));
}

#[test]
fn ignored_values_are_in_the_form_of_comparison() {
    let model = model_of(
        "pipeline p { state \"s/\" }\nentity e {\n  name person_name\n  born date(\"%d.%m.%Y\")\n  match {\n    exact name & born\n    exact name.last\n\
         ignore born in (\"02.01.1970\")\n    ignore name.last in (\"MÜLLER\")\n    ignore name in (\"Max Müller\")\n  }\n}\n\
         source s {\n  read csv(\"a.csv\")\n  key Id\n  e { name = N, born = B }\n}\n",
    );
    let ignored: Vec<&[String]> = model.entities[0].ignore.iter().map(|ignore| ignore.values.as_slice()).collect();
    assert_eq!(ignored[0], ["1"], "days since 1970");
    let Format::Parts(parts) = &model.entities[0].attributes[0].format else { panic!("parts") };
    let mut last = String::new();
    parts.comparable_part(parts.parts().iter().position(|part| *part == "last").expect("names have it"), "Müller", &mut last);
    assert_eq!(ignored[1], [last.clone()]);
    assert!(ignored[2][0].contains(&last), "{:?}", ignored[2]);
}

/// Everything of the language that is built is right in the example that holds all of it.
#[test]
fn the_whole_language() {
    let mut sources = Sources::new();
    let main = sources.add("acme.c360", include_str!("../../../tests/suite/syntax/whole-language.c360"));
    let (file, parsed) = parse(&sources, main);
    let (model, mut found) = check(&[file], &Functions::new(functions::SCALAR), &TrainedModels::default());
    drop_cascades(&parsed, &mut found);
    let errors = found.iter().filter(|finding| finding.code.severity == Severity::Error);
    let messages: Vec<&str> = errors.map(|finding| finding.message.as_str()).collect();
    let expected = [
        "the model `customer.model.json` cannot be used: its file was not read",
        "no source describes `asset`",
        "publishing to `delta` is not built yet",
        "`publish corrections(..)` is not built yet",
    ];
    assert_eq!(messages, expected);
    assert!(model.is_none(), "what is not built yet cannot run");
}
