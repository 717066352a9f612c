//! Records to whatever form is asked for, through the messages that data goes by.

use crate::args::{Format, Written};
use crate::commands::counted;
use crate::messages::Messages;
use crate::outputs;
use casus::Record;
use casus::export::{Export, ExportError, Form, Layout, Told, Written as ExportWritten};
use std::io::{self, Write};
use std::mem;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// An export that is going on; none for formats that need no export.
pub(crate) struct Exporting {
    format: Format,
    ready: Ready,
    export: Option<Export<Ready>>,
}

impl Exporting {
    /// Begins an export of what is read from some files. Returns none where that cannot be, which is said.
    pub(crate) fn begin(
        format: Format,
        written: &Written,
        read: &[PathBuf],
        messages: &mut Messages,
    ) -> Option<Self> {
        Self::begin_in(format, format.layout(), written, read, messages)
    }

    /// Begins with a row an incident.
    pub(crate) fn of_incidents(
        format: Format,
        written: &Written,
        read: &[PathBuf],
        messages: &mut Messages,
    ) -> Option<Self> {
        let layout = format.layout().map(|layout| match layout {
            Layout::Events => Layout::Incidents,
            other => other,
        });
        Self::begin_in(format, layout, written, read, messages)
    }

    fn begin_in(
        format: Format,
        layout: Option<Layout>,
        written: &Written,
        read: &[PathBuf],
        messages: &mut Messages,
    ) -> Option<Self> {
        let out = written.out.as_deref();
        if let Some(out) = out
            && let Err(refused) = outputs::look_over(out, read)
        {
            messages.error(&out.display().to_string(), &refused, Some(outputs::HINT));
            return None;
        }
        let parquet = format == Format::Parquet
            || out.is_some_and(|out| out.extension().is_some_and(|e| e == "parquet"));
        if parquet && out.is_none() && messages.is_watched() {
            messages.error("", &NoTerminal, Some("name a file: --out FILE.parquet"));
            return None;
        }
        let ready = Ready::default();
        let form = Form { parquet, bom: written.bom, hxl: written.hxl };
        let export = match layout.map(|layout| Export::new(layout, form, ready.clone())).transpose() {
            Ok(export) => export,
            Err(error) => {
                messages.error("", &error, hint(&error));
                return None;
            }
        };
        if let Some(out) = out
            && let Err(error) = messages.write_to(out)
        {
            messages.error(
                &out.display().to_string(),
                &error,
                Some("check that its folder is there and that you may write there"),
            );
            return None;
        }
        messages.print_bytes(&ready.take());
        Some(Self { format, ready, export })
    }

    /// Writes a record's events; `text` holds the words that their spans count in. Returns whether more are wanted.
    pub(crate) fn add(&mut self, record: &Record, text: Option<&str>, messages: &mut Messages) -> bool {
        record.events.iter().all(|event| self.add_told(&Told::of(record, event, text), messages))
    }

    /// Writes an event. Returns whether more are wanted.
    pub(crate) fn add_told(&mut self, told: &Told<'_>, messages: &mut Messages) -> bool {
        let Some(export) = &mut self.export else { return true };
        if let Err(error) = export.add(told) {
            messages.error("", &error, None);
            return false;
        }
        messages.print_bytes(&self.ready.take())
    }

    /// Ends, and says what the form has no place for.
    pub(crate) fn end(self, messages: &mut Messages) {
        let Some(export) = self.export else { return };
        match export.finish() {
            Ok((written, ready)) => {
                messages.print_bytes(&ready.take());
                tell_gaps(self.format, &written, messages);
                let n: usize = written.left_out.values().sum();
                if n > 0 {
                    let layout = self.format.layout().map_or("", casus::export::Layout::name);
                    let (events, them) = if n == 1 { ("event", "it") } else { ("events", "them") };
                    let why: Vec<String> =
                        written.left_out.iter().map(|(reason, n)| format!("{n} {reason}")).collect();
                    let why = why.join(", ");
                    let message = format!("{n} {events} left out: {layout} has no place for {them} ({why})");
                    messages.note("", message, Some(&format!("docs/export/{}.md says why", page(layout))));
                }
            }
            Err(error) => messages.error("", &error, None),
        }
    }
}

/// Says how many rows lack what others would be joined by.
fn tell_gaps(format: Format, written: &ExportWritten, messages: &mut Messages) {
    let (n, what) = match format {
        Format::Acled | Format::Ged => (written.undated, "without a day, for the reports give none"),
        Format::Geojson => (written.unplaced, "without a point, and on no map"),
        _ => return,
    };
    if n > 0 {
        messages.note("", format!("{n} of {} {what}", counted(written.rows, "row", "rows")), None);
    }
}

/// Returns the page that tells of a layout.
fn page(layout: &str) -> &str {
    if layout == "graphml" { "network" } else { layout }
}

fn hint(error: &ExportError) -> Option<&'static str> {
    matches!(error, ExportError::NoParquet(_))
        .then_some("give the file another ending, or choose a table: --format csv")
}

/// Parquet is no sight for a terminal.
#[derive(Debug)]
struct NoTerminal;

impl std::fmt::Display for NoTerminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Parquet is not for reading by eye")
    }
}

impl std::error::Error for NoTerminal {}

/// What an export has written and nobody has taken yet.
#[derive(Clone, Default)]
struct Ready(Arc<Mutex<Vec<u8>>>);

impl Ready {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Ready {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
