//! Matrices in eight bits: how they lie in memory, and rows times a matrix.
//!
//! A row is brought to eight bits by itself, with the scale that its own smallest and largest number need, so that what is
//! said of a piece does not hang on the rounding of others. The sums of products are whole numbers and so the same everywhere.

use super::float::{byte, least, most, whole};
use super::kernels;
use super::processor::each_processor;

/// Columns that lie together.
pub(super) const BLOCK: usize = 32;
/// Inputs of a column that lie together.
pub(super) const QUAD: usize = 4;

/// How many numbers go into a matrix, and how many come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

/// A matrix in eight bits with a scale for each column, and a bias.
#[derive(Debug)]
pub(super) struct Linear {
    pub(super) shape: Shape,
    /// Block after block of columns; in each, quad after quad of inputs; in each, the four weights of every column.
    pub(super) weights: Vec<[[i8; QUAD]; BLOCK]>,
    scales: Vec<[f32; BLOCK]>,
    /// Sum of each column's weights: what a row's zero point adds to every product.
    sums: Vec<[i32; BLOCK]>,
    bias: Vec<[f32; BLOCK]>,
}

impl Linear {
    /// Packs a matrix whose rows are inputs.
    pub(super) fn new(shape: Shape, values: &[i8], scales: &[f32], bias: &[f32]) -> Result<Self, String> {
        let Shape { inputs, outputs } = shape;
        if !inputs.is_multiple_of(QUAD) {
            return Err(format!("{inputs} inputs are no whole number of quads"));
        }
        let (blocks, quads) = (outputs.div_ceil(BLOCK), inputs / QUAD);
        let mut weights = vec![[[0; QUAD]; BLOCK]; blocks * quads];
        let mut sums = vec![[0; BLOCK]; blocks];
        for (input, row) in values.chunks_exact(outputs).enumerate() {
            for (column, &weight) in row.iter().enumerate() {
                let (block, column) = (column / BLOCK, column % BLOCK);
                weights[block * quads + input / QUAD][column][input % QUAD] = weight;
                sums[block][column] += i32::from(weight);
            }
        }
        let overflows = |quad: &[i8; QUAD]| {
            quad.chunks_exact(2).any(|pair| (i16::from(pair[0]) + i16::from(pair[1])).abs() > 128)
        };
        if weights.as_flattened().iter().any(overflows) {
            return Err("products of its neighbours overflow on some processors".to_owned());
        }
        let blocked = |row: &[f32]| {
            let mut out = vec![[0.0; BLOCK]; blocks];
            out.as_flattened_mut()[..outputs].copy_from_slice(row);
            out
        };
        Ok(Self { shape, weights, scales: blocked(scales), sums, bias: blocked(bias) })
    }

    /// Multiplies rows by the matrix and adds the bias.
    pub(super) fn times(&self, rows: &Rows) -> Vec<f32> {
        assert_eq!(rows.inputs, self.shape.inputs, "rows of another matrix");
        let mut out = vec![0.0; rows.count() * self.shape.outputs];
        kernels::product(self, rows, &mut out);
        out
    }

    /// Multiplies float rows by the matrix and adds the bias.
    pub(super) fn apply(&self, rows: &[f32]) -> Vec<f32> {
        self.times(&Rows::new(rows, self.shape.inputs))
    }

    /// Makes of the sums of products of a row and a block what stands in the row's place of `out`.
    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "rounded alike everywhere, and finer than the weights")]
    pub(super) fn finish(&self, block: usize, rows: &Rows, row: usize, sums: &[i32; BLOCK], out: &mut [f32]) {
        let (scale, zero) = (rows.scales[row], rows.zeros[row]);
        let mut values = [0.0; BLOCK];
        for column in 0..BLOCK {
            let whole = sums[column] - zero * self.sums[block][column];
            values[column] = whole as f32 * (scale * self.scales[block][column]) + self.bias[block][column];
        }
        let out = &mut out[row * self.shape.outputs..][..self.shape.outputs][block * BLOCK..];
        if let Some(out) = out.first_chunk_mut() {
            *out = values;
        } else {
            let width = out.len();
            out.copy_from_slice(&values[..width]);
        }
    }
}

/// Rows in eight bits, each with its own scale and zero point.
#[derive(Debug)]
pub(super) struct Rows {
    values: Vec<u8>,
    inputs: usize,
    scales: Vec<f32>,
    zeros: Vec<i32>,
}

impl Rows {
    /// Brings rows of so many numbers to eight bits.
    pub(super) fn new(rows: &[f32], inputs: usize) -> Self {
        let count = rows.len() / inputs;
        let mut out =
            Self { values: vec![0; rows.len()], inputs, scales: vec![0.0; count], zeros: vec![0; count] };
        quantise(rows, &mut out);
        out
    }

    pub(super) fn count(&self) -> usize {
        self.scales.len()
    }

    /// Returns one row by itself.
    pub(super) fn row(&self, at: usize) -> Self {
        Self {
            values: self.values[at * self.inputs..][..self.inputs].to_vec(),
            inputs: self.inputs,
            scales: vec![self.scales[at]],
            zeros: vec![self.zeros[at]],
        }
    }

    /// Returns a row, four numbers at a time.
    #[inline(always)]
    pub(super) fn quads(&self, row: usize) -> &[[u8; QUAD]] {
        self.values[row * self.inputs..][..self.inputs].as_chunks().0
    }

    /// Returns rows from one on, of so many quads.
    #[inline(always)]
    pub(super) fn some_quads<const ROWS: usize>(&self, first: usize, quads: usize) -> [&[[u8; QUAD]]; ROWS] {
        let mut out: [&[[u8; QUAD]]; ROWS] = [&[]; ROWS];
        for (at, row) in out.iter_mut().enumerate() {
            *row = &self.quads(first + at)[..quads];
        }
        out
    }
}

each_processor! {
    /// Brings rows to eight bits: the smallest number, or nothing, becomes 0, the largest 255.
    fn quantise(rows: &[f32], out: &mut Rows) {
        let values = out.values.chunks_exact_mut(out.inputs);
        let facts = out.scales.iter_mut().zip(&mut out.zeros);
        for ((row, values), (scale, zero)) in rows.chunks_exact(out.inputs).zip(values).zip(facts) {
            let lowest = least(row).min(0.0);
            let range = most(row).max(0.0) - lowest;
            if range < f32::MIN_POSITIVE {
                continue;
            }
            let per = 255.0 / range;
            let nothing = whole(-lowest * per);
            for (&x, value) in row.iter().zip(values) {
                let x = x * per + nothing;
                let x = if x < 0.0 { 0.0 } else { x };
                *value = byte(if x > 255.0 { 255.0 } else { x });
            }
            *scale = range / 255.0;
            *zero = i32::from(byte(nothing));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::processor::tests::on_each;
    use super::*;

    #[test]
    fn rows_keep_their_numbers_within_half_a_step() {
        let row = [-1.0, 0.0, 0.5, 3.0, 2.99, -0.3, 1e-9, 0.1];
        let rows = Rows::new(&row, 8);
        let step = 4.0 / 255.0;
        for (quad, x) in rows.quads(0).as_flattened().iter().zip(row) {
            let back = f32::from(*quad) * rows.scales[0]
                - f32::from(i16::try_from(rows.zeros[0]).unwrap()) * rows.scales[0];
            assert!((back - x).abs() <= step * 0.51, "{x} came back as {back}");
        }
        assert_eq!(Rows::new(&[0.0; 8], 8).scales, [0.0]);
    }

    #[test]
    fn every_processor_multiplies_alike_and_exactly() {
        // Weights and numbers as large as they get.
        let shape = Shape { inputs: 12, outputs: 37 };
        let signs = |i: usize| if i.is_multiple_of(3) { -64_i8 } else { 64 };
        let weights: Vec<i8> = (0..12 * 37).map(signs).collect();
        let linear = Linear::new(shape, &weights, &[0.5; 37], &[0.25; 37]).unwrap();
        let numbers: Vec<f32> = (0..12 * 15_u16).map(|i| if i % 5 == 0 { 0.0 } else { 255.0 }).collect();
        let all = on_each(|| linear.apply(&numbers));
        for (_, out) in &all {
            assert_eq!(out, &all[0].1);
        }
        let sum: f32 = (0..12).map(|i| numbers[12 + i] * f32::from(weights[i * 37 + 2])).sum();
        assert!((all[0].1[37 + 2] - (sum * 0.5 + 0.25)).abs() < 1e-3);
    }

    #[test]
    fn weights_that_overflow_somewhere_are_refused() {
        let shape = Shape { inputs: 4, outputs: 1 };
        let told = Linear::new(shape, &[100, 100, 0, 0], &[1.0], &[0.0]).unwrap_err();
        assert!(told.contains("overflow"), "{told}");
    }
}
