//! Codes with check digits that are right, in the ways in which systems write them. The nth one differs from all others.

/// VAT numbers of Germany, Italy and France.
pub(super) fn vat_id(n: usize) -> String {
    match n % 3 {
        0 => {
            let body = format!("{}", 13_000_000 + n * 37);
            let number = format!("{body}{}", mod_11_10(&body));
            format!("DE {} {} {}", &number[..3], &number[3..6], &number[6..])
        }
        1 => {
            let body = format!("{:07}{:03}", 154_000 + n * 41, n % 100 + 1);
            format!("it{body}{}", luhn(&body))
        }
        _ => {
            let body = format!("{}", 73_000_000 + n * 43);
            let siren = format!("{body}{}", luhn(&body));
            let number: u64 = siren.parse().expect("these are digits");
            format!("FR{:02}{siren}", (12 + 3 * (number % 97)) % 97)
        }
    }
}

/// Account numbers of Germany, the United Kingdom and France.
pub(super) fn iban(n: usize) -> String {
    let account = 1_000_000 + n * 7919;
    match n % 3 {
        0 => {
            let iban = checked("DE", &format!("37040044{account:010}"));
            let groups: Vec<&str> = (0..iban.len()).step_by(4).map(|at| &iban[at..iban.len().min(at + 4)]).collect();
            groups.join(" ")
        }
        1 => checked("GB", &format!("WEST123456{:08}", account % 100_000_000)),
        _ => checked("FR", &format!("2004101005{:011}06", account)).to_lowercase(),
    }
}

/// The account number of a country with its two check digits, by ISO 7064.
fn checked(country: &str, account: &str) -> String {
    let digits = account.chars().chain(country.chars()).chain("00".chars());
    let remainder = digits.filter_map(|letter| letter.to_digit(36)).fold(0, |rest, value| match value {
        0..=9 => (rest * 10 + value) % 97,
        _ => (rest * 100 + value) % 97,
    });
    format!("{country}{:02}{account}", 98 - remainder)
}

/// The check digit of ISO 7064, mod 11,10.
fn mod_11_10(digits: &str) -> u32 {
    let product = digits.chars().filter_map(|digit| digit.to_digit(10)).fold(10, |product, digit| match (product + digit) % 10 {
        0 => 9,
        sum => 2 * sum % 11,
    });
    (11 - product) % 10
}

/// Luhn's check digit.
fn luhn(digits: &str) -> u32 {
    let doubled = |value: u32| if value > 4 { 2 * value - 9 } else { 2 * value };
    let values = digits.chars().rev().filter_map(|digit| digit.to_digit(10)).enumerate();
    let sum: u32 = values.map(|(at, value)| if at % 2 == 0 { doubled(value) } else { value }).sum();
    (10 - sum % 10) % 10
}
