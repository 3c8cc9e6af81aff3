//! Reads a model's file. What it says is checked like any other model (`check.rs`).

use super::{Node, OLDEST, VERSION, parse};
use crate::model::error::ModelError;
use crate::model::number::thousandths;
use crate::model::parts::{Comparison, Frequencies, Group, Level, Model, Trained};

type Read<T> = Result<T, ModelError>;

impl Model {
    /// Reads what [`Model::write`] wrote, or somebody by hand.
    ///
    /// # Errors
    /// The first mistake, with its place and what to do: a newer version, a field that is missing or unknown, a probability that is none, ..
    pub fn read(text: &str) -> Read<Self> {
        let json = parse(text)?;
        let root = Node::root(&json);
        version(&root)?;
        root.only(&["version", "entity", "prior", "blocks", "comparisons", "groups", "trained"])?;
        let blocks = root.field("blocks")?.list()?.iter().map(|block| block.text().map(str::to_owned)).collect::<Read<_>>()?;
        let comparisons: Vec<Comparison> = root.field("comparisons")?.list()?.iter().map(comparison).collect::<Read<_>>()?;
        let groups = root.optional("groups")?.map_or(Ok(Vec::new()), |groups| groups.list())?;
        let groups = groups.iter().map(|node| group(node, &comparisons)).collect::<Read<_>>()?;
        let trained = root.optional("trained")?.as_ref().map(trained).transpose()?;
        Self::new(root.field("entity")?.text()?, root.field("prior")?.number()?, blocks, comparisons, trained)?.with_groups(groups)
    }
}

/// The version comes first: of a newer file nothing else can be trusted to mean what it seems to.
fn version(root: &Node<'_>) -> Read<()> {
    let node = root.field("version")?;
    match node.whole()? {
        OLDEST..=VERSION => Ok(()),
        newer if newer > VERSION => {
            let problem = format!("the file has version {newer}, and this c360 reads up to version {VERSION}");
            Err(ModelError::new(node.place(), problem, "use a newer c360, or train the model again with this one"))
        }
        other => Err(ModelError::new(node.place(), format!("there is no version {other}"), format!("write {VERSION}"))),
    }
}

fn comparison(node: &Node<'_>) -> Read<Comparison> {
    node.only(&["name", "levels", "frequencies"])?;
    let levels = node.field("levels")?.list()?.iter().map(level).collect::<Read<_>>()?;
    let frequencies = node.optional("frequencies")?.as_ref().map(frequencies).transpose()?;
    Ok(Comparison { name: node.field("name")?.text()?.to_owned(), levels, frequencies })
}

fn level(node: &Node<'_>) -> Read<Level> {
    node.only(&["when", "m", "u", "weight"])?;
    Ok(Level {
        when: node.field("when")?.text()?.to_owned(),
        m: node.field("m")?.number()?,
        u: node.field("u")?.number()?,
        weight: thousandths(node.field("weight")?.number()?),
    })
}

/// Comparisons are named, as they are in the file.
fn group(node: &Node<'_>, comparisons: &[Comparison]) -> Read<Group> {
    node.only(&["shared", "prior"])?;
    let number = |node: &Node<'_>| {
        let name = node.text()?;
        let unknown = || ModelError::new(node.place(), format!("there is no comparison `{name}`"), "write the name of one");
        comparisons.iter().position(|comparison| comparison.name == name).ok_or_else(unknown)
    };
    let mut shared: Vec<usize> = node.field("shared")?.list()?.iter().map(number).collect::<Read<_>>()?;
    shared.sort_unstable();
    Ok(Group { shared, prior: node.field("prior")?.number()? })
}

fn frequencies(node: &Node<'_>) -> Read<Frequencies> {
    node.only(&["term", "share", "hashed", "values"])?;
    let values = node.field("values")?.numbers()?;
    Ok(Frequencies {
        term: node.field("term")?.text()?.to_owned(),
        share: node.field("share")?.number()?,
        hashed: node.optional("hashed")?.map_or(Ok(false), |hashed| hashed.flag())?,
        values: values.into_iter().map(|(value, frequency)| (value.to_owned(), frequency)).collect(),
    })
}

fn trained(node: &Node<'_>) -> Read<Trained> {
    node.only(&["records", "pairs", "data", "labels", "iterations", "converged"])?;
    let iterations = node.field("iterations")?;
    let too_many = |_| ModelError::new(iterations.place(), "the number is too large", "train the model again");
    Ok(Trained {
        records: node.field("records")?.whole()?,
        pairs: node.field("pairs")?.whole()?,
        data: node.field("data")?.text()?.to_owned(),
        labels: node.field("labels")?.text()?.to_owned(),
        iterations: u32::try_from(iterations.whole()?).map_err(too_many)?,
        converged: node.field("converged")?.flag()?,
    })
}
