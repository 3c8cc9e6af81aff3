//! One term of a rule: reads the comparison forms of its values from a column.

use super::Outcome;
use c360_match::format::{Format, PartsFormat, TextFormat};
use c360_match::pairs::Form;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, ListArray, StringArray, StructArray};
use datafusion::arrow::datatypes::{DataType, Date32Type, Decimal128Type, Int64Type, TimestampMicrosecondType};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use std::fmt::Write;
use std::hash::{Hash, Hasher};

/// A term as rules, guards and lookups compare it.
#[derive(Debug, Clone)]
pub(crate) struct Comparable {
    /// The term as written: its identity, together with `ignore`.
    pub(crate) name: String,
    /// The attribute's format; `None` for a reference, whose column holds ids.
    pub(crate) format: Option<Format>,
    /// Which part of a group.
    pub(crate) part: Option<usize>,
    /// Comparison forms that count as empty, sorted.
    pub(crate) ignore: Vec<String>,
    /// What is made of each comparison form.
    pub(crate) form: Form,
}

impl PartialEq for Comparable {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.ignore, self.form) == (&other.name, &other.ignore, other.form)
    }
}

impl Eq for Comparable {}

impl Hash for Comparable {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.name, &self.ignore, self.form).hash(state);
    }
}

impl Comparable {
    /// A reader of `column`, which has the type of the attribute (or of a list of its values, or ids).
    pub(super) fn reader<'a>(&'a self, column: &'a ArrayRef, outcome: Outcome) -> Reader<'a> {
        let (list, items) = match column.data_type() {
            DataType::List(_) => {
                let list = column.as_list::<i32>();
                (Some(list), list.values())
            }
            _ => (None, column),
        };
        // What forms are made of is the number that stores a value, and not what people read.
        let readable = outcome == Outcome::Text && self.form == Form::Whole;
        Reader { list, items: Items::new(self, items), ignore: &self.ignore, form: self.form, readable }
    }
}

/// Reads one column.
pub(super) struct Reader<'a> {
    list: Option<&'a ListArray>,
    items: Items<'a>,
    ignore: &'a [String],
    form: Form,
    readable: bool,
}

impl Reader<'_> {
    /// How many values `row` has, missing ones included.
    pub(super) fn values(&self, row: usize) -> usize {
        match self.list {
            None => 1,
            Some(list) if list.is_null(row) => 0,
            Some(list) => usize::try_from(list.value_length(row)).expect("lengths are not negative"),
        }
    }

    /// Hands each form of a value to `take`, behind what `out` holds.
    pub(super) fn each(&self, row: usize, value: usize, out: &mut String, mut take: impl FnMut(&mut String)) {
        let start = out.len();
        if self.append(row, value, out) {
            if self.form == Form::Whole {
                take(out);
            } else {
                let whole = out.split_off(start);
                self.form.each(&whole, |form| {
                    out.truncate(start);
                    out.push_str(form);
                    take(out);
                });
            }
        }
        out.truncate(start);
    }

    /// Appends the comparison form of a value; false, with nothing of use appended, where there is none to compare.
    fn append(&self, row: usize, value: usize, out: &mut String) -> bool {
        let item = match self.list {
            None => row,
            Some(list) => usize::try_from(list.value_offsets()[row]).expect("offsets are not negative") + value,
        };
        let start = out.len();
        self.items.append(item, out);
        let ignored = || self.ignore.binary_search_by(|known| known.as_str().cmp(&out[start..])).is_ok();
        if out.len() == start || ignored() {
            return false;
        }
        if let (Items::Other(array), true) = (&self.items, self.readable) {
            out.truncate(start);
            append_readable(array, item, out);
        }
        true
    }
}

enum Items<'a> {
    Text(&'a StringArray, Option<&'a dyn TextFormat>),
    Part(&'a StructArray, &'a StringArray, &'a dyn PartsFormat, usize),
    Whole(&'a StructArray, Vec<&'a StringArray>, &'a dyn PartsFormat),
    Other(&'a ArrayRef),
}

impl<'a> Items<'a> {
    fn new(term: &'a Comparable, array: &'a ArrayRef) -> Items<'a> {
        match (&term.format, term.part) {
            (Some(Format::Parts(format)), Some(part)) => {
                let parts = array.as_struct();
                Items::Part(parts, parts.column(part).as_string(), format.as_ref(), part)
            }
            (Some(Format::Parts(format)), None) => {
                let parts = array.as_struct();
                Items::Whole(parts, parts.columns().iter().map(|c| c.as_string::<i32>()).collect(), format.as_ref())
            }
            (Some(Format::Text(format)), _) => Items::Text(array.as_string(), Some(format.as_ref())),
            _ => Items::Other(array),
        }
    }

    fn append(&self, item: usize, out: &mut String) {
        match self {
            Items::Text(array, format) if array.is_valid(item) => match format {
                Some(format) => format.comparable(array.value(item), out),
                None => out.push_str(array.value(item)),
            },
            Items::Part(parts, array, format, part) if parts.is_valid(item) && array.is_valid(item) => {
                format.comparable_part(*part, array.value(item), out);
            }
            Items::Whole(parts, arrays, format) if parts.is_valid(item) => {
                let values: Vec<Option<&str>> = arrays.iter().map(|a| a.is_valid(item).then(|| a.value(item))).collect();
                format.comparable(&values, out);
            }
            Items::Other(array) if array.is_valid(item) => append_stored(array, item, out),
            _ => {}
        }
    }
}

/// The whole number that stores a value, in decimal digits: what is compared.
fn append_stored(array: &ArrayRef, item: usize, out: &mut String) {
    let written = match array.data_type() {
        DataType::Date32 => write!(out, "{}", array.as_primitive::<Date32Type>().value(item)),
        DataType::Timestamp(..) => write!(out, "{}", array.as_primitive::<TimestampMicrosecondType>().value(item)),
        DataType::Decimal128(..) => write!(out, "{}", array.as_primitive::<Decimal128Type>().value(item)),
        DataType::Int64 => write!(out, "{}", array.as_primitive::<Int64Type>().value(item)),
        DataType::Boolean => write!(out, "{}", array.as_boolean().value(item)),
        other => unreachable!("no format has the type {other}"),
    };
    written.expect("writing to a string cannot fail");
}

/// The same value as people read it.
fn append_readable(array: &ArrayRef, item: usize, out: &mut String) {
    let options = FormatOptions::default();
    match ArrayFormatter::try_new(array, &options) {
        Ok(formatter) => write!(out, "{}", formatter.value(item)).expect("writing to a string cannot fail"),
        Err(_) => append_stored(array, item, out),
    }
}
