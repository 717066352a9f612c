//! How acts hang together: what answered what, what is part of what, what was said about what.
//!
//! An act is an incident, told by the events of many reports, or an event that is joined to none. Links stand within
//! reports; by way of incidents they lead from report to report.

use crate::error::{Attempt, StoreError};
use crate::events::StoredEvent;
use crate::ids::{EventRow, IncidentId};
use crate::store::Store;
use casus_types::Relation;
use casus_types::record::Verdict;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;
use std::str::FromStr;

/// An act of a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// The key of the incident that its events are joined to.
    pub incident: Option<String>,
    /// The events that tell of it, the most certain first; one at least.
    pub events: Vec<StoredEvent>,
    /// How many steps it is from the first act.
    pub depth: usize,
    /// How it hangs on the act that it was found from; none of the first.
    pub link: Option<ChainLink>,
}

/// How an act hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainLink {
    /// The place of the other in the chain.
    pub from: usize,
    /// The relation.
    pub relation: Relation,
    /// Whether the relation is the other's to this act: the other answers this one, is part of it, is about it. Else it
    /// is this one's to the other.
    pub outward: bool,
}

/// A chain, from one act on.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The acts, each behind the one that it hangs on, as a tree is read from above.
    pub acts: Vec<Act>,
    /// Whether there are more acts than were asked for.
    pub more: bool,
}

/// What an act is told by in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ActId {
    Incident(IncidentId),
    Event(EventRow),
}

impl Store {
    /// Returns the acts that hang on the act of an event or incident, each once, by the shortest way.
    ///
    /// Events that a reviewer rejected and those of replaced reports are left out, unless the first one is such.
    ///
    /// # Errors
    /// Where there is no event or incident of that key.
    pub fn chain(&self, key: &str, max_depth: usize, max_acts: usize) -> Result<Chain, StoreError> {
        let first = self.act_of_key(key)?;
        let mut seen = BTreeSet::from([first]);
        let mut acts = vec![self.act(first, key, 0, None)?];
        let mut more = false;
        let mut at = 0;
        while at < acts.len() {
            for (relation, outward, row) in self.neighbours(&acts[at])? {
                let id = self.act_of_event(row)?;
                if seen.contains(&id) {
                    continue;
                }
                if acts[at].depth == max_depth || acts.len() == max_acts {
                    more = true;
                    continue;
                }
                let link = ChainLink { from: at, relation, outward };
                let act = self.act(id, "", acts[at].depth + 1, Some(link))?;
                seen.insert(id);
                if !act.events.is_empty() {
                    acts.push(act);
                }
            }
            at += 1;
        }
        Ok(Chain { acts: as_tree(acts), more })
    }

    fn act_of_key(&self, key: &str) -> Result<ActId, StoreError> {
        if let Some(incident) = self.incident_with_key(key)? {
            return Ok(ActId::Incident(incident));
        }
        let row = self
            .connection
            .query_row("SELECT id FROM events WHERE key = ?1", [key], |row| row.get(0))
            .optional()
            .to("look for an event")?;
        self.act_of_event(row.ok_or_else(|| StoreError::NoAct(key.to_owned()))?)
    }

    fn act_of_event(&self, row: EventRow) -> Result<ActId, StoreError> {
        let incident: Option<IncidentId> = self
            .connection
            .prepare_cached("SELECT incident_id FROM incident_events WHERE event_id = ?1")
            .to("look for an incident")?
            .query_row([row], |row| row.get(0))
            .optional()
            .to("look for an incident")?;
        Ok(incident.map_or(ActId::Event(row), ActId::Incident))
    }

    /// Returns an act. The event that was asked for stands first, whatever was made of it.
    fn act(&self, id: ActId, asked: &str, depth: usize, link: Option<ChainLink>) -> Result<Act, StoreError> {
        let (incident, mut events) = match id {
            ActId::Incident(incident) => {
                let key = self
                    .connection
                    .prepare_cached("SELECT key FROM incidents WHERE id = ?1")
                    .to("read an incident")?
                    .query_row([incident], |row| row.get(0))
                    .to("read an incident")?;
                (Some(key), self.events().of_incident(incident)?)
            }
            ActId::Event(row) => (None, self.events_at(&[row])?),
        };
        events.retain(|e| e.event.id == asked || (e.review != Some(Verdict::Rejected) && !e.replaced));
        events.sort_by(|a, b| {
            let order = |e: &StoredEvent| (e.event.id != asked, e.review.is_none());
            order(a)
                .cmp(&order(b))
                .then(b.event.confidence.total_cmp(&a.event.confidence))
                .then(a.row.cmp(&b.row))
        });
        Ok(Act { incident, events, depth, link })
    }

    /// Returns the events that are linked to those of an act, in the order of relations and rows.
    fn neighbours(&self, act: &Act) -> Result<BTreeSet<(Relation, bool, EventRow)>, StoreError> {
        let mut found = BTreeSet::new();
        for event in &act.events {
            for (sql, outward) in [
                (
                    "SELECT relation, other_event_id FROM links WHERE event_id = ?1 AND other_event_id IS NOT NULL",
                    true,
                ),
                ("SELECT relation, event_id FROM links WHERE other_event_id = ?1", false),
            ] {
                for (relation, row) in linked(&self.connection, sql, event.row)? {
                    found.insert((relation, outward, row));
                }
            }
        }
        Ok(found)
    }
}

fn linked(
    connection: &Connection,
    sql: &str,
    event: EventRow,
) -> Result<Vec<(Relation, EventRow)>, StoreError> {
    let what = "read links";
    let mut statement = connection.prepare_cached(sql).to(what)?;
    let mut rows = statement.query([event]).to(what)?;
    let mut links = Vec::new();
    while let Some(row) = rows.next().to(what)? {
        let relation: String = row.get(0).to(what)?;
        if let Ok(relation) = Relation::from_str(&relation) {
            links.push((relation, row.get(1).to(what)?));
        }
    }
    Ok(links)
}

/// Returns acts that were found breadth first in the order of a tree that is read from above.
fn as_tree(acts: Vec<Act>) -> Vec<Act> {
    let mut children = vec![Vec::new(); acts.len()];
    for (n, act) in acts.iter().enumerate().skip(1) {
        if let Some(link) = act.link {
            children[link.from].push(n);
        }
    }
    let mut order = Vec::with_capacity(acts.len());
    let mut stack = vec![0];
    while let Some(next) = stack.pop() {
        order.push(next);
        stack.extend(children[next].iter().rev());
    }
    let mut line_of = vec![0; acts.len()];
    for (line, &n) in order.iter().enumerate() {
        line_of[n] = line;
    }
    let mut lines: Vec<(usize, Act)> =
        acts.into_iter().enumerate().map(|(n, act)| (line_of[n], act)).collect();
    lines.sort_by_key(|(line, _)| *line);
    let moved =
        |act: Act| Act { link: act.link.map(|link| ChainLink { from: line_of[link.from], ..link }), ..act };
    lines.into_iter().map(|(_, act)| moved(act)).collect()
}
