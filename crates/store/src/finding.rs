//! What a query finds: events or incidents, sorted, a page at a time.

use crate::error::{Attempt, StoreError};
use crate::events::StoredEvent;
use crate::ids::{EventRow, IncidentId};
use crate::query::{EVENT_DAY, Order, Query, Sql, compile};
use crate::store::Store;
use rusqlite::params_from_iter;
use rusqlite::types::{FromSql, Value};

/// In which order, and which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// By what.
    pub sort: Sort,
    /// Whether the greatest or latest comes first.
    pub descending: bool,
    /// At most as many.
    pub limit: u32,
    /// How many are passed over.
    pub offset: u32,
}

impl Default for Page {
    /// Fifty, the latest first.
    fn default() -> Self {
        Self { sort: Sort::Date, descending: true, limit: 50, offset: 0 }
    }
}

/// What to sort by. What has none of it comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// First day of the act, else of publication.
    Date,
    /// Day of publication; events only.
    Published,
    /// Persons killed, at least.
    Killed,
    /// Persons injured, at least.
    Injured,
    /// Confidence.
    Confidence,
    /// PLOVER score; events only.
    Score,
    /// Reports that tell of it; incidents only.
    Reports,
    /// When it came into the store.
    Added,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Published,
        Self::Killed,
        Self::Injured,
        Self::Confidence,
        Self::Score,
        Self::Reports,
        Self::Added,
    ];

    /// Returns its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Published => "published",
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Confidence => "confidence",
            Self::Score => "score",
            Self::Reports => "reports",
            Self::Added => "added",
        }
    }

    fn of_events(self) -> Result<&'static str, StoreError> {
        Ok(match self {
            Self::Date => EVENT_DAY,
            Self::Published => "e.published",
            Self::Killed => "e.killed_min",
            Self::Injured => "e.injured_min",
            Self::Confidence => "e.confidence",
            Self::Score => "e.score",
            Self::Added => "e.id",
            Self::Reports => return Err(StoreError::Order("events", self.as_str())),
        })
    }

    fn of_incidents(self) -> Result<&'static str, StoreError> {
        Ok(match self {
            Self::Date => "i.start_date",
            Self::Killed => "i.killed_min",
            Self::Injured => "i.injured_min",
            Self::Confidence => "i.confidence",
            Self::Reports => "i.n_documents",
            Self::Added => "i.id",
            Self::Published | Self::Score => return Err(StoreError::Order("incidents", self.as_str())),
        })
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// The page.
    pub rows: Vec<T>,
    /// Whether there are more behind it.
    pub more: bool,
}

/// How a query is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The statement.
    pub sql: String,
    /// Its values, as SQL writes them.
    pub values: Vec<String>,
    /// What SQLite does for it, a step a line, indented.
    pub steps: Vec<String>,
}

impl Store {
    /// Returns the events that a query asks for.
    ///
    /// # Errors
    /// Where events have no such order, or the store cannot be read.
    pub fn find_events(&self, query: &Query, page: &Page) -> Result<Found<EventRow>, StoreError> {
        self.page(self.events_sql(query, page)?, page)
    }

    /// Returns the incidents that have an event that a query asks for.
    ///
    /// # Errors
    /// Where incidents have no such order, or the store cannot be read.
    pub fn find_incidents(&self, query: &Query, page: &Page) -> Result<Found<IncidentId>, StoreError> {
        self.page(self.incidents_sql(query, page)?, page)
    }

    /// Returns every event that a query asks for, in the order of coming.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn all_events(&self, query: &Query) -> Result<Vec<EventRow>, StoreError> {
        let order = Order { by: "e.id", descending: false };
        let sql = compile(query, &self.connection)?.events("e.id", "", Some(order));
        self.ids(&sql)
    }

    /// Returns how many events a query asks for.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn count_events(&self, query: &Query) -> Result<usize, StoreError> {
        let sql = compile(query, &self.connection)?.events("count(*)", "", None);
        let counted: Vec<i64> = self.ids(&sql)?;
        Ok(counted.first().and_then(|&n| usize::try_from(n).ok()).unwrap_or_default())
    }

    /// Returns how [`find_events`](Self::find_events) is answered, or [`find_incidents`](Self::find_incidents).
    ///
    /// # Errors
    /// As they.
    pub fn plan(&self, query: &Query, page: &Page, incidents: bool) -> Result<Plan, StoreError> {
        let sql = if incidents { self.incidents_sql(query, page)? } else { self.events_sql(query, page)? };
        self.plan_of(&paged(sql, page))
    }

    /// Returns events by their rows, in the order given.
    ///
    /// # Errors
    /// Where one is not there.
    pub fn events_at(&self, rows: &[EventRow]) -> Result<Vec<StoredEvent>, StoreError> {
        let mut events = Vec::with_capacity(rows.len());
        for &row in rows {
            let found = self.events().at(row)?;
            events.push(found.ok_or_else(|| StoreError::NoEvent(format!("in row {}", row.0)))?);
        }
        Ok(events)
    }

    fn events_sql(&self, query: &Query, page: &Page) -> Result<Sql, StoreError> {
        let order = Order { by: page.sort.of_events()?, descending: page.descending };
        Ok(compile(query, &self.connection)?.events("e.id", "", Some(order)))
    }

    fn incidents_sql(&self, query: &Query, page: &Page) -> Result<Sql, StoreError> {
        let order = Order { by: page.sort.of_incidents()?, descending: page.descending };
        Ok(compile(query, &self.connection)?.incidents(order))
    }

    fn page<T: FromSql>(&self, sql: Sql, page: &Page) -> Result<Found<T>, StoreError> {
        let mut rows = self.ids(&paged(sql, page))?;
        let limit = page.limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok(Found { rows, more })
    }

    fn ids<T: FromSql>(&self, sql: &Sql) -> Result<Vec<T>, StoreError> {
        let what = "answer a query";
        let mut statement = self.connection.prepare_cached(&sql.text).to(what)?;
        let rows = statement.query_map(params_from_iter(&sql.values), |row| row.get(0)).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }

    /// Returns what SQLite does for a statement.
    pub(crate) fn plan_of(&self, sql: &Sql) -> Result<Plan, StoreError> {
        let what = "plan a query";
        let mut statement = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {}", sql.text)).to(what)?;
        let mut rows = statement.query(params_from_iter(&sql.values)).to(what)?;
        let (mut steps, mut depths) = (Vec::new(), vec![(0_i64, 0_usize)]);
        while let Some(row) = rows.next().to(what)? {
            let (id, parent): (i64, i64) = (row.get(0).to(what)?, row.get(1).to(what)?);
            let depth = depths.iter().find(|(known, _)| *known == parent).map_or(0, |(_, depth)| *depth);
            depths.push((id, depth + 1));
            steps.push(format!("{}{}", "  ".repeat(depth), row.get::<_, String>(3).to(what)?));
        }
        Ok(Plan { sql: sql.text.clone(), values: sql.values.iter().map(literal).collect(), steps })
    }
}

/// Returns a statement with its part of the rows, and one more, which tells whether there are more.
fn paged(mut sql: Sql, page: &Page) -> Sql {
    sql.text += " LIMIT ? OFFSET ?";
    sql.values.extend([Value::from(i64::from(page.limit) + 1), Value::from(i64::from(page.offset))]);
    sql
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Real(n) => n.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Blob(bytes) => format!("a blob of {} bytes", bytes.len()),
    }
}
