//! What is computed in floating point: in one order of operations, so that every processor rounds alike.
//!
//! Sums run over [`LANES`] partial sums, which are added up pair by pair at the end; exponentials are our own, since those of
//! systems differ in the last bit.

use super::processor::each_processor;

/// Partial sums that are kept apart; what the widest registers hold.
pub(super) const LANES: usize = 16;

/// A float so large that adding it to a number leaves a whole one in the low bits.
const WHOLE: f32 = 12_582_912.0;

/// Rounds to the nearest whole number; only for what lies within four million of zero.
#[inline(always)]
pub(super) fn whole(x: f32) -> f32 {
    (x + WHOLE) - WHOLE
}

/// Returns the whole number from 0 to 255 that a float is nearest to; it has to lie there.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "the low eight bits are meant")]
pub(super) fn byte(x: f32) -> u8 {
    (x + WHOLE).to_bits() as u8
}

/// Returns e to the power of `x`, within two units of the last place from -87 to 88, and what it is at the ends beyond.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    const LOWEST: f32 = -87.0;
    const HIGHEST: f32 = 88.0;
    // The natural logarithm of 2 in two parts, the first of which has few digits (Cody and Waite 1980).
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let x = if x < LOWEST { LOWEST } else { x };
    let x = if x > HIGHEST { HIGHEST } else { x };
    let shifted = x * std::f32::consts::LOG2_E + WHOLE;
    let powers = shifted - WHOLE;
    let rest = (x - powers * LN_2_HIGH) - powers * LN_2_LOW;
    // Taylor's series to the sixth power; the rest is at most half of ln 2.
    let mut sum = 1.0 / 720.0;
    for factor in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * rest + factor;
    }
    let exponent = shifted.to_bits().wrapping_sub(WHOLE.to_bits()).wrapping_add(127);
    sum * f32::from_bits(exponent << 23)
}

/// Returns the error function within 2e-7 (Abramowitz and Stegun 1964, 7.1.26).
#[inline(always)]
fn erf(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let mut sum = 1.061_405_4;
    for factor in [-1.453_152_1, 1.421_413_8, -0.284_496_72, 0.254_829_6] {
        sum = sum * t + factor;
    }
    (1.0 - sum * t * exp(-size * size)).copysign(x)
}

/// Adds partial sums up.
#[inline(always)]
fn total(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// Sums what a function makes of each number of a row.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] += of(chunk[lane]);
        }
    }
    for (lane, &x) in lanes.iter_mut().zip(rest) {
        *lane += of(x);
    }
    total(lanes)
}

/// Returns the largest number of a row.
#[inline(always)]
pub(super) fn most(row: &[f32]) -> f32 {
    extreme(row, f32::NEG_INFINITY, |x, so_far| x > so_far)
}

/// Returns the smallest number of a row.
#[inline(always)]
pub(super) fn least(row: &[f32]) -> f32 {
    extreme(row, f32::INFINITY, |x, so_far| x < so_far)
}

#[inline(always)]
fn extreme(row: &[f32], none: f32, is_beyond: impl Fn(f32, f32) -> bool) -> f32 {
    let mut lanes = [none; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for lane in 0..LANES {
            lanes[lane] = if is_beyond(chunk[lane], lanes[lane]) { chunk[lane] } else { lanes[lane] };
        }
    }
    lanes.iter().chain(rest).fold(none, |so_far, &x| if is_beyond(x, so_far) { x } else { so_far })
}

#[inline(always)]
fn softmax_row(row: &mut [f32]) {
    let most = most(row);
    for x in &mut *row {
        *x = exp(*x - most);
    }
    let per = 1.0 / sum(row, |x| x);
    for x in row {
        *x *= per;
    }
}

each_processor! {
    /// Replaces scores by the probabilities of exclusive classes.
    pub(super) fn softmax(row: &mut [f32]) {
        softmax_row(row);
    }
}

each_processor! {
    /// Replaces, in each row, the first `used` scores by probabilities and what pads it by nothing.
    pub(super) fn softmax_rows(rows: &mut [f32], width: usize, used: usize) {
        for row in rows.chunks_exact_mut(width) {
            let (scores, padding) = row.split_at_mut(used);
            softmax_row(scores);
            padding.fill(0.0);
        }
    }
}

each_processor! {
    /// Replaces every number by the Gaussian error linear unit of it (Hendrycks and Gimpel 2016).
    pub(super) fn gelu(values: &mut [f32]) {
        for x in values {
            *x = *x * 0.5 * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2));
        }
    }
}

each_processor! {
    /// Adds numbers to others.
    pub(super) fn add(values: &mut [f32], more: &[f32]) {
        for (x, more) in values.iter_mut().zip(more) {
            *x += more;
        }
    }
}

each_processor! {
    /// Brings every row to mean 0 and variance 1, then to a gain and a shift.
    pub(super) fn normalise(rows: &mut [f32], gain: &[f32], shift: &[f32], epsilon: f32) {
        #[expect(clippy::cast_precision_loss, reason = "rows are short")]
        let count = gain.len() as f32;
        for row in rows.chunks_exact_mut(gain.len()) {
            let mean = sum(row, |x| x) / count;
            let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
            let per = 1.0 / (variance + epsilon).sqrt();
            for ((x, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
                *x = (*x - mean) * per * gain + shift;
            }
        }
    }
}

/// A matrix whose columns lie together [`LANES`] by [`LANES`]: panel after panel, in each row after row.
#[derive(Debug)]
pub(super) struct Panels {
    values: Vec<[f32; LANES]>,
    rows: usize,
    /// Columns with those that fill the last panel up.
    pub(super) width: usize,
}

impl Panels {
    /// Makes a matrix of nothing.
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        let panels = columns.div_ceil(LANES);
        Self { values: vec![[0.0; LANES]; panels * rows], rows, width: panels * LANES }
    }

    /// Packs a matrix that lies row by row.
    pub(super) fn pack(matrix: &[f32], columns: usize) -> Self {
        let mut out = Self::new(matrix.len() / columns, columns);
        for (at, row) in matrix.chunks_exact(columns).enumerate() {
            out.set_row(at, row);
        }
        out
    }

    /// Writes a row.
    #[inline(always)]
    pub(super) fn set_row(&mut self, at: usize, row: &[f32]) {
        for (panel, values) in row.chunks(LANES).enumerate() {
            self.values[panel * self.rows + at][..values.len()].copy_from_slice(values);
        }
    }

    /// Writes a column.
    #[inline(always)]
    pub(super) fn set_column(&mut self, at: usize, column: &[f32]) {
        let panel = &mut self.values[at / LANES * self.rows..][..self.rows];
        for (line, &x) in panel.iter_mut().zip(column) {
            line[at % LANES] = x;
        }
    }
}

/// Adds a multiple of a line to sums.
#[inline(always)]
fn add_multiple(sums: &mut [f32; LANES], line: &[f32; LANES], x: f32) {
    for lane in 0..LANES {
        sums[lane] += x * line[lane];
    }
}

each_processor! {
    /// Multiplies rows by a matrix, four at a time.
    pub(super) fn times(rows: &[f32], matrix: &Panels, out: &mut [f32]) {
        let (inner, width) = (matrix.rows, matrix.width);
        let mut fours = rows.chunks_exact(4 * inner);
        let mut into = out.chunks_exact_mut(4 * width);
        for (rows, out) in (&mut fours).zip(&mut into) {
            let (first, rest) = rows.split_at(inner);
            let (second, rest) = rest.split_at(inner);
            let (third, fourth) = rest.split_at(inner);
            for (at, panel) in matrix.values.chunks_exact(inner).enumerate() {
                let mut sums = [[0.0; LANES]; 4];
                let numbers = first.iter().zip(second).zip(third).zip(fourth);
                for (line, (((&a, &b), &c), &d)) in panel.iter().zip(numbers) {
                    add_multiple(&mut sums[0], line, a);
                    add_multiple(&mut sums[1], line, b);
                    add_multiple(&mut sums[2], line, c);
                    add_multiple(&mut sums[3], line, d);
                }
                for (row, sums) in sums.iter().enumerate() {
                    out[row * width + at * LANES..][..LANES].copy_from_slice(sums);
                }
            }
        }
        let rest = fours.remainder().chunks_exact(inner);
        for (row, out) in rest.zip(into.into_remainder().chunks_exact_mut(width)) {
            for (panel, out) in matrix.values.chunks_exact(inner).zip(out.chunks_exact_mut(LANES)) {
                let mut sums = [0.0; LANES];
                for (line, &x) in panel.iter().zip(row) {
                    add_multiple(&mut sums, line, x);
                }
                out.copy_from_slice(&sums);
            }
        }
    }
}

/// Returns the probability of a class that excludes no other.
pub(crate) fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + exp(-score))
}

#[cfg(test)]
mod tests {
    use super::super::processor::tests::on_each;
    use super::*;

    fn some_numbers(count: usize) -> Vec<f32> {
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from(u16::try_from(state >> 16).expect("sixteen bits")) / 8192.0 - 4.0
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn exponentials_and_errors_are_those_of_the_tables() {
        for step in -870..880 {
            let x = f32::from(i16::try_from(step).unwrap()) / 10.0;
            let got = f64::from(exp(x));
            assert!((got / f64::from(x).exp() - 1.0).abs() < 2.4e-7, "{x}: {got}");
        }
        assert!(exp(-1000.0) < 2e-38 && exp(1000.0).is_finite());
        for (x, y) in
            [(0.0, 0.0), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3), (-1.0, -0.842_700_8)]
        {
            assert!((erf(x) - y).abs() < 3e-7, "{x}: {}", erf(x));
        }
    }

    #[test]
    fn rows_times_a_matrix() {
        let (rows, matrix) = (some_numbers(5 * 3), some_numbers(3 * 32));
        let mut out = vec![0.0; 5 * 32];
        times(&rows, &Panels::pack(&matrix, 32), &mut out);
        for (row, column) in [(0, 0), (3, 31), (4, 16)] {
            let sum: f32 = (0..3).map(|i| rows[row * 3 + i] * matrix[i * 32 + column]).sum();
            assert!((out[row * 32 + column] - sum).abs() < 1e-5);
        }
    }

    #[test]
    fn every_processor_rounds_alike() {
        let numbers = some_numbers(48 * 48);
        let all = on_each(|| {
            let mut normal = numbers.clone();
            normalise(&mut normal, &numbers[..48], &numbers[48..96], 1e-12);
            let mut chances = numbers.clone();
            softmax_rows(&mut chances, 48, 41);
            let mut units = numbers.clone();
            gelu(&mut units);
            let mut product = vec![0.0; 48 * 48];
            times(&numbers, &Panels::pack(&numbers, 48), &mut product);
            [normal, chances, units, product].concat().into_iter().map(f32::to_bits).collect::<Vec<_>>()
        });
        assert!(all.iter().all(|(_, bits)| *bits == all[0].1));
    }
}
