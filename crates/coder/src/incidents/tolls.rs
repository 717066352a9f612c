//! Numbers of two tellings: the same, raised by the later report, or too far apart for one act.

use super::feature::Feature;
use super::telling::Telling;

/// How many times the lower number the later one may be: first counts of an attack double and treble within days, rarely
/// more.
const RAISED_TO: u64 = 3;

/// Returns what the numbers of two tellings say, at most one feature: a contradiction outweighs an agreement.
pub(super) fn tolls(a: &Telling, b: &Telling) -> Option<(Feature, f64)> {
    // Where the days of publication are equal or unknown, neither report is the later.
    let later = match (a.published, b.published) {
        (Some(x), Some(y)) => x.cmp(&y),
        _ => std::cmp::Ordering::Equal,
    };
    let (mut same, mut raised, mut other) = (0_u64, false, false);
    for &(slot, min, max) in &a.numbers {
        let Some(&(_, min_b, max_b)) = b.numbers.iter().find(|(s, _, _)| *s == slot) else { continue };
        let overlap = min <= max_b.unwrap_or(u64::MAX) && min_b <= max.unwrap_or(u64::MAX);
        if overlap {
            same = same.max(min.min(min_b)).max(1);
            continue;
        }
        let ((early, late), dated) = match later {
            std::cmp::Ordering::Less => ((min, min_b), true),
            std::cmp::Ordering::Greater => ((min_b, min), true),
            std::cmp::Ordering::Equal => ((min.min(min_b), min.max(min_b)), false),
        };
        let mild = early < late && late <= early.saturating_mul(RAISED_TO);
        // One or two more or fewer is how two desks count one scene on the same day.
        let close = !dated && late - early <= 2.max(early / 4);
        if (dated && mild) || close { raised = true } else { other = true }
    }
    if other {
        Some((Feature::TollOther, 1.0))
    } else if same > 0 {
        #[expect(clippy::cast_precision_loss, reason = "people, not atoms")]
        Some((Feature::TollSame, (1.0 + same as f64).log10()))
    } else {
        raised.then_some((Feature::TollRaised, 1.0))
    }
}
