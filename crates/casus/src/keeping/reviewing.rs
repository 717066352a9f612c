//! What a person decides of an event, with the incidents that follow from it.

use super::joining::Joiner;
use crate::Linker;
use crate::types::record::RecordEvent;
use casus_store::{Decision, Reviewer, Store, StoreError};

/// Notes decisions on an event, does what they say, and joins the incidents of its report anew: a rejected event leaves its
/// incident, a corrected one may belong to another. All of it is done, or nothing. Returns the event as it stands then.
///
/// # Errors
/// Where there is no such event, a correction does not fit, or the disk refuses.
pub fn review(
    store: &mut Store,
    event: &str,
    decisions: &[Decision<'_>],
    by: Reviewer<'_>,
) -> Result<RecordEvent, StoreError> {
    let mut writer = store.writer()?;
    let stored = writer.events().with_key(event)?;
    let mut joiner = Joiner::new(Linker::default());
    let before = joiner.before(&writer, stored.document)?;
    let mut reviewed = stored.event;
    for decision in decisions {
        reviewed = writer.review(event, *decision, by)?;
    }
    joiner.document(&mut writer, stored.document, before)?;
    writer.commit()?;
    Ok(reviewed)
}
