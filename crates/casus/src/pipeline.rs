//! From a document to its reading.

use crate::actors::OwnActors;
use crate::ingest::NOT_LATIN;
use crate::resources;
use casus_annotate::{Annotator, Model, ModelError};
use casus_coder::Knowledge;
use casus_coder::actors::ActorTableError;
use casus_coder::places::{Gazetteer, GazetteerError};
use casus_coder::rules::{Rulings, RulingsError};
pub use casus_coder::{ARTICLE_FROM, Thresholds};
use casus_types::{Analysis, Document, Event, Problem, Reading};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// What a pipeline is made of; the default is what casus is built with.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// A folder of rulings (`*.rule`) that come on top of the built-in ones; one of the same name replaces it.
    pub rules: Option<PathBuf>,
    /// A folder with a model that replaces the built-in one, as `training/export.py` writes it.
    pub model: Option<PathBuf>,
    /// A folder of actor tables (`*.tsv`) that go before the built-in ones; an actor of the same name is replaced.
    pub actors: Option<PathBuf>,
    /// A packed gazetteer that replaces the built-in one, as `casus gazetteer import` writes it.
    pub gazetteer: Option<PathBuf>,
}

/// Reads documents; made once, then used from any number of threads.
#[derive(Debug)]
pub struct Pipeline {
    annotator: Annotator,
    knowledge: Knowledge,
    own: Vec<(&'static str, PathBuf)>,
}

/// Why a pipeline cannot be made.
#[derive(Debug)]
pub enum PipelineError {
    /// A file or folder that was asked for cannot be read.
    Read(PathBuf, io::Error),
    /// The thresholds of a model are not what this version expects.
    Thresholds(serde_json::Error),
    /// A ruling says what casus does not understand.
    Rulings(RulingsError),
    /// The model does not load.
    Model(ModelError),
    /// A folder has no actor table.
    NoTables(PathBuf),
    /// An actor table does not load.
    Actors(ActorTableError),
    /// The gazetteer does not load; its path where it is not the built-in one.
    Gazetteer(Option<PathBuf>, GazetteerError),
}

impl fmt::Display for PipelineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, _) => write!(f, "{}: cannot read it", path.display()),
            Self::Thresholds(e) => write!(f, "the model's thresholds: {e}"),
            Self::Rulings(e) => e.fmt(f),
            Self::Model(e) => e.fmt(f),
            Self::NoTables(path) => write!(f, "{}: no file that ends in .tsv", path.display()),
            Self::Actors(e) => e.fmt(f),
            Self::Gazetteer(None, e) => e.fmt(f),
            Self::Gazetteer(Some(path), e) => write!(f, "{}: {e}", path.display()),
        }
    }
}

impl std::error::Error for PipelineError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(_, e) => Some(e),
            Self::Thresholds(e) => Some(e),
            Self::NoTables(_) => None,
            // These say all that their cause says.
            Self::Rulings(e) => e.source(),
            Self::Model(e) => e.source(),
            Self::Actors(e) => e.source(),
            Self::Gazetteer(_, e) => e.source(),
        }
    }
}

impl PipelineError {
    /// Returns what to do about it, where that can be said.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoTables(_) => {
                Some("pass a folder of actor tables; docs/guide/actors.md tells their columns")
            }
            Self::Actors(error) => Some(error.hint()),
            Self::Model(_) => Some(
                "the files of a model belong together, as training/export.py of this version writes them",
            ),
            Self::Gazetteer(Some(_), _) => Some("pass a file that casus gazetteer import has written"),
            _ => None,
        }
    }
}

impl Config {
    fn own(&self) -> Vec<(&'static str, PathBuf)> {
        let Self { rules, model, actors, gazetteer } = self;
        let all = [("--rules", rules), ("--model", model), ("--actors", actors), ("--gazetteer", gazetteer)];
        all.into_iter().filter_map(|(option, path)| Some((option, path.clone()?))).collect()
    }
}

impl Pipeline {
    /// Returns the pipeline of a configuration.
    ///
    /// # Errors
    /// Where a configured folder cannot be read or holds a ruling that casus does not understand.
    pub fn new(config: Config) -> Result<Self, PipelineError> {
        let told = config.own();
        // Loading the model takes longest and needs nothing of the rest.
        std::thread::scope(|scope| {
            let (model, thresholds) = match &config.model {
                None => (resources::model(), resources::THRESHOLDS.to_owned()),
                Some(folder) => own_model(folder)?,
            };
            let annotator = scope.spawn(move || Annotator::new(&model));
            let thresholds = Thresholds::parse(&thresholds).map_err(PipelineError::Thresholds)?;
            let mut rulings = resources::rulings().map_err(PipelineError::Rulings)?;
            if let Some(folder) = config.rules {
                rulings.extend(own_rulings(&folder)?);
            }
            let own = OwnActors::read(config.actors.as_deref())?;
            let actors = own.table().map_err(PipelineError::Actors)?;
            let gazetteer = gazetteer(config.gazetteer)?;
            let annotator = annotator
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                .map_err(PipelineError::Model)?;
            Ok(Self {
                annotator,
                knowledge: resources::knowledge(actors, gazetteer, rulings, thresholds),
                own: told,
            })
        })
    }

    /// Returns the reading of a document; the problems found while it was taken in go with it.
    ///
    /// A document with the problem [`NOT_LATIN`] is not coded: its record has no events.
    #[must_use]
    pub fn read(&self, document: Document, mut problems: Vec<Problem>) -> Reading {
        if problems.iter().any(|p| p.code == NOT_LATIN) {
            return Reading { document, analysis: Analysis::default(), events: Vec::new(), problems };
        }
        let analysis = self.annotate(&document);
        let (events, odd) = self.code(&document, &analysis);
        problems.extend(odd);
        Reading { document, analysis, events, problems }
    }

    /// Returns what the network sees in a document, the first half of [`Pipeline::read`].
    #[must_use]
    pub fn annotate(&self, document: &Document) -> Analysis {
        let told = self.knowledge.rulings.told(&document.text);
        let ask = |seen: &Analysis| casus_coder::questions(document, seen, &self.knowledge);
        self.annotator.annotate(&document.text, &told, ask)
    }

    /// Returns the events that an analysis comes to, the second half of [`Pipeline::read`].
    #[must_use]
    pub fn code(&self, document: &Document, analysis: &Analysis) -> (Vec<Event>, Vec<Problem>) {
        casus_coder::code(document, analysis, &self.knowledge)
    }

    /// Changes from which probability on a proposal of the network counts.
    pub fn set_thresholds(&mut self, thresholds: Thresholds) {
        self.knowledge.thresholds = thresholds;
    }

    /// Returns what the pipeline knows: actors, places, rulings.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Returns what it reads with that is not built in, as options of the command line: `--actors` with its path.
    #[must_use]
    pub fn own(&self) -> &[(&'static str, PathBuf)] {
        &self.own
    }

    /// Returns the name of the model that reads, as records give it.
    #[must_use]
    pub fn model_name(&self) -> &str {
        resources::MODEL
    }
}

/// Reads the packed gazetteer of a path; the built-in one where there is none.
pub(crate) fn gazetteer(path: Option<PathBuf>) -> Result<Gazetteer, PipelineError> {
    let Some(path) = path else {
        return resources::gazetteer(None).map_err(|e| PipelineError::Gazetteer(None, e));
    };
    let bytes = fs::read(&path).map_err(|e| PipelineError::Read(path.clone(), e))?;
    // Places borrow their names from these bytes, as from the built-in ones: they live as long as the program.
    let bytes: &'static [u8] = Box::leak(bytes.into_boxed_slice());
    resources::gazetteer(Some(bytes)).map_err(|e| PipelineError::Gazetteer(Some(path), e))
}

/// Reads the model of a folder, with its thresholds.
fn own_model(folder: &Path) -> Result<(Model, String), PipelineError> {
    let at = |name: &str| folder.join(name);
    let bytes = |name: &str| fs::read(at(name)).map_err(|e| PipelineError::Read(at(name), e));
    let text = |name: &str| fs::read_to_string(at(name)).map_err(|e| PipelineError::Read(at(name), e));
    let model = Model {
        vocabulary: text("vocabulary.txt")?.into(),
        labels: text("labels.json")?.into(),
        encoder: bytes("encoder.onnx")?.into(),
        reader: bytes("reader.onnx")?.into(),
        pairs: bytes("pairs.onnx")?.into(),
        whose: bytes("whose.onnx")?.into(),
    };
    Ok((model, text("thresholds.json")?))
}

/// Reads the rulings of a folder.
fn own_rulings(folder: &Path) -> Result<Rulings, PipelineError> {
    let failed = |error| PipelineError::Read(folder.to_owned(), error);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|e| e == "rule") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(&path).map_err(failed)?));
        }
    }
    Rulings::parse(files.iter().map(|(n, t)| (n.as_str(), t.as_str()))).map_err(PipelineError::Rulings)
}
