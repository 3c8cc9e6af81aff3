//! Persons and companies: households, twins, namesakes, groups.

use std::collections::BTreeMap;

use super::super::company::{self, Company};
use super::super::household::Culture;
use super::super::person::{Kin, Person};
use super::super::world::World;

fn persons(world: &World) -> Vec<Person> {
    (0..world.sizes().persons).map(|number| Person::new(world, number)).collect()
}

#[test]
fn twins_share_birthday_and_surname_but_not_the_given_name() {
    let world = World::new(1, 100_000);
    let twins: Vec<Person> = persons(&world).into_iter().filter(|person| person.kin == Kin::Twin).collect();
    let pairs: Vec<_> = twins.chunks_exact(2).collect();
    assert!(pairs.len() > 50, "{} pairs of twins", pairs.len());
    for pair in &pairs {
        assert_eq!((pair[0].household.number, pair[0].born), (pair[1].household.number, pair[1].born));
        assert!(same_stem(&pair[0].family.native, &pair[1].family.native));
    }
    let same_given = pairs.iter().filter(|pair| pair[0].given == pair[1].given).count();
    assert!(same_given * 10 < pairs.len(), "{same_given} of {} pairs have one given name", pairs.len());
}

/// Polish surnames differ by gender in their last letter.
fn same_stem(a: &str, b: &str) -> bool {
    a == b || a.trim_end_matches(['i', 'a']) == b.trim_end_matches(['i', 'a'])
}

#[test]
fn namesakes_have_their_fathers_full_name() {
    let world = World::new(1, 100_000);
    let sons: Vec<Person> = persons(&world).into_iter().filter(|person| person.kin == Kin::Namesake).collect();
    assert!(sons.len() > 50, "{} namesakes", sons.len());
    for son in &sons {
        let father = Person::new(&world, son.number - son.place);
        assert_eq!((&father.given, &father.family, father.woman, son.woman), (&son.given, &son.family, false, false));
        assert_eq!(father.household.number, son.household.number);
        assert!(son.born.days() - father.born.days() > 18 * 365);
    }
}

#[test]
fn households_have_one_to_six_persons_next_to_each_other() {
    let world = World::new(1, 20_000);
    let mut homes: BTreeMap<u64, Vec<Person>> = BTreeMap::new();
    for person in persons(&world) {
        homes.entry(person.household.number).or_default().push(person);
    }
    let last = homes.keys().next_back().copied();
    for (number, members) in &homes {
        let size = members[0].household.size;
        assert!(members.len() as u64 == size || Some(*number) == last, "the world may end within the last household");
        assert!(
            members
                .iter()
                .enumerate()
                .all(|(place, person)| person.place == place as u64 && person.number == members[0].number + place as u64)
        );
    }
}

#[test]
fn names_come_from_five_cultures_and_few_are_very_frequent() {
    let world = World::new(1, 100_000);
    let people = persons(&world);
    for culture in [Culture::German, Culture::English, Culture::Chinese, Culture::Turkish, Culture::Polish] {
        let share = people.iter().filter(|person| person.household.culture == culture).count() as f64 / people.len() as f64;
        assert!(share > 0.03, "{culture:?}: {share}");
    }
    assert!(people.iter().all(|person| (person.household.culture == Culture::Chinese) != person.family.pinyin.is_empty()));
    let mut families: BTreeMap<&str, usize> = BTreeMap::new();
    people.iter().for_each(|person| *families.entry(&person.family.native).or_default() += 1);
    let most = families.values().max().copied().unwrap_or_default() as f64 / people.len() as f64;
    assert!(families.len() > 1_200 && (0.005..0.03).contains(&most), "{} surnames, the most frequent one has {most}", families.len());
}

#[test]
fn groups_are_trees_and_share_the_first_word() {
    let world = World::new(1, 100_000);
    let companies: Vec<Company> = (0..world.sizes().companies).map(|number| Company::new(&world, number)).collect();
    let owned = companies.iter().filter(|company| company.parent.is_some()).count() as f64 / companies.len() as f64;
    assert!((0.27..0.33).contains(&owned), "{owned}");
    let mut deepest = 0;
    for company in &companies {
        assert!(company.parent.is_none_or(|parent| parent < company.number), "parents come first, so that there is no cycle");
        let root = &companies[company::root(&world, company.number) as usize];
        assert_eq!(company.name.split(' ').next(), root.name.split(' ').next());
        let depth = std::iter::successors(Some(company.number), |number| companies[*number as usize].parent).count();
        deepest = deepest.max(depth);
    }
    assert!(deepest >= 4, "a group has {deepest} levels at most");
}

#[test]
fn german_vat_numbers_pass_the_check_digit() {
    let world = World::new(1, 10_000);
    let companies = (0..world.sizes().companies).map(|number| Company::new(&world, number));
    let vats: Vec<String> = companies.map(|company| company.vat_id).filter(|vat| vat.starts_with("DE")).collect();
    assert!(vats.len() > 100);
    for vat in vats {
        let digits: Vec<u32> = vat[2..].chars().map(|digit| digit.to_digit(10).expect("only digits")).collect();
        let product = digits[..8].iter().fold(10, |product, digit| {
            let sum = (digit + product) % 10;
            2 * if sum == 0 { 10 } else { sum } % 11
        });
        assert_eq!((product + digits[8]) % 10, 1, "{vat}");
    }
}
