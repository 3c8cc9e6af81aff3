//! `pick(..)`: the surviving value of a group of records, and the record that it comes from.
//!
//! All arguments after the value say how good a candidate is: larger orders win, one after the other; then the smaller record key. A missing
//! value is no candidate. The order of rows never matters. State and arguments of `pick` are the same columns, so that partial aggregation
//! can skip itself.

mod arena;
mod candidates;
mod one;
mod ordering;
mod value;

use crate::types::list_of;
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Fields};
use datafusion::common::{Result, internal_err};
use datafusion::logical_expr::function::{AccumulatorArgs, AggregateFunctionSimplification, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{Accumulator, AggregateUDF, AggregateUDFImpl, GroupsAccumulator, Signature, Volatility};
use std::sync::Arc;

/// Whether the value itself takes part in the order, before everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ValueOrder {
    /// It does not.
    Ignored,
    /// The smallest value wins.
    Smallest,
    /// The largest value wins.
    Largest,
    /// The text with the most characters wins.
    Longest,
    /// The text with the fewest characters wins.
    Shortest,
}

/// What becomes of several candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Outcome {
    /// A list of all distinct values, best first.
    All,
    /// A list of all distinct values, the most frequent first.
    AllByCount,
    /// The value that most records have.
    MostFrequent,
}

/// `pick(value, record, key, order, order, order)` → `{value, record}` of the best candidate.
pub(crate) fn pick(order: ValueOrder) -> AggregateUDF {
    AggregateUDF::from(Pick { kind: Kind::One(order), signature: Signature::variadic_any(Volatility::Immutable) })
}

/// `pick_all(values, record, key, order, order, order)` over lists, or `pick_frequent(value, ..)` over single values → `{value, record}`; both are lists
/// unless the outcome is one value.
pub(crate) fn pick_candidates(outcome: Outcome, order: ValueOrder) -> AggregateUDF {
    AggregateUDF::from(Pick { kind: Kind::Candidates(outcome, order), signature: Signature::variadic_any(Volatility::Immutable) })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    One(ValueOrder),
    Candidates(Outcome, ValueOrder),
}

/// Names by [`ValueOrder`].
const ONE: [&str; 5] = ["pick", "pick_min", "pick_max", "pick_longest", "pick_shortest"];
const ALL: [&str; 5] = ["pick_all", "pick_all_min", "pick_all_max", "pick_all_longest", "pick_all_shortest"];

#[derive(Debug, PartialEq, Eq, Hash)]
struct Pick {
    kind: Kind,
    signature: Signature,
}

impl AggregateUDFImpl for Pick {
    fn name(&self) -> &str {
        match self.kind {
            Kind::One(order) => ONE[order as usize],
            Kind::Candidates(Outcome::All, order) => ALL[order as usize],
            Kind::Candidates(Outcome::AllByCount, _) => "pick_all_frequent",
            Kind::Candidates(Outcome::MostFrequent, _) => "pick_frequent",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        let value = &arguments[0];
        let record = match value {
            DataType::List(_) => list_of(DataType::Int64),
            _ => DataType::Int64,
        };
        Ok(DataType::Struct(Fields::from(vec![Field::new("value", value.clone(), true), Field::new("record", record, true)])))
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        internal_err!("{} is only planned with groups", self.name())
    }

    fn state_fields(&self, arguments: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let field = |name: &str, data_type: DataType| Arc::new(Field::new(format_state_name(arguments.name, name), data_type, true));
        let types: Vec<DataType> = match self.kind {
            Kind::One(_) => arguments.input_fields.iter().map(|f| f.data_type().clone()).collect(),
            Kind::Candidates(..) => {
                vec![candidates::state_type(arguments.input_fields[0].data_type())]
            }
        };
        Ok(types.into_iter().enumerate().map(|(i, data_type)| field(&i.to_string(), data_type)).collect())
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, arguments: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        let value = arguments.expr_fields[0].data_type();
        Ok(match self.kind {
            Kind::One(order) => Box::new(one::PickOne::try_new(value, order)?),
            Kind::Candidates(outcome, order) => Box::new(candidates::PickCandidates::try_new(value, outcome, order)?),
        })
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }

    fn simplify(&self) -> Option<AggregateFunctionSimplification> {
        None
    }
}
