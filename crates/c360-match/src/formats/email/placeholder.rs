//! Addresses that people and systems enter when there is none. Such a value, shared by thousands, would join strangers.
//!
//! Three short lists: local parts that nobody has at any domain (`noreply@`, `none@`, `n/a@`); words that are a placeholder when the domain
//! repeats them (`test@test.com`, `a@a.a`); domains that hold no mailbox (`nomail.com`, `.invalid`). `example.com` is not among them: it is
//! made for documentation and tests.

/// Local parts that stand for "none" or that no person reads, without `-`, `_`, `.` and `/`.
const NOBODY: &[&str] = &[
    "noreply",
    "donotreply",
    "nobody",
    "noemail",
    "nomail",
    "noaddress",
    "none",
    "null",
    "unknown",
    "unbekannt",
    "keineemail",
    "keinemail",
    "notprovided",
    "notavailable",
    "notapplicable",
];

/// Words that are a placeholder if local part and domain are the same.
const REPEATED: &[&str] = &[
    "test", "testing", "na", "no", "abc", "asd", "asdf", "qwerty", "email", "mail", "fake", "dummy", "temp", "user", "foo", "keine", "nein",
];

/// Domains without their last label where nobody has a mailbox.
const EMPTY_DOMAINS: &[&str] = &["none", "nomail", "noemail", "noreply", "no-email", "no-mail", "nowhere", "na", "null", "unknown"];

/// Whether an address in its fixed form stands for "none".
pub(super) fn is_one(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let (host, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
    top == "invalid" || EMPTY_DOMAINS.contains(&host) || local == "n/a" || is_nobody(local) || (local == host && is_repeated(local))
}

fn is_nobody(local: &str) -> bool {
    let mut letters = [0; 16];
    let mut length = 0;
    for byte in local.bytes().filter(|byte| !b"-_./".contains(byte)) {
        let Some(slot) = letters.get_mut(length) else { return false };
        *slot = byte;
        length += 1;
    }
    NOBODY.iter().any(|word| word.as_bytes() == &letters[..length])
}

fn is_repeated(word: &str) -> bool {
    let first = word.as_bytes().first();
    REPEATED.contains(&word) || word.bytes().all(|byte| Some(&byte) == first)
}
