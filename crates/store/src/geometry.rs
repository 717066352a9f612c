//! Points as GeoPackage writes them, and the functions that its R*Tree triggers call.

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

/// The reference system of all geometry: WGS 84 by longitude and latitude.
const WGS_84: i32 = 4326;

/// Returns a point as a GeoPackage blob: header without envelope, then well-known binary, both little-endian
/// (OGC 12-128r18, clause 2.1.3).
pub(crate) fn point(lat: f64, lon: f64) -> Vec<u8> {
    let mut blob = Vec::with_capacity(29);
    blob.extend(b"GP\x00\x01");
    blob.extend(WGS_84.to_le_bytes());
    blob.push(1);
    blob.extend(1_u32.to_le_bytes());
    blob.extend(lon.to_le_bytes());
    blob.extend(lat.to_le_bytes());
    blob
}

/// Least and greatest x and y.
type Envelope = [f64; 4];

/// Registers `ST_IsEmpty`, `ST_MinX`, `ST_MaxX`, `ST_MinY` and `ST_MaxY`, which writing to a table with an R*Tree needs.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("ST_IsEmpty", 1, flags, |context| {
        Ok(blob(context).map(|blob| envelope(blob).is_none()))
    })?;
    for (at, name) in ["ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"].into_iter().enumerate() {
        connection.create_scalar_function(name, 1, flags, move |context| {
            Ok(blob(context).and_then(envelope).map(|envelope| envelope[at]))
        })?;
    }
    Ok(())
}

fn blob<'a>(context: &'a Context<'_>) -> Option<&'a [u8]> {
    match context.get_raw(0) {
        ValueRef::Blob(blob) => Some(blob),
        _ => None,
    }
}

/// Returns the envelope of a geometry: the one its header gives, else that of a point; none where it is empty or of a
/// kind that casus does not write.
fn envelope(blob: &[u8]) -> Option<Envelope> {
    let flags = *blob.strip_prefix(b"GP")?.get(1)?;
    if flags & 0b1_0000 != 0 {
        return None;
    }
    let little = flags & 1 == 1;
    match (flags >> 1) & 0b111 {
        0 => {
            let (order, rest) = blob.get(8..)?.split_first()?;
            let little = *order == 1;
            let kind: [u8; 4] = rest.get(..4)?.try_into().ok()?;
            let kind = if little { u32::from_le_bytes(kind) } else { u32::from_be_bytes(kind) };
            let (x, y) = (number(rest, 4, little)?, number(rest, 12, little)?);
            // Points with z or m are numbered by thousands; an empty point has no numbers (ISO 13249-3).
            (kind % 1000 == 1 && !x.is_nan() && !y.is_nan()).then_some([x, x, y, y])
        }
        1..=4 => {
            let mut envelope = [0.0; 4];
            for (n, value) in envelope.iter_mut().enumerate() {
                *value = number(blob, 8 + 8 * n, little)?;
            }
            (!envelope.iter().any(|value| value.is_nan())).then_some(envelope)
        }
        _ => None,
    }
}

fn number(bytes: &[u8], at: usize, little: bool) -> Option<f64> {
    let bytes: [u8; 8] = bytes.get(at..at + 8)?.try_into().ok()?;
    Some(if little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_its_own_envelope() {
        let blob = point(34.37, 40.0);
        assert_eq!(blob.len(), 29);
        assert_eq!(envelope(&blob), Some([40.0, 40.0, 34.37, 34.37]));
    }

    #[test]
    fn other_programs_may_write_an_envelope_or_nothing() {
        let mut line = b"GP\x00\x03\xe6\x10\x00\x00".to_vec();
        for value in [1.0_f64, 2.0, 3.0, 4.0] {
            line.extend(value.to_le_bytes());
        }
        assert_eq!(envelope(&line), Some([1.0, 2.0, 3.0, 4.0]));
        assert_eq!(envelope(&point(f64::NAN, f64::NAN)), None);
        assert_eq!(envelope(b"GP\x00\x11\xe6\x10\x00\x00"), None);
        for n in 0..29 {
            assert_eq!(envelope(&point(1.0, 2.0)[..n]), None);
        }
    }
}
