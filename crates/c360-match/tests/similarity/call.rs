//! Calls a similarity by its name with values as text; gives its result as text with as many digits as are expected.

use c360_match::similarity::{self as similar, Coefficient, Gram, Place, Scratch};
use chrono::NaiveDate;

/// The result of `function`, which may have arguments in brackets.
///
/// # Errors
/// A function that does not exist or values that it cannot take.
pub(crate) fn call(function: &str, left: &str, right: &str, expected: &str) -> Result<String, String> {
    let (name, argument) = function.strip_suffix(')').and_then(|call| call.split_once('(')).unwrap_or((function, ""));
    if let Some(text) = of_one(name, left) {
        return Ok(text);
    }
    if let Some(text) = exact(name, left, right) {
        return Ok(text);
    }
    let number = of_texts(name, argument, left, right).or_else(|| of_numbers(name, argument, left, right));
    let number = number.ok_or_else(|| format!("there is no `{function}` for {left:?}, {right:?}"))?;
    let digits = expected.split_once('.').map_or(0, |(_, digits)| digits.len());
    Ok(format!("{number:.digits$}"))
}

fn of_one(name: &str, value: &str) -> Option<String> {
    let mut out = String::new();
    match name {
        "soundex" => similar::soundex(value, &mut out),
        "cologne" => similar::cologne(value, &mut out),
        "initials" => similar::initials(value, &mut out),
        "spelling" => similar::spelling(value, &mut out),
        "double_metaphone" => {
            let (primary, alternate) = similar::double_metaphone(value);
            out = format!("{primary}/{alternate}");
        }
        "full_names" => out = similar::full_names(value).collect::<Vec<_>>().join(" "),
        _ => return None,
    }
    Some(out)
}

fn exact(name: &str, left: &str, right: &str) -> Option<String> {
    let scratch = &mut Scratch::new();
    let most = usize::MAX;
    Some(match name {
        "levenshtein_distance" => similar::levenshtein_distance(left, right, most, scratch)?.to_string(),
        "osa_distance" => similar::osa_distance(left, right, most, scratch)?.to_string(),
        "damerau_distance" => similar::damerau_distance(left, right, most, scratch)?.to_string(),
        "initials_agree" => similar::initials_agree(left, right).to_string(),
        "nicknames" => similar::nicknames(left, right).to_string(),
        "days_between" => similar::days_between(day(left)?, day(right)?).to_string(),
        "date_difference" => format!("{:?}", similar::date_difference(day(left)?, day(right)?)),
        _ => return None,
    })
}

fn of_texts(name: &str, argument: &str, left: &str, right: &str) -> Option<f64> {
    let scratch = &mut Scratch::new();
    Some(match name {
        "levenshtein" => similar::levenshtein(left, right, 0.0, scratch),
        "osa" => similar::osa(left, right, 0.0, scratch),
        "damerau" => similar::damerau(left, right, 0.0, scratch),
        "jaro" => similar::jaro(left, right, 0.0, scratch),
        "jaro_winkler" => similar::jaro_winkler(left, right, 0.0, scratch),
        "indel" => similar::indel(left, right, 0.0, scratch),
        "token_sort" => similar::token_sort(left, right, 0.0, scratch),
        "token_set" => similar::token_set(left, right, 0.0, scratch),
        "token_dice" | "token_jaccard" | "token_cosine" => similar::token_overlap(left, right, coefficient(name)?),
        "qgram_dice" | "qgram_jaccard" | "qgram_cosine" => similar::qgram(left, right, gram(argument)?, coefficient(name)?, scratch),
        "monge_elkan" => similar::monge_elkan(left, right, similar::jaro_winkler, scratch),
        "company" => similar::company(left, right, |word| weight(argument, word), scratch),
        "usual_company" => similar::company(left, right, similar::usual_weight, scratch),
        "inverse_frequency" => similar::inverse_frequency(argument.parse().ok()?, left.parse().ok()?),
        _ => return None,
    })
}

fn of_numbers(name: &str, argument: &str, left: &str, right: &str) -> Option<f64> {
    match name {
        "date" => return Some(similar::date(day(left)?, day(right)?)),
        "metres_between" => return Some(similar::metres_between(place(left)?, place(right)?)),
        "geo" => return Some(similar::geo(place(left)?, place(right)?, argument.parse().ok()?)),
        _ => {}
    }
    let (left, right) = (left.parse().ok()?, right.parse().ok()?);
    match name {
        "absolute" => Some(similar::absolute(left, right, argument.parse().ok()?)),
        "relative" => Some(similar::relative(left, right)),
        _ => None,
    }
}

/// `bank: 0.1, of: 0` gives the weights of words; others have 1.
fn weight(weights: &str, word: &str) -> f64 {
    let pairs = weights.split(", ").filter_map(|pair| pair.split_once(": "));
    pairs.filter(|(named, _)| *named == word).find_map(|(_, weight)| weight.parse().ok()).unwrap_or(1.0)
}

fn coefficient(name: &str) -> Option<Coefficient> {
    match name.split_once('_')?.1 {
        "dice" => Some(Coefficient::Dice),
        "jaccard" => Some(Coefficient::Jaccard),
        "cosine" => Some(Coefficient::Cosine),
        _ => None,
    }
}

fn gram(size: &str) -> Option<Gram> {
    match size {
        "1" => Some(Gram::One),
        "2" => Some(Gram::Two),
        "3" => Some(Gram::Three),
        _ => None,
    }
}

/// Days since 1970-01-01.
fn day(text: &str) -> Option<i32> {
    let date: NaiveDate = text.parse().ok()?;
    i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

fn place(text: &str) -> Option<Place> {
    let (latitude, longitude) = text.split_once(',')?;
    Place::new(latitude.parse().ok()?, longitude.parse().ok()?)
}
