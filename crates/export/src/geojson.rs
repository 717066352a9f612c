//! Events as GeoJSON (RFC 7946), a feature each; one that lies nowhere has the geometry null, which the standard allows.

use crate::table::Cell;
use crate::{ExportError, Told, shapes};
use serde_json::{Map, Value, json};
use std::io::Write;

/// A collection of features that is written as they come.
pub(crate) struct GeoJson<W> {
    out: W,
    any: bool,
}

impl<W: Write> GeoJson<W> {
    pub(crate) fn new(mut out: W) -> Result<Self, ExportError> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { out, any: false })
    }

    /// Writes an event; returns 1, the features that were written.
    pub(crate) fn event(&mut self, told: &Told<'_>) -> Result<usize, ExportError> {
        let (columns, cells) = shapes::properties(told);
        let properties: Map<String, Value> =
            columns.iter().zip(cells).map(|(column, cell)| (column.name.to_owned(), value(cell))).collect();
        let point = told.event.places.iter().find_map(|place| place.lat.zip(place.lon));
        let geometry = point.map(|(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
        let feature =
            json!({"type": "Feature", "id": told.event.id, "geometry": geometry, "properties": properties});
        let between = if self.any { ",\n" } else { "\n" };
        self.any = true;
        write!(self.out, "{between}{feature}")?;
        Ok(1)
    }

    pub(crate) fn finish(mut self) -> Result<W, ExportError> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out)
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(words) => Value::String(words),
        Cell::Int(number) => json!(number),
        Cell::Real(..) => cell.shown().parse::<f64>().map_or(Value::Null, |number| json!(number)),
        Cell::Day(day) => Value::String(day.to_string()),
    }
}
