//! Incidents kept up with what comes in: the store gives what is near, the coder decides, the store writes.

use super::reasons::{Reason, Reasons};
use super::vicinity::{Memory, Vicinity};
use crate::linking::{Decisions, Linker, Telling};
use crate::types::incident;
use casus_coder::incidents::{Alike, Member, merge};
use casus_store::{DocumentId, Incident, IncidentId, IncidentPlace, StoreError, StoredEvent, Writer};
use casus_types::record::Verdict;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Joins the events of a store to incidents, document by document.
#[derive(Debug)]
pub(super) struct Joiner {
    memory: Memory,
    reasons: Reasons,
    /// What the store said of changes by others when the transaction began.
    changed_by_others: Option<i64>,
}

/// What a document's events stood with before it changes.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// The incidents that they belong to.
    incidents: BTreeSet<IncidentId>,
    /// The events of other documents that they are like.
    around: BTreeSet<String>,
}

impl Joiner {
    pub(super) fn new(linker: Linker) -> Self {
        Self { memory: Memory::new(Arc::new(linker)), reasons: Reasons::default(), changed_by_others: None }
    }

    /// Begins a transaction: where another program has changed the store since the last one, as a review does, all that is
    /// remembered is forgotten.
    pub(super) fn begin(&mut self, writer: &Writer<'_>) -> Result<(), StoreError> {
        let now = Some(writer.changed_by_others()?);
        if self.changed_by_others.is_some() && self.changed_by_others != now {
            self.memory = Memory::new(Arc::clone(&self.memory.linker));
            self.reasons = Reasons::default();
        }
        self.changed_by_others = now;
        Ok(())
    }

    /// Returns what the events of a document stand with: to be asked before the document changes.
    pub(super) fn before(&mut self, writer: &Writer<'_>, document: DocumentId) -> Result<Before, StoreError> {
        let incidents =
            writer.events().of_document(document)?.into_iter().filter_map(|e| e.incident).collect();
        let own = self.memory.tellings(writer, document)?;
        self.memory.forget_stored(document);
        Ok(Before { incidents, around: self.around(writer, &own)? })
    }

    /// Returns the events of other documents that these are like.
    fn around(
        &mut self,
        writer: &Writer<'_>,
        tellings: &[Arc<Telling>],
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut around = BTreeSet::new();
        for telling in tellings {
            let alike = self.memory.alike(writer, telling)?;
            let others = alike.iter().filter(|other| other.telling.document != telling.document);
            around.extend(others.map(|other| other.telling.event.clone()));
        }
        Ok(around)
    }

    /// Joins the events of a document that came in, was coded anew or was replaced.
    pub(super) fn document(
        &mut self,
        writer: &mut Writer<'_>,
        document: DocumentId,
        before: Before,
    ) -> Result<(), StoreError> {
        let Before { incidents: mut left, mut around } = before;
        let key = writer.document_key(document)?;
        self.memory.forget(document, &key);
        let mut out = Vec::new();
        for event in writer.events().of_document(document)? {
            let gone = event.review == Some(Verdict::Rejected) || event.replaced;
            if let (true, Some(incident)) = (gone, event.incident) {
                writer.leave_incident(event.row)?;
                left.insert(incident);
                out.push(event);
            }
        }
        if !out.is_empty() {
            let out = self.memory.told(writer, document, out)?;
            around.extend(self.around(writer, &out)?);
            self.memory.forget(document, &key);
        }
        let new = self.memory.tellings(writer, document)?;
        let mut others = Vec::new();
        for &incident in &left {
            others.extend(self.memory.members(writer, incident)?);
        }
        for key in &around {
            others.extend(self.memory.with_key(writer, key)?);
        }
        let dirty: BTreeSet<String> = writer
            .events()
            .of_document(document)?
            .into_iter()
            .map(|event| event.event.id)
            .chain(others.iter().map(|t| t.event.clone()))
            .collect();
        self.settle(writer, &new, others, left, &dirty).map(|_| ())
    }

    /// Joins the events of documents all of which are in the store, and in no incident. `told` hears after each document how
    /// many are done.
    pub(super) fn all(
        &mut self,
        writer: &mut Writer<'_>,
        documents: &[DocumentId],
        mut told: impl FnMut(usize),
    ) -> Result<(), StoreError> {
        // Nothing comes in meanwhile, so whoever was reached from an earlier document has its incident for good.
        let mut settled: HashSet<String> = HashSet::new();
        for (n, &document) in documents.iter().enumerate() {
            let own = self.memory.tellings(writer, document)?;
            if !own.iter().all(|telling| settled.contains(&telling.event)) {
                let groups = self.settle(writer, &own, Vec::new(), BTreeSet::new(), &BTreeSet::new())?;
                settled.extend(groups.into_iter().flatten());
            }
            told(n + 1);
        }
        Ok(())
    }

    /// Returns the tellings of an incident's events.
    pub(super) fn members(
        &mut self,
        writer: &Writer<'_>,
        incident: IncidentId,
    ) -> Result<Vec<Arc<Telling>>, StoreError> {
        self.memory.members(writer, incident)
    }

    /// Joins what hangs together with these tellings, and writes what changed. Returns the incidents that were looked at,
    /// by their event keys.
    pub(super) fn settle(
        &mut self,
        writer: &mut Writer<'_>,
        new: &[Arc<Telling>],
        mut around: Vec<Arc<Telling>>,
        mut old: BTreeSet<IncidentId>,
        dirty: &BTreeSet<String>,
    ) -> Result<Vec<Vec<String>>, StoreError> {
        let decisions = decisions(writer)?;
        let linker = Arc::clone(&self.memory.linker);
        loop {
            let mut vicinity = Vicinity { memory: &mut self.memory, writer };
            let groups = linker.relink(new, &around, &mut vicinity, &decisions)?;
            let reached: BTreeSet<&str> = groups.iter().flatten().map(String::as_str).collect();
            for key in &reached {
                old.extend(writer.events().standing(key)?.and_then(|standing| standing.incident));
            }
            // Whoever was with one of them before is asked too: its incident may fall apart.
            let seen = around.len();
            let mut before: BTreeMap<IncidentId, BTreeSet<String>> = BTreeMap::new();
            for &incident in &old {
                let members = writer.events().keys_of_incident(incident)?;
                for key in members.iter().filter(|key| !reached.contains(key.as_str())) {
                    around.extend(self.memory.with_key(writer, key)?);
                }
                before.insert(incident, members.into_iter().collect());
            }
            if around.len() == seen {
                self.write(writer, &groups, &before, dirty, &decisions)?;
                return Ok(groups);
            }
        }
    }

    /// Writes the incidents that changed: those of `before` that are no more are closed, others opened or filled anew.
    fn write(
        &mut self,
        writer: &mut Writer<'_>,
        groups: &[Vec<String>],
        before: &BTreeMap<IncidentId, BTreeSet<String>>,
        dirty: &BTreeSet<String>,
        decisions: &Decisions,
    ) -> Result<(), StoreError> {
        let by_members: BTreeMap<&BTreeSet<String>, IncidentId> =
            before.iter().map(|(id, members)| (members, *id)).collect();
        let mut changed = Vec::new();
        let mut kept: BTreeSet<IncidentId> = BTreeSet::new();
        for group in groups {
            let members: BTreeSet<String> = group.iter().cloned().collect();
            match by_members.get(&members) {
                Some(id) if members.is_disjoint(dirty) => drop(kept.insert(*id)),
                _ => changed.push(self.merged(writer, group, decisions)?),
            }
        }
        for Merged { incident, .. } in &changed {
            if let Some(id) = writer.incident_with_key(&incident.key)?.filter(|id| before.contains_key(id)) {
                kept.insert(id);
            }
        }
        for &gone in before.keys().filter(|id| !kept.contains(id)) {
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
            for (event, reason) in members {
                let was_here = before.get(&id).is_some_and(|members| members.contains(&event.event.id));
                if !(was_here && reason.stands) {
                    writer.join_incident(event.row, id, reason.score, &reason.why)?;
                }
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
            stored.push(self.memory.stored(writer, key)?);
            tellings.extend(self.memory.with_key(writer, key)?);
        }
        let index: HashMap<&str, usize> =
            tellings.iter().enumerate().map(|(at, telling)| (telling.event.as_str(), at)).collect();
        let (mut reasons, mut sum, mut pairs) = (Vec::new(), 0.0, 0_u32);
        for (at, own) in tellings.iter().enumerate() {
            let around = self.memory.alike(writer, own)?;
            // By the places of the others, since every look-up by key is one of as many as there are pairs.
            let mut alike: Vec<Option<&Alike>> = vec![None; tellings.len()];
            for other in around.iter() {
                if let Some(&at) = index.get(other.telling.event.as_str()) {
                    alike[at] = Some(other);
                }
            }
            for (other, found) in tellings[..at].iter().zip(&alike) {
                sum += match decisions.on(&own.event, &other.event) {
                    Some(one) => f64::from(one),
                    None => found.map_or(0.0, |found| 1.0 / (1.0 + (-found.log_odds).exp())),
                };
                pairs += 1;
            }
            reasons.push(self.reasons.give(&self.memory.linker, own, &alike, &tellings, decisions));
        }
        let confidence = (pairs > 0).then(|| sum / f64::from(pairs));
        let view = merge(&stored.iter().map(|event| member(event)).collect::<Vec<_>>(), confidence);
        let members = stored.into_iter().zip(reasons).collect();
        Ok(Merged { incident: stored_incident(&view), members })
    }
}

/// An incident with its events, each with what spoke for it.
struct Merged {
    incident: Incident,
    members: Vec<(Arc<StoredEvent>, Reason)>,
}

/// Returns what people decided, all of it: decisions are few.
pub(super) fn decisions(writer: &Writer<'_>) -> Result<Decisions, StoreError> {
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
