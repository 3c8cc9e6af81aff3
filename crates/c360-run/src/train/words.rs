//! What is doubtful about an estimate, in words.

use c360_match::model::Warning;
use c360_model::model::Training;

/// A warning with the names of what it is about.
pub(super) fn in_words(warning: Warning, training: &Training, blocks: &[String]) -> String {
    let level = |comparison: usize, level: usize| {
        let declared = &training.comparisons[comparison];
        declared.levels.get(level - 1).map_or("else", |(text, _)| text.as_str()).to_owned()
    };
    let name = |comparison: usize| training.comparisons[comparison].name.as_str();
    match warning {
        Warning::NotDescending { comparison, level: at } => {
            format!(
                "{}: `{}` speaks more for a match than `{}`, which is the stronger level",
                name(comparison),
                level(comparison, at + 1),
                level(comparison, at)
            )
        }
        Warning::NeverSeen { comparison, level: at } => {
            format!("{}: no random pair has `{}`, so its u was guessed from their number", name(comparison), level(comparison, at))
        }
        Warning::MostlyElse { comparison } => {
            format!(
                "{}: most of the pairs that are taken for matches have nothing in common here; if that is not so in your data, something else than \
                 objects was found, such as namesakes: try other blocks, or leave out a comparison that repeats what another says",
                name(comparison)
            )
        }
        Warning::NotLearnt { comparison } => {
            format!("{}: no block shows how often matches agree; add a block that does not use it", name(comparison))
        }
        Warning::Unlabelled { comparison } => {
            format!("{}: no two labelled records that match have both a value, so its m is what is usual", name(comparison))
        }
        Warning::NotConverged { block } => {
            format!("block {}: the estimate did not come to rest; do not rely on it", blocks[block])
        }
        Warning::FewMatches => {
            "fewer than 20 pairs match, by this estimate: too few to learn from, so weights are mostly chance; write exact or fuzzy rules, or \
             train on more records"
                .to_owned()
        }
        Warning::Alone => {
            "one comparison shows nothing of what a match is, so equal values were taken for matches: give the model more to compare, or write \
             a fuzzy rule with a bound of your own"
                .to_owned()
        }
        Warning::PriorUnknown => "no block has a match, so how many pairs match was guessed".to_owned(),
    }
}
