//! Two check sums of ISO 7064 that identifiers of many kinds share.

/// The remainder by 97 (mod 97-10) of capitals and digits, letters counting as 10 to 35; 1 where the check digits are right.
pub(super) fn mod_97(characters: impl Iterator<Item = u8>) -> u64 {
    /// Divides only when the number has grown this far: divisions are what takes time here.
    const LARGE: u64 = 10_u64.pow(15);
    let number = characters.fold(0, |number, byte| {
        let number = if number > LARGE { number % 97 } else { number };
        match byte {
            b'0'..=b'9' => number * 10 + u64::from(byte - b'0'),
            letter => number * 100 + u64::from(letter.wrapping_sub(b'A')) + 10,
        }
    });
    number % 97
}

/// Whether the last of these digits is the right check digit by mod 11,10.
pub(super) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((last, front)) = digits.split_last() else {
        return false;
    };
    let product = front.iter().fold(10, |product, byte| match (product + u32::from(byte.wrapping_sub(b'0'))) % 10 {
        0 => 9,
        sum => 2 * sum % 11,
    });
    (11 - product) % 10 == u32::from(last.wrapping_sub(b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_check_digit_is_the_only_one() {
        assert!((b'0'..=b'9').all(|last| mod_11_10(&[b"13669597", &[last][..]].concat()) == (last == b'6')));
        assert_eq!(mod_97(b"370400440532013000DE89".iter().copied()), 1);
        assert_ne!(mod_97(b"370400440532013001DE89".iter().copied()), 1);
    }
}
