//! Tests that the network computes what its graphs say, as another runtime reads them.

use super::processor::tests::on_each;
use super::{Encoder, Matrix, MentionReader, PairScorer, TriggerReader};
use crate::pieces::Pieces;
use rten::{Model, Value};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use std::path::Path;

/// Returns the pieces of a report.
fn ids() -> Vec<usize> {
    const REPORT: &str = "Soldiers killed five villagers and burned a market near Tamra on Monday , local officials said , \
        hours after gunmen attacked a convoy on the road to the capital . The army denied the accusation and promised talks .";
    let pieces = Pieces::parse(&String::from_utf8(file("vocabulary.txt")).unwrap()).unwrap();
    let mut out = vec![pieces.first];
    REPORT.split(' ').for_each(|word| pieces.push(word, &mut out));
    out.push(pieces.last);
    out
}

fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models").join(name);
    std::fs::read(path).expect("the model of the repository")
}

/// Returns the outputs that rten computes.
fn outputs(onnx: &[u8], inputs: Vec<(&str, Value)>, names: &[&str]) -> Vec<Matrix> {
    let model = Model::load(onnx.to_vec()).unwrap();
    let id = |name: &str| model.node_id(name).unwrap();
    let inputs = inputs.into_iter().map(|(name, value)| (id(name), value.into())).collect();
    let outputs: Vec<_> = names.iter().map(|name| id(name)).collect();
    let found = model.run(inputs, &outputs, None).unwrap();
    let matrix = |value: &Value| {
        let view: NdTensorView<'_, f32, 3> = value.try_into().unwrap();
        Matrix::new(view.to_vec(), view.size(2))
    };
    found.iter().map(matrix).collect()
}

/// Asserts that two outputs point the same way, and nearly to the same place.
fn assert_alike(name: &str, ours: &[f32], theirs: &[f32]) {
    assert_eq!(ours.len(), theirs.len(), "{name}");
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
    let cosine = dot(ours, theirs) / (dot(ours, ours) * dot(theirs, theirs)).sqrt();
    // rten has one scale for all rows, this network one for each: the outputs differ by the rounding of that.
    assert!(cosine > 0.99, "{name}: cosine {cosine}");
}

#[test]
fn it_computes_what_the_graphs_say() {
    const HEADS: [&str; 8] = ["low", "types", "mentions", "sectors", "pos", "relations", "starts", "arcs"];
    const READS: [&str; 7] = ["roles", "modes", "status", "stance", "when", "kind", "state"];
    let (ids, meant) = (ids(), 2..4);
    let count = ids.len();
    let onnx = file("encoder.onnx");
    let said = Encoder::load(&onnx).unwrap().run(&ids);
    let input: Vec<i32> = ids.iter().map(|&id| i32::try_from(id).unwrap()).collect();
    let theirs = outputs(&onnx, vec![("ids", NdTensor::from_data([1, count], input).into())], &HEADS);
    let ours = [
        &said.ground,
        &said.types,
        &said.mentions,
        &said.sectors,
        &said.pos,
        &said.relations,
        &said.starts,
        &said.arcs,
    ];
    for ((name, ours), theirs) in HEADS.iter().zip(ours).zip(&theirs) {
        assert_alike(name, &ours.values, &theirs.values);
    }

    let marked = || {
        let marks: Vec<f32> = (0..count).map(|at| f32::from(u8::from(meant.contains(&at)))).collect();
        let low = NdTensor::from_data([1, count, said.ground.width], said.ground.values.clone());
        vec![("low", low.into()), ("marked", NdTensor::from_data([1, count], marks).into())]
    };
    let onnx = file("reader.onnx");
    let read = TriggerReader::load(&onnx).unwrap().run(&said.ground, 0..count, meant.clone());
    let theirs = outputs(&onnx, marked(), &READS);
    assert_alike("roles", &read.roles.values, &theirs[0].values);
    let ours = [&read.modes, &read.status, &read.stance, &read.when, &read.kind, &read.state];
    for ((name, ours), theirs) in READS[1..].iter().zip(ours).zip(&theirs[1..]) {
        assert_alike(name, ours, theirs.row(meant.start));
    }

    let onnx = file("whose.onnx");
    let scores = MentionReader::load(&onnx).unwrap().run(&said.ground, 0..count, meant.clone());
    let theirs = outputs(&onnx, marked(), &["homes", "same"]);
    for (column, theirs) in theirs.iter().enumerate() {
        let ours: Vec<f32> = (0..count).map(|at| scores.row(at)[column]).collect();
        assert_alike("mentions", &ours, &theirs.values);
    }

    let onnx = file("pairs.onnx");
    let (first, facts) = (read.state, [0.25; 18]);
    let second: Vec<f32> = first.iter().rev().copied().collect();
    let ours = PairScorer::load(&onnx).unwrap().score(&first, &second, &facts);
    let table = |row: &[f32]| Value::from(NdTensor::from_data([1, 1, row.len()], row.to_vec()));
    let inputs = vec![("first", table(&first)), ("second", table(&second)), ("facts", table(&facts))];
    let theirs = outputs(&onnx, inputs, &["same"])[0].values[0];
    assert!((ours - theirs).abs() < 1e-3, "{ours} and {theirs}");
}

#[test]
fn every_processor_computes_the_same_bits() {
    let encoder = Encoder::load(&file("encoder.onnx")).unwrap();
    let reader = TriggerReader::load(&file("reader.onnx")).unwrap();
    let all = on_each(|| {
        let said = encoder.run(&ids());
        let read = reader.run(&said.ground, 1..40, 20..22);
        let parts = [&said.ground, &said.types, &said.pos, &said.arcs, &read.roles].map(|m| m.values.clone());
        parts.concat().into_iter().chain(read.state).map(f32::to_bits).collect::<Vec<_>>()
    });
    for (kind, bits) in &all {
        assert!(*bits == all[0].1, "{kind:?} differs from {:?}", all[0].0);
    }
}
