//! Numbers that count neither persons nor events: money, distances, ages, names, scores, clock times.

use super::noun::{is_person, is_persons};
use super::word::{Word, WordList};

/// Nouns behind a number that measures.
static MEASURES: WordList = WordList::new(
    "\
    % percent per pct percentage point km kilometer kilometers kilometre kilometres mile miles metre metres \
    meter meters m cm mm feet foot ft inch inches yards yard nautical square sq hectares hectare acres ton \
    tons tonne tonnes kg kilograms kilogrammes kilos kilo grams g pounds lb lbs litres liters gallons \
    barrels mph kph knots degrees degree ° mw megawatts gigawatts gw kw kilowatts volts hours hour hrs \
    minutes minute seconds day days night nights week weeks weekend weekends month months year years decade \
    decades century centuries dollars dollar euros euro pound yen yuan rubles roubles rupees pesos francs \
    lira riyals reals reais rupiah rupiahs dirhams baht won ringgit naira shillings dinars afghanis crowns \
    kronor kroner rand hryvnia kobo forint zloty taka ha mi m2 km2 km² m² shekels cents crore lakh usd eur \
    gbp bpd caliber calibre am pm gmt utc o pc points magnitude fortnight fortnights times",
);

/// Words before a number that make it a name, an age or a place in a list.
static LABELS: WordList = WordList::new(
    "\
    intensity no nos number numbers resolution article articles section chapter page route highway road flight channel \
    radio boeing airbus phase stage level tier category type mark model version room gate unit area zone \
    district ward sector battalion brigade division regiment squadron bill act law decree rule amendment \
    title paragraph annex part episode season aged age ages magnitude formula group grade line terminal pier \
    platform hall block camp operation agenda vision apollo $ € £ ¥ # rm rs usd eur chf point reactor \
    factory hospital school psalm proposition century x",
);

/// Tells whether the number in words `at..next` counts neither persons nor events.
pub(super) fn is_other(words: &[Word], at: usize, next: usize) -> bool {
    // "aged 18 to 22", "Resolutions 2254 and 2118": the second is as the first.
    let joined =
        at >= 2 && words[at - 2].is_digits() && matches!(words[at - 1].lower.as_str(), "to" | "or" | "and");
    is_other_alone(words, at, next) || joined && is_other_alone(words, at - 2, at - 1)
}

fn is_other_alone(words: &[Word], at: usize, next: usize) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let before = |n: usize| at.checked_sub(n).map_or("", word);
    let glued = |i: usize| words.get(i).is_some_and(|w| w.glued);
    let digits = |i: usize| words.get(i).is_some_and(Word::is_digits);

    // "$5", "F-16", "24/7", "1:0", "3-2", "[4]": something touches it from the left. A dash with a word before it may
    // be one between clauses ("Arvan-30 men").
    let joined = glued(at)
        && !matches!(before(1), "(" | "\"" | "'" | "“" | "‘" | "," | "." | "…" | "*" | "”" | ";" | "-")
        || glued(at) && before(1) == "-" && glued(at - 1);
    // "16th", "5am", "35km", "1980s", "24/7", "5:30", "five-day", "90%".
    let touches = glued(next)
        && (words[next].is_letters()
            || matches!(word(next), "/" | ":" | "%" | "°" | "′")
                && (glued(next + 1) || matches!(word(next), "%" | "°")))
        || word(next) == "-"
            && glued(next)
            && glued(next + 1)
            && words.get(next + 1).is_some_and(Word::is_letters);
    let measured = MEASURES.has(word(next))
        || matches!(word(next), "more" | "additional") && MEASURES.has(word(next + 1));
    // "two US dollars", "five nautical miles"
    let money = matches!(
        word(next + 1),
        "dollars"
            | "euros"
            | "pounds"
            | "pesos"
            | "rupees"
            | "francs"
            | "yen"
            | "rubles"
            | "roubles"
            | "lira"
    );
    let hour =
        matches!(word(next), "a" | "p") && word(next + 1) == "." && word(next + 2) == "m" && glued(next + 2);
    let labelled = LABELS.has(before(1)) && !counted_after_label(words, at, next)
        || before(1) == "." && matches!(before(2), "no" | "nos" | "art" | "sec" | "rs")
        || before(1) == "of" && matches!(before(2), "age" | "group" | "gang" | "ages");
    let is_age = is_age(words, at)
        || before(1) == "(" && word(next) == ")" && digits(at)
        || before(1) == "between" && matches!(before(2), "aged" | "ages")
        // "a boy of 16"
        || before(1) == "of" && is_person(before(2)) && !is_persons(before(2));
    let fraction =
        matches!(word(next), "thirds" | "third" | "quarters" | "quarter" | "fifths" | "tenths" | "half")
            || word(next) == "-" && matches!(word(next + 1), "thirds" | "quarters" | "fifths" | "third");
    // "Three Gorges", "the Big Five": a capital in mid-sentence, or digits behind a name.
    let begins = at == 0
        || words[at].new_line
        || matches!(before(1), "." | "!" | "?" | ":" | "\"" | "“" | "”" | "(" | "-" | ";" | "•" | "*");
    let after_name = !begins
        && digits(at)
        && follows_name(words, at)
        && super::noun::counted(words, next, false).is_none();
    let named = !begins
        && (words[at].capital && !words.get(next).is_some_and(|w| w.is_letters() && !w.capital))
        || after_name;
    let half = word(next) == "and" && word(next + 1) == "a" && word(next + 2) == "half";
    // "7.0": a measure, not a count.
    let decimal = digits(at) && next == at + 1 && word(at).contains('.');
    joined
        || touches
        || measured
        || money
        || hour
        || labelled
        || is_age
        || fraction
        || named
        || half
        || decimal
}

/// Tells whether the number at word `at` is an age set off by commas: "Sergei Arvanov, 38, said", "a teacher, 34, and his wife",
/// "two women, 23 and 27, were"; "aged 14, 15 and 16".
fn is_age(words: &[Word], at: usize) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let is_number = |i: usize| words.get(i).is_some_and(|w| w.is_digits() && w.lower.len() <= 2);
    if !is_number(at) {
        return false;
    }
    // The first of the numbers that commas, "and" or "or" join to this one.
    let mut first = at;
    for _ in 0..SIBLINGS {
        let joint = first.checked_sub(2).filter(|_| matches!(word(first - 1), "," | "and" | "or"));
        let Some(joint) = joint else { break };
        let before = if word(joint) == "," && word(joint + 1) != "," { joint.wrapping_sub(1) } else { joint };
        if !is_number(before) {
            break;
        }
        first = before;
    }
    let ends = |i: usize| matches!(word(i), "," | "." | ")" | ";");
    let goes_on =
        |i: usize| ends(i) || matches!(word(i), "and" | "or" | "were" | "was" | "in" | "from" | "at");
    let mut next = at + 1;
    let mut listed = first < at;
    for _ in 0..SIBLINGS {
        let behind = listed_behind(words, next).filter(|&n| is_number(n) && goes_on(n + 1));
        let Some(number) = behind else { break };
        (next, listed) = (number + 1, true);
    }
    let closed = ends(next) || listed && goes_on(next) && !matches!(word(next), "and" | "or");
    let aged = (1..at).contains(&first) && matches!(word(first - 1), "aged" | "ages");
    // "In Arvan, 12 and 15 were killed": behind a capital only what commas set off.
    closed && (aged || ends_a_person(words, first, listed) || ends(next) && ends_a_name(words, first))
}

/// Ages told in one list; more numbers beside one another are a table.
const SIBLINGS: usize = 8;

/// Returns the word behind a comma, an "and" or an "or" at word `i`.
fn listed_behind(words: &[Word], i: usize) -> Option<usize> {
    let is_joint = |i: usize| words.get(i).is_some_and(|w| matches!(w.lower.as_str(), "and" | "or"));
    let comma = words.get(i).is_some_and(|w| w.lower == ",");
    if comma { Some(i + 1 + usize::from(is_joint(i + 1))) } else { is_joint(i).then_some(i + 1) }
}

/// Tells whether the comma before word `at` ends the words for somebody who may have an age behind it, or for some who may
/// have a list of them. "Of the hostages, 12, all children, were freed" counts.
fn ends_a_person(words: &[Word], at: usize, listed: bool) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let Some(last) = at.checked_sub(2).filter(|last| word(last + 1) == "," && words[*last].is_letters())
    else {
        return false;
    };
    let phrase = &words[last.saturating_sub(AGED)..last];
    let has = |w: &str| phrase.iter().any(|word| word.lower == w);
    if is_persons(word(last)) {
        // "One of the soldiers, 22, died"; of a list "two of the men, 22 and 25, died".
        return has("one") && has("of")
            || listed && !matches!(word(last), "dead" | "wounded" | "killed" | "injured");
    }
    // Nouns that no list has: "a barber, 45, was shot".
    let determined = || {
        let near = phrase.iter().rev().take_while(|w| w.is_letters());
        near.into_iter().any(|w| matches!(w.lower.as_str(), "a" | "an" | "his" | "her"))
    };
    is_person(word(last)) || !listed && determined()
}

/// Tells whether the comma before word `at` stands behind a capital.
fn ends_a_name(words: &[Word], at: usize) -> bool {
    at >= 2 && words[at - 1].lower == "," && words[at - 2].capital
}

/// Words before a noun in which an article is looked for: "his younger half sister".
const AGED: usize = 4;

/// Tells whether the word before `at` is a capitalised name, not a word that begins a sentence.
fn follows_name(words: &[Word], at: usize) -> bool {
    let Some(name) = at.checked_sub(1).map(|n| &words[n]).filter(|w| w.is_letters() && w.capital) else {
        return false;
    };
    let opens = at == 1
        || words[at - 1].new_line
        || matches!(words[at - 2].lower.as_str(), "." | "!" | "?" | ":" | "\"" | "“");
    !opens && name.lower.len() > 1
}

/// "In the camp 30 people": a label that only stands before a count.
fn counted_after_label(words: &[Word], at: usize, next: usize) -> bool {
    !words[at - 1].capital
        && super::noun::counted(words, next, false).is_some()
        && !matches!(
            words[at - 1].lower.as_str(),
            "aged" | "age" | "no" | "number" | "$" | "€" | "£" | "#" | "¥" | "magnitude"
        )
}
