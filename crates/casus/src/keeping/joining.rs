//! Incidents kept up with what comes in: the store gives what is near, the coder decides, the store writes.

use crate::linking::{Comparison, Decisions, Linker, Telling};
use crate::types::incident;
use casus_coder::incidents::{AGO, Member, Neighbours, SLACK, comparable, kin, merge};
use casus_store::{
    DocumentId, Incident, IncidentId, IncidentPlace, Near, Review, StoreError, StoredEvent, Writer,
};
use casus_types::record::Record;
use casus_types::{Date, Document};
use jiff::ToSpan;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// Documents whose tellings are kept in memory between look-ups, some 5 KB each. News come in days' heaps, so that the
/// same neighbours are asked for again and again.
const REMEMBERED: usize = 8_192;

/// Joins the events of a store to incidents, document by document.
#[derive(Debug)]
pub(super) struct Joiner {
    linker: Linker,
    known: BTreeMap<DocumentId, Arc<[Arc<Telling>]>>,
    order: VecDeque<DocumentId>,
    /// What hangs together with an event, for those that were asked for.
    near: BTreeMap<String, Vec<Arc<Telling>>>,
}

impl Joiner {
    pub(super) fn new(linker: Linker) -> Self {
        Self { linker, known: BTreeMap::new(), order: VecDeque::new(), near: BTreeMap::new() }
    }

    /// Returns the incidents that the events of a document belong to: to be asked before the document changes.
    pub(super) fn incidents_of(
        writer: &Writer<'_>,
        document: DocumentId,
    ) -> Result<Vec<IncidentId>, StoreError> {
        Ok(writer.events().of_document(document)?.into_iter().filter_map(|e| e.incident).collect())
    }

    /// Joins the events of a document that came in, was coded anew or was replaced. `touched` are the incidents that its
    /// events belonged to before.
    pub(super) fn document(
        &mut self,
        writer: &mut Writer<'_>,
        document: DocumentId,
        touched: &[IncidentId],
    ) -> Result<(), StoreError> {
        let before = writer.events().of_document(document)?.iter().any(|event| event.incident.is_some());
        if before || !touched.is_empty() {
            // It has been linked before, and may hang together with others now than it did.
            self.near.clear();
        }
        self.known.remove(&document);
        let mut start = self.tellings(writer, document)?.to_vec();
        let mut left: BTreeSet<IncidentId> = touched.iter().copied().collect();
        for event in writer.events().of_document(document)? {
            let out = event.review == Some(Review::Rejected) || event.replaced;
            if let (true, Some(incident)) = (out, event.incident) {
                writer.leave_incident(event.row)?;
                left.insert(incident);
            }
        }
        for &incident in &left {
            start.extend(self.members(writer, incident)?);
        }
        let dirty: BTreeSet<String> = writer
            .events()
            .of_document(document)?
            .into_iter()
            .map(|event| event.event.id)
            .chain(start.iter().map(|t| t.event.clone()))
            .collect();
        self.settle(writer, start, left, &dirty)
    }

    /// Joins what hangs together with these tellings, and writes what changed.
    pub(super) fn settle(
        &mut self,
        writer: &mut Writer<'_>,
        mut start: Vec<Arc<Telling>>,
        mut old: BTreeSet<IncidentId>,
        dirty: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        loop {
            let decisions = decisions(writer)?;
            let linker = self.linker.clone();
            let groups = linker.relink(start.clone(), &mut Vicinity { joiner: self, writer }, &decisions)?;
            let reached: BTreeSet<&str> = groups.iter().flatten().map(String::as_str).collect();
            // Whoever was with one of them before is asked too: its incident may fall apart.
            let mut more = Vec::new();
            for key in &reached {
                if let Some(incident) = writer.events().with_key(key)?.incident {
                    old.insert(incident);
                }
            }
            for &incident in &old {
                for member in self.members(writer, incident)? {
                    if !reached.contains(member.event.as_str()) {
                        more.push(member);
                    }
                }
            }
            if more.is_empty() {
                return self.write(writer, &groups, &old, dirty, &decisions);
            }
            start.extend(more);
        }
    }

    /// Writes the incidents that changed: those of `old` that are no more are closed, others opened or filled anew.
    fn write(
        &mut self,
        writer: &mut Writer<'_>,
        groups: &[Vec<String>],
        old: &BTreeSet<IncidentId>,
        dirty: &BTreeSet<String>,
        decisions: &Decisions,
    ) -> Result<(), StoreError> {
        let mut before: BTreeMap<IncidentId, BTreeSet<String>> = BTreeMap::new();
        for &incident in old {
            let members = writer.events().of_incident(incident)?;
            before.insert(incident, members.into_iter().map(|e| e.event.id).collect());
        }
        let mut changed = Vec::new();
        let mut kept: BTreeSet<IncidentId> = BTreeSet::new();
        for group in groups {
            let members: BTreeSet<String> = group.iter().cloned().collect();
            let same = before.iter().find(|(_, b)| **b == members).map(|(id, _)| *id);
            match same {
                Some(id) if members.is_disjoint(dirty) => drop(kept.insert(id)),
                _ => changed.push(self.merged(writer, group, decisions)?),
            }
        }
        for Merged { incident, .. } in &changed {
            if let Some(id) = writer.incident_with_key(&incident.key)?.filter(|id| old.contains(id)) {
                kept.insert(id);
            }
        }
        for &gone in old.iter().filter(|id| !kept.contains(id)) {
            writer.close_incident(gone)?;
        }
        for Merged { incident, members } in changed {
            let id = match writer.incident_with_key(&incident.key)? {
                Some(id) => {
                    writer.update_incident(id, &incident)?;
                    id
                }
                None => writer.open_incident(&incident)?,
            };
            for (event, score, why) in members {
                writer.join_incident(event, id, score, &why)?;
            }
        }
        Ok(())
    }

    fn merged(
        &mut self,
        writer: &Writer<'_>,
        group: &[String],
        decisions: &Decisions,
    ) -> Result<Merged, StoreError> {
        let mut stored = Vec::with_capacity(group.len());
        let mut tellings = Vec::with_capacity(group.len());
        for key in group {
            let event = writer.events().with_key(key)?;
            let own = self.tellings(writer, event.document)?;
            tellings.extend(own.iter().find(|t| t.event == *key).cloned());
            stored.push(event);
        }
        let reasons: Vec<(Option<f64>, Value)> =
            (0..tellings.len()).map(|at| self.why(at, &tellings, decisions)).collect();
        let pairs = (1..tellings.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let (mut sum, mut n) = (0.0, 0_u32);
        for (a, b) in pairs {
            let one = decisions.on(&tellings[a].event, &tellings[b].event).map(f64::from);
            let probability =
                || self.linker.compare(&tellings[a], &tellings[b]).map_or(0.0, |c| c.probability());
            sum += one.unwrap_or_else(probability);
            n += 1;
        }
        let view = merge(&stored.iter().map(member).collect::<Vec<_>>(), (n > 0).then(|| sum / f64::from(n)));
        let members =
            stored.iter().zip(reasons).map(|(event, (score, why))| (event.row, score, why)).collect();
        Ok(Merged { incident: stored_incident(&view), members })
    }

    /// Returns what spoke for an event in its incident: the closest other event, with its reasons.
    fn why(&self, at: usize, tellings: &[Arc<Telling>], decisions: &Decisions) -> (Option<f64>, Value) {
        let own = &tellings[at];
        if let Some(other) = tellings.iter().find(|t| decisions.on(&own.event, &t.event) == Some(true)) {
            return (Some(1.0), json!({"with": other.event, "decided": true}));
        }
        let others = tellings.iter().enumerate().filter(|(other, _)| *other != at);
        let compared = others.filter_map(|(_, other)| Some((other, self.linker.compare(own, other)?)));
        let best =
            compared.fold(None, |best: Option<(&Arc<Telling>, Comparison)>, (other, found)| match best {
                Some((_, ref top)) if top.log_odds >= found.log_odds => best,
                _ => Some((other, found)),
            });
        let Some((other, comparison)) = best else { return (None, Value::Null) };
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        let reasons: Vec<Value> = comparison
            .reasons
            .iter()
            .filter(|r| r.adds != 0.0)
            .map(|r| json!({"feature": r.feature.as_str(), "value": round(r.value), "adds": round(r.adds)}))
            .collect();
        let words = own.sentences.telling_words(&other.sentences).into_iter().map(|(word, _)| word);
        let why = json!({
            "with": other.event,
            "log_odds": round(comparison.log_odds),
            "reasons": reasons,
            "words": words.take(6).collect::<Vec<_>>(),
        });
        (Some(round(comparison.probability())), why)
    }

    pub(super) fn members(
        &mut self,
        writer: &Writer<'_>,
        incident: IncidentId,
    ) -> Result<Vec<Arc<Telling>>, StoreError> {
        let mut members = Vec::new();
        for event in writer.events().of_incident(incident)? {
            let own = self.tellings(writer, event.document)?;
            members.extend(own.iter().find(|t| t.event == event.event.id).cloned());
        }
        Ok(members)
    }

    /// Returns the tellings of a document that take part in linking: of the newest version, not rejected.
    fn tellings(
        &mut self,
        writer: &Writer<'_>,
        document: DocumentId,
    ) -> Result<Arc<[Arc<Telling>]>, StoreError> {
        if let Some(known) = self.known.get(&document) {
            return Ok(Arc::clone(known));
        }
        let mut stored = writer.events().of_document(document)?;
        stored.retain(|e| !e.replaced && e.review != Some(Review::Rejected));
        let tellings: Arc<[Arc<Telling>]> = match stored.first() {
            None => Arc::new([]),
            Some(first) => {
                let head = Document {
                    id: first.document_key.clone(),
                    title: first.title.clone(),
                    published: first.published,
                    ..Document::default()
                };
                // Where only its record is known, the words of its slots must do.
                let text = writer.text(document)?.unwrap_or_default();
                let record = Record {
                    id: head.id,
                    title: head.title,
                    published: head.published,
                    events: stored.into_iter().map(|e| e.event).collect(),
                    ..Record::default()
                };
                self.linker.tellings(&record, &text).into_iter().map(Arc::new).collect()
            }
        };
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.order.push_back(document);
        self.known.insert(document, Arc::clone(&tellings));
        Ok(tellings)
    }
}

/// An incident with its events, each with its score and what spoke for it.
struct Merged {
    incident: Incident,
    members: Vec<(casus_store::EventRow, Option<f64>, Value)>,
}

/// What is near, as the store sees it within the present transaction.
struct Vicinity<'a, 'w, 's> {
    joiner: &'a mut Joiner,
    writer: &'w Writer<'s>,
}

impl Neighbours for Vicinity<'_, '_, '_> {
    type Error = StoreError;

    fn near(
        &mut self,
        telling: &Telling,
        hangs: &dyn Fn(&Telling) -> bool,
    ) -> Result<Vec<Arc<Telling>>, StoreError> {
        if let Some(near) = self.joiner.near.get(&telling.event) {
            return Ok(near.clone());
        }
        let near = self.look(telling, hangs)?;
        if self.joiner.near.len() >= REMEMBERED {
            self.joiner.near.clear();
        }
        // What hangs together with a newcomer has got a neighbour.
        for neighbour in &near {
            if let Some(theirs) = self.joiner.near.get_mut(&neighbour.event)
                && theirs.iter().all(|other| other.event != telling.event)
            {
                theirs.push(Arc::new(telling.clone()));
            }
        }
        self.joiner.near.insert(telling.event.clone(), near.clone());
        Ok(near)
    }

    fn with_keys(&mut self, events: &[&str]) -> Result<Vec<Arc<Telling>>, StoreError> {
        let mut found = Vec::new();
        for key in events {
            match self.writer.events().with_key(key) {
                Ok(event) => {
                    let own = self.joiner.tellings(self.writer, event.document)?;
                    found.extend(own.iter().find(|t| t.event == *key).cloned());
                }
                Err(StoreError::NoEvent(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }
}

impl Vicinity<'_, '_, '_> {
    /// Looks in the store for what hangs together with a telling.
    fn look(
        &mut self,
        telling: &Telling,
        hangs: &dyn Fn(&Telling) -> bool,
    ) -> Result<Vec<Arc<Telling>>, StoreError> {
        let types = kin(telling.kind);
        let (from, to) = match telling.window() {
            // The store looks by the day of an act or, failing that, of its report; undated acts lie up to AGO days
            // before that, undated plans up to sixty after.
            Some(window) => (
                window.start.saturating_sub((SLACK + 60).days()),
                window.end.saturating_add((SLACK + AGO).days()),
            ),
            None => (FIRST, Date::MAX),
        };
        let events = self.writer.events();
        let mut documents =
            events.documents_near(&Near { types: &types, from: from.max(FIRST), to, around: None })?;
        documents.extend(events.documents_undated()?);
        documents.sort_unstable();
        documents.dedup();
        let mut near = Vec::new();
        for document in documents {
            let tellings = self.joiner.tellings(self.writer, document)?;
            let hanging = |other: &&Arc<Telling>| {
                other.event != telling.event && comparable(telling, other) && hangs(other)
            };
            near.extend(tellings.iter().filter(hanging).cloned());
        }
        Ok(near)
    }
}

/// The first day that SQLite's date functions know.
const FIRST: Date = Date::constant(1, 1, 1);

/// Returns what people decided, all of it: decisions are few.
fn decisions(writer: &Writer<'_>) -> Result<Decisions, StoreError> {
    let mut decisions = Decisions::default();
    for (a, b, together) in writer.all_pair_decisions()? {
        decisions.decide(&a, &b, together);
    }
    Ok(decisions)
}

fn member(stored: &StoredEvent) -> Member<'_> {
    Member {
        event: &stored.event,
        document: &stored.document_key,
        title: stored.title.as_deref(),
        publisher: stored.publisher.as_deref(),
        published: stored.published,
    }
}

/// Returns an incident as the store keeps it.
fn stored_incident(view: &incident::Incident) -> Incident {
    let toll = |slot: &str| view.numbers.iter().find(|n| n.slot == slot).map(|n| (n.min, n.max));
    let place = view.place.as_ref().map_or_else(IncidentPlace::default, |p| IncidentPlace {
        name: p.name.clone(),
        country: p.country,
        admin1: p.admin1.clone(),
        point: p.lat.zip(p.lon),
        precision: p.precision,
    });
    Incident {
        key: view.id.clone(),
        title: Some(view.title.clone()),
        kind: view.kind,
        status: view.status,
        days: view.time.as_ref().map(|t| (t.start, t.end)),
        place,
        tolls: ["killed", "injured", "detained", "displaced", "abducted"].map(toll),
        n_events: view.reports.iter().map(|r| r.events.len()).sum(),
        n_documents: view.reports.len(),
        confidence: view.confidence,
        record: serde_json::to_value(view).expect("an incident has string keys and finite numbers"),
    }
}
