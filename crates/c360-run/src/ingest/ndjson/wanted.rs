//! Finds the wanted values of a JSON object in one pass, as places in its text. Builds no values.
//!
//! Where a key stands twice the last one counts, as in most readers of JSON. A path leads through objects only: into an array
//! or a scalar it finds nothing.

use std::ops::Range;

use c360_model::model::ColumnPath;

use super::json::{Reason, members, space, unescape, value};

/// The wanted paths and what the last object had at them.
pub(super) struct Wanted {
    root: Node,
    found: Vec<Option<Range<usize>>>,
}

/// A name on the way to wanted values.
#[derive(Default)]
struct Node {
    name: String,
    /// The columns whose path ends here.
    columns: Vec<usize>,
    children: Vec<Node>,
    /// Whether any object so far had it.
    seen: bool,
}

impl Wanted {
    pub(super) fn new(columns: &[ColumnPath]) -> Wanted {
        let mut root = Node::default();
        for (column, path) in columns.iter().enumerate() {
            path.iter().fold(&mut root, |node, name| node.child(name)).columns.push(column);
        }
        Wanted { root, found: vec![None; columns.len()] }
    }

    /// Finds the values of the object that `line`, trimmed, consists of.
    pub(super) fn find(&mut self, line: &str) -> Result<(), Reason> {
        self.found.fill(None);
        if !line.starts_with('{') {
            return Err("it does not begin with a brace");
        }
        let end = object(line, 0, 1, &mut self.root, &mut self.found)?;
        if space(line.as_bytes(), end) == line.len() { Ok(()) } else { Err("something follows the object") }
    }

    /// Where the value of each column stands in the last line.
    pub(super) fn found(&self) -> &[Option<Range<usize>>] {
        &self.found
    }

    /// Whether any object so far had this name at its top.
    pub(super) fn seen(&self, name: &str) -> bool {
        self.root.children.iter().any(|child| child.name == name && child.seen)
    }
}

impl Node {
    fn child(&mut self, name: &str) -> &mut Node {
        let index = self.children.iter().position(|child| child.name == name).unwrap_or_else(|| {
            self.children.push(Node { name: name.to_owned(), ..Node::default() });
            self.children.len() - 1
        });
        &mut self.children[index]
    }

    fn forget(&self, found: &mut [Option<Range<usize>>]) {
        self.columns.iter().for_each(|&column| found[column] = None);
        self.children.iter().for_each(|child| child.forget(found));
    }
}

fn object(line: &str, at: usize, depth: usize, node: &mut Node, found: &mut [Option<Range<usize>>]) -> Result<usize, Reason> {
    let bytes = line.as_bytes();
    members(bytes, at, &mut |key, key_end, at| {
        let Some(child) = node.children.iter_mut().find(|child| is_key(&line[key + 1..key_end - 1], &child.name)) else {
            return value(bytes, at, depth);
        };
        if child.seen {
            // The key may have stood in this object before.
            child.forget(found);
        }
        child.seen = true;
        let end = if bytes.get(at) == Some(&b'{') && !child.children.is_empty() {
            object(line, at, depth + 1, child, found)?
        } else {
            value(bytes, at, depth)?
        };
        child.columns.iter().for_each(|&column| found[column] = Some(at..end));
        Ok(end)
    })
}

fn is_key(key: &str, name: &str) -> bool {
    if !key.contains('\\') {
        return key == name;
    }
    let mut plain = String::new();
    unescape(key, &mut plain);
    plain == name
}
