//! The encoder with its word heads: `Encoder` of `training/export.py`.

use super::float::{Panels, add, gelu, times};
use super::graph::{Graph, GraphError, Norm, Table};
use super::layer::Layer;
use super::linear::{Linear, Rows};
use super::{Matrix, softmax};

/// Reads a sequence of word pieces.
#[derive(Debug)]
pub(crate) struct Encoder {
    words: Table,
    positions: Table,
    annotator: Vec<f32>,
    norm: Norm,
    lower: Vec<Layer>,
    upper: Vec<Layer>,
    types: Linear,
    mentions: Linear,
    sectors: Linear,
    below: Linear,
    pos: Linear,
    relations: Linear,
    starts: Linear,
    dependent: Linear,
    governor: Linear,
    arc: Linear,
    governs: Linear,
    above: Linear,
    others: Linear,
}

/// What the encoder says of each piece of a sequence.
#[derive(Debug)]
pub(crate) struct Encoding {
    /// What readers read.
    pub(crate) ground: Matrix,
    pub(crate) types: Matrix,
    pub(crate) mentions: Matrix,
    pub(crate) sectors: Matrix,
    pub(crate) pos: Matrix,
    pub(crate) relations: Matrix,
    pub(crate) starts: Matrix,
    /// Score of every piece (columns) as the head of every piece (rows).
    pub(crate) arcs: Matrix,
}

impl Encoder {
    /// Takes the encoder out of its graph.
    pub(crate) fn load(onnx: &[u8]) -> Result<Self, GraphError> {
        let graph = Graph::parse("encoder", onnx)?;
        Ok(Self {
            words: graph.table("/word")?,
            positions: graph.table("/position")?,
            annotator: graph.added_before("/norm/LayerNormalization")?,
            norm: graph.norm("/norm")?,
            lower: Layer::stack(&graph, "/lower")?,
            upper: Layer::stack(&graph, "/upper")?,
            types: graph.linear("/types")?,
            mentions: graph.linear("/mentions")?,
            sectors: graph.linear("/sectors")?,
            below: graph.linear("/below")?,
            pos: graph.linear("/pos")?,
            relations: graph.linear("/relations")?,
            starts: graph.linear("/starts")?,
            dependent: graph.linear("/dependent")?,
            governor: graph.linear("/governor")?,
            arc: graph.unbiased("")?,
            governs: graph.linear("/governs")?,
            above: graph.linear("/above")?,
            others: graph.unbiased("/others")?,
        })
    }

    /// Returns how many word pieces it knows.
    pub(crate) fn pieces(&self) -> usize {
        self.words.values.len() / self.words.width
    }

    /// Reads a sequence, at most as long as there are positions.
    pub(crate) fn run(&self, ids: &[usize]) -> Encoding {
        let width = self.words.width;
        let mut rows = Vec::with_capacity(ids.len() * width);
        for (at, &id) in ids.iter().enumerate() {
            let pieces = self.words.row(id).zip(self.positions.row(at));
            rows.extend(pieces.zip(&self.annotator).map(|((word, position), habit)| word + position + habit));
        }
        self.norm.apply(&mut rows);
        self.lower.iter().for_each(|layer| layer.run(&mut rows));
        let low = rows.clone();
        self.upper.iter().for_each(|layer| layer.run(&mut rows));
        let high = Rows::new(&rows, width);
        let types = self.types.times(&high);
        let mut syntax = self.below.apply(&low);
        add(&mut syntax, &rows);
        let syntax = Rows::new(&syntax, width);
        Encoding {
            ground: Matrix::new(self.ground(low, &high, &types), width),
            types: Matrix::new(types, self.types.shape.outputs),
            mentions: self.mentions.matrix(&high),
            sectors: self.sectors.matrix(&high),
            pos: self.pos.matrix(&syntax),
            relations: self.relations.matrix(&syntax),
            starts: self.starts.matrix(&syntax),
            arcs: self.arcs(&syntax),
        }
    }

    /// Returns what readers read: the lower layers' output, what the upper ones made of it, and where acts seem to be told.
    fn ground(&self, mut low: Vec<f32>, high: &Rows, types: &[f32]) -> Vec<f32> {
        let rows = types.chunks_exact(self.types.shape.outputs);
        // The first type is none.
        let chances: Vec<f32> = rows.flat_map(|row| softmax(row).split_off(1)).collect();
        add(&mut low, &self.above.times(high));
        add(&mut low, &self.others.apply(&chances));
        low
    }

    fn arcs(&self, syntax: &Rows) -> Matrix {
        let count = syntax.count();
        let width = self.arc.shape.outputs;
        let mut dependents = self.dependent.times(syntax);
        gelu(&mut dependents);
        let mut governors = self.governor.times(syntax);
        gelu(&mut governors);
        let governs = self.governs.apply(&governors);
        let mut columns = Panels::new(width, count);
        for (at, row) in governors.chunks_exact(width).enumerate() {
            columns.set_column(at, row);
        }
        let mut scores = vec![0.0; count * columns.width];
        times(&self.arc.apply(&dependents), &columns, &mut scores);
        let rows = scores.chunks_exact(columns.width);
        let values = rows.flat_map(|row| row.iter().zip(&governs).map(|(score, any)| score + any)).collect();
        Matrix::new(values, count)
    }
}

impl Linear {
    /// Multiplies rows by the matrix and adds the bias.
    pub(super) fn matrix(&self, rows: &Rows) -> Matrix {
        Matrix::new(self.times(rows), self.shape.outputs)
    }
}

impl Table {
    /// Returns a row in floating point.
    fn row(&self, at: usize) -> impl Iterator<Item = f32> {
        let row = &self.values[at * self.width..][..self.width];
        row.iter().map(|&value| (f32::from(value) - self.zero) * self.scale)
    }
}
