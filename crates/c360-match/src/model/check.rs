//! What a model must hold to, whether it was read or made.

use super::error::ModelError;
use super::number::{thousandths, written_bits};
use super::parts::{Comparison, Frequencies, Group, Level, Model, Trained};
use super::pattern::{COMPARISONS, LEVELS};

type Checked = Result<(), ModelError>;

/// How far the probabilities of all levels may be from 1 together: each has a few digits only, and people round.
const SUM_TOLERANCE: f64 = 0.01;

pub(crate) fn check(model: &Model) -> Checked {
    filled("entity", model.entity(), "name the entity whose records are compared")?;
    probability("prior", model.prior(), "write the probability that two records match of which nothing is known, such as 0.0001")?;
    for (index, block) in model.blocks().iter().enumerate() {
        filled(
            &format!("blocks[{index}]"),
            block,
            "write an expression that records must share to be compared, such as `address.postcode`",
        )?;
    }
    comparisons(model.comparisons())?;
    groups(model.groups(), model.comparisons().len())?;
    model.trained().map_or(Ok(()), trained)
}

fn comparisons(all: &[Comparison]) -> Checked {
    if all.is_empty() || all.len() > COMPARISONS {
        let help = format!("write 1 to {COMPARISONS}");
        return Err(ModelError::new("comparisons", format!("there are {} comparisons", all.len()), help));
    }
    for (index, one) in all.iter().enumerate() {
        let place = format!("comparisons[{index}]");
        filled(&format!("{place}.name"), &one.name, "name the comparison")?;
        if let Some(first) = all[..index].iter().position(|other| other.name == one.name) {
            let problem = format!("`{}` is the name of comparisons[{first}], too", one.name);
            return Err(ModelError::new(format!("{place}.name"), problem, "give it another name, or take one of them out"));
        }
        levels(&place, &one.levels)?;
        one.frequencies.as_ref().map_or(Ok(()), |given| frequencies(&format!("{place}.frequencies"), given))?;
    }
    Ok(())
}

fn groups(all: &[Group], comparisons: usize) -> Checked {
    for (index, group) in all.iter().enumerate() {
        let place = format!("groups[{index}]");
        let known = group.shared.last().is_some_and(|last| *last < comparisons) && group.shared.len() < comparisons;
        if !known || !group.shared.is_sorted_by(|a, b| a < b) {
            let help =
                "name some of the comparisons, each once, in their order; a group that shares all of them cannot be told from a match";
            return Err(ModelError::new(format!("{place}.shared"), "this is not what a group can share", help));
        }
        if let Some(first) = all[..index].iter().position(|other| other.shared == group.shared) {
            let problem = format!("groups[{first}] shares the same");
            return Err(ModelError::new(format!("{place}.shared"), problem, "take one of the two out"));
        }
        probability(&format!("{place}.prior"), group.prior, "write how likely two records are members of such a group, such as 0.0001")?;
    }
    Ok(())
}

fn levels(place: &str, all: &[Level]) -> Checked {
    let place = format!("{place}.levels");
    if all.len() < 2 || all.len() > LEVELS {
        let help = format!("write 2 to {LEVELS}, the last of which is `else`");
        return Err(ModelError::new(place, format!("there are {} levels", all.len()), help));
    }
    for (index, one) in all.iter().enumerate() {
        level(&format!("{place}[{index}]"), one, index + 1 == all.len())?;
    }
    let sums =
        [("m", "matches", all.iter().map(|level| level.m).sum::<f64>()), ("u", "non-matches", all.iter().map(|level| level.u).sum())];
    for (letter, whose, sum) in sums {
        if (sum - 1.0).abs() > SUM_TOLERANCE {
            let help = format!("each is a level's share of all {whose}: change them so that the sum is 1");
            return Err(ModelError::new(place, format!("`{letter}` of all levels sum up to {sum:.4}"), help));
        }
    }
    Ok(())
}

fn level(place: &str, level: &Level, last: bool) -> Checked {
    let when = format!("{place}.when");
    filled(&when, &level.when, "write a condition, or `else` at the last level")?;
    if last && level.when != "else" {
        return Err(ModelError::new(when, "the last level is not `else`", "add a level `else` for pairs that meet no condition"));
    }
    if !last && level.when == "else" {
        return Err(ModelError::new(when, "a level follows `else`", "make `else` the last level: no pair gets beyond it"));
    }
    probability(&format!("{place}.m"), level.m, "write the share of matches at this level, such as 0.9")?;
    probability(&format!("{place}.u"), level.u, "write the share of non-matches at this level, such as 0.01")?;
    let computed = thousandths((level.m / level.u).log2());
    // Two thousandths are left for probabilities that were rounded after the weight was computed, and for machines whose logarithm rounds another way.
    if computed.abs_diff(level.weight) > 2 {
        let problem = format!("the weight is {}, but log2(m / u) is {}", written_bits(level.weight), written_bits(computed));
        return Err(ModelError::new(format!("{place}.weight"), problem, "write that, or change `m` and `u`"));
    }
    Ok(())
}

fn frequencies(place: &str, frequencies: &Frequencies) -> Checked {
    filled(&format!("{place}.term"), &frequencies.term, "name the expression whose values these are, such as `name.first`")?;
    if !(0.0..=1.0).contains(&frequencies.share) {
        let problem = format!("{} is not between 0 and 1", frequencies.share);
        return Err(ModelError::new(format!("{place}.share"), problem, "write how much of the adjustment is made, such as 1.0"));
    }
    if frequencies.values.is_empty() {
        return Err(ModelError::new(format!("{place}.values"), "there are no values", "leave `frequencies` out"));
    }
    // Values are customers' data: their number says where.
    for (index, (value, &frequency)) in frequencies.values.iter().enumerate() {
        let place = format!("{place}.values[{index}]");
        if frequencies.hashed && !is_hex(value, 16) {
            return Err(ModelError::new(place, "the value is not 16 hex digits", "write its hash, or leave `hashed` out"));
        }
        if !(frequency > 0.0 && frequency <= 1.0) {
            let problem = format!("the frequency {frequency} is not above 0 and at most 1");
            return Err(ModelError::new(place, problem, "write the value's share of all records that have one"));
        }
    }
    Ok(())
}

fn trained(trained: &Trained) -> Checked {
    if !is_hex(&trained.data, 32) {
        return Err(ModelError::new("trained.data", "this is not a fingerprint of 32 hex digits", "train again, or leave `trained` out"));
    }
    filled("trained.labels", &trained.labels, "write `none`, or what labels were used")
}

fn probability(place: &str, value: f64, help: &str) -> Checked {
    if value > 0.0 && value < 1.0 { Ok(()) } else { Err(ModelError::new(place, format!("{value} is not above 0 and below 1"), help)) }
}

fn filled(place: &str, text: &str, help: &str) -> Checked {
    if text.trim().is_empty() { Err(ModelError::new(place, "the text is empty", help)) } else { Ok(()) }
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
