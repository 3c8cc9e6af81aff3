//! What a format is: a function from raw text to one fixed form, or to a reason why there is none.
//!
//! A format is built once per pipeline ([`build`]) and called for every value, so building may be slow and calling must not allocate
//! where it can be avoided. Callers hand in text that is trimmed and not empty; an empty value never reaches a format.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

pub use crate::formats::{build, names};

/// Why a value was refused: a short phrase such as "no such month". Never contains the value, since reasons reach logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(pub Cow<'static, str>);

impl Reason {
    /// A reason that is known at compile time.
    #[must_use]
    pub const fn new(text: &'static str) -> Reason {
        Reason(Cow::Borrowed(text))
    }

    /// The reason of a value that stands for no value (`empty_if("n/a")`): empty, yet nobody's mistake.
    pub const NO_VALUE: Reason = Reason::new("means no value");
}

/// A format with text as its fixed form.
pub trait TextFormat: Debug + Send + Sync {
    /// Appends the fixed form of `raw` to `out`. On `Err` the caller discards what was appended.
    /// A fixed form is a fixed point: normalizing it again yields itself.
    ///
    /// # Errors
    /// The reason why `raw` has no fixed form.
    fn normalize(&self, raw: &str, out: &mut String) -> Result<(), Reason>;

    /// Appends the form under which two fixed forms are held equal by an `exact` rule; by default the fixed form itself.
    fn comparable(&self, value: &str, out: &mut String) {
        out.push_str(value);
    }
}

/// A format with several parts that belong together: a person's name, a postal address.
pub trait PartsFormat: Debug + Send + Sync {
    /// The names of the parts of the fixed form, in the order in which they are stored: `title`, `first`, ..
    fn parts(&self) -> &'static [&'static str];

    /// The name of the function that builds it from parts: `name` for `name(first: .., last: ..)`.
    fn constructor(&self) -> &'static str;

    /// The names of the inputs that the constructor takes. The first is the whole value as one text (`full`, `line`),
    /// which is also what a plain expression supplies.
    fn inputs(&self) -> &'static [&'static str];

    /// Normalizes one value. `inputs` follows [`PartsFormat::inputs`], each trimmed and not empty or `None`, at least one is there;
    /// `out` has one cleared text per part of [`PartsFormat::parts`], a part that stays empty is absent.
    ///
    /// # Errors
    /// The reason why there is no fixed form.
    fn normalize(&self, inputs: &[Option<&str>], out: &mut [String]) -> Result<(), Reason>;

    /// Appends the comparison form of one part's fixed form.
    fn comparable_part(&self, part: usize, value: &str, out: &mut String);

    /// Appends the comparison form of the whole value, given its parts; appends nothing where too little is known to compare.
    fn comparable(&self, parts: &[Option<&str>], out: &mut String);
}

/// A format whose fixed form is a number of some kind.
pub trait ScalarFormat<T>: Debug + Send + Sync {
    /// The fixed form of `raw`.
    ///
    /// # Errors
    /// The reason why there is none.
    fn parse(&self, raw: &str) -> Result<T, Reason>;
}

/// A format, by the shape of its fixed form.
#[derive(Debug, Clone)]
pub enum Format {
    /// Text.
    Text(Arc<dyn TextFormat>),
    /// Several texts that belong together.
    Parts(Arc<dyn PartsFormat>),
    /// Days since 1970-01-01.
    Date(Arc<dyn ScalarFormat<i32>>),
    /// Microseconds since 1970-01-01T00:00:00Z.
    DateTime(Arc<dyn ScalarFormat<i64>>),
    /// A decimal number with 38 digits, `scale` of them behind the point: the value times 10^scale.
    Decimal {
        /// Digits behind the point.
        scale: i8,
        /// Its parser.
        parser: Arc<dyn ScalarFormat<i128>>,
    },
    /// Yes or no.
    Bool(Arc<dyn ScalarFormat<bool>>),
}

/// One argument of a stage: `lpad(8, "0")`, `email(plus: "drop")`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The name before the colon.
    pub name: Option<String>,
    /// The value.
    pub value: ArgumentValue,
}

/// The literals that stages take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentValue {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`
    Bool(bool),
}

/// One stage of a pipe, before it is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageCall {
    /// A built-in format or a text function.
    pub name: String,
    /// Its arguments.
    pub arguments: Vec<Argument>,
}

/// What formats may know about the pipeline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The pipeline's country, an ISO 3166 two-letter code in capitals: the default for phones, postcodes, addresses.
    pub country: Option<String>,
}

/// Why a pipe cannot be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    /// Which stage.
    pub stage: usize,
    /// Which of its arguments, where one is to blame.
    pub argument: Option<usize>,
    /// What is wrong and what is expected instead.
    pub message: String,
    /// Whether the stage's name is unknown (callers then suggest one of [`names`]).
    pub unknown: bool,
}
