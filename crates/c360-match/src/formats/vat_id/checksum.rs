//! The sums that check digits are made of. All take ASCII digits; knows no country.

/// The value of a digit.
pub(super) fn digit(byte: u8) -> u32 {
    u32::from(byte.wrapping_sub(b'0'))
}

/// The digits as one number.
pub(super) fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, byte| number * 10 + u64::from(digit(*byte)))
}

/// The sum of digits times weights, as far as both go.
pub(super) fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(byte, weight)| digit(*byte) * weight).sum()
}

/// The sum of all digits, every second from the right (the last one not) doubled and reduced to its digit sum.
pub(super) fn luhn_sum(digits: &[u8]) -> u32 {
    let doubled = |value: u32| if value > 4 { 2 * value - 9 } else { 2 * value };
    digits.iter().rev().enumerate().map(|(at, byte)| if at % 2 == 1 { doubled(digit(*byte)) } else { digit(*byte) }).sum()
}

/// Luhn's check: the last digit makes the sum a multiple of ten.
pub(super) fn luhn(digits: &[u8]) -> bool {
    luhn_sum(digits).is_multiple_of(10)
}
