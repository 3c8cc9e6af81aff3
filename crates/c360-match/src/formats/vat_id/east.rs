//! The check digits of VAT numbers in central and eastern Europe, as their tax authorities and VIES describe them.
//! Each function gets a body that has its country's shape.

use super::super::iso_7064::mod_11_10;
use super::checksum::{digit, number, weighted};

/// Companies have nine digits; ten are a citizen's, a foreigner's or another number, each with its own sum.
pub(super) fn bulgaria(body: &[u8]) -> bool {
    if body.len() == 9 {
        return two_rounds(body, &[1, 2, 3, 4, 5, 6, 7, 8], &[3, 4, 5, 6, 7, 8, 9, 10]);
    }
    let check = digit(body[9]);
    let citizen = weighted(body, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    let foreigner = weighted(body, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
    let other = (11 - weighted(body, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    [citizen, foreigner, other].contains(&check)
}

/// A letter by the remainder by 26, digits at odd places taken from a table.
pub(super) fn cyprus(body: &[u8]) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let value = |(at, byte): (usize, &u8)| if at % 2 == 0 { ODD[digit(*byte) as usize] } else { digit(*byte) };
    let sum: u32 = body[..8].iter().enumerate().map(value).sum();
    !body.starts_with(b"12") && u32::from(body[8] - b'A') == sum % 26
}

/// Companies have eight digits. Persons have nine or ten: their birth number, of which only the longer one has a check digit.
pub(super) fn czechia(body: &[u8]) -> bool {
    match body.len() {
        8 => body[0] != b'9' && (11 - weighted(body, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == digit(body[7]),
        10 => number(&body[..9]) % 11 % 10 == u64::from(digit(body[9])),
        _ => true,
    }
}

/// A weighted sum that ten divides.
pub(super) fn estonia(body: &[u8]) -> bool {
    weighted(body, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

/// A weighted sum by powers of two.
pub(super) fn greece(body: &[u8]) -> bool {
    weighted(body, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == digit(body[8])
}

/// Mod 11,10.
pub(super) fn croatia(body: &[u8]) -> bool {
    mod_11_10(body)
}

/// A weighted sum that ten divides.
pub(super) fn hungary(body: &[u8]) -> bool {
    weighted(body, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)
}

/// A one before the check digit, and a sum in two rounds.
pub(super) fn lithuania(body: &[u8]) -> bool {
    const FIRST: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2];
    const SECOND: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4];
    let front = body.len() - 1;
    body[front - 1] == b'1' && two_rounds(body, &FIRST[..front], &SECOND[..front])
}

/// Companies begin with 4 to 9. Persons have their personal code, which since 2017 begins with 32 and has no check digit.
pub(super) fn latvia(body: &[u8]) -> bool {
    if body[0] > b'3' {
        return weighted(body, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3;
    }
    body.starts_with(b"32") || (1 + weighted(body, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == digit(body[10])
}

/// A weighted sum; a remainder of ten is not issued.
pub(super) fn poland(body: &[u8]) -> bool {
    weighted(body, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digit(body[9])
}

/// Two to ten digits, weighted from the right.
pub(super) fn romania(body: &[u8]) -> bool {
    const WEIGHTS: [u32; 9] = [7, 5, 3, 2, 1, 7, 5, 3, 2];
    let (check, front) = body.split_last().expect("a body has digits");
    body[0] != b'0' && 10 * weighted(front, &WEIGHTS[WEIGHTS.len() - front.len()..]) % 11 % 10 == digit(*check)
}

/// A weighted sum; a remainder of zero is not issued.
pub(super) fn slovenia(body: &[u8]) -> bool {
    let remainder = weighted(body, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    body[0] != b'0' && remainder != 0 && (11 - remainder) % 10 == digit(body[7])
}

/// Eleven divides the whole number.
pub(super) fn slovakia(body: &[u8]) -> bool {
    body[0] != b'0' && matches!(body[2], b'2'..=b'4' | b'7'..=b'9') && number(body).is_multiple_of(11)
}

/// The remainder by eleven of one weighted sum; where it is ten, of a second; where that is ten, too, zero.
fn two_rounds(body: &[u8], first: &[u32], second: &[u32]) -> bool {
    let (check, front) = body.split_last().expect("a body has digits");
    let remainder = match weighted(front, first) % 11 {
        10 => weighted(front, second) % 11 % 10,
        remainder => remainder,
    };
    remainder == digit(*check)
}
