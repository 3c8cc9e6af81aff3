//! Codes of `c360-model`: what is wrong with names, types, rules, survivorship, sources and outputs. Texts of findings live at the checks.
//!
//! Hundreds: 01 names, 02 formats and expressions, 03 match, 04 golden, 05 sources, 06 pipeline and publish; x90 and up: not built yet.

use super::Code;
use crate::diagnostic::Severity;

/// Declares the codes and lists them, so that none can be forgotten in the list.
macro_rules! codes {
    ($($name:ident = $severity:ident $id:literal $title:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub static $name: Code = Code { id: $id, severity: Severity::$severity, title: $title };
        )*
        /// All codes of this file, by hundreds.
        pub(super) static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    DUPLICATE_NAME = Error "C360-E0101" "a name that is declared twice";
    RESERVED_NAME = Error "C360-E0102" "a name that the language or its tables use themselves";
    NAME_SHAPE = Error "C360-E0103" "a declared name that is not a plain word";
    UNKNOWN_ENTITY = Error "C360-E0104" "an entity that is not declared";
    UNKNOWN_SOURCE = Error "C360-E0105" "a source that is not declared";
    UNKNOWN_ATTRIBUTE = Error "C360-E0106" "an attribute that the entity does not have";
    UNKNOWN_PART = Error "C360-E0107" "a part that the group does not have";
    NO_PARTS = Error "C360-E0108" "a part of something that has no parts";
    UNKNOWN_FUNCTION = Error "C360-E0109" "a function that does not exist";
    NOT_DESCRIBED = Error "C360-E0110" "a source that does not describe the entity";

    UNKNOWN_FORMAT = Error "C360-E0201" "a format that does not exist";
    FORMAT_ARGUMENT = Error "C360-E0202" "an argument that the format does not take";
    FORMAT_PIPE = Error "C360-E0203" "stages that do not fit together";
    FORMAT_CYCLE = Error "C360-E0204" "formats that are made of each other in a circle";
    MANY_GROUP = Error "C360-E0205" "`many` on a format with parts";
    REFERENCE_FLAG = Error "C360-E0206" "`many` or `pii` on a reference";
    NOT_BOOLEAN = Error "C360-E0207" "a condition that is neither true nor false";
    OPERAND = Error "C360-E0208" "an operator on values that it does not take";
    NUMBER_RANGE = Error "C360-E0209" "a number that is out of range";
    AGGREGATE = Error "C360-E0210" "an aggregate function where each row stands for itself";
    FUNCTION_ARGUMENT = Error "C360-E0211" "a named argument of a function";
    VALUE_PLACE = Error "C360-E0212" "a list or `each` inside an expression";
    NULL_COMPARISON = Error "C360-E0213" "a comparison with `null`, which is never true";
    UNUSED_FORMAT = Warning "C360-W0201" "a format that nothing uses";
    NO_COUNTRY = Warning "C360-W0202" "phone numbers without a country";

    STRONG_TERMS = Error "C360-E0301" "`strong` on a rule with several terms";
    GUARD_TERM = Error "C360-E0302" "a guard on something with several values or on a reference";
    AT_MOST_RANGE = Error "C360-E0303" "`at most` with a number that joins nothing";
    MATCH_CYCLE = Error "C360-E0304" "match rules that wait for each other in a circle";
    IGNORE_TERM = Error "C360-E0305" "`ignore` on a reference";
    PAIR_FUNCTION = Error "C360-E0306" "a condition on pairs that does not exist";
    PAIR_ARGUMENT = Error "C360-E0307" "an argument that a condition on pairs does not take";
    PAIR_BOUND = Error "C360-E0308" "a bound that is missing, or always or never met";
    BLOCK_FORM = Error "C360-E0309" "a block that no key can be made of";
    MODEL_THRESHOLD = Error "C360-E0310" "a threshold of a model that is missing or out of range";
    MODEL_FILE = Error "C360-E0311" "the file of a model that cannot be used";
    MODEL_COMPARISON = Error "C360-E0312" "comparisons that no model can hold";
    GUARD_RANGE = Error "C360-E0313" "a guard that holds everything apart or nothing";
    GUARD_UNUSED = Warning "C360-W0311" "a guard on pairs where no rule compares any";
    USELESS_RULE = Warning "C360-W0301" "a rule that another makes useless";
    REPEATED_MATCH = Warning "C360-W0302" "something that the match block says twice";
    IGNORE_NEVER = Warning "C360-W0303" "an ignored value that never occurs";
    IGNORE_UNUSED = Warning "C360-W0304" "`ignore` for something that no rule compares";
    NO_RULES = Warning "C360-W0305" "an entity without match rules";
    WEAK_RULE = Warning "C360-W0306" "a rule on values that nearly all records share";
    AT_MOST_HUGE = Warning "C360-W0307" "`at most` with a number that holds nothing back";
    WEAK_BLOCK = Warning "C360-W0308" "a block that nearly all records share";
    STALE_MODEL = Warning "C360-W0310" "a model that was trained for something else";
    WEAK_PAIR = Warning "C360-W0309" "a pair of records that is joined by its block alone";

    SEVERAL_DEFAULTS = Error "C360-E0401" "several default strategies";
    GOLDEN_TWICE = Error "C360-E0402" "two strategies for one attribute";
    GOLDEN_PART = Error "C360-E0403" "a strategy for a part of a group";
    STRATEGY_KIND = Error "C360-E0404" "a strategy that does not suit the attribute";
    ONLY_UNSUPPLIED = Error "C360-E0405" "`only` a source that does not supply the attribute";
    PRECEDENCE_TWICE = Error "C360-E0406" "a source that stands twice in a precedence";
    PRECEDENCE_UNSUPPLIED = Warning "C360-W0401" "a source in a precedence that never supplies the attribute";
    NEVER_REACHED = Warning "C360-W0402" "a strategy that is never reached";
    NO_UPDATED = Warning "C360-W0403" "`latest` or `earliest` where no source says when a row was updated";

    NO_READ = Error "C360-E0501" "a source without `read`";
    READ_FORMAT = Error "C360-E0502" "a file format that cannot be read";
    PLACE = Error "C360-E0503" "a place that is missing or cannot be used";
    OPTION = Error "C360-E0504" "an option that the file format does not have";
    OPTION_VALUE = Error "C360-E0505" "an option with a value that does not suit it";
    MODE = Error "C360-E0506" "a mode that does not exist";
    NO_KEY = Error "C360-E0507" "a source without a usable `key`";
    UPDATED_FORMAT = Error "C360-E0508" "`updated` through something that yields no date or time";
    DELETE_MODE = Error "C360-E0509" "`delete` in a mode that has no deletes";
    MAPPED_TWICE = Error "C360-E0510" "two blocks of a source for one entity";
    ASSIGNED_TWICE = Error "C360-E0511" "an attribute that is set twice";
    ONE_VALUE = Error "C360-E0512" "several values for an attribute that holds one";
    CONSTRUCTOR = Error "C360-E0513" "a constructor of another format";
    CONSTRUCTOR_INPUT = Error "C360-E0514" "a constructor with inputs that it does not take";
    REFERENCE_VALUE = Error "C360-E0515" "a reference that is set to a plain value";
    REFERENCE_TARGET = Error "C360-E0516" "a reference that is set to an object of another entity";
    KEY_COUNT = Error "C360-E0517" "a key with more or fewer columns than the source's";
    IS_SELF = Error "C360-E0518" "a record that is said to be itself";
    NESTED_COLUMN = Error "C360-E0519" "a nested column in a format that has none";
    NO_COLUMN = Error "C360-E0520" "a column that the data does not have";
    LOOKUP_VALUE = Error "C360-E0521" "a lookup for an attribute that is no reference";
    UNDESCRIBED = Error "C360-E0522" "an entity that no source describes";
    UNSUPPLIED_USED = Error "C360-E0523" "something used that no source supplies";
    MANY_SOURCES = Error "C360-E0524" "an entity that too many sources describe";
    READ_LATER = Error "C360-E0590" "a file format that is not built yet";
    NO_MAPPING = Warning "C360-W0501" "a source that says nothing of any entity";
    EMPTY_MAPPING = Warning "C360-W0502" "a block of a source that says nothing";
    PLACE_ENDING = Warning "C360-W0503" "a place whose ending belongs to another file format";
    UNSUPPLIED = Warning "C360-W0504" "an attribute that no source supplies";

    NO_PIPELINE = Error "C360-E0601" "files without a `pipeline`";
    SEVERAL_PIPELINES = Error "C360-E0602" "more than one `pipeline`";
    COUNTRY = Error "C360-E0603" "a country that does not exist";
    PUBLISH_WHAT = Error "C360-E0604" "something that cannot be published";
    PUBLISH_FORMAT = Error "C360-E0605" "a file format that cannot be written";
    PUBLISH_PLACE = Error "C360-E0606" "a place that cannot be written to";
    PUBLISH_TWICE = Error "C360-E0607" "two publishes to one place";
    OVERRIDES_PLACE = Error "C360-E0608" "a place that holds no decisions";
    PUBLISH_LATER = Error "C360-E0690" "an output that is not built yet";
    USE_TWICE = Warning "C360-W0601" "a file that is used twice";
    OVERRIDES_TWICE = Warning "C360-W0602" "decisions that are read twice";
    OVERRIDES_UNMATCHED = Warning "C360-W0603" "decisions where nothing is matched";
}
