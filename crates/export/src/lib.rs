//! Event records in the forms that other tools and data sets have.
//!
//! An [`Export`] takes one [`Told`] event after another and writes them as it goes: tables in the columns of ACLED, UCDP
//! GED, GDELT, ICEWS, POLECAT or casus itself, as CSV or Parquet; points as GeoJSON; the network of actors as GraphML or a
//! list of edges. What each mapping keeps and loses is told in `docs/export/`. Nothing is guessed: a column that casus
//! knows nothing of stays empty, and an event that a data set would not hold is left out and counted.

mod cameo;
mod countries;
mod delimited;
mod error;
mod geojson;
mod left_out;
mod merged;
mod network;
mod parquet_file;
mod shapes;
mod sides;
mod table;
mod told;

pub use error::ExportError;
pub use left_out::LeftOut;
pub use merged::{Merged, merged_event};
pub use told::{Report, Told, counts_elsewhere, is_in_lead, toll_sentence};

use delimited::Delimited;
use geojson::GeoJson;
use network::Network;
use parquet_file::ParquetFile;
use shapes::Shape;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::str::FromStr;

/// What an export looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The columns of `docs/format/csv.md`: one row an event, whatever its status.
    Events,
    /// The same with what incidents have beside: one row an incident.
    Incidents,
    /// ACLED: one row an event of political violence, protest or strategic development.
    Acled,
    /// UCDP Georeferenced Event Dataset: one row a deadly event of organised violence.
    Ged,
    /// GDELT 2.0 event table: one row an actor and recipient, without a row of names.
    Gdelt,
    /// ICEWS coded event data: one row a source and target.
    Icews,
    /// POLECAT: one row an actor and recipient.
    Polecat,
    /// GeoJSON: a feature an event.
    GeoJson,
    /// The network of actors as GraphML.
    GraphMl,
    /// The network of actors as a list of edges.
    Network,
}

/// The names by which a layout is asked for.
const NAMES: [(Layout, &str); 10] = [
    (Layout::Events, "events"),
    (Layout::Incidents, "incidents"),
    (Layout::Acled, "acled"),
    (Layout::Ged, "ged"),
    (Layout::Gdelt, "gdelt"),
    (Layout::Icews, "icews"),
    (Layout::Polecat, "polecat"),
    (Layout::GeoJson, "geojson"),
    (Layout::GraphMl, "graphml"),
    (Layout::Network, "network"),
];

impl Layout {
    /// Returns the name by which it is asked for.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(layout, _)| *layout == self).map_or("events", |(_, name)| name)
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Layout {
    type Err = ExportError;

    fn from_str(name: &str) -> Result<Self, ExportError> {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(layout, _)| *layout).ok_or_else(|| ExportError::NoLayout(name.to_owned()))
    }
}

/// How a table is written down. The other layouts have one form each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Form {
    /// Parquet instead of text.
    pub parquet: bool,
    /// A byte order mark before text, which Excel needs to see that it is UTF-8.
    pub bom: bool,
    /// A row of HXL tags below the names (hxlstandard.org).
    pub hxl: bool,
}

/// Writes events.
pub struct Export<W: Write + Send> {
    writer: Writer<W>,
    written: Written,
}

enum Writer<W: Write + Send> {
    Delimited(Box<dyn Shape>, Delimited<W>),
    Parquet(Box<dyn Shape>, ParquetFile<W>),
    GeoJson(GeoJson<W>),
    Network(Network, W, bool),
}

/// What an export holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows, features, or events behind the edges of a network.
    pub rows: usize,
    /// Events that the layout has no place for, by the reason.
    pub left_out: BTreeMap<LeftOut, usize>,
    /// Rows of events whose day is not known.
    pub undated: usize,
    /// Rows of events without a point.
    pub unplaced: usize,
}

impl<W: Write + Send> Export<W> {
    /// Begins an export.
    ///
    /// # Errors
    /// Where `out` cannot be written, or the layout has no such form.
    pub fn new(layout: Layout, form: Form, out: W) -> Result<Self, ExportError> {
        let writer = match shapes::of(layout) {
            Some(shape) if form.parquet => {
                let file = ParquetFile::new(shape.columns(), out)?;
                Writer::Parquet(shape, file)
            }
            Some(shape) => {
                let file = Delimited::new(shape.columns(), shape.style(), form, out)?;
                Writer::Delimited(shape, file)
            }
            None if form.parquet => return Err(ExportError::NoParquet(layout.name())),
            None if layout == Layout::GeoJson => Writer::GeoJson(GeoJson::new(out)?),
            None => Writer::Network(Network::default(), out, layout == Layout::GraphMl),
        };
        Ok(Self { writer, written: Written::default() })
    }

    /// Writes an event.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn add(&mut self, told: &Told<'_>) -> Result<(), ExportError> {
        let rows = match &mut self.writer {
            Writer::Delimited(shape, file) => match shape.rows(told) {
                Ok(rows) => {
                    rows.iter().try_for_each(|row| file.row(row))?;
                    Ok(rows.len())
                }
                Err(reason) => Err(reason),
            },
            Writer::Parquet(shape, file) => match shape.rows(told) {
                Ok(rows) => {
                    let n = rows.len();
                    rows.into_iter().try_for_each(|row| file.row(row))?;
                    Ok(n)
                }
                Err(reason) => Err(reason),
            },
            Writer::GeoJson(file) => Ok(file.event(told)?),
            Writer::Network(network, ..) => network.event(told),
        };
        match rows {
            Ok(rows) => {
                let written = &mut self.written;
                written.rows += rows;
                written.undated += if told.event.time.is_none() { rows } else { 0 };
                let is_placed = told.event.places.iter().any(|place| place.lat.is_some());
                written.unplaced += if is_placed { 0 } else { rows };
            }
            Err(reason) => *self.written.left_out.entry(reason).or_default() += 1,
        }
        Ok(())
    }

    /// Ends the export and returns what it holds, with what was written to.
    ///
    /// # Errors
    /// Where the end cannot be written.
    pub fn finish(self) -> Result<(Written, W), ExportError> {
        let written = self.written;
        let mut out = match self.writer {
            Writer::Delimited(_, file) => file.finish(),
            Writer::Parquet(_, file) => file.finish()?,
            Writer::GeoJson(file) => file.finish()?,
            Writer::Network(network, mut out, graphml) => {
                if graphml { network.graphml(&mut out) } else { network.edges(&mut out) }?;
                out
            }
        };
        out.flush()?;
        Ok((written, out))
    }
}

#[cfg(test)]
mod tests;
