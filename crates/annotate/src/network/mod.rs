//! The network: its weights come from the graphs of a model, its arithmetic is here.
//!
//! The graphs are ONNX files, which any runtime can run; a test asks rten for the same. Our own is faster, needs no thread, and
//! rounds alike on every processor: matrices in eight bits are summed in whole numbers ([`linear`], [`kernels`]), and what is
//! computed in floating point has one order of operations ([`float`]).

#![allow(
    clippy::inline_always,
    reason = "a function takes on its caller's instructions only where it becomes part of it"
)]

mod encoder;
mod float;
mod graph;
mod kernels;
mod layer;
mod linear;
mod processor;
mod readers;

pub(crate) use encoder::{Encoder, Encoding};
pub(crate) use float::sigmoid;
pub use graph::GraphError;
pub(crate) use readers::{MentionReader, PairScorer, TriggerReader};
use std::ops::Range;

/// Rows of equal width: one a word piece.
#[derive(Debug)]
pub(crate) struct Matrix {
    values: Vec<f32>,
    width: usize,
}

impl Matrix {
    fn new(values: Vec<f32>, width: usize) -> Self {
        Self { values, width }
    }

    /// Returns the row of piece `at`.
    pub(crate) fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..][..self.width]
    }

    /// Returns some rows, one behind the other.
    fn rows(&self, range: Range<usize>) -> &[f32] {
        &self.values[range.start * self.width..range.end * self.width]
    }
}

/// Returns the probabilities of exclusive classes.
pub(crate) fn softmax(scores: &[f32]) -> Vec<f32> {
    let mut out = scores.to_vec();
    float::softmax(&mut out);
    out
}

#[cfg(test)]
mod tests;
