//! From pairs to incidents: average linkage within each block of tellings that hang together.
//!
//! What comes out depends on which tellings there are, never on the order in which they came: they are taken in the
//! order of their keys, and of two equally close groups the one with the smaller keys is joined first.

use super::compare::akin;
use super::decisions::Decisions;
use super::feature::Weights;
use super::hanging::{UNLIKE, bar, hang, likeness};
use super::telling::Telling;
use super::{times, whereabouts};
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// Tells whether two tellings are worth comparing: types that are akin, windows that meet, no deeds in lands far apart.
/// Others are not one incident, unless somebody says so.
#[must_use]
pub fn comparable(a: &Telling, b: &Telling) -> bool {
    akin(a.kind, b.kind) && times::may_meet(a, b) && !whereabouts::are_far_apart(a, b)
}

/// Returns the incidents of these tellings, each as the indices of its tellings; both in the order of event keys.
///
/// A telling whose key comes twice counts as two; callers hand each in once.
#[must_use]
pub fn incidents<T: Borrow<Telling>>(
    tellings: &[T],
    weights: &Weights,
    decisions: &Decisions,
) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_by(|&a, &b| tellings[a].borrow().event.cmp(&tellings[b].borrow().event));
    let sorted: Vec<&Telling> = order.iter().map(|&at| tellings[at].borrow()).collect();
    let mut pairs = Pairs::new(sorted.len());
    let mut around: Vec<Vec<f64>> = vec![Vec::new(); sorted.len()];
    for b in 1..sorted.len() {
        for a in 0..b {
            if let Some(log_odds) = likeness(sorted[a], sorted[b], weights) {
                pairs.push(a, b, log_odds);
                around[a].push(log_odds);
                around[b].push(log_odds);
            }
        }
    }
    let keys = sorted.iter().map(|telling| telling.event.as_str()).collect();
    let bars = around.iter().map(|others| bar(others, weights)).collect();
    let world = World { keys, alike: pairs.sorted(), bars };
    let groups = world.incidents(weights, decisions);
    groups.into_iter().map(|group| group.into_iter().map(|at| order[at]).collect()).collect()
}

/// The pairs that are alike, by indices: with each telling those after it, and the log-odds.
#[derive(Debug)]
pub(super) struct Pairs(Vec<Vec<(usize, f64)>>);

impl Pairs {
    pub(super) fn new(n: usize) -> Self {
        Self(vec![Vec::new(); n])
    }

    /// Adds a pair, in either order of its two; it may come more than once.
    pub(super) fn push(&mut self, a: usize, b: usize, log_odds: f64) {
        self.0[a.min(b)].push((a.max(b), log_odds));
    }

    /// Returns them ready for look-ups, each once.
    pub(super) fn sorted(mut self) -> Self {
        for after in &mut self.0 {
            after.sort_by_key(|(b, _)| *b);
            after.dedup_by_key(|(b, _)| *b);
        }
        self
    }

    /// Returns the log-odds of a pair, the smaller index first.
    fn get(&self, a: usize, b: usize) -> Option<f64> {
        let after = &self.0[a];
        after.binary_search_by_key(&b, |(b, _)| *b).ok().map(|at| after[at].1)
    }

    fn iter(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        let rows = self.0.iter().enumerate();
        rows.flat_map(|(a, after)| after.iter().map(move |&(b, log_odds)| (a, b, log_odds)))
    }
}

/// Tellings in the order of their keys, with what linking needs to know of them.
#[derive(Debug)]
pub(super) struct World<'a> {
    pub(super) keys: Vec<&'a str>,
    pub(super) alike: Pairs,
    /// The bar of each.
    pub(super) bars: Vec<f64>,
}

impl World<'_> {
    /// Returns the incidents, each as indices, in the order of keys.
    pub(super) fn incidents(&self, weights: &Weights, decisions: &Decisions) -> Vec<Vec<usize>> {
        let blocks = self.blocks(decisions);
        let mut groups: Vec<Vec<usize>> =
            blocks.iter().flat_map(|block| self.linked(block, weights, decisions)).collect();
        groups.sort();
        groups
    }

    /// Returns the connected blocks of tellings that hang together; no incident reaches beyond its block.
    fn blocks(&self, decisions: &Decisions) -> Vec<Vec<usize>> {
        let mut parent: Vec<usize> = (0..self.keys.len()).collect();
        let mut unite = |a: usize, b: usize| {
            let (a, b) = (root(&mut parent, a), root(&mut parent, b));
            parent[a.max(b)] = a.min(b);
        };
        for (a, b, log_odds) in self.alike.iter() {
            let keys = (self.keys[a], self.keys[b]);
            if hang(keys, Some(log_odds), (self.bars[a], self.bars[b]), decisions) {
                unite(a, b);
            }
        }
        for (a, b, one) in decisions.all() {
            if let (true, Ok(a), Ok(b)) = (one, self.keys.binary_search(&a), self.keys.binary_search(&b)) {
                unite(a, b);
            }
        }
        let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.keys.len() {
            blocks.entry(root(&mut parent, at)).or_default().push(at);
        }
        blocks.into_values().collect()
    }

    /// Joins the closest two groups of a block as long as they are close enough.
    fn linked(&self, block: &[usize], weights: &Weights, decisions: &Decisions) -> Vec<Vec<usize>> {
        let mut linkage = Linkage::new(block.len(), weights.join_from, |a, b| {
            let (a, b) = (block[a], block[b]);
            let decided = decisions.on(self.keys[a], self.keys[b]);
            let log_odds = self.alike.get(a, b);
            Closeness {
                sum: log_odds.unwrap_or(weights.join_from - UNLIKE),
                forbidden: decided == Some(false),
                ordered: decided == Some(true),
            }
        });
        while let Some((a, b)) = linkage.closest() {
            linkage.join(a, b);
        }
        let groups = linkage.groups.into_iter().filter(|group| !group.is_empty());
        groups.map(|group| group.into_iter().map(|at| block[at]).collect()).collect()
    }
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Closeness of two groups: the sum over their pairs, and whether somebody forbids or orders to join them.
#[derive(Debug, Clone, Copy, Default)]
struct Closeness {
    sum: f64,
    forbidden: bool,
    ordered: bool,
}

/// Groups of a block with the closeness of any two, and for each the closest of those after it.
struct Linkage {
    groups: Vec<Vec<usize>>,
    close: Vec<Closeness>,
    join_from: f64,
    closest: Vec<Option<Candidate>>,
}

/// A group that may be joined next: those that somebody ordered come first, then the closest.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    ordered: bool,
    mean: f64,
    group: usize,
}

impl Candidate {
    fn before(self, other: Option<Self>) -> bool {
        other.is_none_or(|other| {
            let (mine, theirs) = ((self.ordered, self.mean), (other.ordered, other.mean));
            mine > theirs || (mine == theirs && self.group < other.group)
        })
    }
}

impl Linkage {
    fn new(n: usize, join_from: f64, closeness: impl Fn(usize, usize) -> Closeness) -> Self {
        let mut close = vec![Closeness::default(); n * n];
        for b in 1..n {
            for a in 0..b {
                let found = closeness(a, b);
                (close[a * n + b], close[b * n + a]) = (found, found);
            }
        }
        let groups = (0..n).map(|at| vec![at]).collect();
        let mut linkage = Self { groups, close, join_from, closest: vec![None; n] };
        for a in 0..n {
            linkage.closest[a] = linkage.closest_after(a);
        }
        linkage
    }

    /// Returns group `b` as a candidate to be joined with group `a`.
    fn candidate(&self, a: usize, b: usize) -> Option<Candidate> {
        let Closeness { sum, forbidden, ordered } = self.close[a * self.groups.len() + b];
        let pairs = self.groups[a].len() * self.groups[b].len();
        #[expect(clippy::cast_precision_loss, reason = "a block has far fewer than 2^52 pairs")]
        let mean = sum / pairs as f64;
        (pairs > 0 && !forbidden && (ordered || mean >= self.join_from)).then_some(Candidate {
            ordered,
            mean,
            group: b,
        })
    }

    fn closest_after(&self, a: usize) -> Option<Candidate> {
        let after = (a + 1..self.groups.len()).filter_map(|b| self.candidate(a, b));
        after.fold(None, |best, found| if found.before(best) { Some(found) } else { best })
    }

    /// Returns the two groups to join next; of equals those with the smaller indices.
    fn closest(&self) -> Option<(usize, usize)> {
        let mut best: Option<(usize, Candidate)> = None;
        for (a, found) in self.closest.iter().enumerate() {
            if let Some(found) = found
                && best.is_none_or(|(_, top)| (found.ordered, found.mean) > (top.ordered, top.mean))
            {
                best = Some((a, *found));
            }
        }
        best.map(|(a, found)| (a, found.group))
    }

    fn join(&mut self, a: usize, b: usize) {
        let n = self.groups.len();
        let moved = std::mem::take(&mut self.groups[b]);
        self.groups[a].extend(moved);
        self.groups[a].sort_unstable();
        self.closest[b] = None;
        for other in (0..n).filter(|&other| other != a && !self.groups[other].is_empty()) {
            let (one, two) = (self.close[a * n + other], self.close[b * n + other]);
            let joined = Closeness {
                sum: one.sum + two.sum,
                forbidden: one.forbidden || two.forbidden,
                ordered: one.ordered || two.ordered,
            };
            (self.close[a * n + other], self.close[other * n + a]) = (joined, joined);
        }
        for other in (0..n).filter(|&other| !self.groups[other].is_empty()) {
            let stale = other == a || self.closest[other].is_some_and(|c| c.group == a || c.group == b);
            if stale {
                self.closest[other] = self.closest_after(other);
            } else if other < a
                && let Some(found) = self.candidate(other, a)
                && found.before(self.closest[other])
            {
                self.closest[other] = Some(found);
            }
        }
    }
}
