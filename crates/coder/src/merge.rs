//! One act, one event: joining the triggers that tell of the same act.

use crate::Report;
use crate::actors::corefer;
use crate::sequence;
use casus_types::Relation;
use casus_types::analysis::{Role, TriggerId, TriggerLink};
use std::collections::BTreeMap;

/// Returns groups of triggers, one an act, in the order of first mention; the likeliest trigger of a group first.
pub(crate) fn clusters(report: &Report) -> Vec<Vec<TriggerId>> {
    let analysis = report.analysis;
    let kept: Vec<TriggerId> = (0..analysis.triggers.len())
        .map(|i| TriggerId(u32::try_from(i).expect("fewer triggers than bytes of text")))
        .filter(|&id| analysis.trigger(id).probability >= report.thresholds().trigger)
        .collect();
    let same = Sameness::new(report);
    let mut groups: Vec<Vec<TriggerId>> = kept.iter().map(|&t| vec![t]).collect();
    // Average linkage: the closest two groups are joined as long as they are close enough.
    while let Some((a, b)) = same.closest(&groups) {
        let moved = groups.remove(b);
        groups[a].extend(moved);
    }
    for group in &mut groups {
        let rank = |t: &TriggerId| analysis.trigger(*t).probability;
        group.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.cmp(b)));
    }
    groups.sort_by_key(|g| g.iter().min().copied());
    groups
}

/// What speaks for two triggers telling of one act.
struct Sameness<'a> {
    report: &'a Report<'a>,
    said: BTreeMap<(TriggerId, TriggerId), f32>,
    /// How likely the reader thinks that the first answers the second, where it is likely enough to count.
    answers: BTreeMap<(TriggerId, TriggerId), f32>,
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
        Self { report, said, answers }
    }

    /// Returns how likely two triggers tell of one act.
    fn of(&self, a: TriggerId, b: TriggerId) -> f32 {
        let (first, second) = (self.report.analysis.trigger(a), self.report.analysis.trigger(b));
        // "Shells hit a school a day after the raid": two days, two acts.
        if sequence::hinge(self.report, first.span, second.span).is_some() {
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

    /// Returns in how many of the roles of doer and sufferer the same words stand.
    fn shared(&self, a: TriggerId, b: TriggerId) -> f32 {
        let share = |role| if self.share(role, a, b) { 1.0 } else { 0.0 };
        share(Role::Actor) + share(Role::Recipient)
    }

    /// Tells whether the same words play a role for both.
    fn share(&self, role: Role, a: TriggerId, b: TriggerId) -> bool {
        let best = |id: TriggerId| {
            self.report
                .analysis
                .arguments
                .iter()
                .filter(|x| x.trigger == id && x.role == role)
                .max_by(|x, y| x.probability.total_cmp(&y.probability).then(y.span.cmp(&x.span)))
        };
        let (Some(x), Some(y)) = (best(a), best(b)) else { return false };
        x.span.overlaps(y.span) || corefer(self.report.text(), x.span, y.span, &self.report.knowledge.actors)
    }

    /// Returns the two groups that are likeliest one act, the earlier first; none where no two are likely enough.
    fn closest(&self, groups: &[Vec<TriggerId>]) -> Option<(usize, usize)> {
        let mut best: Option<(f32, usize, usize)> = None;
        for b in 1..groups.len() {
            for a in 0..b {
                let sum: f32 =
                    groups[a].iter().flat_map(|&x| groups[b].iter().map(move |&y| self.of(x, y))).sum();
                #[expect(clippy::cast_precision_loss, reason = "a report has few triggers")]
                let mean = sum / (groups[a].len() * groups[b].len()) as f32;
                if mean >= self.report.thresholds().same && best.is_none_or(|(m, _, _)| mean > m) {
                    best = Some((mean, a, b));
                }
            }
        }
        best.map(|(_, a, b)| (a, b))
    }
}
