//! Texts of arguments into numbers: times, shares, sizes.

/// `30s`, `5m`, `12h`, `30d` in seconds.
pub(super) fn duration(text: &str) -> Result<u64, String> {
    let wrong = || "write a number and s, m, h or d: 30s, 5m, 12h, 30d".to_owned();
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?);
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    digits.parse::<u64>().ok().and_then(|number| number.checked_mul(factor)).filter(|s| *s < 1 << 40).ok_or_else(wrong)
}

/// `0.5%` or `0.5`
pub(super) fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches('%').parse().ok().filter(|percent: &f64| (0.0..=100.0).contains(percent));
    number.ok_or_else(|| "write a share in percent, from 0 to 100: 0.5%".to_owned())
}

/// `512M`, `4G`, `1000000`
pub(super) fn bytes(text: &str) -> Result<usize, String> {
    let (digits, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(end) => text.split_at(end),
        None => (text, ""),
    };
    let factor = match unit.to_ascii_uppercase().as_str() {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => return Err("write a number and K, M or G: 512M, 4G".into()),
    };
    let number: usize = digits.parse().map_err(|_| "write a number and K, M or G: 512M, 4G")?;
    match number.checked_mul(factor).filter(|bytes| *bytes >= 32 << 20) {
        Some(bytes) => Ok(bytes),
        None => Err("at least 32M are needed".into()),
    }
}

/// `0.95`
pub(super) fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|share: &f64| (0.0..=1.0).contains(share));
    number.ok_or_else(|| "write a share from 0 to 1: 0.95".to_owned())
}

/// `DE`
pub(super) fn country(text: &str) -> Result<String, String> {
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| text.to_ascii_uppercase()).ok_or_else(|| "write the two letters of ISO 3166: DE".to_owned())
}

/// `surname=name.last`; the left side may hold signs of equality itself.
pub(super) fn assignment(text: &str) -> Result<(String, String), String> {
    let sides = text.rsplit_once('=').map(|(left, right)| (left.trim().to_owned(), right.trim().to_owned()));
    let sides = sides.filter(|(left, right)| !left.is_empty() && !right.is_empty());
    sides.ok_or_else(|| "write a column, = and what it stands for: surname=name.last".to_owned())
}
