//! From pairs to incidents: average linkage within each block of tellings that hang together.
//!
//! What comes out depends on which tellings there are, never on the order in which they came: they are taken in the
//! order of their keys, and of two equally close groups the one with the smaller keys is joined first.

use super::compare::{Comparison, UNRELATED, akin};
use super::decisions::Decisions;
use super::feature::Weights;
use super::telling::Telling;
use super::times;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Tells whether two tellings are worth comparing: types that are akin, windows that meet. Others are not one incident,
/// unless somebody says so.
#[must_use]
pub fn comparable(a: &Telling, b: &Telling) -> bool {
    akin(a.kind, b.kind) && times::may_meet(a, b)
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
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for block in blocks(&sorted, weights, decisions) {
        groups.extend(linked(&block, &sorted, weights, decisions));
    }
    groups.sort();
    groups.into_iter().map(|group| group.into_iter().map(|at| order[at]).collect()).collect()
}

/// Tells whether two tellings hang together: close enough to be joined if there were no others, or joined by somebody.
#[must_use]
pub fn hangs_together(a: &Telling, b: &Telling, weights: &Weights, decisions: &Decisions) -> bool {
    match decisions.on(&a.event, &b.event) {
        Some(one) => one,
        None => comparable(a, b) && Comparison::new(a, b, weights).log_odds >= weights.join_from,
    }
}

/// Returns the connected blocks of tellings that hang together. No incident reaches beyond its block: of two groups
/// whose mean is high enough, two members are close enough.
fn blocks(sorted: &[&Telling], weights: &Weights, decisions: &Decisions) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..sorted.len()).collect();
    for b in 1..sorted.len() {
        for a in 0..b {
            let (root_a, root_b) = (root(&mut parent, a), root(&mut parent, b));
            if root_a != root_b && hangs_together(sorted[a], sorted[b], weights, decisions) {
                parent[root_a.max(root_b)] = root_a.min(root_b);
            }
        }
    }
    let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..sorted.len() {
        blocks.entry(root(&mut parent, at)).or_default().push(at);
    }
    blocks.into_values().collect()
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

/// Joins the closest two groups of a block as long as they are close enough.
fn linked(block: &[usize], sorted: &[&Telling], weights: &Weights, decisions: &Decisions) -> Vec<Vec<usize>> {
    let n = block.len();
    let mut groups: Vec<Vec<usize>> = block.iter().map(|&at| vec![at]).collect();
    let mut alive: BTreeSet<usize> = (0..n).collect();
    let mut close: Vec<Closeness> = vec![Closeness::default(); n * n];
    for b in 1..n {
        for a in 0..b {
            let closeness = closeness(sorted[block[a]], sorted[block[b]], weights, decisions);
            (close[a * n + b], close[b * n + a]) = (closeness, closeness);
        }
    }
    while let Some((a, b)) = closest(&alive, &groups, &close, weights.join_from) {
        let moved = std::mem::take(&mut groups[b]);
        groups[a].extend(moved);
        alive.remove(&b);
        for &other in alive.iter().filter(|&&other| other != a) {
            let (one, two) = (close[a * n + other], close[b * n + other]);
            let joined = Closeness {
                sum: one.sum + two.sum,
                forbidden: one.forbidden || two.forbidden,
                ordered: one.ordered || two.ordered,
            };
            (close[a * n + other], close[other * n + a]) = (joined, joined);
        }
    }
    let mut out: Vec<Vec<usize>> = groups.into_iter().filter(|g| !g.is_empty()).collect();
    for group in &mut out {
        group.sort_unstable();
    }
    out
}

fn closeness(a: &Telling, b: &Telling, weights: &Weights, decisions: &Decisions) -> Closeness {
    let decided = decisions.on(&a.event, &b.event);
    let sum = if comparable(a, b) { Comparison::new(a, b, weights).log_odds } else { UNRELATED };
    Closeness { sum, forbidden: decided == Some(false), ordered: decided == Some(true) }
}

/// Returns the two groups to join next: first those that somebody ordered, then the closest.
fn closest(
    alive: &BTreeSet<usize>,
    groups: &[Vec<usize>],
    close: &[Closeness],
    join_from: f64,
) -> Option<(usize, usize)> {
    let n = groups.len();
    let mut best: Option<(bool, f64, usize, usize)> = None;
    for &a in alive {
        for &b in alive.range(a + 1..) {
            let Closeness { sum, forbidden, ordered } = close[a * n + b];
            #[expect(clippy::cast_precision_loss, reason = "a block has far fewer than 2^52 pairs")]
            let mean = sum / (groups[a].len() * groups[b].len()) as f64;
            let may = !forbidden && (ordered || mean >= join_from);
            let better = best.is_none_or(|(o, m, _, _)| (ordered, mean) > (o, m));
            if may && better {
                best = Some((ordered, mean, a, b));
            }
        }
    }
    best.map(|(_, _, a, b)| (a, b))
}
