//! One act, one event: joining the triggers that tell of the same act.

use crate::Report;
use crate::actors::corefer;
use crate::dates::Tense;
use crate::sequence;
use casus_types::analysis::{Argument, Role, TriggerId, TriggerLink};
use casus_types::event::Interval;
use casus_types::{Relation, Span};
use std::collections::BTreeMap;

/// From which probability on the reader sees who acts, and upon whom.
const SEEN: f32 = 0.85;
/// How much less likely words need to be a trigger where it sees both. Events of 13 published held-out articles rise from 74.6
/// to 75.8, whole records from 36.2 to 38.3; 37 written ones and 124 short reports stay as they are.
const WITH_BOTH: f32 = 0.05;

/// Tells whether words are likely enough to tell of an act.
fn is_trigger(report: &Report, id: TriggerId) -> bool {
    let least = report.thresholds().trigger;
    let probability = report.analysis.trigger(id).probability;
    let seen = |role| {
        let arguments = &report.analysis.arguments;
        arguments.iter().any(|a| a.trigger == id && a.role == role && a.probability >= SEEN)
    };
    probability >= least || (probability >= least - WITH_BOTH && seen(Role::Actor) && seen(Role::Recipient))
}

/// Returns groups of triggers, one an act, in the order of first mention; the likeliest trigger of a group first.
pub(crate) fn clusters(report: &Report) -> Vec<Vec<TriggerId>> {
    let analysis = report.analysis;
    let kept: Vec<TriggerId> = (0..analysis.triggers.len())
        .map(|i| TriggerId(u32::try_from(i).expect("fewer triggers than bytes of text")))
        .filter(|&id| is_trigger(report, id))
        .collect();
    let same = Sameness::new(report);
    // Each pair is looked at once, however often groups are compared.
    let alike: Vec<Vec<f32>> = kept.iter().map(|&a| kept.iter().map(|&b| same.of(a, b)).collect()).collect();
    let groups = joined(&alike, report.thresholds().same);
    let mut groups: Vec<Vec<TriggerId>> =
        groups.into_iter().map(|group| group.into_iter().map(|at| kept[at]).collect()).collect();
    for group in &mut groups {
        let rank = |t: &TriggerId| analysis.trigger(*t).probability;
        group.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.cmp(b)));
    }
    groups.sort_by_key(|g| g.iter().min().copied());
    groups
}

/// Returns groups of what is alike, by average linkage: the closest two groups are joined as long as they are close enough.
fn joined(alike: &[Vec<f32>], least: f32) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..alike.len()).map(|at| vec![at]).collect();
    // How alike each group is to those before it.
    let mut means: Vec<Vec<f32>> =
        (0..groups.len()).map(|b| (0..b).map(|a| mean(&groups[a], &groups[b], alike)).collect()).collect();
    while let Some((a, b)) = closest(&means, least) {
        let moved = groups.remove(b);
        groups[a].extend(moved);
        means.remove(b);
        means.iter_mut().skip(b).for_each(|row| {
            row.remove(b);
        });
        for other in (0..groups.len()).filter(|&other| other != a) {
            let (first, second) = (a.min(other), a.max(other));
            means[second][first] = mean(&groups[first], &groups[second], alike);
        }
    }
    groups
}

/// Returns how alike the members of two groups are, each with each.
fn mean(one: &[usize], other: &[usize], alike: &[Vec<f32>]) -> f32 {
    let sum: f32 = one.iter().flat_map(|&x| other.iter().map(move |&y| alike[x][y])).sum();
    #[expect(clippy::cast_precision_loss, reason = "a report has few triggers")]
    let pairs = (one.len() * other.len()) as f32;
    sum / pairs
}

/// Returns the two groups that are likeliest one act, the earlier first; none where no two are likely enough.
fn closest(means: &[Vec<f32>], least: f32) -> Option<(usize, usize)> {
    let mut best: Option<(f32, usize, usize)> = None;
    for (b, row) in means.iter().enumerate() {
        for (a, &mean) in row.iter().enumerate() {
            if mean >= least && best.is_none_or(|(m, _, _)| mean > m) {
                best = Some((mean, a, b));
            }
        }
    }
    best.map(|(_, a, b)| (a, b))
}

/// Returns the days that the reader sees for each trigger.
fn own_days(report: &Report) -> BTreeMap<TriggerId, Interval> {
    let least = report.thresholds().time;
    let times = report.analysis.arguments.iter().filter(|a| a.role == Role::Time && a.probability >= least);
    // "The toll had risen to 59 by Tuesday" is no day of the attack.
    let tells_a_toll = |time: &&Argument| {
        let sentence = report.analysis.sentences[report.analysis.sentence_of(time.span)];
        sentence
            .slice(report.text())
            .to_ascii_lowercase()
            .split(|c: char| !c.is_alphabetic())
            .any(|w| w == "toll")
    };
    let dated = times.filter(|time| !tells_a_toll(time)).filter_map(|time| {
        let mut dates = report.dates.iter().filter(|d| !d.is_dateline && !d.is_frame && !d.is_term());
        let days = dates.find(|d| d.span.overlaps(time.span))?.resolve(Tense::Past)?;
        Some((time.trigger, days))
    });
    dated.collect()
}

/// What speaks for two triggers telling of one act.
struct Sameness<'a> {
    report: &'a Report<'a>,
    said: BTreeMap<(TriggerId, TriggerId), f32>,
    /// How likely the reader thinks that the first answers the second, where it is likely enough to count.
    answers: BTreeMap<(TriggerId, TriggerId), f32>,
    /// The likeliest words for who plays a role.
    played: BTreeMap<(TriggerId, Role), Span>,
    /// The days of those that have some of their own.
    days: BTreeMap<TriggerId, Interval>,
}

impl<'a> Sameness<'a> {
    fn new(report: &'a Report<'a>) -> Self {
        let said = report
            .analysis
            .relations
            .iter()
            .filter(|r| r.link == TriggerLink::Same)
            .map(|r| ((r.from, r.to), r.probability))
            .collect();
        let least = report.thresholds().response;
        let answers = report.analysis.relations.iter();
        let answers = answers
            .filter(|r| r.link == TriggerLink::Linked(Relation::ResponseTo) && r.probability >= least)
            .map(|r| ((r.from, r.to), r.probability))
            .collect();
        let mut likeliest: Vec<_> = report.analysis.arguments.iter().collect();
        likeliest.sort_by(|x, y| x.probability.total_cmp(&y.probability).then(y.span.cmp(&x.span)));
        let played = likeliest.iter().map(|x| ((x.trigger, x.role), x.span)).collect();
        Self { report, said, answers, played, days: own_days(report) }
    }

    /// Returns how likely two triggers tell of one act.
    fn of(&self, a: TriggerId, b: TriggerId) -> f32 {
        let (first, second) = (self.report.analysis.trigger(a), self.report.analysis.trigger(b));
        // "Shells hit a school a day after the raid": two days, two acts.
        if sequence::hinge(self.report, first.span, second.span).is_some() {
            return 0.0;
        }
        if self.are_of_other_days(a, b) {
            return 0.0;
        }
        let says = |x, y| self.said.get(&(x, y)).copied().unwrap_or(0.0);
        let mean = f32::midpoint(says(a, b), says(b, a));
        // No act answers itself.
        if [(a, b), (b, a)].iter().any(|pair| self.answers.get(pair).is_some_and(|&answers| answers > mean)) {
            return 0.0;
        }
        let thresholds = self.report.thresholds();
        if first.kind != second.kind {
            return mean * thresholds.same_across_types;
        }
        mean + self.shared(a, b) * thresholds.same_by_participants
    }

    /// Tells whether each of two triggers has days of its own, that do not touch: "Last month gunmen killed 50, and in January
    /// soldiers killed their leader".
    fn are_of_other_days(&self, a: TriggerId, b: TriggerId) -> bool {
        let (Some(one), Some(other)) = (self.days.get(&a), self.days.get(&b)) else { return false };
        one.end < other.start || other.end < one.start
    }

    /// Returns in how many of the roles of doer and sufferer the same words stand, less those in which the doer of one
    /// act is the sufferer of the other.
    fn shared(&self, a: TriggerId, b: TriggerId) -> f32 {
        let one = |x, y| if self.are_one(x, y) { 1.0 } else { 0.0 };
        let (doer, sufferer) = (Role::Actor, Role::Recipient);
        one((a, doer), (b, doer)) + one((a, sufferer), (b, sufferer))
            - one((a, doer), (b, sufferer))
            - one((a, sufferer), (b, doer))
    }

    /// Tells whether the likeliest words for two roles name the same.
    fn are_one(&self, x: (TriggerId, Role), y: (TriggerId, Role)) -> bool {
        let (Some(&x), Some(&y)) = (self.played.get(&x), self.played.get(&y)) else { return false };
        x.overlaps(y) || corefer(self.report.text(), x, y, &self.report.knowledge.actors)
    }
}
