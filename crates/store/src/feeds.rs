//! What is remembered of feeds that are watched: whoever polls says what that is.

use crate::error::{Attempt, StoreError};
use crate::store::Store;
use rusqlite::OptionalExtension;
use serde_json::Value;

impl Store {
    /// Returns what was remembered of the feed at an address, none where nothing was.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn feed_memory(&self, url: &str) -> Result<Option<Value>, StoreError> {
        let memory: Option<String> = self
            .connection
            .prepare_cached("SELECT memory FROM feed_memory WHERE url = ?1")
            .to("recall a feed")?
            .query_row([url], |row| row.get(0))
            .optional()
            .to("recall a feed")?;
        memory
            .map(|json| serde_json::from_str(&json).map_err(|e| StoreError::Record(url.to_owned(), e)))
            .transpose()
    }

    /// Remembers of a feed what is to be known of it at the next poll, in place of what was remembered before.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn keep_feed_memory(&mut self, url: &str, memory: &Value) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO feed_memory (url, memory) VALUES (?1, ?2)
                 ON CONFLICT (url) DO UPDATE SET memory = excluded.memory",
            )
            .to("remember a feed")?
            .execute((url, memory.to_string()))
            .to("remember a feed")
            .map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use crate::Store;
    use serde_json::json;

    #[test]
    fn what_was_seen_is_remembered() {
        let mut store = Store::in_memory().unwrap();
        let url = "https://example.org/feed";
        assert_eq!(store.feed_memory(url).unwrap(), None);
        for memory in [json!({"etag": "1"}), json!({"etag": "2"})] {
            store.keep_feed_memory(url, &memory).unwrap();
            assert_eq!(store.feed_memory(url).unwrap(), Some(memory));
        }
    }
}
