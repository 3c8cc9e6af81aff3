//! `profile`: what sources and files hold, what is hidden, and drafts of pipelines that check and run.

use super::project::Project;
use serde_json::{Value, json};

/// Two lists of other systems: one with semicolons and Latin letters of old, one with leading zeros.
fn files() -> Project {
    let project = Project::empty();
    let crm = "KundenNr;Vorname;Nachname;E-Mail;Geburtsdatum;PLZ;Notiz\nK-001;Anna;M\u{fc}ller;anna@example.com;01.02.1980;04109;\n\
               K-002;Bert;Klein;bert@example.com;13.04.1975;10115;\nK-003;Carl;Gro\u{df};carl@example.com;24.12.1990;80331;\n";
    let latin: Vec<u8> = crm.chars().map(|c| u8::try_from(u32::from(c)).expect("a Latin letter")).collect();
    let web =
        "id,name,email,phone\n1,Anna Müller,ANNA@example.com,0341 1234567\n2,Bert Klein,bert@example.com,030 7654321\n3,Dora Kurz,,\n";
    project.write("crm.csv", latin).write("web.csv", web);
    project
}

fn column(profile: &Value, source: usize, name: &str) -> Value {
    let columns = profile["sources"][source]["columns"].as_array().expect("columns");
    columns.iter().find(|column| column["column"] == name).unwrap_or_else(|| panic!("no {name}: {profile}")).clone()
}

#[test]
fn columns_of_a_pipeline_and_what_its_formats_refuse() {
    let project = Project::shop();
    project.change("data/web.csv", "carl@example.com", "carl at home").change("shop.c360", "email  email  many", "email  email  many  pii");
    let text = project.c360(&["profile"]);
    text.is(0).answers(&["crm: 2 rows in 1 file (csv), data/crm.csv", "can be a key: id, no, name, mail", "customer.email", "50.0%"]);
    assert!(!text.out.contains("bert@example.com"), "personal data is hidden");
    assert!(!project.path("state").exists(), "profile leaves nothing behind");
    let profile = project.c360(&["profile", "web", "--output", "json"]);
    let profile = profile.is(0).json("profile");
    assert_eq!(profile["sources"].as_array().map(Vec::len), Some(1));
    let mail = column(&profile, 0, "mail");
    assert_eq!((&mail["attributes"], &mail["frequent"]), (&json!(["customer.email"]), &json!(null)));
    let email = &profile["sources"][0]["validity"][1];
    assert_eq!((&email["attribute"], &email["present"], &email["refused"]), (&json!("customer.email"), &json!(2), &json!(1)));
    project.c360(&["profile", "--show-values"]).is(0).answers(&["bert@example.com (1)"]);
    project.c360(&["profile", "wbe"]).is(1).says(&["no source `wbe`", "did you mean `web`?"]);
}

#[test]
fn files_that_no_pipeline_names() {
    let project = files();
    let profile = project.c360(&["profile", "crm.csv", "web.csv", "--country", "DE", "--output", "json"]);
    let profile = profile.is(0).json("profile");
    assert_eq!(profile["sources"][0]["keys"], json!(["KundenNr", "Vorname", "Nachname", "E-Mail", "Geburtsdatum", "PLZ"]));
    for (source, name, format) in [
        (0, "E-Mail", json!("email")),
        (0, "Geburtsdatum", json!("date")),
        (0, "PLZ", json!("postcode")),
        (0, "Nachname", json!("person_name")),
        (0, "Notiz", json!(null)),
        (1, "phone", json!("phone")),
    ] {
        assert_eq!(column(&profile, source, name)["format"], format, "{name}");
    }
    assert_eq!(column(&profile, 0, "Nachname")["patterns"][0], json!({ "pattern": "Aaaa", "count": 1 }));
    assert_eq!(column(&profile, 0, "KundenNr")["patterns"][0], json!({ "pattern": "A-999", "count": 3 }));
    assert_eq!(column(&profile, 1, "email")["length"]["longest"], 16);
    let overlap = profile["overlaps"].as_array().expect("overlaps").iter().find(|o| o["left"] == "crm.E-Mail").expect("the same mails");
    assert_eq!((&overlap["right"], &overlap["share"], &overlap["rule"]), (&json!("web.email"), &json!(1.0), &json!("exact email")));
    project.c360(&["profile", "web.csv"]).is(0).answers(&["web: 3 rows in 1 file (csv), web.csv", "hidden", "66.7%"]);
}

#[test]
fn a_draft_checks_and_runs() {
    let project = files();
    let draft = project.c360(&["profile", "crm.csv", "web.csv", "--scaffold", "acme", "--country", "DE"]);
    assert_eq!(draft.is(0).err, "");
    draft.answers(&[
        "pipeline acme {",
        "delimiter: \";\", encoding: \"windows-1252\"",
        "name(first: Vorname, last: Nachname)",
        "`E-Mail`",
        "fuzzy one_mailbox {",
    ]);
    project.write("acme.c360", &draft.out);
    project.c360(&["fmt", "--check", "acme.c360"]).is(0);
    project.c360(&["check", "--data", "acme.c360"]).is(0).says(&["no errors, no warnings"]);
    project.c360(&["run", "-p", "acme.c360"]).is(0).answers(&["4 objects from 6 records"]);
    project.c360(&["run", "-p", "acme.c360"]).is(0).answers(&["nothing to do"]);
    let without = project.c360(&["profile", "web.csv", "--scaffold", "lone", "--entity", "person"]);
    without.is(0).answers(&["format phone_digits = text | digits | length(5, 15)", "entity person {"]);
    project.write("lone.c360", &without.out);
    project.c360(&["run", "-p", "lone.c360", "--state", "lone"]).is(0).answers(&["3 objects from 3 records"]);
}

#[test]
fn a_draft_joins_no_families_and_no_colleagues() {
    let project = Project::empty();
    project.write(
        "payroll.csv",
        "id,employer_name,employer_street,employer_zip,first_name,middle_name,last_name,birth_date,street,zip,email\n\
         1,Acme Inc,1 Main St,60601,Anna,B,Smith,1980-02-13,5 Oak Ave,60610,smiths@example.com\n\
         2,Acme Inc,1 Main St,60601,Bert,C,Smith,1979-03-14,5 Oak Ave,60610,smiths@example.com\n\
         3,Acme Inc,1 Main St,60601,Carla,D,Smith,2010-04-15,5 Oak Ave,60610,\n\
         4,Acme Inc,1 Main St,60601,Dora,E,Smith,2010-04-15,5 Oak Ave,60610,\n",
    );
    let clinic = "id,dob,forename,middle,surname,mail\n1,02131980,Ann,B,Smith,smiths@example.com\n2,04152010,Carla,Denise,Smith,\n";
    project.write("clinic.csv", clinic);
    let draft = project.c360(&["profile", "payroll.csv", "clinic.csv", "--scaffold", "pay", "--country", "US"]);
    draft.is(0).answers(&[
        "born",
        "date(\"%Y-%m-%d\", \"%m%d%Y\")",
        "address(postcode: zip, street: street)",
        "employer_street = employer_street",
    ]);
    project.write("pay.c360", &draft.out);
    project.c360(&["run", "-p", "pay.c360"]).is(0).answers(&["4 objects from 6 records"]);
    let modelled = project.c360(&["profile", "payroll.csv", "clinic.csv", "--scaffold", "pay", "--model", "--country", "US"]);
    modelled.is(0).answers(&["compare name.first", "compare name.middle"]);
}

#[test]
fn a_draft_keeps_clear_of_names_that_tables_have() {
    let project = Project::empty();
    project.write(
        "words.csv",
        "no,record,source,key,updated,file,row,id,match,is,place,path\n\
         1,r1,A,x,2026-01-01,f,1,i,m,s,p,q\n2,r2,B,y,2026-01-02,g,2,j,n,t,p,q\n3,r3,B,z,2026-01-03,h,3,k,o,u,p,q\n",
    );
    let draft = project.c360(&["profile", "words.csv", "--scaffold", "words"]);
    project.write("words.c360", &draft.is(0).out);
    project.c360(&["run", "-p", "words.c360"]).is(0);
    project.c360(&["explain", "-p", "words.c360", "customer", "1"]).is(0);
}

#[test]
fn a_draft_spells_names_of_columns_in_latin_letters() {
    let project = Project::empty();
    project.write("shoes.csv", "Nr,Größe,Geschäftspartner\n1,Gr. 42 weit,Huber und Söhne\n2,Gr. 38 eng,Maier\n3,Gr. 40 weit,Schmid\n");
    let draft = project.c360(&["profile", "shoes.csv", "--scaffold", "shoes"]);
    draft.is(0).answers(&["groesse", "geschaeftspartner"]);
}

#[test]
fn a_draft_over_real_names_is_a_beginning() {
    let febrl = format!("{}/../../examples/febrl3", env!("CARGO_MANIFEST_DIR"));
    let project = Project::empty();
    let draft =
        project.c360(&["profile", &format!("{febrl}/data/people.csv"), "--scaffold", "febrl3", "--country", "AU", "--entity", "person"]);
    project.write("febrl3.c360", &draft.is(0).out);
    project.c360(&["run", "-p", "febrl3.c360"]).is(0);
    let labels = project.read(&format!("{febrl}/truth/person.csv"));
    project.write("labels.csv", labels.lines().map(|line| format!("{line}\n")).collect::<String>());
    project.c360(&["evaluate", "-p", "febrl3.c360", "person", "labels.csv", "--min-f1", "0.85", "--min-precision", "0.98"]).is(0);
}

#[test]
fn a_draft_with_a_model_is_trained_and_runs() {
    let febrl = format!("{}/../../examples/febrl3", env!("CARGO_MANIFEST_DIR"));
    let project = Project::empty();
    let people = format!("{febrl}/data/people.csv");
    let draft = project.c360(&["profile", &people, "--scaffold", "febrl3", "--model", "--country", "AU", "--entity", "person"]);
    assert_eq!(draft.is(0).err, "");
    draft.answers(&["model \"person.model.json\" accept 0.95 {", "compare name.first", "compare born", "never looser(0.1)"]);
    project.write("febrl3.c360", &draft.out);
    project.c360(&["fmt", "--check", "febrl3.c360"]).is(0);
    project.c360(&["run", "-p", "febrl3.c360"]).is(3).says(&["c360 train person"]);
    project.c360(&["train", "person", "-p", "febrl3.c360"]).is(0);
    project.c360(&["run", "-p", "febrl3.c360"]).is(0);
    let labels = project.read(&format!("{febrl}/truth/person.csv"));
    project.write("labels.csv", labels.lines().map(|line| format!("{line}\n")).collect::<String>());
    project.c360(&["evaluate", "-p", "febrl3.c360", "person", "labels.csv", "--min-f1", "0.97", "--min-precision", "0.98"]).is(0);
    project.c360(&["profile", &people, "--model"]).is(2).says(&["--scaffold"]);
}

#[test]
fn the_page_needs_nothing_else_and_is_safe() {
    let project = files();
    project.write("web.csv", "id,<script>\n1,<b>\n2,<b>\n");
    let page = project.c360(&["profile", "crm.csv", "web.csv", "--output", "html"]);
    page.is(0).answers(&["<!doctype html>", "&lt;script&gt;", "&lt;b&gt; (2)", "</html>"]);
    for outside in ["<script", "<b>", "http:", "https:", "<link", "@import", "url("] {
        assert!(!page.out.contains(outside), "the page has {outside}");
    }
}

#[test]
fn files_that_are_no_good_say_why() {
    let project = files();
    project.write("empty.csv", "").write("header.csv", "a,b\n").write("twice.csv", "a,b,b\n1,2,3\n").write("broken.csv", "a,b\n1,2\n1\n");
    project.c360(&["profile", "none.csv"]).is(1).says(&["none.csv: no such file"]);
    project.c360(&["profile", "none/*.csv"]).is(1).says(&["`none/*.csv`: there are no such files"]);
    project.c360(&["profile", "empty.csv", "header.csv"]).is(0).answers(&["empty: 0 rows", "header: 0 rows", "no column is a key"]);
    project.c360(&["profile", "twice.csv"]).is(0).says(&["column `b` stands in the header more than once"]);
    project.c360(&["profile", "broken.csv"]).is(0).says(&["1 rows cannot be read"]).answers(&["broken: 1 rows"]);
    project.c360(&["profile", "crm.csv", "web"]).is(2).says(&["not both at once"]);
    project.c360(&["profile", "web", "--scaffold", "acme"]).is(2).says(&["name files, not sources"]);
    project.c360(&["profile", "--scaffold", "acme"]).is(2);
    project.c360(&["profile", "web.csv", "--scaffold", "acme", "--entity", "golden"]).is(2).says(&["no draft could be made"]);
    project.c360(&["profile", "web.csv", "--country", "Germany"]).is(2).says(&["two letters"]);
    project.c360(&["profile", "header.csv", "--scaffold", "acme"]).is(2).says(&["no draft could be made"]);
}
