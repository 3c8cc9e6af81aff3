//! `among(number)`: whether a number is in a set that is known when the plan runs. How an incremental run reads a part of a table: the set holds the
//! records or objects that a change touches.

use datafusion::arrow::array::{Array, AsArray, BooleanArray};
use datafusion::arrow::buffer::BooleanBuffer;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use datafusion::common::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// Numbers: of records, objects, files.
pub type NumberSet = hashbrown::HashSet<i64>;

/// A function of one Int64 column; false for null.
#[must_use]
pub fn among(numbers: Arc<Sieved<Arc<NumberSet>>>) -> ScalarUDF {
    ScalarUDF::from(Among { numbers, signature: Signature::exact(vec![DataType::Int64], Volatility::Immutable) })
}

/// Bits that say of most numbers that are not in a set that they are not: small enough for the processor's cache, where the set is not.
#[derive(Debug)]
struct Sieve {
    bits: Vec<u64>,
    shift: u32,
}

impl Sieve {
    /// Sixteen bits a number.
    fn of(set: &NumberSet) -> Sieve {
        let bits = (set.len() * 16).next_power_of_two().clamp(1 << 10, 1 << 26);
        let mut sieve = Sieve { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for number in set {
            let (word, bit) = sieve.place(*number);
            sieve.bits[word] |= bit;
        }
        sieve
    }

    /// Fibonacci hashing: the upper bits of a product with the golden ratio.
    #[inline]
    fn place(&self, number: i64) -> (usize, u64) {
        let hash = number.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        (usize::try_from(hash / 64).expect("there are at most 2^26 bits"), 1 << (hash % 64))
    }

    #[inline]
    fn may_hold(&self, number: i64) -> bool {
        let (word, bit) = self.place(number);
        self.bits[word] & bit != 0
    }
}

/// A set of which most numbers that are asked for are not part.
#[derive(Debug)]
pub struct Sieved<S> {
    set: S,
    sieve: Sieve,
}

impl<S: Deref<Target = NumberSet>> Sieved<S> {
    /// Takes as long as going through the set once; pays where many more numbers are asked for than it holds.
    #[must_use]
    pub fn of(set: S) -> Sieved<S> {
        let sieve = Sieve::of(&set);
        Sieved { set, sieve }
    }

    /// Whether the number is in the set.
    #[must_use]
    #[inline]
    pub fn holds(&self, number: i64) -> bool {
        self.sieve.may_hold(number) && self.set.contains(&number)
    }

    /// How many numbers the set has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.set.len()
    }
}

#[derive(Debug)]
struct Among {
    numbers: Arc<Sieved<Arc<NumberSet>>>,
    signature: Signature,
}

impl PartialEq for Among {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.numbers, &other.numbers)
    }
}

impl Eq for Among {}

impl Hash for Among {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.numbers).hash(state);
    }
}

impl ScalarUDFImpl for Among {
    fn name(&self) -> &str {
        "among"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let numbers = arguments.args[0].to_array(arguments.number_rows)?;
        let numbers = numbers.as_primitive::<Int64Type>();
        let holds = |row: usize| self.numbers.holds(numbers.value(row)) && numbers.is_valid(row);
        let there = BooleanBuffer::collect_bool(numbers.len(), holds);
        let found = BooleanArray::new(there, None);
        Ok(ColumnarValue::Array(Arc::new(found)))
    }
}
