//! Patterns of paths: `*` and `?` within a name, `**` for any number of folders. Knows no store.

/// A place taken apart.
pub(super) struct Pattern {
    /// The names before the first wildcard.
    prefix: Vec<String>,
    /// The names from there on; empty where there is no wildcard.
    rest: Vec<String>,
}

impl Pattern {
    /// A place that ends in `/` means all files below.
    pub(super) fn new(place: &str) -> Pattern {
        let mut names: Vec<String> = place.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        if place.ends_with('/') || names.is_empty() {
            names.extend(["**".to_owned(), "*".to_owned()]);
        }
        let wild = names.iter().position(|name| name.contains(['*', '?'])).unwrap_or(names.len());
        let rest = names.split_off(wild);
        Pattern { prefix: names, rest }
    }

    /// The folder below which everything is; of a literal place the place itself.
    pub(super) fn prefix(&self) -> String {
        self.prefix.join("/")
    }

    /// Whether it names one file.
    pub(super) fn is_literal(&self) -> bool {
        self.rest.is_empty()
    }

    /// Whether all files are in the folder [`Pattern::prefix`] itself.
    pub(super) fn is_flat(&self) -> bool {
        matches!(self.rest.as_slice(), [only] if only != "**")
    }

    /// Whether `path` is one of the files.
    pub(super) fn matches(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').collect();
        let below = names.len() > self.prefix.len() && self.prefix.iter().zip(&names).all(|(own, name)| own == name);
        below && folders(&self.rest, &names[self.prefix.len()..])
    }
}

fn folders(pattern: &[String], names: &[&str]) -> bool {
    match (pattern.split_first(), names.split_first()) {
        (None, _) => names.is_empty(),
        (Some((first, rest)), _) if first == "**" => {
            folders(rest, names) || names.split_first().is_some_and(|(name, below)| !is_hidden(name) && folders(pattern, below))
        }
        (Some(_), None) => false,
        (Some((first, rest)), Some((name, below))) => name_matches(first, name) && folders(rest, below),
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

/// One name against one pattern, by remembering the last `*` and what it stands for.
fn name_matches(pattern: &str, name: &str) -> bool {
    if is_hidden(name) && pattern.starts_with(['*', '?']) {
        return false;
    }
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut star = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(&c) if c == '?' || c == name[n] => (p, n) = (p + 1, n + 1),
            _ => match star {
                Some((at, taken)) => {
                    star = Some((at, taken + 1));
                    (p, n) = (at + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_match_what_they_say() {
        let table = [
            ("in/*.csv", "in/a.csv", true),
            ("in/*.csv", "in/a.csv.gz", false),
            ("in/*.csv", "in/sub/a.csv", false),
            ("in/*.csv", "in/.a.csv", false),
            ("in/*.csv", "in/_a.csv", false),
            ("in/_*.csv", "in/_a.csv", true),
            ("in/a?c.csv", "in/abc.csv", true),
            ("in/a?c.csv", "in/aüc.csv", true),
            ("in/a?c.csv", "in/ac.csv", false),
            ("in/*a*b*.csv", "in/xxaxxabxx.csv", true),
            ("in/**/*.csv", "in/a.csv", true),
            ("in/**/*.csv", "in/x/y/a.csv", true),
            ("in/**/*.csv", "in/_tmp/a.csv", false),
            ("in/**/x/*.csv", "in/a/b/x/c.csv", true),
            ("in/**/x/*.csv", "in/a/b/c.csv", false),
            ("in/", "in/x/y/a.csv", true),
            ("in/", "in/.git/a.csv", false),
            ("in/", "input/a.csv", false),
            ("in/2026-*/", "in/2026-01/a.csv", true),
            ("in/2026-*/", "in/2025-01/a.csv", false),
            ("*.csv", "a.csv", true),
        ];
        for (pattern, path, expected) in table {
            assert_eq!(Pattern::new(pattern).matches(path), expected, "{pattern} {path}");
        }
    }
}
