//! The texts of a project and the way from an offset to a line and a column. Opens no files.

use crate::span::FileId;

/// The texts that belong to one project, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

#[derive(Debug, Clone)]
struct SourceFile {
    name: String,
    text: String,
    /// Offset of the first byte of every line.
    lines: Vec<usize>,
}

/// A place as people count it: both from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Sources {
        Sources::default()
    }

    /// Takes a text in; `name` is the path that diagnostics show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.files.push(SourceFile { name: name.into(), text, lines });
        FileId(u32::try_from(self.files.len() - 1).expect("a project has fewer than four thousand million files"))
    }

    /// All files in the order in which they were added.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.files.len()).expect("ids are u32")).map(FileId)
    }

    /// The name that the file was added with.
    pub fn name(&self, id: FileId) -> &str {
        &self.file(id).name
    }

    /// The text that the file was added with.
    pub fn text(&self, id: FileId) -> &str {
        &self.file(id).text
    }

    /// Line and column of a byte offset; offsets behind the end or inside a character mean the place before.
    pub fn position(&self, id: FileId, offset: u32) -> Position {
        let file = self.file(id);
        let offset = floor_char_boundary(&file.text, offset as usize);
        let line = file.lines.partition_point(|start| *start <= offset);
        let start = file.lines[line - 1];
        Position { line, column: file.text[start..offset].chars().count() + 1 }
    }

    fn file(&self, id: FileId) -> &SourceFile {
        self.files.get(id.0 as usize).expect("ids come from `add` of the same `Sources`")
    }
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let mut sources = Sources::new();
        let id = sources.add("a.c360", "Müller\nx = 'ü' y\n");
        assert_eq!(sources.position(id, 0), Position { line: 1, column: 1 });
        assert_eq!(sources.position(id, 3), Position { line: 1, column: 3 }, "behind the two bytes of ü");
        assert_eq!(sources.position(id, 2), Position { line: 1, column: 2 }, "inside ü means ü");
        let y = u32::try_from(sources.text(id).find('y').expect("y is there")).expect("small");
        assert_eq!(sources.position(id, y), Position { line: 2, column: 9 });
        assert_eq!(sources.position(id, 9999), Position { line: 3, column: 1 });
    }
}
