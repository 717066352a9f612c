//! The days of acts that go on, and of acts whose expression the reader passes over.

use super::*;

/// Returns the days of every act, the stories' day being Wednesday, 4 March 2026.
fn days(story: &Story) -> Vec<String> {
    let show = |days: Interval| {
        if days.start == days.end { days.start.to_string() } else { format!("{}..{}", days.start, days.end) }
    };
    story.events().iter().map(|e| e.time.as_ref().map_or("-".to_owned(), |t| show(t.value))).collect()
}

#[test]
fn what_began_goes_on_until_the_report() {
    let check = |text: &str, act: &str, kind: EventType, day: &str, expected: &str| {
        let story = Story::new(text).trigger(act, kind, Actual, Expression).argument(0, Role::Time, day);
        assert_eq!(days(&story), [expected], "{text}");
    };
    check("Protests began on Monday.", "Protests", Protest, "Monday", "2026-03-02..2026-03-04");
    check(
        "Protests that erupted on Monday have spread.",
        "Protests",
        Protest,
        "Monday",
        "2026-03-02..2026-03-04",
    );
    check("Violence erupted on Monday.", "Violence", Assault, "Monday", "2026-03-02");
    check("Rebels began shelling Mosul on Monday.", "shelling", Assault, "Monday", "2026-03-02");
    // The end of what began years ago stands elsewhere.
    check("The strikes began in 2019.", "strikes", Assault, "2019", "2019-01-01..2019-12-31");
}

#[test]
fn what_was_done_since_goes_on_and_what_it_counts_from_is_over() {
    let text = "Fifty men have been killed since the siege began in May 2025.";
    let both = Story::new(text)
        .trigger("killed", Assault, Actual, Publication)
        .trigger("siege", Coerce, Actual, Expression)
        .argument(1, Role::Time, "since the siege began in May 2025");
    assert_eq!(days(&both), ["2025-05-01..2026-03-04", "2025-05-01..2026-03-04"]);
    let over = Story::new("Fifty men have been killed since the town was taken in May 2025.")
        .trigger("taken", Assault, Actual, Expression)
        .argument(0, Role::Time, "May 2025");
    assert_eq!(days(&over), ["2025-05-01..2025-05-31"]);
}

#[test]
fn a_length_in_front_of_an_act_dates_it() {
    let text = "Three days of clashes in Mosul have killed nine.";
    assert_eq!(
        days(&Story::new(text).trigger("clashes", Assault, Actual, Publication)),
        ["2026-03-01..2026-03-04"]
    );
    let ended = Story::new("A five-day strike ended on Monday.")
        .trigger("strike", Protest, Actual, Expression)
        .argument(0, Role::Time, "Monday");
    assert_eq!(days(&ended), ["2026-02-25..2026-03-02"]);
    let began = Story::new("Nurses began a five-day strike on Monday.")
        .trigger("strike", Protest, Actual, Expression)
        .argument(0, Role::Time, "Monday");
    assert_eq!(days(&began), ["2026-03-02..2026-03-06"]);
    let ordered =
        Story::new("The mayor imposed a three-day curfew.").trigger("curfew", Coerce, Actual, Publication);
    assert_eq!(days(&ordered), ["2026-03-04"]);
}

#[test]
fn what_hangs_on_a_verb_dates_it_where_the_reader_passes_it_over() {
    let check = |text: &str, act: &str, status: Status, time: &str, expected: &str| {
        let story = Story::new(text).trigger(act, Assault, status, Publication).words();
        assert_eq!(days(&story.hangs(time, "obl", act)), [expected], "{text}");
    };
    let raid = "The army killed nine men over the weekend.";
    check(raid, "killed", Actual, "weekend", "2026-02-28..2026-03-01");
    check("Rebels shelled Mosul for a third day.", "shelled", Actual, "day", "2026-03-02..2026-03-04");
    check("Rebels will attack within two weeks.", "attack", Future, "weeks", "2026-03-04..2026-03-18");
    check("In recent years rebels shelled Mosul.", "shelled", Actual, "years", "-");
    check("Rebels have shelled Mosul for two weeks.", "shelled", Actual, "weeks", "2026-02-18..2026-03-04");
    // Days by name are left to the reader: "jailed … 2019" may be the crime's.
    check("A court tries men who shelled Mosul in 2019.", "shelled", Actual, "2019", "2026-03-04");
    let elsewhere = Story::new(raid).trigger("killed", Assault, Actual, Publication).words();
    assert_eq!(days(&elsewhere), ["2026-03-04"]);
}

#[test]
fn what_was_told_on_an_earlier_day_has_not_happened_today() {
    let check = |text: &str, expected: &str| {
        let story = Story::new(text).trigger("shelled", Assault, Actual, Publication);
        assert_eq!(days(&story), [expected], "{text}");
    };
    check("Rebels shelled Mosul, police said on Monday.", "2026-03-02");
    check("The army said late on Monday that rebels had shelled Mosul.", "2026-03-02");
    check("Rebels shelled Mosul, police said on Wednesday.", "2026-03-04");
    check("Rebels shelled Mosul, said a general, who was freed on Monday.", "2026-03-04");
    // Weeks ago something else was said.
    check("Rebels shelled Mosul, which they said on 3 January they would spare.", "2026-03-04");
}

#[test]
fn a_date_and_a_term_in_front_of_an_act_date_it() {
    let check = |text: &str, expected: &str| {
        let story = Story::new(text).trigger("bombed", Assault, Actual, Expression).argument(
            0,
            Role::Time,
            text.split_once(',').map_or("", |(front, _)| &front[front.len() - 4..]),
        );
        assert_eq!(days(&story), [expected], "{text}");
    };
    check(
        "The islands became free in 2008, nine years after the army bombed Mosul.",
        "1999-01-01..1999-12-31",
    );
    check("The islands became free in 2008, when the army bombed Mosul.", "2008-01-01..2008-12-31");
}

#[test]
fn what_is_called_for_a_day_is_still_to_come() {
    let strike = |text: &str, day: &str| {
        let story =
            Story::new(text).trigger("strike", Protest, Actual, Expression).argument(0, Role::Time, day);
        (days(&story), story.events()[0].status.value)
    };
    assert_eq!(
        strike("Unions called a strike for Friday.", "Friday"),
        (vec!["2026-03-06".to_owned()], Future)
    );
    let ahead = strike("Unions called a strike for May 2nd.", "May 2nd");
    assert_eq!(ahead, (vec!["2026-05-02".to_owned()], Future));
    assert_eq!(strike("Unions held a strike on Friday.", "Friday"), (vec!["2026-02-27".to_owned()], Actual));
    let begins = strike("Unions called a strike starting from March 29.", "March 29");
    assert_eq!(begins, (vec!["2026-03-29".to_owned()], Future));
    let begun = strike("Unions are on strike, starting in December.", "December");
    assert_eq!(begun, (vec!["2025-12-01..2025-12-31".to_owned()], Actual));
}

#[test]
fn the_year_of_something_else_is_not_the_acts() {
    let met = |text: &str, dating| {
        let story = Story::new(text).trigger("met", EventType::Consult, Actual, dating);
        days(&story.argument(0, Role::Time, "2026"))
    };
    assert_eq!(met("They met at the 2026 Mosul summit.", Publication), ["2026-03-04"]);
    assert_eq!(met("They met in 2026 at Mosul.", Expression), ["2026-01-01..2026-03-04"]);
}

#[test]
fn what_goes_on_is_of_the_day_of_the_report() {
    let trial = |text: &str| {
        days(&Story::new(text).trigger(
            "trial",
            EventType::Accuse,
            Actual,
            casus_types::analysis::Dating::Absent,
        ))
    };
    assert_eq!(trial("He spoke of his ongoing trial in Mosul."), ["2026-03-04"]);
    assert_eq!(trial("He spoke of his trial in Mosul."), ["-"]);
}

#[test]
fn a_day_counted_from_another_acts_day_leaves_it_that_day() {
    let story = Story::new("Police arrested a man two days after Sunday's raid.")
        .trigger("arrested", Coerce, Actual, Publication)
        .trigger("raid", Assault, Actual, Expression)
        .argument(1, Role::Time, "Sunday")
        .words();
    assert_eq!(days(&story.hangs("days", "obl", "arrested")), ["2026-03-03", "2026-03-01"]);
}

#[test]
fn the_following_month_counts_from_the_month_named_last() {
    let story = Story::new("In May the army took Mosul. The following month it arrested six men.")
        .trigger("arrested", Coerce, Actual, Expression)
        .argument(0, Role::Time, "The following month");
    assert_eq!(days(&story), ["2025-06-01..2025-06-30"]);
}

#[test]
fn a_day_that_nobody_read_is_not_the_publication() {
    let report = "Rebels shelled Mosul hours after the truce.";
    let article = report.to_owned() + &" Nobody in the town knew why they did.".repeat(26);
    let when = |text: &str, dating| days(&Story::new(text).trigger("shelled", Assault, Actual, dating));
    assert_eq!(when(&article, Expression), ["-"]);
    assert_eq!(when(&article, Publication), ["2026-03-03..2026-03-04"]);
    assert_eq!(when(report, Expression), ["2026-03-04"]);
}

#[test]
fn an_order_is_of_its_own_day_and_its_term_lies_ahead() {
    let text = "On Monday the president ordered the army to clear the square.";
    let story = |text: &str, status: Status, verb: &str| {
        let story = Story::new(text).trigger("ordered", Mobilize, status, Expression).words();
        story.argument(0, Role::Time, "Monday").hangs("Monday", "obl", verb)
    };
    assert_eq!(days(&story(text, Future, "ordered")), ["2026-03-02"]);
    // What is ordered for Monday is done then.
    let text = "The president ordered the army to leave on Monday.";
    assert_eq!(days(&story(text, Future, "leave")), ["2026-03-09"]);
    let term = |text: &str, act: &str, by: &str| {
        let story = Story::new(text).trigger(act, Request, Actual, Publication);
        days(&story.argument(0, Role::Time, by))
    };
    let text = "The ministry told 60 envoys to leave by Monday.";
    assert_eq!(term(text, "told", "by Monday"), ["2026-03-04"]);
    assert_eq!(term("The troops had gone by Monday.", "gone", "by Monday"), ["2026-03-02"]);
}

#[test]
fn what_is_ordered_until_a_day_is_ordered_before_it() {
    let when = |text: &str, act: &str, kind: EventType, until: &str| {
        let story = Story::new(text).trigger(act, kind, Actual, Publication);
        days(&story.argument(0, Role::Time, until))
    };
    let text = "The state closed its border until June 1.";
    assert_eq!(when(text, "closed", Coerce, "until June 1"), ["2026-03-04"]);
    let text = "The police banned rallies until Friday.";
    assert_eq!(when(text, "banned", Coerce, "until Friday"), ["2026-03-04"]);
    // Fights last until the day that is told.
    let text = "Rebels and troops fought until Monday.";
    assert_eq!(when(text, "fought", Assault, "until Monday"), ["2026-03-02"]);
}

#[test]
fn a_day_earlier_counts_from_the_news_told_in_between() {
    let when = |between: &str, dating: Dating| {
        let text = format!("Rebels cut a pipeline on 27 January. {between}. A day earlier an envoy left.");
        let story = Story::new(&text).trigger("threatens", Threaten, Actual, dating);
        let story = story.trigger("left", Retreat, Actual, Expression);
        days(&story.argument(1, Role::Time, "A day earlier")).pop().unwrap()
    };
    assert_eq!(when("The state threatens them", Publication), "2026-03-03");
    assert_eq!(when("The state still threatens them", Absent), "2026-01-26");
    assert_eq!(when("On 28 January the state threatens them", Publication), "2026-01-27");
}

#[test]
fn what_happened_days_later_did_not_happen_after_the_report() {
    let text =
        "Bandits killed 12 on Thursday. The army still looks for them. Three days later, soldiers left.";
    let story = Story::new(text).trigger("looks", Mobilize, Actual, Publication);
    let story = story.trigger("left", Retreat, Actual, Expression);
    let told = days(&story.argument(1, Role::Time, "Three days later")).pop().unwrap();
    assert_eq!(told, "2026-03-01");
}

#[test]
fn the_year_in_which_a_war_ended_is_not_all_its_time() {
    let when = |text: &str, act: &str| {
        let story = Story::new(text).trigger(act, Assault, Actual, Expression);
        days(&story.argument(0, Role::Time, "1994"))
    };
    assert_eq!(when("The first war, which ended in 1994, killed thousands.", "war"), ["-"]);
    assert_eq!(when("The army ended in 1994 the first war.", "ended"), ["1994-01-01..1994-12-31"]);
    assert_eq!(when("A raid that was ended in 1994 killed two.", "raid"), ["1994-01-01..1994-12-31"]);
}
