//! Stored reports coded anew, with the present model and rules.

use super::bench::{self, Foreman, Step};
use super::joining::Joiner;
use super::{BATCH, CodedDocument, code, command_line};
use crate::{Linker, Pipeline};
use casus_store::{Changes, DocumentId, Filling, RunId, Store, StoreError, StoredDocument};

/// What coding anew did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recoded {
    /// Reports coded anew.
    pub documents: usize,
    /// Reports whose text is not known: they stay as they are.
    pub without_text: usize,
    /// Reports of which something changed.
    pub changed: usize,
    /// What changed in their events.
    pub changes: Changes,
}

/// Codes every stored report anew. Events that are still told keep their keys; what people decided stays. `told` hears
/// after each batch how many reports are done, and of how many.
///
/// # Errors
/// Where another process fills the store, or the disk refuses. A run that ends early has coded the reports so far; run
/// again, it begins from the first.
pub fn recode(
    store: &mut Store,
    pipeline: &Pipeline,
    threads: usize,
    told: impl FnMut(&Recoded, usize),
) -> Result<Recoded, StoreError> {
    let _filling = Filling::take(store.path())?;
    let run = store.begin_run(&command_line("recode", pipeline), Some(pipeline.model_name()))?;
    // What is read comes through a connection of its own, so that reading goes on while a batch is written.
    let reader = Store::read_only(store.path())?;
    let of = store.document_count()?;
    let mut desk = Desk {
        store,
        run,
        of,
        joiner: Joiner::new(Linker::default()),
        finished: Vec::new(),
        recoded: Recoded::default(),
        told,
    };
    bench::run(
        threads,
        &mut desk,
        move |hand_over| {
            for document in reader.documents() {
                let failed = document.is_err();
                if !hand_over(document) || failed {
                    break;
                }
            }
        },
        |stored: StoredDocument| Some((stored.id, code(pipeline, stored.document, stored.problems))),
    )?;
    desk.write()?;
    let recoded = desk.recoded;
    let mut writer = store.writer()?;
    writer.forget_unused()?;
    writer.commit()?;
    store.end_run(run)?;
    Ok(recoded)
}

struct Desk<'s, T> {
    store: &'s mut Store,
    run: RunId,
    of: usize,
    joiner: Joiner,
    finished: Vec<(DocumentId, CodedDocument)>,
    recoded: Recoded,
    told: T,
}

impl<T: FnMut(&Recoded, usize)> Foreman for Desk<'_, T> {
    type Value = Result<StoredDocument, StoreError>;
    type Job = StoredDocument;
    /// None for a report without text.
    type Result = Option<(DocumentId, CodedDocument)>;
    type Error = StoreError;

    fn look(&mut self, value: Self::Value) -> Result<Step<StoredDocument, Self::Result>, StoreError> {
        let stored = value?;
        Ok(if stored.has_text { Step::Work(stored) } else { Step::Done(None) })
    }

    fn take(&mut self, result: Self::Result) -> Result<(), StoreError> {
        match result {
            None => self.recoded.without_text += 1,
            Some(coded) => self.finished.push(coded),
        }
        if self.finished.len() >= BATCH { self.write() } else { Ok(()) }
    }
}

impl<T: FnMut(&Recoded, usize)> Desk<'_, T> {
    fn write(&mut self) -> Result<(), StoreError> {
        let mut writer = self.store.writer()?;
        self.joiner.begin(&writer)?;
        for (id, coded) in self.finished.drain(..) {
            let state = coded.state.stored();
            let before = self.joiner.before(&writer, id)?;
            let changes = writer.recode(id, &coded.record, state, coded.problems_read, Some(self.run))?;
            if changes.added + changes.removed + changes.changed > 0 {
                self.joiner.document(&mut writer, id, before)?;
            }
            self.recoded.documents += 1;
            self.recoded.changed += usize::from(changes.added + changes.removed + changes.changed > 0);
            self.recoded.changes.add(changes);
        }
        writer.commit()?;
        (self.told)(&self.recoded, self.of);
        Ok(())
    }
}
