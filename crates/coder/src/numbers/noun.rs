//! Nouns that are counted.

use super::word::{Word, WordList};
use casus_types::Span;

/// Persons, in the singular; `-s` makes the plural of most.
static PERSONS: WordList = WordList::new(
    "\
    academic accomplice activist adult adviser agent aide ambassador archbishop assailant associate attacker aunt \
    baby bishop blogger bodyguard bomber boss boy brother businessman businesswoman butcher bystander cadet cadre \
    candidate captain captive chairman chief child choirboy churchgoer citizen civilian cleric clerk climber coach \
    collaborator colonel combatant commander commando conscript constable contractor convict cook councillor courier \
    cousin crewman customer cyclist daughter dealer defector delegate demonstrator deputy deserter detainee diplomat \
    director dissident doctor driver editor employee engineer envoy evacuee executive extremist farmer father \
    fighter filmmaker firefighter fisherman follower foreigner founder friend fugitive general girl governor \
    grandfather grandmother guard guerrilla guest gunman headmaster herder hiker holidaymaker hostage husband imam individual \
    infant informant inmate insurgent interpreter jihadist jogger journalist judge kingpin lawmaker lawyer leader \
    lieutenant logger lookout magistrate major man marine mayor medic member mercenary migrant militant militiaman \
    miner minister minor missionary monk mother mourner national negotiator nephew niece nun nurse officer official \
    onlooker operator opponent organiser organizer orphan paramedic parent participant partner passenger pastor \
    patient peacekeeper pedestrian pensioner perpetrator person photographer pilgrim pilot pirate player policeman \
    policewoman politician preacher president priest prisoner producer professor prosecutor protester protestor \
    pupil rabbi rancher ranger rebel recruit referee refugee relative reporter rescuer reservist resident reveller \
    sailor schoolboy schoolgirl scientist senator sergeant servant serviceman servicewoman settler shepherd shopper \
    sibling singer sister smuggler soldier son spokesman spokeswoman spy student supporter surveyor survivor suspect \
    sympathiser sympathizer teacher teen teenager tenant terrorist toddler tourist trader trafficker translator \
    trooper trucker twin uncle unionist vendor victim vigilante villager volunteer warlord watchman welder \
    whistleblower widow wife woman worker worshiper worshipper youngster youth",
);

/// Plurals that do not end in `-s`, and bodies, which are people.
static PLURALS: WordList = WordList::new(
    "\
    people men women children police personnel troops dead wounded injured policemen gunmen militiamen \
    servicemen fishermen bodies clergy crewmen businessmen tribesmen aircraft staff watchmen cattle policewomen \
    crew countrymen congressmen infantry killed missing bosses passers",
);

/// What an attack leaves behind, in the plural, for "no casualties".
static HARM: WordList = WordList::new(
    "\
    casualties injuries deaths fatalities victims losses arrests injury damage killings",
);

/// Words that end the noun phrase after a number.
static STOPS: WordList = WordList::new(
    "\
    whose where what how of in on at by to from with and or but who whom which that for as is was are were have has had be been \
    after before since during when while will more themselves himself herself them about without through \
    until because if outside inside amid among behind beside beyond despite along around throughout toward \
    towards within off out away down yesterday today tonight tomorrow there here later earlier also then \
    still again due this these each shot hit fled fell lost took went left came told gave made held sent did \
    does do can could must should being stabbed beaten hurt believed suspected accused named described \
    called so just all would may including against near across into over under between than the a an its his \
    their it they he she said says not killed wounded injured arrested detained died",
);

/// Tells whether the word names one person.
pub(crate) fn is_person(word: &str) -> bool {
    PERSONS.has(word)
}

/// Tells whether the word names persons or what befalls them, in the plural.
pub(crate) fn is_persons(word: &str) -> bool {
    PLURALS.has(word)
        || HARM.has(word)
        || word.strip_suffix('s').is_some_and(is_person)
        || word.strip_suffix("ies").is_some_and(|stem| is_person(&format!("{stem}y")))
}

/// Returns the index of the noun that a number before word `at` counts: the first plural of the next few words, or,
/// where the number is `one`, the last word of the phrase.
pub(crate) fn counted(words: &[Word], at: usize, one: bool) -> Option<usize> {
    if one { single(words, at) } else { several(words, at) }
}

/// Words that a noun phrase behind a number may have before its noun: "seven Northland special police officers".
const REACH: usize = 6;

/// Words of an age: "16-year-old".
const AGE: usize = 5;

/// Tells whether word `i` belongs to no noun phrase.
fn ends(words: &[Word], i: usize) -> bool {
    words.get(i).is_none_or(|w| !w.is_letters() || STOPS.has(w.lower.as_str()))
}

fn several(words: &[Word], at: usize) -> Option<usize> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let of = lower(at) == "of";
    let mut from = if of { at + 1 } else { at };
    // "Two of the soldiers" goes on behind the article.
    if of && matches!(lower(from), "the" | "its" | "his" | "her" | "their" | "these" | "those") {
        from += 1;
    }
    let plural = |i: usize| {
        let word = lower(i);
        let ending = word.len() > 3
            && word.ends_with('s')
            && !["ss", "us"].iter().any(|end| word.ends_with(end))
            && (!word.ends_with("is") || words[i].capital); // "Iraqis", not "crisis"
        let possessive = lower(i + 1) == "'" && lower(i + 2) == "s";
        (ending || PLURALS.has(word)) && !possessive
    };
    for i in from..from + REACH {
        if lower(i) == "-" && words[i].glued
            || words.get(i).is_some_and(Word::is_digits) && lower(i + 1) == "-"
        {
            continue;
        }
        // "The dead" and "killed" are stops elsewhere, and what is counted right behind a number.
        if ends(words, i) && !(i == from && PLURALS.has(lower(i))) {
            return None;
        }
        // Of "police officers", "public works officials" and "United States soldiers" the last is counted.
        let modifies = plural(i + 1) && !STOPS.has(lower(i + 1)) || words[i].capital && !ends(words, i + 1);
        if plural(i) && !modifies {
            return Some(i);
        }
    }
    None
}

/// Returns the last word of the phrase behind "one" or "a": the one before a stop, a mark, a name or a verb.
fn single(words: &[Word], at: usize) -> Option<usize> {
    let lower = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    // "A 50-year-old tribal leader".
    let aged =
        words.get(at).is_some_and(Word::is_digits) && lower(at + 2) == "year" && lower(at + 4) == "old";
    let at = if aged { at + AGE } else { at };
    let participle = |word: &str| ["ly", "ed", "ing"].iter().any(|end| word.ends_with(end));
    if lower(at) == "of" {
        return several(words, at);
    }
    // "One strike destroyed the gun", unless a person comes: "one escaped inmate".
    let mut before_participle = None;
    for i in at..at + REACH {
        if lower(i) == "-" && words[i].glued
            || words.get(i).is_some_and(Word::is_digits) && lower(i + 1) == "-"
        {
            continue;
        }
        if ends(words, i) {
            break;
        }
        let word = lower(i);
        let person = is_person(word);
        if i > at && participle(word) && !person && !ends(words, i + 1) {
            continue;
        }
        let compound = lower(i + 1) == "-" && words[i + 1].glued;
        // "A man shoots", "a student protests": behind a singular noun, an ending in -s is a verb's.
        let small = words.get(i + 1).is_some_and(|w| !w.capital && w.lower.len() > 3);
        let verb = small && (participle(lower(i + 1)) || lower(i + 1).ends_with('s'));
        // "A soldier Arvan sent": a capital after a small letter begins a name.
        let name = words.get(i + 1).is_some_and(|w| w.capital) && !words[i].capital && person;
        if !compound && (ends(words, i + 1) || verb && (person || is_demonym(&words[i])) || name) {
            // "One claimed" is no noun; "the third bombing" is.
            let noun =
                person || word == "family" || !word.ends_with("ly") && !word.ends_with("ed") && word != "old";
            return if noun { Some(i) } else { before_participle };
        }
        if small && lower(i + 1).ends_with("ed") && before_participle.is_none() && !participle(word) {
            before_participle = Some(i);
        }
    }
    before_participle
}

/// Tells whether the word may name one person by country or people ("a Northlander", "an Iraqi").
pub(super) fn is_demonym(word: &Word) -> bool {
    static OTHERS: WordList = WordList::new(
        "\
    turk greek kurd serb croat afghan german dane swede pole czech slovak arab jew tajik uzbek kazakh kyrgyz \
    rohingya uyghur briton spaniard frenchman englishman dutchman irishman thai finn lao somali yazidi druze",
    );
    let lower = word.lower.as_str();
    word.capital
        && (OTHERS.has(lower)
            || ["ian", "ean", "can", "ese", "qi", "ni", "li", "ti", "ri"].iter().any(|e| lower.ends_with(e)))
}

/// Tells whether the word names several persons: "soldiers", "Iraqis".
pub(crate) fn is_of_people(word: &Word) -> bool {
    let one = word.lower.strip_suffix('s').map(|one| Word { lower: one.into(), ..word.clone() });
    is_persons(&word.lower) || one.is_some_and(|one| is_demonym(&one))
}

/// Tells whether word `i` is a people that has no plural of its own and ends its phrase: "2000 Congolese fled".
pub(crate) fn is_people(words: &[Word], i: usize) -> bool {
    let plural = words.get(i).is_some_and(|word| {
        is_demonym(word)
            && (word.lower.ends_with("ese")
                || matches!(word.lower.as_str(), "rohingya" | "yazidi" | "druze" | "lao"))
    });
    plural && ends(words, i + 1)
}

/// Returns the span of word `i`.
pub(super) fn span(words: &[Word], i: usize) -> Option<Span> {
    words.get(i).map(|w| w.span)
}
