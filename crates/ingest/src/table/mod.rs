//! Tables of reports, a row a report: CSV and Parquet.

pub(crate) mod csv;
pub(crate) mod parquet;

use crate::columns::Layout;
use crate::{Columns, IngestError};

/// Returns where the parts of a report stand in a table with these columns.
fn layout(columns: &Columns, names: &[String]) -> Result<Layout, IngestError> {
    let layout =
        columns.layout(names).map_err(|asked| IngestError::NoColumn { asked, names: names.to_vec() })?;
    if layout.has_text() { Ok(layout) } else { Err(IngestError::NoTextColumn { names: names.to_vec() }) }
}
