//! What is like an event, remembered for the events that were asked for.

use crate::linking::Telling;
use casus_coder::incidents::Alike;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Lists of what is like an event. An event stands in a list exactly where `named` says so: a crowd of a thousand reports
/// of one act has a million entries, which nobody can look through for every newcomer.
#[derive(Debug, Default)]
pub(super) struct Likenesses {
    lists: BTreeMap<Arc<str>, Arc<Vec<Alike>>>,
    /// The events in whose lists an event stands.
    named: BTreeMap<Arc<str>, BTreeSet<Arc<str>>>,
}

impl Likenesses {
    pub(super) fn of(&self, event: &str) -> Option<Arc<Vec<Alike>>> {
        self.lists.get(event).map(Arc::clone)
    }

    pub(super) fn len(&self) -> usize {
        self.lists.len()
    }

    pub(super) fn clear(&mut self) {
        self.lists.clear();
        self.named.clear();
    }

    /// Remembers what is like a telling, which was not known before. Whoever is like a newcomer has got somebody that is
    /// like it.
    pub(super) fn remember(&mut self, telling: &Telling, alike: Vec<Alike>) -> Arc<Vec<Alike>> {
        let event: Arc<str> = telling.event.as_str().into();
        let own = Arc::new(telling.clone());
        let mut named_by = self.named.remove(&event).unwrap_or_default();
        for Alike { telling: other, log_odds } in &alike {
            let other: Arc<str> = match self.lists.get_key_value(other.event.as_str()) {
                Some((key, _)) => Arc::clone(key),
                None => other.event.as_str().into(),
            };
            if let Some(theirs) = self.lists.get_mut(&other)
                && named_by.insert(Arc::clone(&other))
            {
                Arc::make_mut(theirs).push(Alike { telling: Arc::clone(&own), log_odds: *log_odds });
            }
            self.named.entry(other).or_default().insert(Arc::clone(&event));
        }
        if !named_by.is_empty() {
            self.named.insert(Arc::clone(&event), named_by);
        }
        let alike = Arc::new(alike);
        self.lists.insert(event, Arc::clone(&alike));
        alike
    }

    /// Forgets the events of a document, as such and in the lists of others.
    pub(super) fn forget(&mut self, document: &str) {
        for event in events_of(&self.lists, document) {
            for other in self.lists.remove(&event).iter().flat_map(|list| list.iter()) {
                if let Some(named_by) = self.named.get_mut(other.telling.event.as_str()) {
                    named_by.remove(&event);
                }
            }
        }
        for event in events_of(&self.named, document) {
            for other in self.named.remove(&event).unwrap_or_default() {
                if let Some(list) = self.lists.get_mut(&other) {
                    Arc::make_mut(list).retain(|alike| *alike.telling.event != *event);
                }
            }
        }
    }
}

/// Returns the keys that are those of a document's events: `DOCUMENT#eN`, where the document's own key may have a `#`.
fn events_of<V>(map: &BTreeMap<Arc<str>, V>, document: &str) -> Vec<Arc<str>> {
    let from: Arc<str> = format!("{document}#").into();
    let beginning = Arc::clone(&from);
    let begun = map.range(from..).map(|(event, _)| event).take_while(|event| event.starts_with(&*beginning));
    begun.filter(|event| event.rsplit_once('#').is_some_and(|(key, _)| key == document)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Linker;
    use crate::types::record::Record;

    fn telling(event: &str) -> Telling {
        let document = event.rsplit_once('#').unwrap().0;
        let json = format!(r#"{{"id": "{document}", "events": [{{"id": "{event}", "type": "ASSAULT"}}]}}"#);
        let record: Record = serde_json::from_str(&json).unwrap();
        Linker::default().tellings(&record, "").remove(0)
    }

    fn alike(events: &[&str]) -> Vec<Alike> {
        events.iter().map(|event| Alike { telling: Arc::new(telling(event)), log_odds: 1.0 }).collect()
    }

    fn names(likenesses: &Likenesses, event: &str) -> Vec<String> {
        let list = likenesses.of(event).unwrap();
        list.iter().map(|alike| alike.telling.event.clone()).collect()
    }

    #[test]
    fn newcomers_stand_in_the_lists_of_those_that_they_are_like() {
        let mut likenesses = Likenesses::default();
        likenesses.remember(&telling("a#e1"), Vec::new());
        likenesses.remember(&telling("b#e1"), alike(&["a#e1"]));
        likenesses.remember(&telling("c#e1"), alike(&["a#e1", "b#e1"]));
        assert_eq!(names(&likenesses, "a#e1"), ["b#e1", "c#e1"]);
        assert_eq!(names(&likenesses, "b#e1"), ["a#e1", "c#e1"]);
    }

    #[test]
    fn what_is_forgotten_is_in_no_list_and_comes_back_once() {
        let mut likenesses = Likenesses::default();
        likenesses.remember(&telling("a#e1"), alike(&["a#b#e1", "d#e1"]));
        likenesses.remember(&telling("a#b#e1"), alike(&["a#e1"]));
        likenesses.forget("a");
        assert!(likenesses.of("a#e1").is_none());
        assert!(names(&likenesses, "a#b#e1").is_empty(), "a document whose key begins alike stays");
        for _ in 0..2 {
            likenesses.remember(&telling("a#e1"), alike(&["a#b#e1"]));
            assert_eq!(names(&likenesses, "a#b#e1"), ["a#e1"]);
            likenesses.forget("a");
        }
        // Whoever was asked for first has the later one in its list from the store.
        likenesses.remember(&telling("d#e1"), alike(&["a#e1"]));
        likenesses.remember(&telling("a#e1"), alike(&["d#e1"]));
        assert_eq!(names(&likenesses, "d#e1"), ["a#e1"]);
        assert_eq!(names(&likenesses, "a#e1"), ["d#e1"]);
    }
}
