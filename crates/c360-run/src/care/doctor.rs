//! Looks whether a state can be used: the storage answers, may be written, honours conditional puts, and holds commits that this version reads.

use crate::commit::{self, FORMAT};
use crate::error::{Error, Kind};
use crate::store::{Created, Store};
use bytes::Bytes;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: &'static str,
    /// How it is; `Err` with what to do where it is not well.
    pub result: Result<String, String>,
}

/// Looks at everything; `run` is a name that nobody else uses.
pub async fn doctor(store: &Store, run: &str) -> Vec<Finding> {
    let mut findings = vec![
        Finding { what: "version", result: Ok(format!("c360 {}, state format {FORMAT}", env!("CARGO_PKG_VERSION"))) },
        Finding { what: "list", result: list(store).await },
    ];
    let name = format!("doctor/{run}");
    findings.push(Finding { what: "write", result: write(store, &name).await });
    findings.push(Finding { what: "conditional put", result: condition(store, &name).await });
    findings.push(Finding { what: "remove", result: remove(store, &name).await });
    findings.push(Finding { what: "commits", result: commits(store).await });
    findings
}

async fn list(store: &Store) -> Result<String, String> {
    let names = store.names("commits", None).await.map_err(|e| e.message)?;
    Ok(format!("`{}` answers; {} files in commits", store.name(), names.len()))
}

async fn write(store: &Store, name: &str) -> Result<String, String> {
    let content = Bytes::from_static(b"written by c360 doctor\n");
    store.write(name, content.clone().into()).await.map_err(|e| format!("{}; give permission to write", e.message))?;
    match store.read(name).await {
        Ok(Some(read)) if read == content => Ok("a file was written and read back".into()),
        Ok(_) => Err("what was written does not come back".into()),
        Err(error) => Err(error.message),
    }
}

async fn condition(store: &Store, name: &str) -> Result<String, String> {
    match store.create(name, Bytes::from_static(b"a second time\n")).await {
        Created::Yes => Err("the store ignores conditional puts: two runs could overwrite each other; use another store".into()),
        Created::Unclear(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => {
            Ok("honoured: a second creation was refused".into())
        }
        Created::Unclear(error) => Err(error.to_string()),
    }
}

async fn remove(store: &Store, name: &str) -> Result<String, String> {
    store.remove(vec![store.path(name)]).await.map_err(|e| format!("{}; vacuum needs it", e.message))?;
    match store.read(name).await {
        Ok(None) => Ok("the file is gone".into()),
        Ok(Some(_)) => Err("the file is still there".into()),
        Err(error) => Err(error.message),
    }
}

async fn commits(store: &Store) -> Result<String, String> {
    let commits = commit::list(store).await.map_err(|e: Error| match e.kind {
        Kind::Restore => format!("{}; restore it from a copy", e.message),
        _ => e.message,
    })?;
    match commits.last() {
        None => Ok("none yet".into()),
        Some(last) => Ok(format!("{}, the last is {} of pipeline `{}`, as of {}", commits.len(), last.number, last.pipeline, last.as_of)),
    }
}
