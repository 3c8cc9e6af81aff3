//! "Did you mean": the candidate nearest to a misspelt word, if one is near.

/// The candidate that `word` most probably misspells; the first of equally near ones. `None` where nothing is near.
///
/// Near means: equal but for case, or at most one edit (a swap of neighbours is one) per three characters of the longer word.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let other = candidate.to_lowercase();
        let longest = folded.chars().count().max(other.chars().count());
        let distance = if is_far(&folded, &other) { continue } else { strsim::osa_distance(&folded, &other) };
        if distance <= longest / 3 && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Lengths that differ too much to be near; also keeps hostile, endless words from the quadratic comparison.
fn is_far(left: &str, right: &str) -> bool {
    let (left, right) = (left.chars().count(), right.chars().count());
    left.abs_diff(right) > left.max(right) / 3 || left.max(right) > 200
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn finds_the_nearest_and_nothing_far() {
        assert_eq!(suggest("entiti", ["event", "entity"]), Some("entity"));
        assert_eq!(suggest("Emial", ["Email", "Phone"]), Some("Email"));
        assert_eq!(suggest("STATE", ["state"]), Some("state"));
        assert_eq!(suggest("kye", ["key", "read"]), Some("key"));
        assert_eq!(suggest("xyz", ["state", "country", "owner"]), None);
        assert_eq!(suggest("is", ["in", "of"]), None);
        assert_eq!(suggest("pricedence", ["precedence"]), Some("precedence"));
    }
}
