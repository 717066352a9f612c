//! The command line as it is written.

use casus::export::Layout;
use casus::store::Sort;
use casus::types::Date;
use clap::{Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Reads news reports and gives out event records: who did what to whom, where, when, according to whom.
#[derive(Debug, Parser)]
#[command(
    name = "casus",
    version,
    after_help = "Exit status: 0 done, 1 nothing found, 2 any error (one bad document among many included)."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Code(Code),
    Explain(Explain),
    Text(Text),
    Watch(Watch),
    Export(Export),
    Eval(Eval),
    Ingest(Ingest),
    Recode(Recode),
    Review(Review),
    Import(Import),
    Query(Query),
    Sql(Sql),
    Series(Series),
    Chain(Chain),
    Link(Link),
    Incident(Incident),
    Actor(Actor),
    Check(Check),
    #[command(subcommand)]
    Gazetteer(Gazetteer),
}

/// Code reports: print the events that they tell of.
#[derive(Debug, clap::Args)]
pub(crate) struct Code {
    /// Reports in text, HTML, RSS or Atom, JSON, CSV, Parquet, WARC, each also gzipped; folders of them, whose other
    /// files are passed over and counted; - or none for standard input.
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// How to print: for eyes (table), one JSON record a document (jsonl), one event a row (csv, parquet), the columns of
    /// a data set, a map (geojson), the network of actors (graphml, network). See docs/export/.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) written: Written,
    /// How many documents to read at once [default: one a core].
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// What is known about the documents, and what to read them with.
#[derive(Debug, clap::Args)]
pub(crate) struct Reading {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) resources: Resources,
}

/// What is known about the documents, and how they are written down.
#[derive(Debug, clap::Args)]
pub(crate) struct Inputs {
    /// The day the report was published, from which "on Tuesday" counts.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) published: Option<Date>,
    /// Its headline.
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Which of day and month stands first in dates like 3/4/2026, dmy or mdy [default: seen from the other rows of a CSV
    /// table where one of them leaves no doubt].
    #[arg(long, value_name = "ORDER")]
    pub(crate) dates: Option<casus::ingest::DayOrder>,
    /// What the files are: text, html, json, jsonl, feed, csv, parquet or warc [default: seen from each].
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<casus::ingest::Format>,
    /// Which columns of CSV and Parquet, or keys of JSON, to read: text=body,published=date,title=…,publisher=…,url=…,id=…
    /// [default: guessed from their names].
    #[arg(long, value_name = "PART=NAME,…")]
    pub(crate) columns: Option<casus::ingest::Columns>,
}

/// What casus reads with, where it is not what it was built with.
#[derive(Debug, clap::Args)]
pub(crate) struct Resources {
    /// A folder of rulings (*.rule) on top of the built-in ones; one of the same name replaces it.
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Option<PathBuf>,
    /// A folder with a model of your own, as training/export.py writes it.
    #[arg(long, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) actors: Actors,
    /// A gazetteer of your own, as casus gazetteer import writes it.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Option<PathBuf>,
}

/// Whom casus knows, where it is more than it was built with.
#[derive(Debug, clap::Args)]
pub(crate) struct Actors {
    /// A folder of actor tables (*.tsv) before the built-in ones; an actor of the same name replaces it.
    #[arg(long = "actors", value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// Tell what casus knows of an actor, or what the words of a phrase give, and which lines say so.
#[derive(Debug, clap::Args)]
pub(crate) struct Actor {
    /// A name or a phrase: Hamas, "Kenyan teachers".
    #[arg(required = true)]
    pub(crate) name: Vec<String>,
    /// The day to tell it for; terms of office depend on it [default: the last known].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) actors: Actors,
}

/// Check actor tables: unreadable lines, doublets, terms that overlap, unknown codes, aliases that clash.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) actors: Actors,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Jsonl,
    Csv,
    Parquet,
    Acled,
    Ged,
    Gdelt,
    Icews,
    Polecat,
    Geojson,
    Graphml,
    Network,
}

impl Format {
    /// Returns the layout that the export crate calls so, none where the binary itself writes it.
    pub(crate) fn layout(self) -> Option<Layout> {
        Some(match self {
            Self::Table | Self::Jsonl => return None,
            Self::Csv | Self::Parquet => Layout::Events,
            Self::Acled => Layout::Acled,
            Self::Ged => Layout::Ged,
            Self::Gdelt => Layout::Gdelt,
            Self::Icews => Layout::Icews,
            Self::Polecat => Layout::Polecat,
            Self::Geojson => Layout::GeoJson,
            Self::Graphml => Layout::GraphMl,
            Self::Network => Layout::Network,
        })
    }
}

/// Where data goes, and how tables are written down.
#[derive(Debug, clap::Args)]
pub(crate) struct Written {
    /// Write to this file, not to standard output; a table becomes Parquet where it ends in .parquet. Until it is whole it
    /// is called FILE.part.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Begin tables with a byte order mark, which Excel needs to see that they are UTF-8.
    #[arg(long)]
    pub(crate) bom: bool,
    /// Put a row of HXL tags below the names of a table's columns.
    #[arg(long)]
    pub(crate) hxl: bool,
}

/// Write records in another form: a table, a data set's columns, a map, a network.
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// Records, JSON Lines as casus code --format jsonl prints them; - or none for standard input.
    #[arg(conflicts_with = "db")]
    pub(crate) records: Vec<PathBuf>,
    /// The events of a store, without those that a reviewer rejected or a newer version of the report replaced.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    /// One row an incident, merged over the reports that tell of it, in place of one an event.
    #[arg(long, requires = "db")]
    pub(crate) incidents: bool,
    /// The form. See docs/export/.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// Explain a report's events: the words that each slot was read from, what made it, and how sure it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// A report in any format that casus code reads; - for standard input.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Print the linguistic reading too: sentences, tokens, mentions, triggers, arguments.
    #[arg(long)]
    pub(crate) analysis: bool,
}

/// Print the documents that files hold, as JSON Lines: what casus takes for the words of a page, which columns it reads.
#[derive(Debug, clap::Args)]
pub(crate) struct Text {
    /// Files and folders in any format that casus code reads; - or none for standard input.
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Watch news feeds: print their new reports as JSON Lines, which casus code reads, or code and keep them in a store.
#[derive(Debug, clap::Args)]
pub(crate) struct Watch {
    /// A list of feeds (TOML, see docs/format/feeds.md).
    pub(crate) feeds: PathBuf,
    /// Add the reports to this file, not to standard output.
    #[arg(long, value_name = "FILE", conflicts_with = "db")]
    pub(crate) out: Option<PathBuf>,
    /// Code the reports and keep them in this store; made where there is none.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) resources: Resources,
    /// Where to remember what was seen [default: in the store; without one beside the list, NAME.state.json].
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Poll every feed once, but for those that failed not long ago, and end.
    #[arg(long)]
    pub(crate) once: bool,
}

/// Measure records against gold: reports that people annotated.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Eval {
    /// A gold file (JSON), or a folder of them; with --incidents, a family of reports (Markdown), or a folder of them.
    pub(crate) gold: PathBuf,
    /// Records, JSON Lines as casus code --format jsonl prints them.
    #[arg(required_unless_present_any = ["run", "incidents"], conflicts_with_all = ["run", "incidents"])]
    pub(crate) predicted: Option<PathBuf>,
    /// Code the gold texts now, and measure that.
    #[arg(long)]
    pub(crate) run: bool,
    /// Code families of reports now, join their events to incidents, and measure those.
    #[arg(long, conflicts_with_all = ["run", "confidence"])]
    pub(crate) incidents: bool,
    /// With --incidents: print every two events that were compared, a JSON line each, as training/incidents.py reads them.
    #[arg(long, requires = "incidents", conflicts_with_all = ["json", "errors"])]
    pub(crate) pairs: bool,
    /// With --incidents: a table of weights in place of the built-in one (`data/rules/incident_weights.tsv`).
    #[arg(long, value_name = "FILE", requires = "incidents")]
    pub(crate) weights: Option<PathBuf>,
    /// Print the figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Print how often records of like confidence are right; with --json, each record's confidence and whether it is.
    #[arg(long)]
    pub(crate) confidence: bool,
    /// Print what went wrong, with the words around it.
    #[arg(long, conflicts_with = "json")]
    pub(crate) errors: bool,
    #[command(flatten)]
    pub(crate) resources: Resources,
    /// How many documents to read at once [default: one a core].
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// Code reports and keep them in a store: one GeoPackage, which QGIS, R and Python open as it is.
///
/// Reports that are there already are passed over, so that a run that was broken off goes on when it is run again.
/// Copies, newer versions and reports in other languages are kept and marked.
#[derive(Debug, clap::Args)]
pub(crate) struct Ingest {
    /// Reports in any format that casus code reads, or folders of them; - or none for standard input.
    pub(crate) sources: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// The store; made where there is none.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// How many documents to read at once [default: one a core].
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// Code the reports of a store anew, with the present model and rules, and print what changed.
///
/// Events that are still told keep their keys. What people decided stays.
#[derive(Debug, clap::Args)]
pub(crate) struct Recode {
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    #[command(flatten)]
    pub(crate) resources: Resources,
    /// How many documents to read at once [default: one a core].
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// Decide on an event of a store: accept it, reject it, or put a slot right. Prints the event as it stands then.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("decision").required(true))]
pub(crate) struct Review {
    /// The event: DOCUMENT#eN.
    pub(crate) event: String,
    /// It is right as it stands.
    #[arg(long, group = "decision")]
    pub(crate) accept: bool,
    /// It is wrong altogether: views and exports leave it out.
    #[arg(long, group = "decision")]
    pub(crate) reject: bool,
    /// Put a slot right: status=negated, killed=3..7, time=2026-03-04, actors=NAME, or a value in JSON; =null empties it.
    #[arg(long, group = "decision", value_name = "SLOT=VALUE", value_parser = setting)]
    pub(crate) set: Vec<(String, serde_json::Value)>,
    /// Why.
    #[arg(long)]
    pub(crate) note: Option<String>,
    /// Who decides.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) actors: Actors,
    /// A gazetteer of your own, as casus gazetteer import writes it.
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Option<PathBuf>,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
}

/// Take records into a store: JSON Lines as casus code --format jsonl prints them.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// Files of records; - for standard input.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The store; made where there is none.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
}

/// Find events of a store: query 'type:ASSAULT country:IRQ since:2021-01 -mode:drone "car bomb"'.
///
/// A filter is key:value; several values with commas mean or, - before it means not; words without a key are searched in
/// the sentences. All filters must fit. Rejected events are left out unless asked for with reviewed:.
#[derive(Debug, clap::Args)]
pub(crate) struct Query {
    /// Filters; docs/guide/query.md has them all.
    pub(crate) filters: Vec<String>,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// Give incidents that have an event that fits, in place of events.
    #[arg(long)]
    pub(crate) incidents: bool,
    /// Sort by date, published, killed, injured, confidence, score, reports or added; - before it: the greatest first.
    #[arg(long, value_name = "[-]KEY", default_value = "-date", allow_hyphen_values = true, value_parser = sort)]
    pub(crate) sort: (Sort, bool),
    /// Give at most as many.
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: u32,
    /// Pass over the first ones.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: u32,
    #[command(flatten)]
    pub(crate) rows: Rows,
    /// Print the statement of SQL and how SQLite answers it, in place of what it finds.
    #[arg(long)]
    pub(crate) plan: bool,
}

/// Run a statement of SQL that reads a store; docs/format/store.md has its tables and views.
#[derive(Debug, clap::Args)]
pub(crate) struct Sql {
    /// One SELECT; - reads it from standard input.
    pub(crate) statement: String,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// End it after so many seconds.
    #[arg(long, value_name = "N", default_value_t = 30.0, value_parser = seconds)]
    pub(crate) seconds: f64,
    /// Give at most as many rows.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

/// Count events, incidents and deaths by day, week or month, with the mean score.
///
/// Only acts of status actual count, unless a filter asks for others. An incident counts once, when first told of.
#[derive(Debug, clap::Args)]
pub(crate) struct Series {
    /// Filters, as in casus query.
    pub(crate) filters: Vec<String>,
    /// By which stretch of the calendar; weeks begin on Monday.
    #[arg(long, value_enum)]
    pub(crate) by: Step,
    /// Count every pair of actor and recipient apart: by country and sector, by country, or by name.
    #[arg(long, value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "code")]
    pub(crate) dyad: Option<Grain>,
    /// Leave out stretches without events, which are else given with zero.
    #[arg(long)]
    pub(crate) sparse: bool,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    #[command(flatten)]
    pub(crate) rows: Rows,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Step {
    Day,
    Week,
    Month,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Grain {
    Code,
    Country,
    Name,
}

/// Show what an act answers, what answers it, what is part of it, what was said about it, and so on from act to act.
#[derive(Debug, clap::Args)]
pub(crate) struct Chain {
    /// An event, DOCUMENT#eN, or the key of an incident.
    pub(crate) event: String,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
    /// How many steps to go.
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(crate) depth: usize,
    /// Give at most as many acts.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) limit: usize,
    /// A tree for eyes, or one JSON object an act.
    #[arg(long, value_enum, default_value_t = ChainFormat::Table)]
    pub(crate) format: ChainFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChainFormat {
    Table,
    Jsonl,
}

/// How rows are printed.
#[derive(Debug, clap::Args)]
pub(crate) struct Rows {
    /// For eyes, one JSON object a row, or comma-separated values.
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
    /// Begin CSV with a byte order mark, which Excel needs to see that it is UTF-8.
    #[arg(long)]
    pub(crate) bom: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    Table,
    Jsonl,
    Csv,
}

/// Returns an argument so that a denied filter, -type:CONSULT, is not taken for an option: with a minus sign in place of
/// the hyphen. No option of casus has a single hyphen and a colon.
pub(crate) fn denied(argument: OsString) -> OsString {
    let is_filter = |rest: &&str| {
        let key = rest.split(':').next().unwrap_or_default();
        let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic());
        rest.len() > key.len() && is_key && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    match argument.to_str().and_then(|text| text.strip_prefix('-')).filter(is_filter) {
        Some(rest) => format!("\u{2212}{rest}").into(),
        None => argument,
    }
}

/// Reads an order, and whether the greatest comes first.
fn sort(written: &str) -> Result<(Sort, bool), String> {
    let name = written.trim_start_matches(['-', '\u{2212}']);
    let names: Vec<&str> = Sort::ALL.iter().map(|sort| sort.as_str()).collect();
    let sort = Sort::ALL.into_iter().find(|sort| sort.as_str() == name);
    let sort = sort.ok_or_else(|| format!("sort by {}", names.join(", ")))?;
    Ok((sort, name.len() < written.len()))
}

/// Reads how long something may take.
fn seconds(written: &str) -> Result<f64, &'static str> {
    let seconds = written.parse::<f64>().ok().filter(|s| (0.001..=1e6).contains(s));
    seconds.ok_or("a number of seconds: 0.5, 30")
}

/// Join all events of a store to incidents anew, and print how many changed. What people decided is honoured.
///
/// Reports that come in are joined at once; this is for stores that were filled before casus linked, or after an update.
#[derive(Debug, clap::Args)]
pub(crate) struct Link {
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
}

/// Show an incident of a store: its reports side by side, where they differ, and why they were joined.
#[derive(Debug, clap::Args)]
pub(crate) struct Incident {
    /// The incident (i-DOCUMENT#eN), or one of its events (DOCUMENT#eN).
    #[arg(value_name = "INCIDENT")]
    pub(crate) key: String,
    /// These events are an incident of their own. Remembered, and honoured by all later linking.
    #[arg(long, value_name = "EVENT", num_args = 1.., conflicts_with = "merge")]
    pub(crate) split: Vec<String>,
    /// This incident is the same one. Remembered, and honoured by all later linking.
    #[arg(long, value_name = "INCIDENT")]
    pub(crate) merge: Option<String>,
    /// Print the merged view in JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Why, for --split and --merge.
    #[arg(long)]
    pub(crate) note: Option<String>,
    /// Who decides, for --split and --merge.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) db: PathBuf,
}

/// Reads a slot with its value: JSON where it is, else words.
fn setting(written: &str) -> Result<(String, serde_json::Value), &'static str> {
    let (slot, value) = written.split_once('=').ok_or("no = in it; write it as status=negated")?;
    let value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
    Ok((slot.trim().to_owned(), value))
}

/// Make a gazetteer of your own, for --gazetteer.
#[derive(Debug, Subcommand)]
pub(crate) enum Gazetteer {
    Import(GazetteerImport),
}

/// Make a gazetteer from GeoNames dumps: villages, camps and bases that the built-in one lacks.
#[derive(Debug, clap::Args)]
pub(crate) struct GazetteerImport {
    /// Dumps of GeoNames, unzipped: allCountries.txt, or single countries' (IQ.txt) with cities500.txt for the rest.
    #[arg(required = true)]
    pub(crate) dumps: Vec<PathBuf>,
    /// Where to write it.
    #[arg(long, value_name = "FILE", default_value = "gazetteer.bin")]
    pub(crate) out: PathBuf,
}

/// Reads a day. The calendar's own error speaks of digits; this one says what to write.
fn day(written: &str) -> Result<Date, &'static str> {
    written.parse().map_err(|_| "no day of the calendar; write it as 2026-03-04")
}

/// Reads how many to do at once.
fn jobs(written: &str) -> Result<NonZeroUsize, &'static str> {
    written.parse().map_err(|_| "a whole number, 1 or more")
}
