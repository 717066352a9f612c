//! What the binary carries: the model, and the text files of `data/`.

use casus_annotate::Model;
use casus_coder::actors::ActorTable;
use casus_coder::incidents::{Weights, WordFrequencies};
use casus_coder::places::{Gazetteer, GazetteerError};
use casus_coder::rules::{Rulings, RulingsError, WordTable};
use casus_coder::{Knowledge, Thresholds};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Includes a file of the repository as text.
macro_rules! text {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../", $path))
    };
}

/// Includes a file of the repository as bytes.
macro_rules! bytes {
    ($path:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../", $path))
    };
}

/// The model's name, as records give it.
pub(crate) const MODEL: &str = "casus-en-1";

/// Returns the embedded model.
pub(crate) fn model() -> Model {
    Model {
        vocabulary: text!("models/vocabulary.txt").into(),
        labels: text!("models/labels.json").into(),
        encoder: bytes!("models/encoder.onnx").as_slice().into(),
        reader: bytes!("models/reader.onnx").as_slice().into(),
        pairs: bytes!("models/pairs.onnx").as_slice().into(),
        whose: bytes!("models/whose.onnx").as_slice().into(),
    }
}

/// What kinds of weapons there are, with the words for each.
pub(crate) const WEAPONS: &str = text!("data/rules/weapons.tsv");

/// The embedded model's thresholds.
pub(crate) const THRESHOLDS: &str = text!("models/thresholds.json");

/// Returns the embedded actor tables, with the nouns: file name and text of each.
pub(crate) fn actor_files() -> Vec<(&'static str, &'static str)> {
    let mut files = ACTORS.to_vec();
    files.push(("agent_nouns.tsv", text!("data/rules/agent_nouns.tsv")));
    files.push(("phrase_words.tsv", text!("data/rules/phrase_words.tsv")));
    files.push(("definite_nouns.tsv", text!("data/rules/definite_nouns.tsv")));
    files
}

/// The embedded countries and territories, as the gazetteer names them.
pub(crate) const COUNTRIES: &str = text!("data/places/countries.tsv");

/// Returns the gazetteer over the embedded packed places, or over others.
pub(crate) fn gazetteer(packed: Option<&'static [u8]>) -> Result<Gazetteer, GazetteerError> {
    let packed = packed.unwrap_or(bytes!("data/places/gazetteer.bin"));
    Gazetteer::new(packed, COUNTRIES, text!("data/places/supplement.tsv"))
}

/// Reads the embedded rulings.
pub(crate) fn rulings() -> Result<Rulings, RulingsError> {
    Rulings::parse(RULINGS.iter().copied())
}

/// Joins all that casus knows; what the user may change comes from the caller.
pub(crate) fn knowledge(
    actors: ActorTable,
    gazetteer: Gazetteer,
    rulings: Rulings,
    thresholds: Thresholds,
) -> Knowledge {
    Knowledge {
        actors,
        gazetteer,
        rulings,
        thresholds,
        weapons: WordTable::parse(WEAPONS),
        cues: WordTable::parse(text!("data/rules/cues.tsv")),
        two_sided: WordTable::parse(text!("data/rules/two_sided.tsv")),
        answers: WordTable::parse(text!("data/rules/answers.tsv")),
        harms: WordTable::parse(text!("data/rules/harms.tsv")),
        unnamed: WordTable::parse(text!("data/rules/unnamed.tsv")),
        contexts: WordTable::parse(text!("data/rules/contexts.tsv")),
    }
}

/// Reads the embedded weights of incidents.
pub(crate) fn incident_weights() -> Weights {
    Weights::parse(text!("data/rules/incident_weights.tsv")).expect("a test reads the embedded table")
}

/// Reads the embedded frequencies of words.
pub(crate) fn word_frequencies() -> WordFrequencies {
    WordFrequencies::parse(text!("data/rules/word_frequencies.tsv")).expect("a test reads the embedded table")
}
