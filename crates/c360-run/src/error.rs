//! What can go wrong outside of the user's pipeline, by what the operator should do about it.

use c360_model::Span;

/// A failed run or look at the state. The last commit is untouched unless the kind says that this is unknown.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What to do.
    pub kind: Kind,
    /// What happened, where and why, in one or a few sentences; no customer's value.
    pub message: String,
    /// The declaration that it concerns.
    pub place: Option<Span>,
}

/// What the operator should do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The storage did not answer or refused: run again later, or give access.
    Retry,
    /// Another run committed first: run again, it carries on from there.
    Rerun,
    /// A file of a source is missing, damaged or not what the pipeline says.
    FixInput,
    /// The pipeline, its options or its environment do not fit.
    FixConfiguration,
    /// The state is damaged: restore it, or start a new one.
    Restore,
    /// Nobody knows whether the commit was written: run again, the next run finds out.
    Unknown,
    /// The commit stands, but not all of it is published: give access, then run again; the next run publishes what is missing.
    Publish,
    /// A guard or budget refused what the run would do.
    Refused,
    /// A mistake in c360: please report it.
    Report,
}

/// The result of everything that touches the outside world.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error without a place.
    pub fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), place: None }
    }

    /// A task that another thread ran did not end.
    pub(crate) fn broke_off(what: &str, error: &tokio::task::JoinError) -> Error {
        Error::new(Kind::Report, format!("{what} broke off: {error}"))
    }

    /// The same, pointing to a declaration.
    #[must_use]
    pub fn at(mut self, place: Span) -> Error {
        self.place = Some(place);
        self
    }
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Error {
        let message = with_causes(&error);
        match error {
            object_store::Error::NotFound { path, .. } => Error::new(Kind::Retry, format!("`{path}` is not there (any more)")),
            object_store::Error::PermissionDenied { path, .. } | object_store::Error::Unauthenticated { path, .. } => {
                Error::new(Kind::Retry, format!("no permission for `{path}`: {message}"))
            }
            _ => Error::new(Kind::Retry, format!("the storage failed: {message}")),
        }
    }
}

impl From<datafusion::error::DataFusionError> for Error {
    fn from(error: datafusion::error::DataFusionError) -> Error {
        use datafusion::error::DataFusionError as D;
        match error.find_root() {
            D::External(cause) => {
                if let Some(input) = cause.downcast_ref::<crate::ingest::InputError>() {
                    return Error::new(Kind::FixInput, input.to_string());
                }
                Error::new(Kind::Retry, cause.to_string())
            }
            D::ObjectStore(cause) => Error::new(Kind::Retry, format!("the storage failed: {}", with_causes(cause.as_ref()))),
            D::ResourcesExhausted(what) => {
                Error::new(Kind::FixConfiguration, format!("the memory limit is too low: {what}; give more with --memory"))
            }
            // Parquet files of sources have errors of their own.
            D::ParquetError(cause) => damaged(&cause.to_string()),
            D::ArrowError(cause, _) if matches!(**cause, datafusion::arrow::error::ArrowError::ParquetError(_)) => {
                damaged(&cause.to_string())
            }
            D::Plan(what) => Error::new(Kind::FixConfiguration, what.clone()),
            D::SchemaError(what, _) => Error::new(Kind::FixConfiguration, what.to_string()),
            D::Execution(what) => refused_value(what),
            D::ArrowError(what, _) => refused_value(&what.to_string()),
            D::IoError(cause) => Error::from_io("a temporary file", cause),
            other => Error::new(Kind::Report, other.to_string()),
        }
    }
}

impl From<crate::ingest::InputError> for Error {
    fn from(error: crate::ingest::InputError) -> Error {
        Error::new(Kind::FixInput, error.to_string())
    }
}

impl From<parquet::errors::ParquetError> for Error {
    fn from(error: parquet::errors::ParquetError) -> Error {
        Error::new(Kind::Report, format!("a table could not be written: {error}"))
    }
}

impl From<datafusion::arrow::error::ArrowError> for Error {
    fn from(error: datafusion::arrow::error::ArrowError) -> Error {
        Error::new(Kind::Report, error.to_string())
    }
}

impl Error {
    /// An error of the operating system about `what`.
    pub(crate) fn from_io(what: &str, error: &std::io::Error) -> Error {
        Error::new(Kind::Retry, format!("{what}: {error}"))
    }
}

/// A function refused a value of a source. DataFusion quotes it; it is a customer's, and messages hold none.
fn refused_value(reason: &str) -> Error {
    let mut shown = String::new();
    for (number, piece) in reason.split(['\'', '"']).enumerate() {
        shown.push_str(if number % 2 == 0 { piece } else { "`..`" });
    }
    let help = "where values may be of another form, write `arrow_try_cast(x, 'Int64')`, or `case when .. then .. end` around it";
    Error::new(Kind::FixConfiguration, format!("a value cannot be used in an expression: {shown}; {help}"))
}

/// A table of the state does not read as it was written.
fn damaged(reason: &str) -> Error {
    Error::new(Kind::Restore, format!("a table of the state cannot be read: {reason}; `c360 verify` names the file"))
}

/// The message with those of its causes, which say what the outermost leaves out.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = inner.source();
    }
    text
}
