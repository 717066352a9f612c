//! The tensor code: running the graphs of a model.

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::sync::Arc;

thread_local! {
    // One thread a caller: documents are read side by side, and a pool that they shared would only queue them.
    static POOL: OnceCell<Arc<ThreadPool>> = const { OnceCell::new() };
}

/// A graph that did not load or did not run.
#[derive(Debug)]
pub struct RuntimeError {
    /// What was attempted, and on which graph.
    pub attempted: String,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl fmt::Display for RuntimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}: {}", self.attempted, self.source)
    }
}

impl std::error::Error for RuntimeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}

/// Rows of equal width: one a word piece.
#[derive(Debug)]
pub(crate) struct Matrix {
    values: Vec<f32>,
    width: usize,
}

impl Matrix {
    /// Returns the row of piece `at`.
    pub(crate) fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..(at + 1) * self.width]
    }
}

/// One ONNX graph with its named inputs and outputs.
pub(crate) struct Graph {
    model: Model,
    name: &'static str,
    outputs: Vec<NodeId>,
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Graph {
    /// Loads a graph and looks up its outputs.
    pub(crate) fn load(
        name: &'static str,
        onnx: Cow<'static, [u8]>,
        outputs: &[&str],
    ) -> Result<Self, RuntimeError> {
        let failed = |source| RuntimeError { attempted: format!("load the {name} graph"), source };
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = match onnx {
            Cow::Borrowed(bytes) => options.load_static_slice(bytes),
            Cow::Owned(bytes) => options.load(bytes),
        }
        .map_err(|e| failed(Box::new(e).into()))?;
        let outputs = outputs
            .iter()
            .map(|o| model.node_id(o))
            .collect::<Result<_, _>>()
            .map_err(|e| failed(Box::new(e).into()))?;
        Ok(Self { model, name, outputs })
    }

    /// Runs the graph on one sequence of piece ids.
    pub(crate) fn run_ids(&self, ids: &[i32]) -> Result<Vec<Matrix>, RuntimeError> {
        let input = NdTensor::from_data([1, ids.len()], ids.to_vec());
        self.run(vec![("ids", input.into())])
    }

    /// Runs the graph on rows of another graph's output, with 1 in `marked` for each piece that is meant.
    pub(crate) fn run_rows(
        &self,
        low: &Matrix,
        from: usize,
        marked: Vec<f32>,
    ) -> Result<Vec<Matrix>, RuntimeError> {
        let n = marked.len();
        let rows = low.values[from * low.width..(from + n) * low.width].to_vec();
        let low = NdTensor::from_data([1, n, low.width], rows);
        self.run(vec![("low", low.into()), ("marked", NdTensor::from_data([1, n], marked).into())])
    }

    /// Runs the graph on tables with one row for each of `n` things.
    pub(crate) fn run_tables(
        &self,
        n: usize,
        tables: Vec<(&'static str, Vec<f32>)>,
    ) -> Result<Vec<Matrix>, RuntimeError> {
        let input = |values: Vec<f32>| NdTensor::from_data([1, n, values.len() / n], values);
        self.run(tables.into_iter().map(|(name, values)| (name, input(values).into())).collect())
    }

    fn run(&self, inputs: Vec<(&str, Value)>) -> Result<Vec<Matrix>, RuntimeError> {
        let failed = |source| RuntimeError { attempted: format!("run the {} graph", self.name), source };
        let inputs = inputs
            .into_iter()
            .map(|(name, value)| Ok((self.model.node_id(name)?, value.into())))
            .collect::<Result<Vec<_>, rten::RunError>>()
            .map_err(|e| failed(Box::new(e).into()))?;
        let pool = POOL.with(|p| p.get_or_init(|| Arc::new(ThreadPool::with_num_threads(1))).clone());
        let options = RunOptions::default().with_thread_pool(Some(pool));
        let outputs =
            self.model.run(inputs, &self.outputs, Some(options)).map_err(|e| failed(Box::new(e).into()))?;
        outputs
            .into_iter()
            .map(|value| {
                let view: NdTensorView<'_, f32, 3> =
                    (&value).try_into().map_err(|e: rten::TryFromValueError| failed(Box::new(e).into()))?;
                Ok(Matrix { width: view.size(2), values: view.to_vec() })
            })
            .collect()
    }
}

/// Returns the probabilities of exclusive classes.
pub(crate) fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|p| p / sum).collect()
}

/// Returns the probability of a class that excludes no other.
pub(crate) fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
