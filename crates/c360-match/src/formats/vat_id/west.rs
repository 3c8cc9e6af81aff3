//! The check digits of VAT numbers in western, northern and southern Europe, as their tax authorities and VIES describe them.
//! Each function gets a body that has its country's shape.

use super::super::iso_7064::{mod_11_10, mod_97};
use super::checksum::{digit, luhn, luhn_sum, number, weighted};

/// U, seven digits, check digit.
pub(super) fn austria(body: &[u8]) -> bool {
    // Luhn's sum over the seven digits; the constant stands for the letter.
    (luhn_sum(&body[1..8]) + 4 + digit(body[8])).is_multiple_of(10)
}

/// Eight digits beginning with 0 or 1, and 97 minus their remainder by 97.
pub(super) fn belgium(body: &[u8]) -> bool {
    let (front, check) = body.split_at(body.len() - 2);
    matches!(body[0], b'0' | b'1') && 97 - number(front) % 97 == number(check)
}

/// E and the nine digits of the enterprise number.
pub(super) fn switzerland(body: &[u8]) -> bool {
    let check = (11 - weighted(&body[1..], &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11;
    check == digit(body[9])
}

/// Mod 11,10, no leading zero.
pub(super) fn germany(body: &[u8]) -> bool {
    body[0] != b'0' && mod_11_10(body)
}

/// A weighted sum that eleven divides.
pub(super) fn denmark(body: &[u8]) -> bool {
    body[0] != b'0' && weighted(body, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Persons: a letter by the remainder by 23. Companies: a digit or a letter. Which kinds of company have which is described in contradicting
/// ways, so either will do.
pub(super) fn spain(body: &[u8]) -> bool {
    let letter = |number: u64| b"TRWAGMYFPDXBNJZSQVHLCKE"[(number % 23) as usize] == body[8];
    match body[0] {
        b'0'..=b'9' => letter(number(&body[..8])),
        b'X' | b'Y' | b'Z' => letter(u64::from(body[0] - b'X') * 10_000_000 + number(&body[1..8])),
        b'K' | b'L' | b'M' => letter(number(&body[1..8])),
        b'I' | b'O' | b'T' => false,
        _ => spanish_company(body),
    }
}

fn spanish_company(body: &[u8]) -> bool {
    let mut padded = [b'0'; 8];
    padded[..7].copy_from_slice(&body[1..8]);
    let check = (10 - luhn_sum(&padded) % 10) % 10;
    [b'0' + check as u8, b"JABCDEFGHI"[check as usize]].contains(&body[8])
}

/// A weighted sum that eleven divides.
pub(super) fn finland(body: &[u8]) -> bool {
    weighted(body, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
}

/// A key of two characters and the SIREN number, which Luhn checks (not in Monaco, whose numbers begin with 000).
pub(super) fn france(body: &[u8]) -> bool {
    let (key, siren) = body.split_at(2);
    if !siren.starts_with(b"000") && !luhn(siren) {
        return false;
    }
    if key.iter().all(u8::is_ascii_digit) {
        return number(key) == (number(siren) * 3 + 12) % 97;
    }
    let Some((first, second)) = french_value(key[0]).zip(french_value(key[1])) else {
        return false;
    };
    let value = if key[0].is_ascii_digit() { (first * 24 + second).checked_sub(10) } else { (first * 34 + second).checked_sub(100) };
    value.is_some_and(|value| (number(siren) + 1 + value / 11) % 11 == value % 11)
}

/// The value of a key's character: digits, then letters without I and O.
fn french_value(byte: u8) -> Option<u64> {
    b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ".iter().position(|known| *known == byte).map(|at| at as u64)
}

/// Departments (GD) and health authorities (HA) by range; others by two digits modulo 97; numbers from 100 on may differ by 55 (the series
/// of 2010).
pub(super) fn united_kingdom(body: &[u8]) -> bool {
    match &body[..2] {
        b"GD" => number(&body[2..]) < 500,
        b"HA" => number(&body[2..]) >= 500,
        _ => match weighted(&body[..9], &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97 {
            0 => true,
            42 | 55 => body[0] != b'0',
            _ => false,
        },
    }
}

/// A letter by the remainder by 23; a second letter behind it counts nine times, a letter as the second character (until 2013) not.
pub(super) fn ireland(body: &[u8]) -> bool {
    const LETTERS: &[u8] = b"WABCDEFGHIJKLMNOPQRSTUV";
    const WEIGHTS: [u32; 7] = [8, 7, 6, 5, 4, 3, 2];
    let sum = match (body[1].is_ascii_digit(), body.get(8)) {
        (false, _) => weighted(&body[2..7], &WEIGHTS[1..]) + 2 * digit(body[0]),
        (true, None) => weighted(&body[..7], &WEIGHTS),
        (true, Some(second)) => match LETTERS.iter().position(|known| known == second) {
            Some(value) => weighted(&body[..7], &WEIGHTS) + 9 * value as u32,
            None => return false,
        },
    };
    LETTERS[(sum % 23) as usize] == body[7]
}

/// Luhn; the three digits before the check digit are a province or one of a few offices.
pub(super) fn italy(body: &[u8]) -> bool {
    luhn(body) && number(&body[..7]) > 0 && matches!(number(&body[7..10]), 1..=100 | 120 | 121 | 888 | 999)
}

/// The remainder by 89.
pub(super) fn luxembourg(body: &[u8]) -> bool {
    number(&body[..6]) % 89 == number(&body[6..])
}

/// A weighted sum that 37 divides.
pub(super) fn malta(body: &[u8]) -> bool {
    body[0] != b'0' && weighted(body, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37)
}

/// Companies: a weighted sum over the first nine digits. Sole traders since 2020: mod 97-10 over the whole number.
pub(super) fn netherlands(body: &[u8]) -> bool {
    let check = weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == digit(body[8]) && !body.ends_with(b"B00");
    check || mod_97(b"NL".iter().chain(body).copied()) == 1
}

/// The organisation number.
pub(super) fn norway(body: &[u8]) -> bool {
    (11 - weighted(body, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digit(body[8])
}

/// A weighted sum; a remainder of ten counts as zero.
pub(super) fn portugal(body: &[u8]) -> bool {
    body[0] != b'0' && (11 - weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == digit(body[8])
}

/// Luhn over the organisation number, then a counter from 01 to 94.
pub(super) fn sweden(body: &[u8]) -> bool {
    luhn(&body[..10]) && (1..=94).contains(&number(&body[10..]))
}
