//! The part of SQL that conditions and blocking rules are written in, as a tree.

use super::tokens::{Quoted, Token, tokens};
use crate::model::error::ModelError;

/// A piece of SQL.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sql {
    And(Vec<Sql>),
    Or(Vec<Sql>),
    /// An operator between two values: `=`, `<=`, ..
    Compare(&'static str, Box<Sql>, Box<Sql>),
    Minus(Box<Sql>, Box<Sql>),
    /// A function, in lower case, and its arguments. Casts are left out: values have their format here.
    Call(String, Vec<Sql>),
    /// A column as it is written: `x_l`, `l.x`.
    Column(String),
    Text(String),
    Number(f64),
}

/// Why something cannot be translated, before it is known where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Why {
    pub(super) problem: String,
    help: String,
}

impl Why {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self::with_help(problem, "write it in another way, or take the level or rule out and train again")
    }

    pub(super) fn with_help(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self { problem: problem.into(), help: help.into() }
    }

    /// The error of a comparison or a rule, with its SQL.
    pub(super) fn at(self, place: &str, whose: &str, sql: &str) -> ModelError {
        let problem = format!("in `{whose}`, `{sql}` cannot be translated: {}", self.problem);
        ModelError::new(place, problem, self.help)
    }
}

/// How deep brackets may be nested.
const DEPTH: usize = 50;

type Parsed = Result<Sql, Why>;

/// Reads an expression.
pub(super) fn parse(sql: &str) -> Parsed {
    let mut parser = Parser { tokens: tokens(sql)?, at: 0, depth: 0 };
    let parsed = parser.any()?;
    match parser.tokens.get(parser.at) {
        Some(token) => Err(Why::new(format!("{} has no counterpart", shown(token)))),
        None => Ok(parsed),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Why::new("brackets are nested too deeply"));
        }
        let parsed = self.joined("or", Self::all, Sql::Or);
        self.depth -= 1;
        parsed
    }

    fn all(&mut self) -> Parsed {
        self.joined("and", Self::comparison, Sql::And)
    }

    fn joined(&mut self, word: &str, part: fn(&mut Self) -> Parsed, join: fn(Vec<Sql>) -> Sql) -> Parsed {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.takes_word(word) {
            parts.push(part(self)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { join(parts) })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.difference()?;
        match ["=", "<=", ">=", "<", ">", "<>", "!="].into_iter().find(|sign| self.takes(sign)) {
            Some(sign) => Ok(Sql::Compare(sign, Box::new(left), Box::new(self.difference()?))),
            None => Ok(left),
        }
    }

    fn difference(&mut self) -> Parsed {
        let left = self.value()?;
        if self.takes("-") { Ok(Sql::Minus(Box::new(left), Box::new(self.value()?))) } else { Ok(left) }
    }

    fn value(&mut self) -> Parsed {
        let value = self.plain()?;
        if self.takes("::") {
            self.type_name()?;
        }
        Ok(value)
    }

    fn plain(&mut self) -> Parsed {
        if self.takes("(") {
            let inside = self.any()?;
            self.expect(")")?;
            return Ok(inside);
        }
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        match token {
            Some(Token::Text(text)) => Ok(Sql::Text(text)),
            Some(Token::Number(number)) => number.parse().map(Sql::Number).map_err(|_| Why::new(format!("`{number}` is no number"))),
            Some(Token::Name(name, Quoted::No)) if self.takes("(") => self.call(&name.to_lowercase()),
            Some(Token::Name(name, quoted)) => self.column(name, quoted),
            Some(token) => Err(Why::new(format!("{} has no counterpart", shown(&token)))),
            None => Err(Why::new("it ends too early")),
        }
    }

    fn call(&mut self, function: &str) -> Parsed {
        if matches!(function, "cast" | "try_cast") {
            let value = self.any()?;
            if !self.takes_word("as") {
                return Err(Why::new(format!("`{function}` has no `AS`")));
            }
            self.type_name()?;
            self.expect(")")?;
            return Ok(value);
        }
        let mut arguments = Vec::new();
        while !self.takes(")") {
            if !arguments.is_empty() {
                self.expect(",")?;
            }
            arguments.push(self.any()?);
        }
        Ok(Sql::Call(function.to_owned(), arguments))
    }

    fn column(&mut self, name: String, quoted: Quoted) -> Parsed {
        let keyword = ["and", "or", "not", "is", "null", "case", "in", "like", "between", "else"].contains(&name.to_lowercase().as_str());
        if keyword && quoted == Quoted::No {
            return Err(Why::new(format!("`{name}` has no counterpart")));
        }
        if !self.takes(".") {
            return Ok(Sql::Column(name));
        }
        match self.tokens.get(self.at).cloned() {
            Some(Token::Name(column, _)) => {
                self.at += 1;
                Ok(Sql::Column(format!("{name}.{column}")))
            }
            _ => Err(Why::new(format!("`{name}.` names no column"))),
        }
    }

    /// `VARCHAR`, `DECIMAL(10, 2)`.
    fn type_name(&mut self) -> Result<(), Why> {
        let Some(Token::Name(..)) = self.tokens.get(self.at) else { return Err(Why::new("a cast names no type")) };
        self.at += 1;
        if self.takes("(") {
            while matches!(self.tokens.get(self.at), Some(Token::Number(_) | Token::Sign(","))) {
                self.at += 1;
            }
            self.expect(")")?;
        }
        Ok(())
    }

    fn takes(&mut self, sign: &str) -> bool {
        let taken = matches!(self.tokens.get(self.at), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(taken);
        taken
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let taken = matches!(self.tokens.get(self.at), Some(Token::Name(name, Quoted::No)) if name.eq_ignore_ascii_case(word));
        self.at += usize::from(taken);
        taken
    }

    fn expect(&mut self, sign: &str) -> Result<(), Why> {
        if self.takes(sign) { Ok(()) } else { Err(Why::new(format!("a `{sign}` is missing"))) }
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Name(name, _) => format!("`{name}`"),
        Token::Text(text) => format!("`'{text}'`"),
        Token::Number(number) => format!("`{number}`"),
        Token::Sign(sign) => format!("`{sign}`"),
    }
}
