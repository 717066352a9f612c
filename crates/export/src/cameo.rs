//! CAMEO codes: names, Goldstein scores, quadrants (`data/export/cameo.tsv`).

use std::sync::LazyLock;

static ROWS: LazyLock<Vec<(&'static str, &'static str, Option<f64>)>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/export/cameo.tsv").lines();
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        (cell(), cell(), cell().parse().ok())
    };
    lines.filter(|line| !line.starts_with('#')).skip(1).map(row).collect()
});

/// Returns the short name of a code.
pub(crate) fn name(code: &str) -> Option<&'static str> {
    ROWS.iter().find(|(known, ..)| *known == code).map(|(_, name, _)| *name)
}

/// Returns the Goldstein score of a code, -10 (conflict) to 10 (cooperation).
pub(crate) fn goldstein(code: &str) -> Option<f64> {
    ROWS.iter().find(|(known, ..)| *known == code).and_then(|(_, _, score)| *score)
}

/// Returns the quadrant of a code: 1 and 2 words and deeds of cooperation, 3 and 4 of conflict (GDELT codebook 2.0).
pub(crate) fn quad(code: &str) -> Option<i64> {
    match code.get(..2)?.parse::<u8>().ok()? {
        1..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{goldstein, name, quad};

    /// Every code that casus gives has a name here.
    #[test]
    fn every_code_is_known() {
        let given = include_str!("../../../data/ontology/cameo.tsv");
        let rows = given.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
        for code in rows.filter_map(|row| row.split('\t').nth(3)) {
            assert!(name(code).is_some() && quad(code).is_some(), "{code}");
        }
        assert_eq!(
            (name("195"), goldstein("195"), quad("195")),
            (Some("Employ aerial weapons"), Some(-10.0), Some(4))
        );
        assert_eq!(goldstein("176"), None);
    }
}
