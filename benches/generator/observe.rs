//! What a row of a system says of its person or company: the truth, then what the system does not know or has wrong.
//! Writes nothing; the systems do, each in its own format.

mod contact_errors;
mod name_errors;

use super::company::Company;
use super::contact::{Phone, PhoneStyle, fixed_line};
use super::corrupt;
use super::draw::{Draws, Stream};
use super::household::Address;
use super::person::Person;
use super::rates::{Error, Errors, Rates};
use super::table::Table;
use super::words::business::other_legal_form;
use super::words::places::Country;
use super::world::{Customer, World};

/// Numbers of companies start here where they and households share a stream.
const COMPANY_ADDRESSES: u64 = 1 << 60;

/// One row's view of a customer; its texts are used again for the next row.
#[derive(Debug, Default)]
pub struct Observed {
    /// What is wrong with it.
    pub errors: Errors,
    /// Whether a person or a company; none before the first row.
    pub customer: Option<Customer>,
    /// A woman.
    pub woman: bool,
    /// Given name.
    pub given: String,
    /// Surname.
    pub family: String,
    /// Company with its legal form.
    pub company: String,
    /// VAT number of a company.
    pub vat_id: String,
    /// Company that owns the company.
    pub parent: Option<u64>,
    /// E-mail.
    pub email: String,
    /// Telephone number.
    pub phone: Phone,
    /// What stands in place of the telephone number.
    pub phone_placeholder: Option<&'static str>,
    /// Fixed line of the household.
    pub home_phone: Phone,
    /// Birthday: year, month, day as the system has them.
    pub born: Option<(i64, u32, u32)>,
    /// Address.
    pub address: Address,
}

/// Draws errors and notes those that happened.
struct Mishaps<'w> {
    rates: &'w Rates,
    draws: Draws,
}

impl Mishaps<'_> {
    /// The draws of what an error does.
    fn draws(&self, error: Error) -> Draws {
        self.draws.child(error as u64)
    }

    /// Whether it happens.
    fn happens(&self, error: Error) -> bool {
        self.draws.chance(error as u32, self.rates.ppm(error))
    }

    /// Does it where it happens, and notes it where it did something.
    fn try_on(&self, error: Error, errors: &mut Errors, act: impl FnOnce(Draws) -> bool) {
        if self.happens(error) && act(self.draws(error)) {
            errors.insert(error);
        }
    }
}

impl Observed {
    /// Fills in what `row` of `table` says of its customer in its version `version`.
    pub fn fill(&mut self, world: &World, table: Table, row: u64, version: u32) {
        self.clear();
        let customer = world.customer_of(table, row);
        self.customer = Some(customer);
        if matches!(table, Table::ErpAccounts | Table::ErpAssets) {
            return; // they name their customer by its key alone
        }
        let draws = world.layout(table).draws(row);
        let mishaps = Mishaps { rates: world.rates(table), draws };
        // What a system has of telephone and e-mail changes with each version; names and addresses are corrected at most.
        let later = Mishaps { rates: world.rates(table), draws: draws.child(u64::from(version)) };
        match customer {
            Customer::Person(number) => self.person(world, &Person::new(world, number), version, &mishaps, &later),
            Customer::Company(number) => self.company(world, &Company::new(world, number), &mishaps, &later),
        }
    }

    fn clear(&mut self) {
        self.errors = Errors::default();
        [&mut self.given, &mut self.family, &mut self.company, &mut self.vat_id, &mut self.email].into_iter().for_each(String::clear);
        (self.parent, self.born, self.phone_placeholder, self.phone.country, self.home_phone.country, self.woman) =
            (None, None, None, None, None, false);
    }

    fn person(&mut self, world: &World, person: &Person, version: u32, mishaps: &Mishaps, later: &Mishaps) {
        self.woman = person.woman;
        self.names(world, person, version, mishaps);
        self.person_address(world, person, version, mishaps);
        self.birthday(person, mishaps);
        self.person_contacts(world, person, later);
    }

    fn person_address(&mut self, world: &World, person: &Person, version: u32, mishaps: &Mishaps) {
        let moved = world.draws(Stream::Person, person.number).chance(900, 120_000);
        let stale = version == 0 && moved && mishaps.happens(Error::FormerAddress);
        let era = if stale { person.number + 1 } else { 0 };
        if stale {
            self.errors.insert(Error::FormerAddress);
        }
        self.address.fill(world, person.household.number, person.household.country, era);
        self.address_errors(mishaps);
    }

    fn address_errors(&mut self, mishaps: &Mishaps) {
        mishaps.try_on(Error::AddressTypo, &mut self.errors, |draws| corrupt::typo(draws, &mut self.address.street));
        if mishaps.happens(Error::NoAddress) {
            self.errors.insert(Error::NoAddress);
            self.address.city = None;
            [&mut self.address.street, &mut self.address.latin_street, &mut self.address.number, &mut self.address.postcode]
                .into_iter()
                .for_each(String::clear);
        }
    }

    fn birthday(&mut self, person: &Person, mishaps: &Mishaps) {
        let (year, month, day) = person.born.civil();
        let mut note = |error| self.errors.insert(error);
        self.born = if mishaps.happens(Error::NoBirthday) {
            note(Error::NoBirthday);
            None
        } else if mishaps.happens(Error::BirthdayPlaceholder) {
            note(Error::BirthdayPlaceholder);
            Some((1900, 1, 1))
        } else if day <= 12 && day != month && mishaps.happens(Error::DayMonthSwapped) {
            note(Error::DayMonthSwapped);
            Some((year, day, month))
        } else {
            Some((year, month, day))
        };
        if mishaps.happens(Error::ShortYear) {
            note(Error::ShortYear);
        }
    }

    fn company(&mut self, world: &World, company: &Company, mishaps: &Mishaps, later: &Mishaps) {
        self.company.push_str(&company.name);
        mishaps.try_on(Error::Typo, &mut self.errors, |draws| corrupt::typo(draws, &mut self.company));
        let mut form = company.legal_form;
        mishaps.try_on(Error::OtherLegalForm, &mut self.errors, |_| {
            form = other_legal_form(company.legal_form);
            true
        });
        if !form.is_empty() {
            self.company.push(' ');
            self.company.push_str(form);
        }
        self.vat_id.push_str(&company.vat_id);
        self.parent = company.parent;
        self.respell(mishaps);
        self.address.fill(world, COMPANY_ADDRESSES + company.number, company.country, 0);
        self.address_errors(mishaps);
        let (city, country) = self.address.city.unwrap_or((&company.country.cities()[0], company.country));
        fixed_line(world.draws(Stream::Company, company.number).child(1), city, country, &mut self.phone);
        self.company_contacts(company, later);
    }

    /// Appends the main telephone number as this row has it.
    pub(crate) fn write_phone(&self, style: PhoneStyle, home: Country, draws: Draws, out: &mut String) {
        match self.phone_placeholder {
            Some(placeholder) => out.push_str(placeholder),
            None => {
                let start = out.len();
                self.phone.write(style, home, out);
                if self.errors.contains(Error::PhoneTypo) {
                    let mut written = out.split_off(start);
                    corrupt::digit(draws.child(Error::PhoneTypo as u64), &mut written);
                    out.push_str(&written);
                }
            }
        }
    }
}
