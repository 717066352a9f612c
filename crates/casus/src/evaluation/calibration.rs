//! Whether confidence is earned: of records at 0.9, nine in ten should be right.

use std::fmt::Write;

/// Bands that confidence is parted into.
const BANDS: u32 = 10;

/// Each judged record's confidence, with whether the whole record is right. Optional gold events are not judged.
#[derive(Debug, Clone, Default)]
pub struct Calibration(Vec<(f64, bool)>);

/// Records of like confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Lowest confidence, included.
    pub from: f64,
    /// Highest, not included but in the last band.
    pub to: f64,
    /// Records.
    pub records: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub right: f64,
}

impl Calibration {
    pub(super) fn add(&mut self, confidence: f64, right: bool) {
        self.0.push((confidence, right));
    }

    /// Returns each judged record's confidence, with whether the whole record is right.
    #[must_use]
    pub fn records(&self) -> &[(f64, bool)] {
        &self.0
    }

    /// Returns the bands that have records, lowest first.
    #[must_use]
    pub fn bands(&self) -> Vec<Band> {
        let bands = (0..BANDS).map(|n| {
            let (from, to) = (f64::from(n) / f64::from(BANDS), f64::from(n + 1) / f64::from(BANDS));
            let last = n + 1 == BANDS;
            let within: Vec<(f64, bool)> =
                self.0.iter().copied().filter(|&(c, _)| c >= from && (c < to || last)).collect();
            let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / count(within.len());
            Band {
                from,
                to,
                records: within.len(),
                confidence: mean(&mut within.iter().map(|&(c, _)| c)),
                right: mean(&mut within.iter().map(|&(_, right)| f64::from(u8::from(right)))),
            }
        });
        bands.filter(|band| band.records > 0).collect()
    }

    /// Returns the mean distance of confidence and share of right ones, weighted by records (expected calibration
    /// error; Naeini, Cooper & Hauskrecht 2015); 0 where there are none.
    #[must_use]
    pub fn error(&self) -> f64 {
        let distance = |band: &Band| (band.confidence - band.right).abs() * count(band.records);
        self.bands().iter().map(distance).sum::<f64>() / count(self.0.len().max(1))
    }

    /// Returns the mean square distance of confidence and outcome (Brier 1950); 0 where there are none.
    #[must_use]
    pub fn brier(&self) -> f64 {
        let square = |&(confidence, right): &(f64, bool)| (confidence - f64::from(u8::from(right))).powi(2);
        self.0.iter().map(square).sum::<f64>() / count(self.0.len().max(1))
    }

    /// Returns the bands as a table.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = "confidence  records  mean  right\n".to_owned();
        for Band { from, to, records, confidence, right } in self.bands() {
            writeln!(table, "{from:.1} to {to:.1}  {records:7}  {confidence:.2}   {right:.2}")
                .expect("writing to a string cannot fail");
        }
        let (error, brier) = (self.error(), self.brier());
        table + &format!("calibration error {error:.3}, Brier score {brier:.3}\n")
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of records stay far below 2^53")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earned_confidence_has_no_error() {
        let mut calibration = Calibration::default();
        for n in 0..10 {
            calibration.add(0.9, n > 0);
        }
        assert!(calibration.error() < 1e-9);
        assert!((calibration.brier() - 0.09).abs() < 1e-9);
        calibration.add(1.0, true);
        let bands = calibration.bands();
        assert_eq!((bands.len(), bands[0].records), (1, 11));
        assert_eq!(Calibration::default().bands(), []);
        assert!(Calibration::default().error().abs() < 1e-9);
    }

    #[test]
    fn the_table_has_a_line_a_band() {
        let mut calibration = Calibration::default();
        calibration.add(0.25, false);
        calibration.add(1.0, true);
        assert_eq!(
            calibration.table(),
            "confidence  records  mean  right\n\
             0.2 to 0.3        1  0.25   0.00\n\
             0.9 to 1.0        1  1.00   1.00\n\
             calibration error 0.125, Brier score 0.031\n"
        );
    }
}
