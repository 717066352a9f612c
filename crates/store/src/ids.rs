//! The numbers of rows, which joins within one file use. What is cited outside is the text key.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// Makes a type for the row numbers of one table.
macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
    };
}

row_id! {
    /// The number of a row of `documents`.
    DocumentId
}
row_id! {
    /// The number of a row of `events`. (Within its document an event has a
    /// [`casus_types::event::EventId`].)
    EventRow
}
row_id! {
    /// The number of a row of `incidents`.
    IncidentId
}
row_id! {
    /// The number of a row of `runs`.
    RunId
}
