//! What becomes of e-mail addresses and telephone numbers: which of them a system has, and with which mistakes.

use super::super::company::Company;
use super::super::contact::{self, Mailbox, Phone, email, fixed_line, super_connector};
use super::super::corrupt;
use super::super::draw::Stream;
use super::super::person::Person;
use super::super::rates::Error;
use super::super::world::World;
use super::{Mishaps, Observed};

/// What people type where they have to give an e-mail address.
static EMAIL_PLACEHOLDERS: &[&str] = &["n/a", "unknown@example.com", "noreply@example.com", "keine@example.com", "-"];

/// What people type where they have to give a telephone number.
static PHONE_PLACEHOLDERS: &[&str] = &["0", "000000", "unbekannt", "0123456789", "-", "n/a"];

impl Observed {
    pub(super) fn person_contacts(&mut self, world: &World, person: &Person, mishaps: &Mishaps) {
        self.person_email(world, person, mishaps);
        self.person_phone(world, person, mishaps);
        self.contact_errors(mishaps);
        mishaps.try_on(Error::SuperConnector, &mut self.errors, |draws| {
            super_connector(world, draws, &mut self.email, &mut self.phone);
            true
        });
    }

    pub(super) fn company_contacts(&mut self, company: &Company, mishaps: &Mishaps) {
        let mailbox = mishaps.draws(Error::SecondEmail).pick(0, &["info", "kontakt", "buchhaltung"]);
        self.email.push_str(mailbox);
        self.email.push('@');
        self.email.push_str(&company.domain);
        self.contact_errors(mishaps);
    }

    fn person_email(&mut self, world: &World, person: &Person, mishaps: &Mishaps) {
        let family = person.place > 0 && mishaps.happens(Error::FamilyEmail);
        if family {
            self.errors.insert(Error::FamilyEmail);
            return email(world, &Person::new(world, person.number - person.place), Mailbox::First, &mut self.email);
        }
        let second = mishaps.happens(Error::SecondEmail);
        if second {
            self.errors.insert(Error::SecondEmail);
        }
        email(world, person, if second { Mailbox::Second } else { Mailbox::First }, &mut self.email);
    }

    fn person_phone(&mut self, world: &World, person: &Person, mishaps: &Mishaps) {
        let home = world.draws(Stream::Household, person.household.number);
        // The fixed line stays with the house of the household, whichever address the row has.
        let city = person.household.country.city(home.child(1_000), 0);
        fixed_line(home.child(1), city, person.household.country, &mut self.home_phone);
        if mishaps.happens(Error::WorkPhone) {
            self.errors.insert(Error::WorkPhone);
            switchboard(world, person, &mut self.phone);
        } else if mishaps.happens(Error::HomePhone) {
            self.errors.insert(Error::HomePhone);
            self.phone.clone_from(&self.home_phone);
        } else {
            contact::mobile(world, person, &mut self.phone);
        }
    }

    fn contact_errors(&mut self, mishaps: &Mishaps) {
        let Self { email, errors, .. } = self;
        mishaps.try_on(Error::EmailTypo, errors, |draws| corrupt::typo(draws, email));
        mishaps.try_on(Error::PlusTag, errors, |draws| match email.find('@') {
            Some(at) => {
                email.insert_str(at, draws.pick(0, &["+shop", "+news", "+bonus"]));
                true
            }
            None => false,
        });
        mishaps.try_on(Error::EmailCapitals, errors, |_| {
            email.make_ascii_uppercase();
            true
        });
        mishaps.try_on(Error::EmailPlaceholder, errors, |draws| {
            email.clear();
            email.push_str(draws.pick_skewed(0, EMAIL_PLACEHOLDERS));
            true
        });
        mishaps.try_on(Error::NoEmail, errors, |_| {
            email.clear();
            true
        });
        mishaps.try_on(Error::PhonePlaceholder, errors, |draws| {
            self.phone_placeholder = Some(draws.pick_skewed(0, PHONE_PLACEHOLDERS));
            true
        });
        mishaps.try_on(Error::PhoneTypo, errors, |_| true);
        mishaps.try_on(Error::NoPhone, errors, |_| {
            self.phone.country = None;
            self.phone_placeholder = None;
            true
        });
    }
}

/// The number of the company that a person works for; a few large ones employ most.
fn switchboard(world: &World, person: &Person, phone: &mut Phone) {
    let company = world.draws(Stream::Person, person.number).skewed(901, world.sizes().companies);
    let country = person.household.country;
    let city = &country.cities()[0];
    fixed_line(world.draws(Stream::Company, company).child(2), city, country, phone);
}
