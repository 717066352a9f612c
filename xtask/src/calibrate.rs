//! Fits what makes a record likely to be right: a logistic regression of whole records on their parts.

use anyhow::Result;
use casus::Evaluation;
use serde_json::{Map, Value};

/// The key of the weights in `thresholds.json`; its keys are the parts.
const CONFIDENCE: &str = "confidence";

/// What the weights lose by being large, as so many records against them: some parts are rare in some hundred records.
const RIDGE: f64 = 1.0;

/// The weight that a part gets when it is asked for: records round confidence to a thousandth, which is fine only around a
/// half.
const ASKED: f64 = 0.1;

/// Fits the weights of confidence in `now` to the records that `evaluate` compares with gold.
///
/// The coder alone knows the parts of a record. So it is asked for each part by itself, all other weights at none: the
/// log odds of the confidence that it then gives are the part times its weight.
pub(crate) fn calibrate(
    mut evaluate: impl FnMut(&Map<String, Value>) -> Result<Vec<Evaluation>>,
    now: &mut Map<String, Value>,
) -> Result<()> {
    let keys: Vec<String> = now
        .get(CONFIDENCE)
        .and_then(Value::as_object)
        .map(|w| w.keys().cloned().collect())
        .unwrap_or_default();
    let only = |on: &str| -> Value {
        keys.iter().map(|k| (k.clone(), Value::from(if k == on { ASKED } else { 0.0 }))).collect()
    };
    let mut parts: Vec<Vec<f64>> = Vec::new();
    let mut right: Vec<f64> = Vec::new();
    for key in &keys {
        now.insert(CONFIDENCE.to_owned(), only(key));
        let evaluations = evaluate(now)?;
        let records = || evaluations.iter().flat_map(|e| e.calibration.records());
        parts.push(records().map(|&(confidence, _)| log_odds(confidence) / ASKED).collect());
        right = records().map(|&(_, right)| f64::from(u8::from(right))).collect();
    }
    let weights = fitted(&parts, &right);
    let rounded = |w: f64| Value::from((w * 1000.0).round() / 1000.0);
    let weights: Value = keys.iter().cloned().zip(weights.into_iter().map(rounded)).collect();
    now.insert(CONFIDENCE.to_owned(), weights);
    Ok(())
}

fn log_odds(p: f64) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).ln()
}

/// Returns the weights of the logistic curve nearest to outcomes, by Newton's method with a ridge; `parts` has a row a weight.
fn fitted(parts: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let n = parts.len();
    let mut weights = vec![0.0; n];
    for _ in 0..50 {
        let mut gradient: Vec<f64> = weights.iter().map(|w| RIDGE * w).collect();
        let mut curve = vec![vec![0.0; n]; n];
        for (i, row) in curve.iter_mut().enumerate() {
            row[i] = RIDGE;
        }
        for (record, right) in right.iter().enumerate() {
            let odds: f64 = (0..n).map(|i| weights[i] * parts[i][record]).sum();
            let p = 1.0 / (1.0 + (-odds).exp());
            for i in 0..n {
                gradient[i] += (p - right) * parts[i][record];
                for j in 0..n {
                    curve[i][j] += p * (1.0 - p) * parts[i][record] * parts[j][record];
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solved(curve, gradient)) {
            *weight -= step;
        }
    }
    weights
}

/// Solves a system of equations whose matrix is positive definite, by elimination.
fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        let row = matrix[i].clone();
        for j in i + 1..n {
            let share = matrix[j][i] / row[i];
            for (value, above) in matrix[j].iter_mut().zip(&row).skip(i) {
                *value -= share * above;
            }
            right[j] -= share * right[i];
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::{fitted, solved};

    #[test]
    fn equations_are_solved() {
        let found = solved(vec![vec![4.0, 1.0], vec![1.0, 3.0]], vec![1.0, 2.0]);
        assert!((found[0] - 1.0 / 11.0).abs() < 1e-12 && (found[1] - 7.0 / 11.0).abs() < 1e-12);
    }

    #[test]
    fn the_weight_of_a_part_that_decides_is_found() {
        // With the part three in four are right, without it one in four.
        let with: Vec<bool> = (0..800).map(|n| n % 2 == 1).collect();
        let right: Vec<f64> =
            (0..800).map(|n| if n % 8 < 6 { f64::from(n % 2) } else { f64::from(1 - n % 2) }).collect();
        let part = with.iter().map(|&with| f64::from(u8::from(with))).collect();
        let weights = fitted(&[vec![1.0; 800], part], &right);
        let curve = |x: f64| 1.0 / (1.0 + (-(weights[0] + weights[1] * x)).exp());
        assert!((curve(0.0) - 0.25).abs() < 0.02 && (curve(1.0) - 0.75).abs() < 0.02, "{weights:?}");
    }
}
