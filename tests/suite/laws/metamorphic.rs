//! Shuffling rows, splitting or renaming files changes neither objects nor ids nor golden values.

use super::world::{World, memory};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

const PIPELINE: &str = r#"
pipeline shuffled { country DE }
entity customer {
  number text
  name   text
  email  email many
  parent -> customer
  match {
    exact number strong
    exact email at most 4
    fuzzy near {
      block   prefix(email, 2) | name at most 5
      compare edits(email) <= 1 & (same(name) | edits(number) <= 1)
    }
    exact name
  }
  golden { precedence crm > web, name latest }
}
source crm {
  read csv("crm/*.csv"), key id, updated at
  customer { number = no, name = name, email = [mail, mail2], parent = crm(up) }
}
source web { read csv("web/*.csv"), key id, customer { name = name, email = mail } }
"#;

/// A row of crm: number, name, two mails, parent, day. Few values, so that many are shared.
type Row = (u8, u8, u8, u8, u8, u8);

/// The same rows in one file in order, and as a case has them: each with the file it goes to and its place there.
#[derive(Debug, Clone)]
struct Case {
    crm: Vec<(Row, u8, u16)>,
    web: Vec<((u8, u8), u8, u16)>,
    names: Vec<String>,
}

fn cases() -> impl Strategy<Value = Case> {
    let row = (0..9_u8, 0..9_u8, 0..12_u8, 0..12_u8, 0..16_u8, 0..28_u8);
    let crm = proptest::collection::vec((row, 0..3_u8, any::<u16>()), 1..14);
    let web = proptest::collection::vec(((0..9_u8, 0..12_u8), 0..3_u8, any::<u16>()), 0..8);
    let names = proptest::collection::hash_set("[a-z0-9]{1,6}", 3);
    (crm, web, names).prop_map(|(crm, web, names)| {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort();
        Case { crm, web, names }
    })
}

/// Empty for 0, so that values are missing, too.
fn some(kind: &str, value: u8) -> String {
    if value == 0 { String::new() } else { format!("{kind}{value}") }
}

fn mail(value: u8) -> String {
    if value == 0 { String::new() } else { format!("m{value}@example.com") }
}

impl Case {
    fn crm_lines(&self) -> Vec<(String, u8, u16)> {
        let line = |(id, ((no, name, mail1, mail2, up, day), file, place)): (usize, &(Row, u8, u16))| {
            let (no, name) = (some("N", *no), some("Name", *name));
            (format!("k{id},{no},{name},{},{},{},2026-01-{:02}\n", mail(*mail1), mail(*mail2), some("k", *up), day + 1), *file, *place)
        };
        self.crm.iter().enumerate().map(line).collect()
    }

    fn web_lines(&self) -> Vec<(String, u8, u16)> {
        let line = |(id, ((name, mail1), file, place)): (usize, &((u8, u8), u8, u16))| {
            (format!("w{id},{},{}\n", some("Name", *name), mail(*mail1)), *file, *place)
        };
        self.web.iter().enumerate().map(line).collect()
    }

    /// In one file, in order.
    fn plain(&self, world: &World) {
        let lines = |lines: Vec<(String, u8, u16)>| lines.into_iter().map(|(line, ..)| line).collect::<String>();
        world.write("crm/all.csv", format!("id,no,name,mail,mail2,up,at\n{}", lines(self.crm_lines())));
        world.write("web/all.csv", format!("id,name,mail\n{}", lines(self.web_lines())));
    }

    /// Shuffled, over several files of other names.
    fn scattered(&self, world: &World) {
        for (source, header, lines) in [("crm", "id,no,name,mail,mail2,up,at", self.crm_lines()), ("web", "id,name,mail", self.web_lines())]
        {
            for (number, name) in self.names.iter().enumerate() {
                let mut here: Vec<_> = lines.iter().filter(|(_, file, _)| usize::from(*file) == number).collect();
                here.sort_by_key(|(_, _, place)| *place);
                let text: String = here.into_iter().map(|(line, ..)| line.as_str()).collect();
                world.write(&format!("{source}/{name}.csv"), format!("{header}\n{text}"));
            }
        }
    }
}

/// Who is whom, what survived, and what points where.
async fn result(case: &Case, lay_out: fn(&Case, &World)) -> [String; 4] {
    let world = World::new(PIPELINE);
    lay_out(case, &world);
    let (_, store) = memory();
    world.commits(&store).await;
    let mut tables = Vec::new();
    for sql in [
        "select source, key, id from members.customer order by source, key",
        "select * except (lineage) from customer order by id",
        "select id, target, root, depth, path from links.customer_parent order by id",
        "select * from refused order by rule, reason, left_source, left_key, right_source, right_key, value",
    ] {
        tables.push(world.query(&store, sql).await);
    }
    tables.try_into().expect("four")
}

#[test]
fn order_and_names_of_files_do_not_show() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let config = ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() };
    let tried = TestRunner::new(config).run(&cases(), |case| {
        let (plain, scattered) = runtime.block_on(async { (result(&case, Case::plain).await, result(&case, Case::scattered).await) });
        prop_assert_eq!(plain, scattered);
        Ok(())
    });
    tried.unwrap_or_else(|error| panic!("{error}"));
}
