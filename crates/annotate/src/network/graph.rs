//! Weights by name, out of a graph that `training/export.py` wrote.
//!
//! A graph is an ONNX file, so that any runtime can run it; this one takes its weights and knows itself how they belong together.

use super::linear::{Linear, Shape};
use rten_onnx::onnx::{DataType, ModelProto, NodeProto, TensorProto};
use std::collections::BTreeMap;
use std::fmt;

/// A graph that is not one of ours, or lacks a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphError {
    graph: &'static str,
    what: String,
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot load the {} graph: {}", self.graph, self.what)
    }
}

impl std::error::Error for GraphError {}

type Result<T> = std::result::Result<T, GraphError>;

/// The gain and the shift of a normalisation, and what keeps it from dividing by nothing.
#[derive(Debug)]
pub(super) struct Norm {
    pub(super) gain: Vec<f32>,
    pub(super) shift: Vec<f32>,
    pub(super) epsilon: f32,
}

/// A table of rows in eight bits, all of one scale.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) values: Vec<u8>,
    pub(super) width: usize,
    pub(super) scale: f32,
    pub(super) zero: f32,
}

/// The nodes and tensors of a graph.
pub(super) struct Graph {
    name: &'static str,
    nodes: Vec<NodeProto>,
    by_name: BTreeMap<String, usize>,
    by_output: BTreeMap<String, usize>,
    tensors: BTreeMap<String, TensorProto>,
}

impl Graph {
    /// Reads an ONNX file.
    pub(super) fn parse(name: &'static str, onnx: &[u8]) -> Result<Self> {
        let failed = |what: String| GraphError { graph: name, what };
        let model = ModelProto::parse_buf(onnx).map_err(|e| failed(format!("not an ONNX file: {e}")))?;
        let graph = model.graph.ok_or_else(|| failed("an ONNX file without a graph".to_owned()))?;
        let (nodes, tensors) = (graph.node, graph.initializer);
        let by_name = nodes.iter().enumerate().filter_map(|(at, n)| Some((n.name.clone()?, at))).collect();
        let by_output = nodes
            .iter()
            .enumerate()
            .flat_map(|(at, n)| n.output.iter().map(move |o| (o.clone(), at)))
            .collect();
        let tensors = tensors.into_iter().filter_map(|t| Some((t.name.clone()?, t))).collect();
        Ok(Self { name, nodes, by_name, by_output, tensors })
    }

    /// Makes an error of something that the graph lacks.
    pub(super) fn failed(&self, what: impl Into<String>) -> GraphError {
        GraphError { graph: self.name, what: what.into() }
    }

    /// Tells whether there is a node of this name.
    pub(super) fn has(&self, node: &str) -> bool {
        self.by_name.contains_key(node)
    }

    fn node(&self, name: &str) -> Result<&NodeProto> {
        let at = self.by_name.get(name).ok_or_else(|| self.failed(format!("it has no node {name}")))?;
        Ok(&self.nodes[*at])
    }

    fn tensor(&self, name: &str) -> Result<&TensorProto> {
        self.tensors.get(name).ok_or_else(|| self.failed(format!("it has no tensor {name}")))
    }

    /// Returns the one tensor among a node's inputs.
    fn tensor_of<'a>(&self, node: &'a NodeProto) -> Result<&'a str> {
        let name = node.input.iter().find(|input| self.tensors.contains_key(*input));
        let of = node.name.as_deref().unwrap_or_default();
        name.map(String::as_str).ok_or_else(|| self.failed(format!("node {of} has no weights")))
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>> {
        let tensor = self.tensor(name)?;
        floats(tensor).ok_or_else(|| self.failed(format!("tensor {name} holds no floats")))
    }

    fn bytes(&self, name: &str, kind: DataType) -> Result<(Vec<u8>, [usize; 2])> {
        let tensor = self.tensor(name)?;
        let bytes = raw(tensor).filter(|_| tensor.data_type == Some(kind));
        let dims: Vec<usize> = tensor.dims.iter().filter_map(|&d| usize::try_from(d).ok()).collect();
        match (bytes, dims.as_slice()) {
            (Some(bytes), &[rows, columns]) if bytes.len() == rows * columns => Ok((bytes, [rows, columns])),
            _ => Err(self.failed(format!("tensor {name} is no matrix of eight bits"))),
        }
    }

    /// Returns the floats that a node adds or multiplies by, row by row.
    pub(super) fn vector(&self, node: &str) -> Result<Vec<f32>> {
        self.floats(self.tensor_of(self.node(node)?)?)
    }

    /// Returns the matrix in eight bits of a module, with its bias.
    pub(super) fn linear(&self, module: &str) -> Result<Linear> {
        self.biased(module, Some(self.vector(&format!("{module}/Add"))?))
    }

    /// Returns the matrix in eight bits of a module that has no bias.
    pub(super) fn unbiased(&self, module: &str) -> Result<Linear> {
        self.biased(module, None)
    }

    fn biased(&self, module: &str, bias: Option<Vec<f32>>) -> Result<Linear> {
        let node = self.node(&format!("{module}/MatMul_quant"))?;
        let weights = node.input.get(1).ok_or_else(|| self.failed(format!("{module} has no weights")))?;
        let (values, [inputs, outputs]) = self.bytes(weights, DataType::INT8)?;
        let stem = weights.trim_end_matches("_quantized");
        let zero = self.tensor(&format!("{stem}_zero_point"))?;
        if raw(zero).is_none_or(|zeros| zeros.iter().any(|&z| z != 0)) {
            return Err(self.failed(format!("the weights of {module} are not symmetric")));
        }
        let scales = self.floats(&format!("{stem}_scale"))?;
        let bias = bias.unwrap_or_else(|| vec![0.0; outputs]);
        if scales.len() != outputs || bias.len() != outputs {
            return Err(self.failed(format!("{module} has not a scale and a bias for each column")));
        }
        let values: Vec<i8> = values.into_iter().map(u8::cast_signed).collect();
        Linear::new(Shape { inputs, outputs }, &values, &scales, &bias)
            .map_err(|what| self.failed(format!("{module}: {what}")))
    }

    /// Returns the normalisation of a module.
    pub(super) fn norm(&self, module: &str) -> Result<Norm> {
        let node = self.node(&format!("{module}/LayerNormalization"))?;
        let [_, gain, shift] = node.input.as_slice() else {
            return Err(self.failed(format!("{module} has not a gain and a shift")));
        };
        let epsilon = node.attribute.iter().find(|a| a.name.as_deref() == Some("epsilon")).and_then(|a| a.f);
        let (gain, shift) = (self.floats(gain)?, self.floats(shift)?);
        Ok(Norm { gain, shift, epsilon: epsilon.unwrap_or(1e-5) })
    }

    /// Returns the table that a module looks rows up in.
    pub(super) fn table(&self, module: &str) -> Result<Table> {
        let node = self.node(&format!("{module}/Gather"))?;
        let name = self.tensor_of(node)?;
        let (values, [_, width]) = self.bytes(name, DataType::UINT8)?;
        let stem = name.trim_end_matches("_quantized");
        let scale = self.floats(&format!("{stem}_scale"))?;
        let zero = raw(self.tensor(&format!("{stem}_zero_point"))?).unwrap_or_default();
        match (scale.as_slice(), zero.as_slice()) {
            (&[scale], &[zero]) => Ok(Table { values, width, scale, zero: f32::from(zero) }),
            _ => Err(self.failed(format!("the table of {module} has more than one scale"))),
        }
    }

    /// Returns what is added to the rows on their way into a module: the vector of the last addition before it.
    pub(super) fn added_before(&self, node: &str) -> Result<Vec<f32>> {
        let input = self.node(node)?.input.first().cloned().unwrap_or_default();
        let before = self.by_output.get(&input).map(|&at| &self.nodes[at]);
        let before = before.ok_or_else(|| self.failed(format!("nothing comes before {node}")))?;
        self.floats(self.tensor_of(before)?)
    }

    /// Returns the vector that the graph adds to marked rows of its input.
    pub(super) fn mark(&self, input: &str) -> Result<Vec<f32>> {
        let takes = |node: &&NodeProto| {
            node.op_type.as_deref() == Some("Add") && node.input.iter().any(|name| name == input)
        };
        let add = self.nodes.iter().find(takes);
        let factor = add.and_then(|add| {
            add.input.iter().find_map(|name| self.by_output.get(name)).map(|&at| &self.nodes[at])
        });
        let factor = factor.ok_or_else(|| self.failed(format!("nothing marks rows of {input}")))?;
        self.floats(self.tensor_of(factor)?)
    }

    /// Returns the constant that a node multiplies by.
    pub(super) fn factor(&self, node: &str) -> Result<f32> {
        let inputs = &self.node(node)?.input;
        let constants = inputs.iter().filter_map(|name| self.by_output.get(name)).map(|&at| &self.nodes[at]);
        let value = constants
            .flat_map(|n| &n.attribute)
            .filter_map(|a| a.t.as_ref())
            .find_map(|t| floats(t)?.first().copied());
        value.ok_or_else(|| self.failed(format!("node {node} has no constant")))
    }
}

fn raw(tensor: &TensorProto) -> Option<Vec<u8>> {
    match &tensor.raw_data {
        Some(bytes) => Some(bytes.borrow().clone()),
        // Small tensors may be written number by number.
        None => tensor.int32_data.iter().map(|&n| u8::try_from(n & 0xff).ok()).collect(),
    }
}

fn floats(tensor: &TensorProto) -> Option<Vec<f32>> {
    if tensor.data_type != Some(DataType::FLOAT) {
        return None;
    }
    Some(match &tensor.raw_data {
        Some(bytes) => bytes
            .borrow()
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes(b.try_into().expect("chunks of four")))
            .collect(),
        None => tensor.float_data.clone(),
    })
}
