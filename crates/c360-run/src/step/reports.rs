//! The tables that tell what went another way: rejects, refused, orphans. Open during the whole run, closed at its end.

use crate::error::Result;
use crate::run::Run;
use crate::store::Store;
use crate::tables::LayerWriter;
use c360_plan::tables::{self, TableName};

/// One open layer per report.
pub(crate) struct Reports {
    pub(crate) rejects: LayerWriter,
    pub(crate) refused: LayerWriter,
    pub(crate) orphans: LayerWriter,
}

impl Reports {
    /// Opens all reports of the run with this id.
    pub(crate) fn new(store: &Store, run: &str) -> Reports {
        let open = |name, schema| LayerWriter::new(store, run, TableName::report(name), tables::stored(&schema));
        Reports {
            rejects: open("rejects", tables::rejects()),
            refused: open("refused", tables::refused()),
            orphans: open("orphans", tables::orphans()),
        }
    }
}

/// Closes the reports and makes them part of the commit.
pub(crate) async fn seal_reports(run: &mut Run<'_>) -> Result<()> {
    let Reports { rejects, refused, orphans } = std::mem::replace(&mut run.reports, Reports::new(run.store, &run.id));
    for report in [rejects, refused, orphans] {
        report.seal(run).await?;
    }
    Ok(())
}
