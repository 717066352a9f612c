//! Days of two tellings.

use super::feature::Feature;
use super::telling::{Dated, Telling};
use casus_types::Date;
use casus_types::event::Interval;

/// Days that two windows may lie apart while their tellings are still compared: reports put an act of the night on
/// either day, and weekdays are read a day off.
pub const SLACK: i32 = 3;

/// Returns how the days of two tellings lie to each other, and how much of that there is.
pub(super) fn days(a: &Telling, b: &Telling) -> (Feature, f64) {
    let (Some((one, dated)), Some((other, dated_too))) = (a.time, b.time) else {
        return (Feature::DayUnknown, 1.0);
    };
    let gap = gap(one, other);
    let assumed = dated == Dated::Assumed || dated_too == Dated::Assumed;
    match gap {
        0 if assumed => (Feature::DayAssumedSame, 1.0),
        0 if dated == Dated::Day && dated_too == Dated::Day => (Feature::DaySame, 1.0),
        0 => (Feature::DayOverlap, 1.0),
        _ if assumed => (Feature::DayAssumedApart, f64::from(1 + gap).ln()),
        1 => (Feature::DayNext, 1.0),
        _ => (Feature::DayApart, 1.0),
    }
}

/// Returns the natural logarithm of one more than the days between two publications.
pub(super) fn publications(a: &Telling, b: &Telling) -> Option<f64> {
    let apart = between(a.published?, b.published?).abs();
    (apart > 0).then(|| f64::from(1 + apart).ln())
}

/// Tells whether two tellings may be of one act as far as their days go.
pub(super) fn may_meet(a: &Telling, b: &Telling) -> bool {
    match (a.window(), b.window()) {
        (Some(a), Some(b)) => gap(a, b) <= SLACK,
        _ => true,
    }
}

/// Returns the days from the end of one interval to the start of the other, 0 where they overlap.
fn gap(a: Interval, b: Interval) -> i32 {
    between(a.end, b.start).max(between(b.end, a.start)).max(0)
}

/// Returns the days from one day to another.
pub(super) fn between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX / 4, |span| span.get_days())
}
