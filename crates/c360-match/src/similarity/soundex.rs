//! Soundex: a letter and three digits for how an English name sounds (Russell 1918; the rules of the US National Archives).

use super::letters;

/// Appends the code of `name`, `R163` for Robert; nothing where it has no letters. Any script is transliterated first.
///
/// Letters of one code count once where they stand together or only `h` or `w` is between them; vowels part them. All letters are read as
/// one word.
pub fn soundex(name: &str, out: &mut String) {
    let start = out.len();
    letters::push(name, out);
    let Some(&first) = out.as_bytes().get(start) else { return };
    let mut code = [first.to_ascii_uppercase(), b'0', b'0', b'0'];
    let mut count = 1;
    let mut last = digit(first);
    for &letter in &out.as_bytes()[start + 1..] {
        let here = digit(letter);
        if count < code.len() && here != b'0' && here != last {
            code[count] = here;
            count += 1;
        }
        if !matches!(letter, b'h' | b'w') {
            last = here;
        }
    }
    out.truncate(start);
    out.extend(code.map(char::from));
}

const fn digit(letter: u8) -> u8 {
    match letter {
        b'b' | b'f' | b'p' | b'v' => b'1',
        b'c' | b'g' | b'j' | b'k' | b'q' | b's' | b'x' | b'z' => b'2',
        b'd' | b't' => b'3',
        b'l' => b'4',
        b'm' | b'n' => b'5',
        b'r' => b'6',
        _ => b'0',
    }
}
