//! Sums of products of small whole numbers, as each kind of processor does them fastest. All give the same sums: numbers go
//! up to 255, and two neighbouring weights of one sign up to 128 together, so nothing overflows anywhere.

#![allow(unsafe_code, reason = "loads of registers, and calls for processors that are known to be at hand")]

use super::linear::{BLOCK, Linear, QUAD, Rows};
use super::processor::Processor;

/// Multiplies rows by a matrix.
pub(super) fn product(linear: &Linear, rows: &Rows, out: &mut [f32]) {
    match Processor::here() {
        // SAFETY: the processor was asked for each of these features.
        #[cfg(target_arch = "x86_64")]
        Processor::Vnni => unsafe { x86::vnni(linear, rows, out) },
        // SAFETY: the processor was asked for this feature.
        #[cfg(target_arch = "x86_64")]
        Processor::Avx2 => unsafe { x86::avx2(linear, rows, out) },
        Processor::Plain => plain(linear, rows, out),
    }
}

/// Goes over a matrix block by block, and over the rows so many at a time.
macro_rules! over_blocks {
    ($linear:ident, $rows:ident, $out:ident, $dots:ident, $at_a_time:literal) => {
        let quads = $linear.shape.inputs / QUAD;
        for (block, weights) in $linear.weights.chunks_exact(quads).enumerate() {
            let tall = $rows.count() / $at_a_time * $at_a_time;
            for row in (0..tall).step_by($at_a_time) {
                let sums = $dots::<$at_a_time>($rows, row, weights);
                for (at, sums) in sums.iter().enumerate() {
                    $linear.finish(block, $rows, row + at, sums, $out);
                }
            }
            for row in tall..$rows.count() {
                let sums = $dots::<1>($rows, row, weights);
                $linear.finish(block, $rows, row, &sums[0], $out);
            }
        }
    };
}

fn plain(linear: &Linear, rows: &Rows, out: &mut [f32]) {
    #[inline(always)]
    fn dots<const ROWS: usize>(
        rows: &Rows,
        first: usize,
        weights: &[[[i8; QUAD]; BLOCK]],
    ) -> [[i32; BLOCK]; ROWS] {
        let rows = rows.some_quads::<ROWS>(first, weights.len());
        let mut sums = [[0; BLOCK]; ROWS];
        for (row, sums) in rows.iter().zip(&mut sums) {
            for (numbers, weights) in row.iter().zip(weights) {
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    for (&number, &weight) in numbers.iter().zip(weights) {
                        *sum += i32::from(number) * i32::from(weight);
                    }
                }
            }
        }
        sums
    }
    over_blocks!(linear, rows, out, dots, 1);
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{BLOCK, Linear, QUAD, Rows};
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16,
        _mm256_set1_epi32, _mm256_setzero_si256, _mm512_dpbusd_epi32, _mm512_set1_epi32,
        _mm512_setzero_si512,
    };

    /// Two registers of sixteen columns a row: twelve rows at a time keep 24 of the 32 registers for sums.
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    pub(super) fn vnni(linear: &Linear, rows: &Rows, out: &mut [f32]) {
        #[inline]
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
        fn dots<const ROWS: usize>(
            rows: &Rows,
            first: usize,
            weights: &[[[i8; QUAD]; BLOCK]],
        ) -> [[i32; BLOCK]; ROWS] {
            let rows = rows.some_quads::<ROWS>(first, weights.len());
            let mut sums = [[_mm512_setzero_si512(); 2]; ROWS];
            for (quad, weights) in weights.iter().enumerate() {
                // SAFETY: both are 128 bytes, any of which are valid.
                let weights: [__m512i; 2] = unsafe { std::mem::transmute(*weights) };
                for (sums, row) in sums.iter_mut().zip(&rows) {
                    let numbers = _mm512_set1_epi32(i32::from_le_bytes(row[quad]));
                    sums[0] = _mm512_dpbusd_epi32(sums[0], numbers, weights[0]);
                    sums[1] = _mm512_dpbusd_epi32(sums[1], numbers, weights[1]);
                }
            }
            let mut out = [[0; BLOCK]; ROWS];
            for (out, row) in out.iter_mut().zip(sums) {
                // SAFETY: both are 128 bytes, any of which are valid.
                *out = unsafe { std::mem::transmute::<[__m512i; 2], [i32; BLOCK]>(row) };
            }
            out
        }
        over_blocks!(linear, rows, out, dots, 12);
    }

    /// Four registers of eight columns a row: two rows at a time keep eight of the sixteen registers for sums.
    #[target_feature(enable = "avx2")]
    pub(super) fn avx2(linear: &Linear, rows: &Rows, out: &mut [f32]) {
        #[inline]
        #[target_feature(enable = "avx2")]
        fn dots<const ROWS: usize>(
            rows: &Rows,
            first: usize,
            weights: &[[[i8; QUAD]; BLOCK]],
        ) -> [[i32; BLOCK]; ROWS] {
            let rows = rows.some_quads::<ROWS>(first, weights.len());
            let ones = _mm256_set1_epi16(1);
            let mut sums = [[_mm256_setzero_si256(); 4]; ROWS];
            for (quad, weights) in weights.iter().enumerate() {
                // SAFETY: both are 128 bytes, any of which are valid.
                let weights: [__m256i; 4] = unsafe { std::mem::transmute(*weights) };
                for (sums, row) in sums.iter_mut().zip(&rows) {
                    let numbers = _mm256_set1_epi32(i32::from_le_bytes(row[quad]));
                    for (sum, weights) in sums.iter_mut().zip(weights) {
                        let pairs = _mm256_maddubs_epi16(numbers, weights);
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            let mut out = [[0; BLOCK]; ROWS];
            for (out, row) in out.iter_mut().zip(sums) {
                // SAFETY: both are 128 bytes, any of which are valid.
                *out = unsafe { std::mem::transmute::<[__m256i; 4], [i32; BLOCK]>(row) };
            }
            out
        }
        over_blocks!(linear, rows, out, dots, 2);
    }
}
