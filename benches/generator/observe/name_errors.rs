//! What becomes of names: who is called what, in which letters, with which mistakes.

use super::super::corrupt::{self, Umlaut};
use super::super::person::{Name, Person};
use super::super::rates::Error;
use super::super::words::nickname;
use super::super::world::World;
use super::{Mishaps, Observed};

impl Observed {
    pub(super) fn names(&mut self, world: &World, person: &Person, version: u32, mishaps: &Mishaps) {
        let pinyin = !person.given.pinyin.is_empty() && mishaps.happens(Error::Pinyin);
        let form =
            |name: &Name, out: &mut String| out.push_str(if pinyin && !name.pinyin.is_empty() { &name.pinyin } else { &name.native });
        if pinyin {
            self.errors.insert(Error::Pinyin);
        }
        form(&person.given, &mut self.given);
        match person.maiden_name(world).filter(|_| version == 0 && mishaps.happens(Error::FormerName)) {
            Some(maiden) => {
                self.errors.insert(Error::FormerName);
                form(&maiden, &mut self.family);
            }
            None => form(&person.family, &mut self.family),
        }
        self.given_name_errors(mishaps);
        self.letter_errors(mishaps);
        self.respell(mishaps);
        if mishaps.happens(Error::Swapped) {
            self.errors.insert(Error::Swapped);
            std::mem::swap(&mut self.given, &mut self.family);
        }
    }

    fn given_name_errors(&mut self, mishaps: &Mishaps) {
        mishaps.try_on(Error::Nickname, &mut self.errors, |_| match nickname(&self.given) {
            Some(short) => {
                self.given.replace_range(.., short);
                true
            }
            None => false,
        });
        mishaps.try_on(Error::Initial, &mut self.errors, |_| match self.given.chars().next() {
            Some(first) => {
                self.given.truncate(first.len_utf8());
                self.given.push('.');
                true
            }
            None => false,
        });
    }

    /// Mistakes hit the surname in two of three cases.
    fn letter_errors(&mut self, mishaps: &Mishaps) {
        for (error, act) in
            [(Error::Typo, corrupt::typo as fn(_, &mut String) -> bool), (Error::Ocr, corrupt::ocr), (Error::Phonetic, corrupt::phonetic)]
        {
            mishaps.try_on(error, &mut self.errors, |draws| {
                let name = if draws.chance(9, 667_000) { &mut self.family } else { &mut self.given };
                act(draws, name)
            });
        }
    }

    /// Other letters and cases, of persons' and companies' names alike.
    pub(super) fn respell(&mut self, mishaps: &Mishaps) {
        let Self { given, family, company, errors, .. } = self;
        let names = [given, family, company];
        let umlaut = if mishaps.happens(Error::Transliterated) {
            Some((Error::Transliterated, Umlaut::TwoLetters))
        } else {
            mishaps.happens(Error::Unmarked).then_some((Error::Unmarked, Umlaut::Unmarked))
        };
        let case = [Error::Capitals, Error::Small].into_iter().find(|error| mishaps.happens(*error));
        if umlaut.is_none() && case.is_none() {
            return;
        }
        for name in names {
            if let Some((error, umlaut)) = umlaut {
                let mut plain = String::with_capacity(name.len());
                corrupt::ascii(name, umlaut, &mut plain);
                *name = plain;
                errors.insert(error);
            }
            if let Some(error) = case {
                *name = if error == Error::Capitals { name.to_uppercase() } else { name.to_lowercase() };
                errors.insert(error);
            }
        }
    }
}
