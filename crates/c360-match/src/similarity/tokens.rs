//! The words of a text, without allocating: what the measures by word compare.

/// Words that are told apart; those behind them are run together with the last.
pub(super) const MOST: usize = 32;

/// Words of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tokens<'a> {
    words: [&'a str; MOST],
    count: usize,
}

impl<'a> Tokens<'a> {
    /// The words of `text`, in its order: what stands between white space.
    pub(super) fn of(text: &'a str) -> Tokens<'a> {
        let mut tokens = Tokens { words: [""; MOST], count: 0 };
        let mut rest = text.trim();
        while !rest.is_empty() && tokens.count < MOST {
            let end = if tokens.count + 1 < MOST { rest.find(char::is_whitespace).unwrap_or(rest.len()) } else { rest.len() };
            tokens.words[tokens.count] = &rest[..end];
            tokens.count += 1;
            rest = rest[end..].trim_start();
        }
        tokens
    }

    /// The words of `text`, sorted.
    pub(super) fn sorted(text: &'a str) -> Tokens<'a> {
        let mut tokens = Tokens::of(text);
        tokens.words[..tokens.count].sort_unstable();
        tokens
    }

    /// Sorted words, each once.
    pub(super) fn distinct(text: &'a str) -> Tokens<'a> {
        let mut tokens = Tokens::sorted(text);
        let mut count = 0;
        for at in 0..tokens.count {
            if at == 0 || tokens.words[at] != tokens.words[count - 1] {
                tokens.words[count] = tokens.words[at];
                count += 1;
            }
        }
        tokens.count = count;
        tokens
    }

    /// All of them.
    pub(super) fn words(&self) -> &[&'a str] {
        &self.words[..self.count]
    }
}
