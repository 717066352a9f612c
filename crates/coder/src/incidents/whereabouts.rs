//! Places of two tellings: distance against how exactly each is known.

use super::compare::is_word;
use super::feature::Feature;
use super::telling::{Spot, Telling};
use crate::places::km;
use casus_types::event::PlacePrecision;
use casus_types::record::RecordPlace;

/// Kilometres within which different places are neighbours.
const NEAR: f64 = 30.0;

/// Returns how the places of two tellings lie to each other: the closest two of them count.
pub(super) fn places(a: &Telling, b: &Telling) -> Feature {
    let pairs = a.places.iter().flat_map(|x| b.places.iter().map(move |y| relation(x, y)));
    pairs.min().unwrap_or(Feature::PlaceUnknown)
}

/// Kilometres over which a place may be taken for its neighbour across a border.
const ABROAD: f64 = 150.0;

/// Tells whether two deeds were done in different countries and far from each other. What is said may be told of anywhere.
pub(super) fn are_far_apart(a: &Telling, b: &Telling) -> bool {
    let spots = |telling: &Telling| -> Option<Vec<(f64, f64)>> {
        let known = telling.places.iter().filter(|spot| precision(&spot.place) < PlacePrecision::Country);
        let points: Option<Vec<_>> = known.map(|spot| point(&spot.place)).collect();
        points.filter(|points| points.len() == telling.places.len())
    };
    let are_words = is_word(a.kind) || is_word(b.kind);
    if are_words || places(a, b) != Feature::PlaceAbroad {
        return false;
    }
    let (Some(here), Some(there)) = (spots(a), spots(b)) else { return false };
    here.iter().all(|&one| there.iter().all(|&other| km(one, other) > ABROAD))
}

fn relation(x: &Spot, y: &Spot) -> Feature {
    let (a, b) = (&x.place, &y.place);
    if a.country.is_some() && b.country.is_some() && a.country != b.country {
        return Feature::PlaceAbroad;
    }
    let coarser = precision(a).max(precision(b));
    if same_name(x, y) {
        return if coarser <= PlacePrecision::Town { Feature::PlaceSame } else { Feature::PlaceWithin };
    }
    if coarser == PlacePrecision::Country {
        return if a.country.is_some() && a.country == b.country {
            Feature::PlaceWithin
        } else {
            Feature::PlaceUnknown
        };
    }
    if coarser == PlacePrecision::Admin1 && a.admin1.is_some() && a.admin1 == b.admin1 {
        return Feature::PlaceWithin;
    }
    let (Some(here), Some(there)) = (point(a), point(b)) else { return Feature::PlaceUnknown };
    let apart = km(here, there);
    if apart <= reach(coarser) {
        // Two names on one spot: a base and its town.
        return if coarser <= PlacePrecision::Town { Feature::PlaceSame } else { Feature::PlaceWithin };
    }
    if apart <= NEAR { Feature::PlaceNear } else { Feature::PlaceApart }
}

fn same_name(a: &Spot, b: &Spot) -> bool {
    let by_id = a.place.geonameid.is_some() && a.place.geonameid == b.place.geonameid;
    by_id || (!a.key.is_empty() && a.key == b.key)
}

fn precision(place: &RecordPlace) -> PlacePrecision {
    place.precision.unwrap_or(PlacePrecision::Town)
}

fn point(place: &RecordPlace) -> Option<(f64, f64)> {
    place.lat.zip(place.lon)
}

/// Returns the kilometres from the point of a place within which another may belong to it; rounded radii of towns
/// and of units as large as the median one of each level in the gazetteer.
fn reach(precision: PlacePrecision) -> f64 {
    match precision {
        PlacePrecision::Point | PlacePrecision::Town => 3.0,
        PlacePrecision::Admin2 => 40.0,
        PlacePrecision::Admin1 | PlacePrecision::Country => 120.0,
    }
}
