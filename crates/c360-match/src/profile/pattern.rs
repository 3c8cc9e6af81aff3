//! How a value is written: `Anna Müller` is `Aaaa Aaaaaa`, `DE-0815` is `AA-9999`.

/// So many of the same sign stand there, the others are dropped and `+` stands behind.
const RUN: usize = 8;
/// Signs of a pattern.
const LONGEST: usize = 40;

/// The pattern of a value.
pub(super) fn of(value: &str) -> String {
    let mut pattern = String::with_capacity(value.len().min(LONGEST));
    let (mut last, mut run) = ('\0', 0);
    for c in value.chars() {
        let sign = sign(c);
        run = if sign == last { run + 1 } else { 1 };
        last = sign;
        match run {
            ..=RUN => pattern.push(sign),
            run if run == RUN + 1 => pattern.push('+'),
            _ => {}
        }
        if pattern.len() >= LONGEST {
            pattern.push_str("..");
            break;
        }
    }
    pattern
}

fn sign(c: char) -> char {
    match c {
        c if c.is_numeric() => '9',
        c if c.is_uppercase() => 'A',
        c if c.is_alphabetic() => 'a',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn patterns() {
        for (value, expected) in [
            ("Anna Müller", "Aaaa Aaaaaa"),
            ("DE-0815", "AA-9999"),
            ("0123456789", "99999999+"),
            ("山田", "aa"),
            ("a@b.de", "a@a.aa"),
            ("", ""),
        ] {
            assert_eq!(of(value), expected, "{value}");
        }
        assert!(of(&"a1".repeat(100)).len() <= 44);
    }
}
