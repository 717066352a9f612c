//! Who is known: the actor tables that casus is built with, and a user's own.

use crate::pipeline::PipelineError;
use crate::resources;
use std::fs;
use std::path::Path;

pub use casus_coder::actors::{
    Actor, ActorContext, ActorFiles, ActorKind, ActorRow, ActorTable, ActorTableError, Fault, TableFault,
    Term, Told, check, resolve,
};

/// A user's actor files: path and text of each `*.tsv` of a folder, in the order of their names.
#[derive(Debug, Clone, Default)]
pub struct OwnActors(Vec<(String, String)>);

impl OwnActors {
    /// Reads the files of a folder; none where no folder is given.
    ///
    /// # Errors
    /// Where the folder or a file of it cannot be read as UTF-8, or no file ends in `.tsv`.
    pub fn read(folder: Option<&Path>) -> Result<Self, PipelineError> {
        let Some(folder) = folder else { return Ok(Self::default()) };
        let failed = |error| PipelineError::Read(folder.to_owned(), error);
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|e| e == "tsv") {
                let text = fs::read_to_string(&path).map_err(|e| PipelineError::Read(path.clone(), e))?;
                // Spreadsheets on Windows put a byte order mark before the first line.
                let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
                files.push((path.display().to_string(), text));
            }
        }
        if files.is_empty() {
            return Err(PipelineError::NoTables(folder.to_owned()));
        }
        files.sort();
        Ok(Self(files))
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
    }

    /// Returns the built-in tables with these on top.
    ///
    /// # Errors
    /// At the first line that cannot be read.
    pub fn table(&self) -> Result<ActorTable, ActorTableError> {
        ActorTable::parse(ActorFiles { built_in: &resources::actor_files(), own: &self.pairs() })
    }

    /// Returns what an editor should look at in these files and in the built-in ones.
    #[must_use]
    pub fn check(&self) -> Vec<TableFault> {
        check(ActorFiles { built_in: &resources::actor_files(), own: &self.pairs() })
    }
}
