//! How right incidents are: families of reports whose acts are labelled.
//!
//! The measure is B-cubed (Bagga & Baldwin 1998) over labelled words. A word belongs to the event of its report that has
//! it among its mentions; failing that, to an event told in the same sentence that no other label claims. A labelled
//! word without an event counts as an incident of its own (as Cai & Strube 2010 do with missed mentions). Events without
//! a label take part in linking and are not counted.

use super::tally::Rate;
use crate::golden::families::FamilyReport;
use crate::linking::{Decisions, Linker, Telling};
use casus_types::record::{Record, RecordEvent};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Precision and recall, each the mean over labelled words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct BCubed {
    /// Of the words in the same found incident, the share that belongs there, 0..=1.
    pub precision: f64,
    /// Of the words of the same labelled incident, the share that was found together, 0..=1.
    pub recall: f64,
}

impl BCubed {
    /// Returns the comparison of found with labelled groups; each word has the name of its group in either.
    #[must_use]
    pub fn new<F: Ord, L: Ord>(words: &[(F, L)]) -> Self {
        let mut sum = Self::default();
        #[expect(clippy::cast_precision_loss, reason = "words of a few hundred reports")]
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        for (found, label) in words {
            let same_found = words.iter().filter(|(f, _)| f == found).count();
            let same_label = words.iter().filter(|(_, l)| l == label).count();
            let both = words.iter().filter(|(f, l)| f == found && l == label).count();
            sum.precision += share(both, same_found);
            sum.recall += share(both, same_label);
        }
        #[expect(clippy::cast_precision_loss, reason = "words of a few hundred reports")]
        let n = words.len().max(1) as f64;
        Self { precision: sum.precision / n, recall: sum.recall / n }
    }

    /// Returns the harmonic mean, 0 where both are.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// Two labelled events that were compared.
#[derive(Debug, Clone)]
pub struct LabelledPair {
    /// Their keys.
    pub events: (String, String),
    /// Whether their labels are the same.
    pub same: bool,
    /// The value of each feature that was found.
    pub features: BTreeMap<&'static str, f64>,
    /// The log-odds with the present weights.
    pub log_odds: f64,
}

/// How incidents compare with the labels of families.
#[derive(Debug, Clone, Default)]
pub struct LinkingEvaluation {
    /// Reports.
    pub reports: usize,
    /// Labelled incidents.
    pub incidents: usize,
    /// Labelled words that belong to an event of casus.
    pub found: Rate,
    /// All labelled words; all events of casus are linked.
    pub own_events: BCubed,
    /// Labelled words with an event, when such events alone are linked.
    pub labelled_events: BCubed,
    /// All labelled words, were each event joined with those of the same first label: the most that linking can reach.
    pub at_best: BCubed,
    /// Every two labelled events that are worth comparing, in the order of their keys.
    pub pairs: Vec<LabelledPair>,
    /// What went wrong, a line each: words of one incident apart, or of two together.
    pub faults: Vec<String>,
}

/// A labelled word with the event that it belongs to.
struct Labelled<'a> {
    words: &'a str,
    report: &'a FamilyReport,
    label: &'a str,
    event: Option<&'a str>,
}

impl LinkingEvaluation {
    /// Returns the comparison for reports with their records, one for each report in the same order.
    #[must_use]
    pub fn new(reports: &[FamilyReport], records: &[Record], linker: &Linker) -> Self {
        let words: Vec<Labelled> =
            reports.iter().zip(records).flat_map(|(r, rec)| labelled(r, rec)).collect();
        let mut tellings: Vec<Telling> = reports
            .iter()
            .zip(records)
            .flat_map(|(report, record)| linker.tellings(record, &report.document.text))
            .collect();
        let own = named(&tellings, linker);
        let with_own = |word: &Labelled| match word.event {
            Some(event) => own[event].clone(),
            None => format!("{} at {}", word.words, word.report.document.id),
        };
        let own_pairs: Vec<(String, &str)> = words.iter().map(|w| (with_own(w), w.label)).collect();
        let labels: BTreeMap<&str, &str> = words.iter().filter_map(|w| Some((w.event?, w.label))).collect();
        tellings.retain(|t| labels.contains_key(t.event.as_str()));
        let alone = named(&tellings, linker);
        let alone_pairs: Vec<(&str, &str)> =
            words.iter().filter_map(|w| Some((alone[w.event?].as_str(), w.label))).collect();
        let mut first_label: BTreeMap<&str, &str> = BTreeMap::new();
        for word in &words {
            if let Some(event) = word.event {
                first_label.entry(event).or_insert(word.label);
            }
        }
        let best = words.iter().map(|w| match w.event {
            Some(event) => (first_label[event].to_owned(), w.label),
            None => (with_own(w), w.label),
        });
        // An event that tells of two labelled acts at once is no example of either.
        let mut clear = labels.clone();
        clear.retain(|event, label| words.iter().all(|w| w.event != Some(event) || w.label == *label));
        let mut incidents: Vec<&str> = words.iter().map(|w| w.label).collect();
        incidents.sort_unstable();
        incidents.dedup();
        let found = words.iter().filter(|w| w.event.is_some()).count();
        Self {
            reports: reports.len(),
            incidents: incidents.len(),
            found: Rate { right: found, of: words.len() },
            own_events: BCubed::new(&own_pairs),
            labelled_events: BCubed::new(&alone_pairs),
            at_best: BCubed::new(&best.collect::<Vec<_>>()),
            pairs: pairs(&tellings, &clear, linker),
            faults: faults(&words, &own_pairs),
        }
    }

    /// Returns the figures for eyes.
    #[must_use]
    pub fn table(&self) -> String {
        let line = |name: &str, b: &BCubed| {
            format!(
                "{name:<22}  precision {:5.1}  recall {:5.1}  F1 {:5.1}\n",
                100.0 * b.precision,
                100.0 * b.recall,
                100.0 * b.f1()
            )
        };
        format!(
            "{} reports, {} incidents; {} of {} labelled acts found\n{}{}{}",
            self.reports,
            self.incidents,
            self.found.right,
            self.found.of,
            line("B-cubed, own events", &self.own_events),
            line("B-cubed, found events", &self.labelled_events),
            line("B-cubed, at best", &self.at_best)
        )
    }

    /// Returns the figures as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let figures = |b: &BCubed| json!({"precision": b.precision, "recall": b.recall, "f1": b.f1()});
        json!({
            "reports": self.reports,
            "incidents": self.incidents,
            "labelled": self.found.of,
            "found": self.found.right,
            "own_events": figures(&self.own_events),
            "found_events": figures(&self.labelled_events),
            "at_best": figures(&self.at_best),
        })
    }
}

/// Returns the name of each event's incident: the smallest of its event keys.
fn named(tellings: &[Telling], linker: &Linker) -> BTreeMap<String, String> {
    let groups = linker.incidents(tellings, &Decisions::default());
    let key = |at: usize| tellings[at].event.clone();
    groups.iter().flat_map(|g| g.iter().map(|&at| (key(at), key(g[0])))).collect()
}

/// Returns the labelled words of a report, each with its event.
fn labelled<'a>(report: &'a FamilyReport, record: &'a Record) -> Vec<Labelled<'a>> {
    let text = &report.document.text;
    let point = |byte: u32| text[..byte as usize].chars().count();
    let mut words: Vec<(Labelled, usize, usize)> = report
        .labels
        .iter()
        .map(|(span, label)| {
            let (start, end) = (point(span.start), point(span.end));
            let tells = |e: &&RecordEvent| e.mentions.iter().any(|m| m.start < end && start < m.end);
            let event = record.events.iter().find(tells).map(|e| e.id.as_str());
            (Labelled { words: span.slice(text), report, label, event }, start, end)
        })
        .collect();
    for at in 0..words.len() {
        if words[at].0.event.is_some() {
            continue;
        }
        let (start, end) = (words[at].1, words[at].2);
        let free = |e: &&RecordEvent| {
            let here = e.sentence.as_ref().is_some_and(|s| s.start <= start && end <= s.end);
            here && words.iter().all(|(w, _, _)| w.event != Some(e.id.as_str()))
        };
        let event = record.events.iter().find(free).map(|e| e.id.as_str());
        words[at].0.event = event;
    }
    words.into_iter().map(|(word, _, _)| word).collect()
}

fn pairs(tellings: &[Telling], labels: &BTreeMap<&str, &str>, linker: &Linker) -> Vec<LabelledPair> {
    let clear = |t: &&Telling| labels.contains_key(t.event.as_str());
    let mut sorted: Vec<&Telling> = tellings.iter().filter(clear).collect();
    sorted.sort_by(|a, b| a.event.cmp(&b.event));
    let mut pairs = Vec::new();
    for (at, b) in sorted.iter().enumerate() {
        for a in &sorted[..at] {
            let same = labels[a.event.as_str()] == labels[b.event.as_str()];
            let Some(comparison) = linker.compare(a, b) else { continue };
            pairs.push(LabelledPair {
                events: (a.event.clone(), b.event.clone()),
                same,
                features: comparison.reasons.iter().map(|r| (r.feature.as_str(), r.value)).collect(),
                log_odds: comparison.log_odds,
            });
        }
    }
    pairs
}

/// Returns what is apart and should be together, and the other way round; a line for each label or found incident.
fn faults(words: &[Labelled], groups: &[(String, &str)]) -> Vec<String> {
    let say = |at: usize| {
        let word = &words[at];
        let event = word.event.unwrap_or("no event");
        format!("{:?} ({event}, {})", word.words, word.label)
    };
    let (mut by_label, mut by_group) =
        (BTreeMap::<&str, Vec<usize>>::new(), BTreeMap::<&str, Vec<usize>>::new());
    for (at, (group, label)) in groups.iter().enumerate() {
        by_label.entry(label).or_default().push(at);
        by_group.entry(group).or_default().push(at);
    }
    let mut faults = Vec::new();
    for (verdict, groups_of, other) in [("apart", by_label, 0), ("together", by_group, 1)] {
        for members in groups_of.values() {
            let key = |at: &usize| if other == 0 { groups[*at].0.as_str() } else { groups[*at].1 };
            let mut kinds: Vec<&str> = members.iter().map(key).collect();
            kinds.sort_unstable();
            kinds.dedup();
            if kinds.len() > 1 {
                let parts = kinds.iter().map(|kind| {
                    let part: Vec<String> =
                        members.iter().filter(|m| key(m) == *kind).map(|&m| say(m)).collect();
                    part.join(" ")
                });
                faults.push(format!("{verdict}: {}", parts.collect::<Vec<_>>().join(" | ")));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_is_as_its_authors_reckon_it() {
        // Bagga & Baldwin 1998, section 4: 1-5, 6-7, 8-12 labelled; 1-5 found, 6-12 as one: precision 76 %, recall 100 %.
        let label = |n: u32| {
            if n <= 5 {
                'a'
            } else if n <= 7 {
                'b'
            } else {
                'c'
            }
        };
        let words: Vec<(bool, char)> = (1..=12).map(|n| (n <= 5, label(n))).collect();
        let score = BCubed::new(&words);
        assert!((score.precision - 0.7619).abs() < 0.001, "{score:?}");
        assert!((score.recall - 1.0).abs() < 1e-9);
    }
}
