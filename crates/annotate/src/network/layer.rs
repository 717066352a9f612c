//! A transformer layer (Devlin et al. 2019).

use super::float::{LANES, Panels, add, gelu, normalise, softmax_rows, times};
use super::graph::{Graph, GraphError, Norm};
use super::linear::Linear;

/// Rows whose attention is computed at a time: so many that their scores stay in the cache.
const AT_ONCE: usize = 64;

/// One layer: every row looks at all, then each is thought over by itself.
#[derive(Debug)]
pub(super) struct Layer {
    queries_keys_values: Linear,
    out: Linear,
    norm_1: Norm,
    up: Linear,
    down: Linear,
    norm_2: Norm,
    /// What queries are multiplied by: one by the root of a head's width.
    scale: f32,
    head: usize,
}

impl Layer {
    /// Returns the layers of a module, which are numbered from 0.
    pub(super) fn stack(graph: &Graph, module: &str) -> Result<Vec<Self>, GraphError> {
        let names = (0..).map(|n| format!("{module}.{n}"));
        let layers: Vec<Self> = names
            .take_while(|name| graph.has(&format!("{name}/qkv/MatMul_quant")))
            .map(|name| Self::load(graph, &name))
            .collect::<Result<_, _>>()?;
        if layers.is_empty() { Err(graph.failed(format!("it has no layers {module}"))) } else { Ok(layers) }
    }

    fn load(graph: &Graph, module: &str) -> Result<Self, GraphError> {
        let part = |name: &str| graph.linear(&format!("{module}/{name}"));
        let norm = |name: &str| graph.norm(&format!("{module}/{name}"));
        let scale = graph.factor(&format!("{module}/Mul"))?;
        let layer = Self {
            queries_keys_values: part("qkv")?,
            out: part("out")?,
            norm_1: norm("norm1")?,
            up: part("up")?,
            down: part("down")?,
            norm_2: norm("norm2")?,
            scale,
            head: width_of_head(scale),
        };
        let width = layer.out.shape.inputs;
        let is_whole = layer.head > 0 && layer.head.is_multiple_of(LANES) && width.is_multiple_of(layer.head);
        if is_whole && layer.queries_keys_values.shape.outputs == 3 * width {
            Ok(layer)
        } else {
            Err(graph.failed(format!("the heads of {module} are {} wide", layer.head)))
        }
    }

    /// Replaces rows by what the layer makes of them.
    pub(super) fn run(&self, rows: &mut [f32]) {
        let seen = self.attend(&self.queries_keys_values.apply(rows));
        add(rows, &self.out.apply(&seen));
        self.norm_1.apply(rows);
        let mut inner = self.up.apply(rows);
        gelu(&mut inner);
        add(rows, &self.down.apply(&inner));
        self.norm_2.apply(rows);
    }

    /// Returns what every row takes from all, one head beside the other.
    fn attend(&self, rows: &[f32]) -> Vec<f32> {
        let (head, width) = (self.head, self.out.shape.inputs);
        let count = rows.len() / (3 * width);
        let mut out = vec![0.0; count * width];
        let mut queries = vec![0.0; count * head];
        let mut keys = Panels::new(head, count);
        // Padded like the keys, so that scores of padding, which become nothing, take nothing.
        let mut values = Panels::new(keys.width, head);
        let mut scores = vec![0.0; AT_ONCE * keys.width];
        let mut taken = vec![0.0; AT_ONCE * head];
        for left in (0..width).step_by(head) {
            for (at, row) in rows.chunks_exact(3 * width).enumerate() {
                let part = |n: usize| &row[n * width + left..][..head];
                let query = queries[at * head..][..head].iter_mut();
                query.zip(part(0)).for_each(|(to, x)| *to = x * self.scale);
                keys.set_column(at, part(1));
                values.set_row(at, part(2));
            }
            for (queries, out) in queries.chunks(AT_ONCE * head).zip(out.chunks_mut(AT_ONCE * width)) {
                let here = queries.len() / head;
                let (scores, taken) = (&mut scores[..here * keys.width], &mut taken[..here * head]);
                times(queries, &keys, scores);
                softmax_rows(scores, keys.width, count);
                times(scores, &values, taken);
                for (row, taken) in out.chunks_exact_mut(width).zip(taken.chunks_exact(head)) {
                    row[left..][..head].copy_from_slice(taken);
                }
            }
        }
        out
    }
}

impl Norm {
    /// Normalises every row.
    pub(super) fn apply(&self, rows: &mut [f32]) {
        normalise(rows, &self.gain, &self.shift, self.epsilon);
    }
}

/// Returns how many numbers a head has, from what its queries are multiplied by.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked by the caller")]
fn width_of_head(scale: f32) -> usize {
    (1.0 / (scale * scale)).round() as usize
}
