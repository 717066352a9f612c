//! Numbers that are no toll of an act, whatever the reader thinks: of a type that has none, of people who lived or who fled from
//! what they did.

use crate::Report;
use crate::drafts::Draft;
use crate::numbers::Quantity;
use crate::tolls::may_do;
use casus_types::event::NumberSlot;
use casus_types::{EventType, Mode};

/// Tells whether acts of a type have such a toll in the training reports, whatever the reader thinks of one: a sentence for an
/// attack has not its dead (none of 2,436), but an expulsion may have its expelled.
pub(crate) fn may_have(kind: EventType, slot: NumberSlot) -> bool {
    use EventType as T;
    may_do(kind, slot)
        || match slot {
            NumberSlot::Killed | NumberSlot::Injured => matches!(kind, T::Protest | T::Coerce),
            NumberSlot::Detained => matches!(kind, T::Sanction | T::Retreat | T::Assault),
            NumberSlot::Displaced => matches!(kind, T::Sanction | T::Aid | T::Retreat),
            NumberSlot::Abducted | NumberSlot::Count => false,
        }
}

/// Tells whether an act takes nobody away, though it is done to people: "bans two people from riding on one motorcycle".
pub(crate) fn takes_nobody(draft: &Draft) -> bool {
    let mode = draft.modes.first().map(|mode| mode.value);
    matches!(mode, Some(Mode::Restrict | Mode::Censor | Mode::Curfew | Mode::MartialLaw))
}

/// Beginnings of words that tell of deaths without saying whom they befall.
const OF_DEATH: [&str; 31] = [
    "toll", "lives", "bodies", "corpse", "coffin", "lost", "losses", "fatal", "deadl", "martyr", "massacre",
    "neutrali", "eliminat", "liquidat", "genocide", "suicide", "lynch", "blew", "casualt", "kill", "buried",
    "burial", "grave", "cemetery", "funeral", "mourn", "widow", "drown", "fallen", "gassed", "alive",
];

/// Tells whether the words around a number of an act tell of deaths at all: who is shot, stabbed or ambushed need not have
/// died. Of 2,415 tolls of dead in the training reports 59 stand without such a word near them, most of those in narratives.
pub(crate) fn tells_of_death(report: &Report, draft: &Draft, quantity: &Quantity) -> bool {
    // Who is taken is often read as killed, and counted as taken after all.
    if draft.modes.first().is_some_and(|m| m.value == Mode::Abduct) {
        return true;
    }
    let own = report.analysis.sentence_of(quantity.span);
    let told = draft.sentences(report.analysis);
    let near = |sentence: usize| sentence.abs_diff(own) <= 1 || told.contains(&sentence);
    let is_near = |span| near(report.analysis.sentence_of(span));
    let says = |words: &str| {
        let mut words = words.split(|c: char| !c.is_alphabetic());
        words.any(|word| OF_DEATH.iter().any(|start| word.to_ascii_lowercase().starts_with(start)))
    };
    report.harms.iter().any(|h| h.slot == NumberSlot::Killed && is_near(h.word))
        || (0..report.analysis.sentences.len())
            .filter(|&sentence| near(sentence))
            .any(|sentence| says(report.analysis.sentences[sentence].slice(report.text())))
}

/// Nouns for those who flee from what they did, from prison or from a fight, and are no displaced people.
const FORCES: [&str; 32] = [
    "assailants",
    "assailant",
    "attackers",
    "attacker",
    "bandits",
    "convicts",
    "detainees",
    "escapees",
    "extremists",
    "fighters",
    "gunmen",
    "gunman",
    "guards",
    "hijackers",
    "inmates",
    "insurgents",
    "jihadists",
    "kidnappers",
    "militants",
    "militiamen",
    "officers",
    "police",
    "policemen",
    "prisoners",
    "rebels",
    "robbers",
    "soldiers",
    "suspects",
    "suspect",
    "terrorists",
    "troops",
    "raiders",
];

/// Tells whether those who are counted fight, guard or are held: "the four attackers fled".
pub(crate) fn are_forces(report: &Report, quantity: &Quantity) -> bool {
    let noun = quantity.noun().map(|noun| noun.slice(report.text()).to_lowercase());
    noun.is_some_and(|noun| FORCES.contains(&noun.as_str()))
}
