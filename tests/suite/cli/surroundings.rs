//! Time zone, language, width of the terminal and folder of temporary files do not show: first and incremental runs write the same bytes, state and
//! published files alike.

use super::kept::{commits, essence};
use super::project::{Answer, Project, program};
use serde_json::Value;

/// Everything that a zone or a language could change: moments without zone, dates in words, letters with and without dots, numbers with commas.
const PIPELINE: &str = r#"pipeline abroad {
  state   "state"
  country DE
}

format city = text | lower
format code = text | upper

entity customer {
  name   person_name
  born   date
  city   city
  code   code
  amount number
  email  email

  match {
    exact email
    exact code & city
  }

  golden {
    name   latest
    amount max
  }
}

source crm {
  read     csv("crm/*.csv")
  key      id
  updated  datetime(at, "%d.%m.%Y %H:%M")
  customer { name = name, born = born, city = city, code = code, amount = amount, email = mail }
}

publish customer     to csv("out/customer.csv")
publish customer     to parquet("out/customer.parquet")
publish rejects(crm) to csv("out/rejects.csv")
"#;

const DAY_1: &str = "id,name,born,city,code,amount,mail,at\n\
    1,IŞIL İNCE,1.3.1980,ISTANBUL,ii1,\"1.234,5\",isil@example.com,25.10.2026 02:30\n\
    2,Isil Ince,01.03.80,istanbul,II1,12,,29.03.2026 02:30\n\
    3,Äsa Öz,31.12.1999,İZMİR,ß,7,OEZ@EXAMPLE.COM,01.01.2026 00:00\n\
    4,Zoë,12/31/1999,Izmir,ı,x,zoe@example.com,31.12.2025 23:59\n";

const DAY_2: &str = "id,name,born,city,code,amount,mail,at\n\
    5,Ilia Iris,1990-02-28,ILICA,iI,3,isil@example.com,25.10.2026 03:30\n\
    6,Ødegaard Ida,28. Februar 1991,ılıca,İi,4,oez@example.com,25.10.2026 01:59\n";

/// Variables that differ from those of the machine that runs the tests.
const SURROUNDINGS: [&[(&str, &str)]; 5] = [
    &[("TZ", "UTC"), ("LC_ALL", "C")],
    &[("TZ", "Asia/Kathmandu"), ("LC_ALL", "C.UTF-8")],
    &[("TZ", "America/St_Johns"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("LANGUAGE", "tr")],
    &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "de_DE.UTF-8"), ("LC_NUMERIC", "de_DE.UTF-8"), ("COLUMNS", "20")],
    &[("TZ", "Nowhere/Land"), ("LANG", "ja_JP.EUC-JP"), ("HOME", "/nonexistent"), ("TERM", "dumb")],
];

fn run(project: &Project, surroundings: &[(&str, &str)]) {
    let mut command = program(&project.path(""));
    for name in ["TZ", "LC_ALL", "LANG", "LANGUAGE", "LC_NUMERIC", "COLUMNS"] {
        command.env_remove(name);
    }
    let command = command.envs(surroundings.iter().copied()).args(["run", "--as-of", "2026-11-01"]);
    Answer::of(command.output().expect("the program starts")).is(0);
}

/// Both days; what came of each.
fn outcome(surroundings: &[(&str, &str)]) -> Vec<(Value, Vec<Vec<u8>>)> {
    let project = Project::empty();
    project.write("abroad.c360", PIPELINE);
    let mut days = Vec::new();
    for (name, day) in [("crm/1.csv", DAY_1), ("crm/2.csv", DAY_2)] {
        project.write(name, day);
        run(&project, surroundings);
        let published = ["out/customer.csv", "out/customer.parquet", "out/rejects.csv"];
        let published = published.map(|file| std::fs::read(project.path(file)).expect("it was published"));
        days.push((essence(commits(&project, "state").last().expect("a commit")), published.to_vec()));
    }
    days
}

#[test]
fn zones_and_languages_do_not_show() {
    let expected = outcome(SURROUNDINGS[0]);
    let figures = &expected[1].0[5]["sources"][0];
    assert_eq!((&figures["rows"], &figures["records"]), (&6.into(), &6.into()), "the input tests nothing: {figures}");
    for surroundings in &SURROUNDINGS[1..] {
        for (day, (now, then)) in (1..).zip(outcome(surroundings).iter().zip(&expected)) {
            assert_eq!(now.0, then.0, "day {day}, {surroundings:?}: another commit");
            assert!(now.1 == then.1, "day {day}, {surroundings:?}: other published files");
        }
    }
}
