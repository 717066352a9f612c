//! On which days.

use crate::Report;
use crate::dates::{self, Precision, Tense, TimeExpression, TimeKind};
use crate::drafts::Draft;
use crate::{lasting, orders, sequence, speech, untaken};
use casus_types::analysis::{Dating, Role, Trigger};
use casus_types::event::Interval;
use casus_types::{Coded, Confidence, EventType, Evidence, Span, Status};
use jiff::ToSpan;

/// Returns the days of each act, where the report tells them.
pub(crate) fn times(report: &Report, drafts: &[Draft]) -> Vec<Option<Coded<Interval>>> {
    let mut own: Vec<Option<Told>> = drafts.iter().map(|draft| told(report, draft)).collect();
    leave_to_its_verb(report, drafts, &mut own);
    count_from_one_another(report, drafts, &mut own);
    count_back_from_a_date(report, drafts, &mut own);
    lasting::sum_up_since(report, drafts, &mut own);
    untaken::take(report, drafts, &mut own);
    lasting::measure(report, drafts, &mut own);
    own.into_iter()
        .zip(drafts)
        .map(|(told, draft)| match told {
            Some(told) => told.days,
            None => untold(report, draft).map(|days| said_on(report, draft).unwrap_or(days)),
        })
        .collect()
}

/// Takes an act that is set for a day ahead for one to come.
pub(crate) fn look_ahead(report: &Report, draft: &mut Draft) {
    if let Some(day) = set_for(report, draft) {
        let evidence = Evidence::read(day.span, "dates/ahead");
        draft.status = Coded::new(Status::Future, evidence, draft.status.confidence);
    }
}

/// Returns the expression by which an act is set for a day ahead: "called a strike for Friday", "for 14 November".
fn set_for<'a>(report: &'a Report, draft: &Draft) -> Option<&'a TimeExpression> {
    let published = report.document.published.filter(|_| draft.status.value == Status::Actual)?;
    let act = fullest(report, draft);
    draft.arguments(report.analysis, Role::Time).into_iter().find_map(|argument| {
        if argument.probability < report.thresholds().time {
            return None;
        }
        let expression = report.dates.iter().find(|d| d.span.overlaps(argument.span))?;
        let (before, behind) =
            (&report.text()[..expression.span.range().start], &report.text()[expression.span.range().end..]);
        let owns = behind.starts_with("'s") || behind.starts_with('’');
        let days = expression.resolve(Tense::Future)?;
        let before = before.trim_end();
        let is_day = expression.precision == Precision::Day;
        let starts = BEGINNING.iter().any(|cue| before.ends_with(cue));
        let soon = if starts { SOME_MONTHS } else { SOON };
        let is_soon = (is_day || starts && expression.precision == Precision::Month)
            && days.start > published
            && days.start <= published.saturating_add(soon.days());
        // "The strike starting on Monday" has begun, if Monday is nearer behind than ahead.
        let is_nearer_ahead = expression.resolve(Tense::Past).is_none_or(|past| {
            let behind = past.end.until(published).map_or(0, |span| span.get_days());
            published.until(days.start).is_ok_and(|ahead| ahead.get_days() <= behind)
        });
        let is_aim = before.ends_with(" for") || (starts && is_nearer_ahead);
        (is_soon && is_aim && act.end <= expression.span.start && !owns).then_some(expression)
    })
}

/// Days within which what is set for a day without a year takes place.
const SOON: i32 = 120;

/// Days within which that takes place of which the beginning is told.
const SOME_MONTHS: i32 = 300;

/// Words for the beginning of what is announced, before its day: "flights are stopped, starting from 29 March".
const BEGINNING: [&str; 10] = [
    " starting",
    " starting on",
    " starting from",
    " starting in",
    " beginning",
    " beginning on",
    " beginning from",
    " beginning in",
    " effective",
    " effective from",
];

/// Leaves a day to the act on whose word it hangs, where another act before that word has it as well: those "kidnapped in January"
/// were not freed in January by whoever freed them.
fn leave_to_its_verb(report: &Report, drafts: &[Draft], told: &mut [Option<Told>]) {
    let tokens = &report.analysis.tokens;
    let hangs_on = |draft: &Draft, expression: Span| {
        let head = untaken::head(report, expression, &["obl", "nmod", "advmod"])?;
        // Of "kidnapped during a raid in January" both were in January.
        if tokens[head].pos != "VERB" || !tokens[head].relation.starts_with("acl") {
            return None;
        }
        draft.mentions(report.analysis).into_iter().find(|mention| mention.overlaps(tokens[head].span))
    };
    for at in 0..drafts.len() {
        let Some(expression) = told[at].as_ref().map(|t| t.expression) else { continue };
        let is_its = (0..drafts.len()).filter(|&other| other != at).any(|other| {
            let shared = told[other].as_ref().is_some_and(|t| t.expression == expression);
            let verb = hangs_on(&drafts[other], expression).filter(|_| shared);
            verb.is_some_and(|verb| {
                let mut mentions = drafts[at].mentions(report.analysis).into_iter();
                verb.end <= expression.start && mentions.all(|own| own.end <= verb.start)
            })
        });
        if is_its {
            told[at] = None;
        }
    }
}

/// What a report says of the days of an act.
pub(crate) struct Told {
    /// The expression that says it.
    pub(crate) expression: Span,
    /// None where they cannot be right.
    pub(crate) days: Option<Coded<Interval>>,
}

/// Returns the days that an expression of the text gives.
fn told(report: &Report, draft: &Draft) -> Option<Told> {
    for argument in draft.arguments(report.analysis, Role::Time) {
        if argument.probability < report.thresholds().time {
            break;
        }
        let found = report.dates.iter().filter(|d| d.span.overlaps(argument.span) && !d.is_dateline);
        let found = found.filter(|d| !sequence::is_hinge(report, d));
        let found = found.filter(|d| !d.is_frame || is_counted_from(report, draft, d));
        let found = found.filter(|d| !orders::is_its_term(report, draft, d));
        let found = found.filter(|d| !is_of_another(report, draft, d));
        for expression in found {
            if lasting::is_the_end_alone(report, draft, expression) {
                return Some(Told { expression: expression.span, days: None });
            }
            if let Some(interval) = days_of(report, draft, expression) {
                let interval = reported(report, draft, expression, spoken(report, expression, interval));
                let evidence = Evidence::read(expression.span, "dates");
                let days = Coded::new(interval, evidence, Confidence::new(argument.probability));
                // What is dated by an expression that was misread is not the day's news either.
                let days = Some(days).filter(|_| may_be(report, draft, interval));
                return Some(Told { expression: expression.span, days });
            }
        }
    }
    None
}

/// Tells whether a year or month only tells which of several something is that is not the act: those who meet "at the 2025 Gorva
/// summit" in 2025 may do so in any month, and who is barred "from the 2025 election" is barred now. Nor is what somebody says of
/// "Tuesday's attack" said on Tuesday.
fn is_of_another(report: &Report, draft: &Draft, expression: &TimeExpression) -> bool {
    let text = report.text();
    let (from, to) = (expression.span.range().start, expression.span.range().end);
    let before = text[..from].trim_end();
    let days = expression.resolve(Tense::Past).zip(report.document.published);
    let is_now = days.is_some_and(|(days, published)| days.start <= published && published <= days.end);
    let is_attribute = is_now
        && matches!(expression.precision, Precision::Year | Precision::Month)
        && OWNING.iter().any(|word| before.ends_with(word))
        && text[to..].strip_prefix(' ').is_some_and(|behind| behind.starts_with(char::is_alphabetic));
    let is_said = matches!(draft.kind.value, EventType::Accuse | EventType::Reject | EventType::Request);
    let owns = is_said && (text[to..].starts_with("'s ") || text[to..].starts_with("’s "));
    let has = |mention: Span| {
        let between = text.get(to..mention.range().start);
        expression.span.overlaps(mention)
            || between.is_some_and(|words| {
                words.split_whitespace().count() <= OWNED && !words.contains([',', '.', ';', ':', '\n'])
            })
    };
    (is_attribute || owns) && !draft.mentions(report.analysis).into_iter().any(has)
}

/// Words before a year that tells which of several something is.
const OWNING: [&str; 6] = [" the", "The", "'s", "’s", " its", " their"];

/// Words between a year and the act that it names: "the 1982 Café Gorva restaurant attack".
const OWNED: usize = 6;

/// Returns the days that an expression gives an act. "Since the truce of 3 May was signed" gives the signing its day.
fn days_of(report: &Report, draft: &Draft, expression: &TimeExpression) -> Option<Interval> {
    let tense = tense(report, draft, expression);
    let lasts = expression.is_since() && lasting::is_lasting(report, draft, expression);
    let is_over = is_counted_from(report, draft, expression) && !lasts;
    let limit = if is_over { expression.limit(tense) } else { None };
    match (limit, expression.kind) {
        (None, TimeKind::Duration) => lasting::held_for(report, draft, expression),
        (None, _) => {
            days(report, expression, tense).map(|days| lasting::begun(report, draft, expression, days))
        }
        _ => limit,
    }
}

/// Words between a date and the act that it names: "the 2022 Northland border raid".
const NAMED: usize = 3;

/// Tells whether an act is what an expression counts from: the signing in "since the truce was signed in May", the raid in
/// "since last year's raid", "since the 2022 raid" and "two days after Friday's raid"; not one that is told in front of it
/// as well ("killed since the invasion began in May").
pub(crate) fn is_counted_from(report: &Report, draft: &Draft, expression: &TimeExpression) -> bool {
    let text = report.text();
    let counts_from = |mention: Span| {
        if expression.span.contains(mention) {
            return true;
        }
        let Some(between) = text.get(expression.span.range().end..mention.range().start) else {
            return false;
        };
        let owned = between.starts_with("'s") || between.starts_with('’');
        // "Since the start of May" names no act.
        let date = expression.span.slice(text).split_once(" the ").map(|(_, date)| date);
        let determined = date.is_some_and(|date| !date.starts_with(char::is_lowercase));
        (owned || determined)
            && !between.contains([',', '.', ';', ':', '\n'])
            && between.split_whitespace().count() <= NAMED + usize::from(owned)
    };
    let mentions = draft.mentions(report.analysis);
    let sentence = |span: Span| report.analysis.sentence_of(span);
    let stands_before =
        |m: &Span| m.end <= expression.span.start && sentence(*m) == sentence(expression.span);
    !mentions.iter().any(stands_before) && mentions.into_iter().any(counts_from)
}

/// Cuts off what of a month or a year lies after the report of what has happened in it: "the 2025 truce", told in June.
fn reported(report: &Report, draft: &Draft, expression: &TimeExpression, days: Interval) -> Interval {
    let whole = !matches!(expression.precision, Precision::Day | Precision::Range);
    match report.document.published {
        Some(day) if whole && draft.status.value == Status::Actual && days.start <= day => {
            Interval { end: days.end.min(day), ..days }
        }
        _ => days,
    }
}

/// Dates acts by one another: in "shells hit a school on Tuesday, a day after the raid" the raid was on Monday, and
/// in "the town fell two days after the raid of 3 May" the fall was on the 5th.
fn count_from_one_another(report: &Report, drafts: &[Draft], told: &mut [Option<Told>]) {
    for dated in 0..drafts.len() {
        for anchor in 0..drafts.len() {
            if dated == anchor {
                continue;
            }
            let Some((expression, counted)) = hinged(report, &drafts[dated], &drafts[anchor]) else {
                continue;
            };
            if is_parted(report, drafts, expression.span, counted) {
                continue;
            }
            let counts = |told: &Option<Told>| told.as_ref().is_none_or(|t| t.expression == expression.span);
            let coded = |days| Some(by_rule(expression, Some(days), "dates/sequence"));
            match (counts(&told[dated]), counts(&told[anchor])) {
                // The act in front has no day of its own: it counts from the other's.
                (true, false) => {
                    let from = told[anchor].as_ref().and_then(|t| t.days.as_ref()).map(|d| d.value);
                    if let Some(days) = from.and_then(|day| expression.resolve_against(day)) {
                        told[dated] = coded(days);
                    }
                }
                (own_day_missing, true) => {
                    if own_day_missing {
                        told[dated] = None; // the day's news; "a day after" says nothing of it
                    }
                    let day = match &told[dated] {
                        Some(told) => told.days.as_ref().map(|d| d.value),
                        None => untold(report, &drafts[dated]).map(|d| d.value),
                    };
                    if let Some(days) = day.and_then(|day| expression.resolve_anchor(day)) {
                        told[anchor] = coded(days);
                    }
                }
                (false, false) => {}
            }
        }
    }
}

/// Returns the expression by which one act is dated from another, and the mention of the other that it counts from.
fn hinged<'a>(report: &'a Report, dated: &Draft, anchor: &Draft) -> Option<(&'a TimeExpression, Span)> {
    let anchors = anchor.mentions(report.analysis);
    dated.mentions(report.analysis).into_iter().find_map(|one| {
        anchors.iter().find_map(|&other| {
            let (expression, first, _) = sequence::hinge(report, one, other)?;
            (first == one).then_some((expression, other))
        })
    })
}

/// Dates acts by what lies so long after them, where nothing but its date is known: in "the islands became free in 2008, nine years
/// after the war began" the war began in 1999.
fn count_back_from_a_date(report: &Report, drafts: &[Draft], told: &mut [Option<Told>]) {
    for (draft, told) in drafts.iter().zip(told) {
        let act = fullest(report, draft);
        let sentence = report.analysis.sentence_of(act);
        let hinges = report.dates.windows(2).filter(|pair| {
            let between = report.text()[pair[0].span.range().end..pair[1].span.range().start].trim();
            between == ","
                && sequence::is_hinge(report, &pair[1])
                && pair[1].span.end <= act.start
                && report.analysis.sentence_of(pair[1].span) == sentence
                && !is_parted(report, drafts, pair[1].span, act)
        });
        for pair in hinges {
            let free = told.as_ref().is_none_or(|t| pair.iter().any(|d| d.span == t.expression));
            let days = pair[0].resolve(Tense::Past).and_then(|day| pair[1].resolve_anchor(day));
            if let Some(days) = days.filter(|_| free) {
                *told = Some(by_rule(&pair[1], Some(days), "dates/sequence"));
            }
        }
    }
}

/// Tells whether another act or a comma stands between an expression and the act that it may count from: in "two days before
/// the vote, with soldiers blocking roads" that is not the blocking.
fn is_parted(report: &Report, drafts: &[Draft], expression: Span, anchor: Span) -> bool {
    let between = |span: Span| expression.end <= span.start && span.end <= anchor.start;
    drafts.iter().any(|draft| between(fullest(report, draft)))
        || report.text()[expression.range().end..anchor.range().start.max(expression.range().end)]
            .contains(',')
}

/// Returns what a rule makes of an expression; no days where it gives none.
pub(crate) fn by_rule(expression: &TimeExpression, days: Option<Interval>, rule: &str) -> Told {
    let coded = |days| Coded::new(days, Evidence::read(expression.span, rule), Confidence::new(SEQUENCE));
    Told { expression: expression.span, days: days.map(coded) }
}

/// How likely a day counted from another act's is right: as that of expressions that the reader picks; a rule has no
/// probability of its own.
const SEQUENCE: f32 = 0.9;

pub(crate) fn fullest(report: &Report, draft: &Draft) -> Span {
    draft.fullest(report.analysis).span
}

/// Returns the days of an expression in quoted words: who says "this evening" or "today" in an article spoke on the day
/// of publication or the evening before.
fn spoken(report: &Report, expression: &TimeExpression, days: Interval) -> Interval {
    let published = report.document.published;
    let is_today = expression.kind == TimeKind::Relative && Some(days) == published.map(Interval::day);
    match published {
        Some(day) if is_today && report.is_article() && is_quoted(report.text(), expression.span) => {
            dates::undated(day, true)
        }
        _ => days,
    }
}

fn is_quoted(text: &str, words: Span) -> bool {
    speech::quotes(text).iter().any(|quote| quote.contains(words))
}

/// Returns the days of an expression; one that counts from another event ("the same evening") counts from the day that
/// the report named last before it, else from its publication.
fn days(report: &Report, expression: &TimeExpression, tense: Tense) -> Option<Interval> {
    if let Some(days) = expression.resolve(tense) {
        return Some(days);
    }
    let anchor = match expression.kind {
        TimeKind::Anchored => named_before(report, expression, tense),
        _ => None,
    };
    expression.resolve_against(anchor.or_else(|| report.document.published.map(Interval::day))?)
}

/// Returns the days that the report named last before an expression that counts from them: "on Tuesday … the next day …
/// hours later", "in April … the following month".
fn named_before(report: &Report, expression: &TimeExpression, tense: Tense) -> Option<Interval> {
    // What is counted in months may count from a month, what is counted in days only from a day.
    let coarsest = match expression.precision {
        Precision::Range => Precision::Day,
        unit => unit,
    };
    let news = report.document.published.map(Interval::day);
    let before = report.dates.iter().take_while(|d| d.span.end <= expression.span.start);
    let before = before.filter(|d| !d.is_dateline);
    // What has happened "three days later" has not happened three days after the news.
    let may_follow_news = tense == Tense::Future
        || news.is_none_or(|day| expression.resolve_against(day).is_none_or(|days| days.start <= day.end));
    let is_news =
        |d: &&TimeExpression| may_follow_news && is_back_in_the_news(report, d.span, expression.span);
    if let Some(last) = before.clone().last().filter(is_news) {
        return news.filter(|_| expression.precision <= coarsest && last.precision <= coarsest);
    }
    before.fold(None, |anchor: Option<Interval>, d| {
        let days = d.resolve(Tense::Past).or_else(|| d.resolve_against(anchor?));
        days.filter(|_| d.precision <= coarsest).or(anchor)
    })
}

/// Tells whether a sentence between two dates tells the day's news and has none itself: in "the line was cut on January 27. The
/// government threatens to answer. A day earlier its envoy left" he left on the eve of the report.
fn is_back_in_the_news(report: &Report, first: Span, second: Span) -> bool {
    let analysis = report.analysis;
    let (from, to) = (analysis.sentence_of(first), analysis.sentence_of(second));
    let dated = |sentence| report.dates.iter().any(|d| analysis.sentence_of(d.span) == sentence);
    let is_news = |trigger: &&Trigger| {
        trigger.datings.iter().any(|&(dating, p)| dating == Dating::Publication && p >= NEWS)
    };
    (from + 1..to).any(|sentence| {
        let mut triggers = analysis.triggers.iter().filter(|t| analysis.sentence_of(t.span) == sentence);
        !dated(sentence) && triggers.any(|t| is_news(&t))
    })
}

/// How sure the reader must be that an act is the day's news for days to be counted from it.
const NEWS: f32 = 0.5;

/// Tells whether an act may lie on these days: what has happened has not happened after it was reported. Two days are
/// allowed for papers that date themselves by another clock.
pub(crate) fn may_be(report: &Report, draft: &Draft, days: Interval) -> bool {
    let published = report.document.published;
    draft.status.value != Status::Actual || published.is_none_or(|p| days.start <= p.saturating_add(2.days()))
}

/// Returns whether an act lies behind the report or ahead of it: "if they are not freed by Saturday" looks ahead.
fn tense(report: &Report, draft: &Draft, expression: &TimeExpression) -> Tense {
    match draft.status.value {
        Status::Future if orders::is_given_on(report, expression) => Tense::Past,
        Status::Future => Tense::Future,
        Status::Hypothetical if expression.is_term() => Tense::Future,
        _ => Tense::Past,
    }
}

/// From which share on the network's word for an expression forbids the day of publication in an article, where the act's
/// sentence has one that nobody read: above it the day of publication was mostly wrong in held-out articles, below it for every
/// second act (counted with a script that is not kept).
const BY_EXPRESSION: f32 = 0.85;

/// Returns the days of an act that the report tells as the day's news.
pub(crate) fn untold(report: &Report, draft: &Draft) -> Option<Coded<Interval>> {
    let published = report.document.published?;
    let triggers = draft.triggers.iter().map(|&t| report.analysis.trigger(t));
    let votes = triggers.flat_map(|t| t.datings.iter().map(move |&(d, p)| (d, p * t.probability)));
    let [mut absent, mut news, mut expressed] = [0.0_f32; 3];
    for (dating, p) in votes {
        match dating {
            Dating::Absent => absent += p,
            Dating::Publication => news += p,
            Dating::Expression => expressed += p,
        }
    }
    let whole = (absent + news + expressed).max(f32::EPSILON);
    let share = (news + expressed) / whole;
    let by_expression = expressed / whole >= BY_EXPRESSION;
    let is_unread = by_expression && report.is_article() && has_expression(report, draft);
    let is_going_on = !is_unread && draft.status.value == Status::Actual && goes_on(report, draft);
    if (share < report.thresholds().publication || is_unread) && !is_going_on {
        return None;
    }
    let interval = dates::undated(published, report.is_article());
    Some(Coded::new(interval, Evidence::inferred("dates/publication"), Confidence::new(share)))
}

/// Words before an act that goes on while it is told: "the ongoing trial".
const GOES_ON: [&str; 3] = [" ongoing", " continuing", " concurrent"];

/// Words between those and the act: "ongoing military operations".
const GOING: usize = 2;

/// Tells whether an act is told to go on.
fn goes_on(report: &Report, draft: &Draft) -> bool {
    let text = report.text();
    draft.mentions(report.analysis).into_iter().any(|mention| {
        let before = &text[..mention.range().start];
        GOES_ON.iter().any(|word| {
            before.rfind(word).is_some_and(|at| {
                let between = &before[at + word.len()..];
                between.split_whitespace().count() <= GOING && !between.contains([',', '.', ';', ':'])
            })
        })
    })
}

/// Returns the day on which an act was told of, where that is earlier than the report: what "police said on Monday" has not
/// happened on Wednesday.
fn said_on(report: &Report, draft: &Draft) -> Option<Coded<Interval>> {
    let (published, text) = (report.document.published?, report.text());
    let told = fullest(report, draft);
    let sentence = report.analysis.sentences[report.analysis.sentence_of(told)];
    let is_its_day = |cue: Span, day: Span| {
        let between = text.get(cue.range().end..day.range().start);
        between.is_some_and(|words| {
            words.split_whitespace().count() <= SAID && !words.contains([',', '.', ';', ':', '"', '“'])
        })
    };
    let sayings = report.knowledge.cues.find(text, sentence).into_iter().map(|(_, cue)| cue);
    let expression = sayings.filter(|cue| !cue.overlaps(told)).find_map(|cue| {
        let mut dates = report.dates.iter().filter(|d| sentence.contains(d.span) && !d.is_dateline);
        dates.find(|d| is_its_day(cue, d.span))
    })?;
    let days = expression.resolve(Tense::Past)?;
    // "When he declared martial law on 3 December" is another matter.
    let is_before = expression.precision == Precision::Day
        && days.end < published
        && published <= days.end.saturating_add(LATELY.days());
    let coded =
        || Coded::new(days, Evidence::read(expression.span, "dates/saying"), Confidence::new(BY_SAYING));
    (is_before && draft.status.value == Status::Actual).then(coded)
}

/// Days before a report within which what it reports was told.
const LATELY: i32 = 7;

/// Words between a word of saying and its day: "told a news agency late on Monday".
const SAID: usize = 5;

/// How likely an act lies on the day on which it was told of: of 29 dated acts of training gold and labels 14 did, and none on the
/// day of publication (counted with a script that is not kept).
const BY_SAYING: f32 = 0.5;

/// Tells whether the sentence that tells most of an act holds a date.
fn has_expression(report: &Report, draft: &Draft) -> bool {
    let sentence = report.analysis.sentence_of(fullest(report, draft));
    report.dates.iter().any(|d| !d.is_dateline && report.analysis.sentence_of(d.span) == sentence)
}
