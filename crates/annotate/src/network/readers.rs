//! What reads the encoder's ground once more: for a trigger, for a mention, and for two triggers together.

use super::Matrix;
use super::float::{Panels, add, gelu, times};
use super::graph::{Graph, GraphError};
use super::layer::Layer;
use super::linear::{Linear, Rows};
use std::ops::Range;

/// Layers over a stretch of the ground with some of its rows marked.
#[derive(Debug)]
struct Marked {
    mark: Vec<f32>,
    layers: Vec<Layer>,
}

impl Marked {
    fn load(graph: &Graph, module: &str) -> Result<Self, GraphError> {
        Ok(Self { mark: graph.mark("low")?, layers: Layer::stack(graph, module)? })
    }

    /// Reads the rows `seen` of the ground with those `meant` marked.
    fn run(&self, ground: &Matrix, seen: Range<usize>, meant: Range<usize>) -> Rows {
        let width = self.mark.len();
        let from = seen.start;
        let mut rows = ground.rows(seen).to_vec();
        for row in rows[(meant.start - from) * width..(meant.end - from) * width].chunks_exact_mut(width) {
            add(row, &self.mark);
        }
        self.layers.iter().for_each(|layer| layer.run(&mut rows));
        Rows::new(&rows, width)
    }
}

/// The reader of triggers: `Reader` of `training/export.py`.
#[derive(Debug)]
pub(crate) struct TriggerReader {
    marked: Marked,
    roles: Linear,
    modes: Linear,
    status: Linear,
    stance: Linear,
    when: Linear,
    kind: Linear,
    project: Linear,
}

/// What the reader of triggers says of a stretch.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Of every piece: what it is to the trigger.
    pub(crate) roles: Matrix,
    /// Of the trigger.
    pub(crate) modes: Vec<f32>,
    pub(crate) status: Vec<f32>,
    pub(crate) stance: Vec<f32>,
    pub(crate) when: Vec<f32>,
    pub(crate) kind: Vec<f32>,
    /// What is compared of the trigger with others.
    pub(crate) state: Vec<f32>,
}

impl TriggerReader {
    /// Takes the reader out of its graph.
    pub(crate) fn load(onnx: &[u8]) -> Result<Self, GraphError> {
        let graph = Graph::parse("reader", onnx)?;
        Ok(Self {
            marked: Marked::load(&graph, "/reader")?,
            roles: graph.linear("/roles")?,
            modes: graph.linear("/modes")?,
            status: graph.linear("/status")?,
            stance: graph.linear("/stance")?,
            when: graph.linear("/when")?,
            kind: graph.linear("/kind")?,
            project: graph.linear("/project")?,
        })
    }

    /// Reads the pieces `seen` for a trigger of the pieces `meant`.
    pub(crate) fn run(&self, ground: &Matrix, seen: Range<usize>, meant: Range<usize>) -> Reading {
        let here = meant.start - seen.start;
        let rows = self.marked.run(ground, seen, meant);
        let trigger = rows.row(here);
        let mut state = self.project.times(&trigger);
        gelu(&mut state);
        Reading {
            roles: self.roles.matrix(&rows),
            modes: self.modes.times(&trigger),
            status: self.status.times(&trigger),
            stance: self.stance.times(&trigger),
            when: self.when.times(&trigger),
            kind: self.kind.times(&trigger),
            state,
        }
    }
}

/// The reader of mentions: `Whose` of `training/export.py`.
#[derive(Debug)]
pub(crate) struct MentionReader {
    marked: Marked,
    words: Linear,
}

impl MentionReader {
    /// Takes the reader out of its graph.
    pub(crate) fn load(onnx: &[u8]) -> Result<Self, GraphError> {
        let graph = Graph::parse("whose", onnx)?;
        Ok(Self { marked: Marked::load(&graph, "/reader/reader")?, words: graph.linear("/reader/words")? })
    }

    /// Reads the pieces `seen` for a mention of the pieces `meant`: two scores for each, that it tells of the mention's
    /// country and that it names the same.
    pub(crate) fn run(&self, ground: &Matrix, seen: Range<usize>, meant: Range<usize>) -> Matrix {
        self.words.matrix(&self.marked.run(ground, seen, meant))
    }
}

/// The scorer of pairs, whose weights are floats: `Pairs` of `training/export.py`.
#[derive(Debug)]
pub(crate) struct PairScorer {
    both: Panels,
    both_bias: Vec<f32>,
    same: Vec<f32>,
    same_bias: f32,
}

impl PairScorer {
    /// Takes the scorer out of its graph.
    pub(crate) fn load(onnx: &[u8]) -> Result<Self, GraphError> {
        let graph = Graph::parse("pairs", onnx)?;
        let (same, same_bias) = (graph.vector("/pairs/same/MatMul")?, graph.vector("/pairs/same/Add")?);
        let (both, both_bias) = (graph.vector("/pairs/both/MatMul")?, graph.vector("/pairs/both/Add")?);
        let &[same_bias] = same_bias.as_slice() else {
            return Err(graph.failed("it scores more than one thing"));
        };
        if both_bias.len() != same.len() || !both.len().is_multiple_of(same.len()) {
            return Err(graph.failed("its two matrices do not fit"));
        }
        Ok(Self { both: Panels::pack(&both, same.len()), both_bias, same, same_bias })
    }

    /// Returns how likely two triggers tell of one act, as a score, from the reader's states and facts of the text.
    pub(crate) fn score(&self, first: &[f32], second: &[f32], facts: &[f32]) -> f32 {
        let both = || first.iter().zip(second);
        let mut row: Vec<f32> = both().map(|(a, b)| a * b).collect();
        row.extend(both().map(|(a, b)| (a - b).abs()));
        row.extend(both().map(|(a, b)| a + b));
        row.extend(facts);
        let mut inner = vec![0.0; self.both.width];
        times(&row, &self.both, &mut inner);
        add(&mut inner, &self.both_bias);
        gelu(&mut inner);
        inner.iter().zip(&self.same).fold(self.same_bias, |sum, (x, weight)| sum + x * weight)
    }
}
