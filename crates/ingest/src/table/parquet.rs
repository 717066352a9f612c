//! Reports in Apache Parquet, a row a report.
//!
//! Read row by row without Arrow, which would cost ten times the code; only the columns that are used are decoded, and a
//! page of each is in memory at a time.

use super::layout;
use crate::{Arrival, IngestError, Intake, days, json};
use parquet::basic::{LogicalType, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use std::sync::Arc;

/// Hands over a document a row, told apart by the numbers of their rows from 1.
pub(crate) fn rows<R: ChunkReader + 'static>(
    file: R,
    name: &str,
    intake: &Intake,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    let fail = |error| Arrival::failed(name, error);
    let reader = match SerializedFileReader::new(file) {
        Ok(reader) => reader,
        Err(error) => return sink(fail(IngestError::Parquet(error))),
    };
    let schema = reader.metadata().file_metadata().schema();
    let names: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let layout = match layout(&intake.columns, &names) {
        Ok(layout) => layout,
        Err(error) => return sink(fail(error)),
    };
    let used = layout.used();
    let nanos: Vec<bool> = used.iter().map(|&at| in_nanoseconds(&schema.get_fields()[at])).collect();
    let rows = match projection(schema, &used).and_then(|wanted| reader.get_row_iter(Some(wanted))) {
        Ok(rows) => rows,
        Err(error) => return sink(fail(IngestError::Parquet(error))),
    };
    let mut any = false;
    for (at, row) in rows.enumerate() {
        any = true;
        let row = match row {
            Ok(row) => row,
            // What follows a broken page cannot be told apart.
            Err(error) => return sink(fail(IngestError::Parquet(error))),
        };
        let fields = layout.fields(|column| {
            let place = used.iter().position(|used| *used == column)?;
            words(&row, place, nanos[place])
        });
        let document = json::document(fields, &intake.given, Vec::new());
        if !sink(Arrival { name: format!("{name}: row {}", at + 1), document }) {
            return false;
        }
    }
    any || sink(fail(IngestError::NoRows))
}

/// Returns the schema of the columns that are used.
fn projection(schema: &Type, used: &[usize]) -> Result<Type, ParquetError> {
    let fields = used.iter().map(|&at| Arc::clone(&schema.get_fields()[at])).collect();
    Type::group_type_builder(schema.name()).with_fields(fields).build()
}

/// Tells whether a column holds times in nanoseconds, as pandas writes them. The reader hands them over as mere numbers.
fn in_nanoseconds(column: &Type) -> bool {
    let kind = column.get_basic_info().logical_type_ref();
    matches!(kind, Some(LogicalType::Timestamp(time)) if time.unit == TimeUnit::NANOS)
}

/// Returns what a cell says, none where it is null or nested. Dates and times become days.
fn words(row: &Row, place: usize, nanos: bool) -> Option<String> {
    let (_, field) = row.get_column_iter().nth(place)?;
    let day = |seconds: i64| days::of_unix_seconds(seconds).map(|day| day.to_string());
    match field {
        Field::Str(words) => Some(words.clone()),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).ok().map(str::to_owned),
        Field::Date(days) => days::of_unix_days(*days).map(|day| day.to_string()),
        Field::Long(time) if nanos => day(time.div_euclid(1_000_000_000)),
        Field::TimestampMillis(time) => day(time.div_euclid(1000)),
        Field::TimestampMicros(time) => day(time.div_euclid(1_000_000)),
        Field::Null | Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => None,
        // Ids and years may be numbers.
        number => Some(number.to_string()),
    }
}
