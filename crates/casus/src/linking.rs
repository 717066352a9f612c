//! From the records of many reports to incidents.

use crate::resources;
use casus_coder::incidents::{self, WordFrequencies};
use casus_types::record::Record;
use std::borrow::Borrow;
use std::sync::Arc;

pub use casus_coder::incidents::{
    Comparison, Decisions, Feature, Neighbours, Reason, Telling, Weights, WeightsError,
};

/// Joins events of many reports to incidents; made once, then used from any number of threads.
///
/// ```
/// use casus::linking::{Decisions, Linker};
/// use casus::{Config, Document, Pipeline, Record};
///
/// let pipeline = Pipeline::new(Config::default())?;
/// let linker = Linker::default();
/// let mut tellings = Vec::new();
/// for (id, text) in [
///     ("a", "Gunmen abducted 14 pupils in Kankara, Nigeria, on Monday."),
///     ("b", "In Nigeria, 14 pupils were abducted by gunmen on Monday in Kankara."),
/// ] {
///     let published = "2026-02-04".parse().ok();
///     let document = Document { id: id.into(), text: text.into(), published, ..Document::default() };
///     let record = Record::new(&pipeline.read(document, Vec::new()), pipeline.model_name());
///     tellings.extend(linker.tellings(&record, text));
/// }
/// assert_eq!(linker.incidents(&tellings, &Decisions::default()).len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Linker {
    weights: Weights,
    frequencies: WordFrequencies,
}

impl Default for Linker {
    /// Returns the linker that casus is built with.
    fn default() -> Self {
        Self { weights: resources::incident_weights(), frequencies: resources::word_frequencies() }
    }
}

impl Linker {
    /// Returns a linker with other weights.
    #[must_use]
    pub fn with_weights(weights: Weights) -> Self {
        Self { weights, ..Self::default() }
    }

    /// Returns what linking compares of each event of a record; `text` is what the record's offsets count in.
    #[must_use]
    pub fn tellings(&self, record: &Record, text: &str) -> Vec<Telling> {
        Telling::of_record(record, text, &self.frequencies)
    }

    /// Returns the incidents of these tellings, each as their indices, in the order of event keys.
    #[must_use]
    pub fn incidents<T: Borrow<Telling>>(&self, tellings: &[T], decisions: &Decisions) -> Vec<Vec<usize>> {
        incidents::incidents(tellings, &self.weights, decisions)
    }

    /// Returns the incidents that change when new tellings come in, by their event keys
    /// ([`relink`](casus_coder::incidents::relink)).
    ///
    /// # Errors
    /// Where neighbours cannot be read.
    pub fn relink<N: Neighbours>(
        &self,
        new: &[Arc<Telling>],
        around: &[Arc<Telling>],
        neighbours: &mut N,
        decisions: &Decisions,
    ) -> Result<Vec<Vec<String>>, N::Error> {
        incidents::relink(new, around, neighbours, &self.weights, decisions)
    }

    /// Returns why two tellings are one incident or two; none where they are not worth comparing.
    #[must_use]
    pub fn compare(&self, a: &Telling, b: &Telling) -> Option<Comparison> {
        incidents::comparable(a, b).then(|| Comparison::new(a, b, &self.weights))
    }

    /// Returns what each thing that is compared weighs.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }
}
