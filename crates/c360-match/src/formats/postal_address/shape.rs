//! Finds in the words of a street which one says its kind and which are directions. Writes nothing.

use super::style::{Language, Style};
use super::words::{self, Kind};

/// Which words of a street name its kind.
pub(super) struct Shape {
    before: Option<(usize, &'static Kind)>,
    behind: Option<(usize, &'static Kind)>,
}

impl Shape {
    /// The shape of a street, word by word, without its number.
    pub(super) fn of(tokens: &[&str], style: Style) -> Shape {
        let first = tokens.first().filter(|_| tokens.len() > 1);
        let before = first.and_then(|first| words::find_before(first, style.language)).map(|kind| (0, kind));
        let behind = match style.language {
            Language::English => kind_behind(tokens),
            Language::Unknown if before.is_none() => kind_behind(tokens),
            _ => None,
        };
        Shape { before: before.filter(|_| behind.is_none()), behind }
    }

    /// The kind that the word at `at` says.
    pub(super) fn kind_at(&self, at: usize) -> Option<&'static Kind> {
        [self.before, self.behind].into_iter().flatten().find(|(place, _)| *place == at).map(|(_, kind)| kind)
    }

    /// Whether there is such a word.
    pub(super) const fn is_some(&self) -> bool {
        self.before.is_some() || self.behind.is_some()
    }

    /// The word behind the name that says its kind: `Street` in `Main Street N`.
    pub(super) const fn behind(&self) -> Option<(usize, &'static Kind)> {
        self.behind
    }

    /// The direction in full that stands at `at`: first or last, with a name beside it (`E Street` is a name).
    pub(super) fn direction_at(&self, tokens: &[&str], at: usize, style: Style) -> Option<&'static str> {
        if !style.is_english() || tokens.len() < 2 {
            return None;
        }
        let kind = self.behind.map(|(kind, _)| kind);
        let first = at == 0 && kind != Some(1);
        let last = at == tokens.len() - 1 && kind != Some(at) && (at > 1 || (kind.is_some() && tokens[0].len() > 3));
        (first || last).then(|| direction(tokens[at])).flatten()
    }
}

fn kind_behind(tokens: &[&str]) -> Option<(usize, &'static Kind)> {
    let last = tokens.len().checked_sub(1)?;
    let last = last - usize::from(last > 1 && is_direction(tokens[last]));
    let kind = |at: usize| words::find_behind(tokens[at]).map(|kind| (at, kind));
    let usual = Some(last).filter(|last| *last > 0).and_then(kind);
    usual.or_else(|| kind(0).filter(|_| tokens.get(1).is_some_and(|word| word.eq_ignore_ascii_case("of")))).or_else(|| {
        // `Highway 9`, `Avenue A`: the kind stands before what tells it apart.
        let at = tokens.len().checked_sub(2)?;
        let name = tokens[at + 1];
        let numbered = name.len() == 1 || (name.len() <= 4 && name.as_bytes()[0].is_ascii_digit());
        kind(at).filter(|(_, kind)| numbered && matches!(kind.short, "hwy" | "rte" | "av" | "rd"))
    })
}

/// Whether a token is a direction: `N`, `southwest`.
pub(super) fn is_direction(token: &str) -> bool {
    direction(token).is_some()
}

fn direction(token: &str) -> Option<&'static str> {
    let token = token.trim_end_matches('.');
    if token.len() > 9 || !matches!(token.as_bytes().first()?, b'n' | b'N' | b's' | b'S' | b'e' | b'E' | b'w' | b'W') {
        return None;
    }
    const DIRECTIONS: [(&str, &str); 8] = [
        ("n", "North"),
        ("s", "South"),
        ("e", "East"),
        ("w", "West"),
        ("ne", "Northeast"),
        ("nw", "Northwest"),
        ("se", "Southeast"),
        ("sw", "Southwest"),
    ];
    DIRECTIONS.iter().find(|(short, full)| token.eq_ignore_ascii_case(short) || token.eq_ignore_ascii_case(full)).map(|(_, full)| *full)
}
