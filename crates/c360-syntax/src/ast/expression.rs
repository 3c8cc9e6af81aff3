//! Expressions over the raw columns of a source.

use super::{Name, Text};
use crate::span::Span;

/// An expression and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// A positional or named argument: `"%d.%m.%Y"`, `first: Vorname`.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The name before the colon.
    pub name: Option<Name>,
    /// The value.
    pub value: Expr,
}

/// The kinds of expressions. Meaning is that of DataFusion's SQL, three-valued logic included.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `Vorname`, `buyer.email`, `` `Kunden Nr` ``: a column, or a path into a nested one. At least one name.
    Path(Vec<Name>),
    /// `'X'` or `"X"`: text.
    Text(String),
    /// `42`, `0.5`: a number as written.
    Number(String),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
    /// `lower(x)`, `name(first: a, last: b)`
    Call {
        /// The function.
        function: Name,
        /// What stands in the parentheses.
        arguments: Vec<Argument>,
    },
    /// `not x`, `-x`
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// Its operand.
        operand: Box<Expr>,
    },
    /// `a + b`
    Binary {
        /// The operator.
        operator: BinaryOperator,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
    },
    /// `x is null`, `x is not null`
    IsNull {
        /// What is tested.
        operand: Box<Expr>,
        /// Whether `not` stands there.
        negated: bool,
    },
    /// `x in (1, 2)`, `x not in (1, 2)`
    In {
        /// What is looked for.
        operand: Box<Expr>,
        /// Among these.
        list: Vec<Expr>,
        /// Whether `not` stands there.
        negated: bool,
    },
    /// `x between a and b`, `x not between a and b`
    Between {
        /// What is tested.
        operand: Box<Expr>,
        /// Lower bound, included.
        low: Box<Expr>,
        /// Upper bound, included.
        high: Box<Expr>,
        /// Whether `not` stands there.
        negated: bool,
    },
    /// `case when a then b else c end`
    Case {
        /// Conditions and their results, at least one.
        branches: Vec<(Expr, Expr)>,
        /// The result where no condition holds; null where it is missing.
        otherwise: Option<Box<Expr>>,
    },
    /// `[Telefon, Mobil]`: several values for a `many` attribute.
    List(Vec<Expr>),
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `not`
    Not,
    /// `-`
    Negate,
}

/// Operators with two operands, from the loosest to the tightest binding group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `<>` (`!=` is no synonym: its diagnostic says so)
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `is distinct from`
    Distinct,
    /// `is not distinct from`
    NotDistinct,
    /// `like`
    Like,
    /// `not like`
    NotLike,
    /// `||`
    Concat,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Expr {
    /// The text, where the expression is a text literal.
    pub fn as_text(&self) -> Option<Text> {
        match &self.kind {
            ExprKind::Text(value) => Some(Text { value: value.clone(), span: self.span }),
            _ => None,
        }
    }
}
