//! Tables as Apache Parquet, for pandas, DuckDB, Arrow in R, Spark.

use crate::ExportError;
use crate::table::{Cell, Column, Kind};
use casus_types::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// Rows of a group, which is held in memory: a few MB, and enough for readers to skip by.
const GROUP: usize = 20_000;

/// A table as Parquet.
pub(crate) struct ParquetFile<W: Write + Send> {
    columns: &'static [Column],
    file: SerializedFileWriter<W>,
    /// The rows of the group that is being filled.
    rows: Vec<Vec<Cell>>,
}

impl<W: Write + Send> ParquetFile<W> {
    pub(crate) fn new(columns: &'static [Column], out: W) -> Result<Self, ExportError> {
        let fields =
            columns.iter().map(|column| Ok(Arc::new(field(column)?))).collect::<Result<_, ExportError>>()?;
        let schema = Arc::new(Type::group_type_builder("events").with_fields(fields).build()?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("casus version ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let file = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
        Ok(Self { columns, file, rows: Vec::new() })
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) -> Result<(), ExportError> {
        self.rows.push(cells);
        if self.rows.len() == GROUP { self.group() } else { Ok(()) }
    }

    pub(crate) fn finish(mut self) -> Result<W, ExportError> {
        self.group()?;
        Ok(self.file.into_inner()?)
    }

    fn group(&mut self) -> Result<(), ExportError> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for (at, column) in self.columns.iter().enumerate() {
            let cells = rows.iter().map(|row| &row[at]);
            match column.kind {
                Kind::Text => write::<ByteArrayType, _>(&mut group, cells, |cell| match cell {
                    Cell::Text(words) => Some(ByteArray::from(words.as_str())),
                    _ => None,
                }),
                Kind::Int => write::<Int64Type, _>(&mut group, cells, |cell| match cell {
                    Cell::Int(number) => Some(*number),
                    _ => None,
                }),
                Kind::Real => write::<DoubleType, _>(&mut group, cells, |cell| match cell {
                    Cell::Real(number, _) => Some(*number),
                    _ => None,
                }),
                Kind::Day => write::<Int32Type, _>(&mut group, cells, |cell| match cell {
                    Cell::Day(day) => Some(days_since_1970(*day)),
                    _ => None,
                }),
            }?;
        }
        group.close()?;
        Ok(())
    }
}

fn field(column: &Column) -> Result<Type, ExportError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Int => (Physical::INT64, None),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let field = Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(field.with_logical_type(logical).build()?)
}

/// Writes the next column of a group.
fn write<'a, T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = &'a Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ExportError> {
    let (mut values, mut present) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = value(cell);
        present.push(i16::from(value.is_some()));
        values.extend(value);
    }
    let mut column = group.next_column()?.expect("a group has as many columns as the schema");
    column.typed::<T>().write_batch(&values, Some(&present), None)?;
    column.close()?;
    Ok(())
}

fn days_since_1970(day: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    epoch.until(day).map_or(0, |span| span.get_days())
}
