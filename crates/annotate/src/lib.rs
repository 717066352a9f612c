//! From a report's text to its [`Analysis`]: one encoder, heads on every word, a reader that looks again at the text
//! once for every trigger, a scorer that says which triggers far apart tell of one act, and a reader that looks at the text
//! once for every mention of which the coder asks whom it means. `training/` makes the weights, `models/` keeps them.
//!
//! The network proposes, with probabilities; what becomes a record is decided in `casus-coder`.

#![warn(unreachable_pub)]

mod labels;
mod mentions;
mod network;
mod pairs;
mod pieces;
mod reader;
mod sentences;
mod syntax;
mod triggers;
mod whose;
mod windows;
mod words;

use casus_types::analysis::{Analysis, TriggerId};
use casus_types::{EventType, Span};
use labels::Labels;
use network::{Encoder, Encoding, MentionReader, PairScorer, TriggerReader};
use pieces::Pieces;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

pub use network::GraphError;
pub use words::words;

/// The files of a model.
#[derive(Debug, Clone)]
pub struct Model {
    /// Word pieces, one a line.
    pub vocabulary: Cow<'static, str>,
    /// What the outputs stand for, JSON.
    pub labels: Cow<'static, str>,
    /// The encoder with the word heads, ONNX.
    pub encoder: Cow<'static, [u8]>,
    /// The reader of triggers, ONNX.
    pub reader: Cow<'static, [u8]>,
    /// The scorer of pairs, ONNX.
    pub pairs: Cow<'static, [u8]>,
    /// The reader of mentions, ONNX.
    pub whose: Cow<'static, [u8]>,
}

/// A model that does not load.
#[derive(Debug)]
pub enum ModelError {
    /// The vocabulary lacks a piece that every window needs.
    Vocabulary,
    /// The labels are not those that this version knows.
    Labels(String),
    /// A graph does not load.
    Graph(GraphError),
    /// The vocabulary has more pieces than the encoder.
    Pieces,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vocabulary => f.write_str("the vocabulary lacks [UNK], [CLS] or [SEP]"),
            Self::Labels(what) => write!(f, "the model's labels are for another version of casus: {what}"),
            Self::Graph(e) => e.fmt(f),
            Self::Pieces => f.write_str("the vocabulary has more pieces than the encoder knows"),
        }
    }
}

impl std::error::Error for ModelError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Graph(e) => Some(e),
            Self::Vocabulary | Self::Labels(_) | Self::Pieces => None,
        }
    }
}

/// Reads texts. Made once, shared by all threads.
#[derive(Debug)]
pub struct Annotator {
    pieces: Pieces,
    labels: Labels,
    encoder: Encoder,
    reader: TriggerReader,
    pairs: PairScorer,
    whose: MentionReader,
}

/// One window of a text with what the encoder says of it.
struct Window {
    words: Range<usize>,
    /// Range of pieces of each word.
    pieces: Vec<Range<usize>>,
    said: Encoding,
}

impl Window {
    /// Returns the first piece of a word.
    fn piece(&self, word: usize) -> usize {
        self.pieces[word - self.words.start].start
    }

    /// Returns what is seen from some words: so many pieces to each side of them.
    fn sight(&self, words: Range<usize>, reach: usize) -> Sight {
        let last = (words.end - 1).min(self.words.end - 1);
        let meant = self.piece(words.start)..self.pieces[last - self.words.start].end;
        let all = self.pieces.last().map_or(0, |p| p.end) + 1;
        Sight { from: meant.start.saturating_sub(reach), to: (meant.end + reach).min(all), meant }
    }
}

/// The pieces of a window that are seen from some of them.
struct Sight {
    from: usize,
    to: usize,
    /// Those from which they are seen.
    meant: Range<usize>,
}

impl Sight {
    /// Returns the words in sight.
    fn words<'a>(&'a self, window: &'a Window) -> impl Iterator<Item = usize> + 'a {
        window.words.clone().filter(|&w| (self.from..self.to).contains(&window.piece(w)))
    }
}

/// Everything the encoder says of a text.
struct Encoded {
    windows: Vec<Window>,
    /// The window that speaks for each word: the first that holds it, for it has seen what comes before.
    window_of: Vec<usize>,
}

impl Encoded {
    /// Returns the window that speaks for a word, and the word's first piece in it.
    fn at(&self, word: usize) -> (&Window, usize) {
        let window = &self.windows[self.window_of[word]];
        (window, window.piece(word))
    }
}

impl Annotator {
    /// Loads a model.
    ///
    /// # Errors
    /// Where the files do not belong together or to this version.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let pieces = Pieces::parse(&model.vocabulary).ok_or(ModelError::Vocabulary)?;
        let labels = Labels::parse(&model.labels).map_err(ModelError::Labels)?;
        let encoder = Encoder::load(&model.encoder).map_err(ModelError::Graph)?;
        if pieces.count() > encoder.pieces() {
            return Err(ModelError::Pieces);
        }
        Ok(Self {
            pieces,
            labels,
            encoder,
            reader: TriggerReader::load(&model.reader).map_err(ModelError::Graph)?,
            pairs: PairScorer::load(&model.pairs).map_err(ModelError::Graph)?,
            whose: MentionReader::load(&model.whose).map_err(ModelError::Graph)?,
        })
    }

    /// Reads a text. `told` are stretches that somebody calls acts of a type whatever the network sees; it reads the
    /// text around them as around the acts that it finds itself. `ask` says of which words it is to find out whom they
    /// mean, once the rest is read.
    ///
    /// # Panics
    /// Never for texts under 4 GiB, the limit of a [`Span`].
    pub fn annotate(
        &self,
        text: &str,
        told: &[(Span, EventType)],
        ask: impl FnOnce(&Analysis) -> Vec<Span>,
    ) -> Analysis {
        let words = words(text);
        if words.is_empty() {
            return Analysis::default();
        }
        let encoded = self.encode(text, &words);
        let starts = sentences::starts(text, &words, &encoded);
        let sentences = sentences::spans(&words, &starts);
        let mut tokens = syntax::tokens(&words, &encoded, &self.labels);
        syntax::attach(&mut tokens, &starts, &encoded);
        let mut analysis = Analysis {
            tokens,
            sentences,
            mentions: mentions::mentions(&words, &starts, &encoded, &self.labels),
            ..Analysis::default()
        };
        let candidates = triggers::candidates(&words, &starts, &encoded, &self.labels, told);
        let views: Vec<_> =
            candidates.iter().map(|c| reader::read(&self.reader, &self.labels, &encoded, c)).collect();
        for (at, (candidate, view)) in candidates.iter().zip(&views).enumerate() {
            let id = TriggerId(u32::try_from(at).expect("fewer triggers than bytes of text"));
            analysis.triggers.push(triggers::trigger(candidate, view, &words, &self.labels));
            reader::arguments(id, view, (&words, &starts), &self.labels, &mut analysis.arguments);
            reader::relations(id, view, &candidates, &self.labels, &mut analysis.relations);
        }
        let told = pairs::Told { text, words: &words, candidates: &candidates, views: &views };
        analysis.relations.extend(pairs::relations(&self.pairs, &self.labels, &told, &analysis.triggers));
        mentions::add_arguments(&words, &encoded, &self.labels, &mut analysis);
        analysis.bearings = ask(&analysis)
            .into_iter()
            .map(|span| whose::read(&self.whose, self.labels.whose_reach, &encoded, &words, span))
            .collect();
        analysis
    }

    fn encode(&self, text: &str, words: &[Span]) -> Encoded {
        let mut ids = Vec::new();
        let ranges: Vec<Range<usize>> = words
            .iter()
            .map(|w| {
                let before = ids.len();
                self.pieces.push(w.slice(text), &mut ids);
                before..ids.len()
            })
            .collect();
        let sizes: Vec<usize> = ranges.iter().map(Range::len).collect();
        let mut window_of = vec![usize::MAX; words.len()];
        let mut windows = Vec::new();
        for (n, range) in
            windows::windows(&sizes, &sentences::likely_starts(text, words)).into_iter().enumerate()
        {
            let from = ranges[range.start].start;
            let upto = ranges[range.end - 1].end.min(from + windows::LONGEST);
            let mut input = vec![self.pieces.first];
            input.extend(&ids[from..upto]);
            input.push(self.pieces.last);
            let last = upto - from;
            let pieces = ranges[range.clone()]
                .iter()
                .map(|r| (r.start - from + 1).min(last)..(r.end - from + 1).min(last + 1))
                .collect();
            for word in range.clone() {
                window_of[word] = window_of[word].min(n);
            }
            windows.push(Window { words: range, pieces, said: self.encoder.run(&input) });
        }
        Encoded { windows, window_of }
    }
}
