//! The coder on analyses written by hand: no model is loaded.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own tables has failed")]

use casus_coder::actors::{ActorFiles, ActorTable};
use casus_coder::places::Gazetteer;
use casus_coder::rules::{Rulings, WordTable};
use casus_coder::{Knowledge, Thresholds, code, questions};
use casus_types::analysis::{
    Argument, Bearing, Dating, Mention, MentionKind, Role, Token, TokenId, Trigger, TriggerId, TriggerLink,
    TriggerRelation,
};
use casus_types::event::{EventId, Interval, NumberSlot};
use casus_types::{Analysis, Document, Event, EventType, Relation, Span, Stance, Status};

#[path = "coding/days.rs"]
mod days;
#[path = "coding/sides.rs"]
mod sides;
#[path = "coding/tolls.rs"]
mod toll_tests;

/// A report with what an encoder would say of it.
struct Story {
    document: Document,
    analysis: Analysis,
}

impl Story {
    fn new(text: &str) -> Self {
        let document = Document {
            id: "story".to_owned(),
            published: "2026-03-04".parse().ok(),
            text: text.to_owned(),
            ..Document::default()
        };
        let mut at = 0;
        let sentences = text
            .split_inclusive(". ")
            .map(|s| {
                let span = Span::new(at, at + s.trim_end().len());
                at += s.len();
                span
            })
            .collect();
        Self { document, analysis: Analysis { sentences, ..Analysis::default() } }
    }

    fn span(&self, words: &str) -> Span {
        Span::of(&self.document.text, words).unwrap_or_else(|| panic!("{words:?} is not in the story"))
    }

    fn trigger(mut self, words: &str, kind: EventType, status: Status, dating: Dating) -> Self {
        self.analysis.triggers.push(Trigger {
            span: self.span(words),
            kind,
            probability: 0.95,
            kinds: vec![(kind, 0.9)],
            modes: kind.modes().iter().map(|&m| (m, 0.01)).collect(),
            statuses: vec![(status, 0.9)],
            stances: vec![(Stance::States, 0.9)],
            datings: vec![(dating, 0.9)],
        });
        self
    }

    /// Gives the story its words, capitalised ones as names, all hanging on nothing.
    fn words(mut self) -> Self {
        let text = &self.document.text;
        let mut at = 0;
        for word in text.split(' ') {
            let name = word.trim_matches(|c: char| c.is_ascii_punctuation());
            let start = at + word.find(name).unwrap();
            let pos = if name.contains(char::is_uppercase) { "PROPN" } else { "NOUN" };
            let span = Span::new(start, start + name.len());
            self.analysis.tokens.push(Token { span, pos, head: None, relation: "root" });
            at += word.len() + 1;
        }
        self
    }

    /// Hangs a word on another, a verb.
    fn hangs(mut self, word: &str, relation: &'static str, verb: &str) -> Self {
        let at = |words: &str| {
            let span = self.span(words);
            self.analysis.tokens.iter().position(|t| t.span.overlaps(span)).unwrap()
        };
        let (child, parent) = (at(word), at(verb));
        let head = TokenId(u32::try_from(parent).unwrap());
        let tokens = &mut self.analysis.tokens;
        (tokens[child].head, tokens[child].relation, tokens[parent].pos) = (Some(head), relation, "VERB");
        self
    }

    /// Gives the trigger of that number an argument.
    fn argument(mut self, trigger: u32, role: Role, words: &str) -> Self {
        let span = self.span(words);
        self.analysis.arguments.push(Argument { trigger: TriggerId(trigger), span, role, probability: 0.99 });
        self
    }

    /// Names somebody, whose sector is left open.
    fn mention(mut self, words: &str) -> Self {
        let (span, kind) = (self.span(words), MentionKind::Actor);
        self.analysis.mentions.push(Mention { span, kind, sectors: Vec::new(), probability: 0.9 });
        self
    }

    /// Lets the network say that words mean the same as others.
    fn means(mut self, words: &str, others: &str) -> Self {
        let (span, same) = (self.span(words), vec![(self.span(others), 0.9)]);
        self.analysis.bearings.push(Bearing { span, same, homes: Vec::new() });
        self
    }

    /// Makes the last argument less likely.
    fn likely(mut self, probability: f32) -> Self {
        self.analysis.arguments.last_mut().unwrap().probability = probability;
        self
    }

    fn relation(mut self, from: u32, to: u32, link: TriggerLink) -> Self {
        let (from, to) = (TriggerId(from), TriggerId(to));
        self.analysis.relations.push(TriggerRelation { from, to, link, probability: 0.9 });
        self
    }

    fn events(&self) -> Vec<Event> {
        code(&self.document, &self.analysis, &knowledge("")).0
    }
}

fn knowledge(ruling: &str) -> Knowledge {
    let countries = include_str!("../../../data/actors/countries.tsv");
    let rulings =
        if ruling.is_empty() { Rulings::default() } else { Rulings::parse([("test.rule", ruling)]).unwrap() };
    Knowledge {
        actors: ActorTable::parse(ActorFiles {
            built_in: &[
                ("countries.tsv", countries),
                ("armed_groups.tsv", "Gorvan Liberation Army\tGLA\tarmed group\tKEN\tREB\t\t\t\t\t"),
                ("organisations.tsv", "European Union\tEU\tigo\tIGO\t\t\t\t\t\t"),
                ("phrase_words.tsv", include_str!("../../../data/rules/phrase_words.tsv")),
                ("agent_nouns.tsv", include_str!("../../../data/rules/agent_nouns.tsv")),
            ],
            own: &[],
        })
        .unwrap(),
        gazetteer: Gazetteer::new(
            include_bytes!("../../../data/places/gazetteer.bin"),
            include_str!("../../../data/places/countries.tsv"),
            include_str!("../../../data/places/supplement.tsv"),
        )
        .unwrap(),
        rulings,
        weapons: WordTable::parse("artillery\tshelled|shelling"),
        cues: WordTable::parse("said"),
        two_sided: WordTable::parse("ASSAULT\tclash*"),
        answers: WordTable::parse(include_str!("../../../data/rules/answers.tsv")),
        harms: WordTable::parse(include_str!("../../../data/rules/harms.tsv")),
        unnamed: WordTable::parse(include_str!("../../../data/rules/unnamed.tsv")),
        contexts: WordTable::parse("military\tarmy"),
        thresholds: Thresholds::parse(include_str!("../../../models/thresholds.json")).unwrap(),
    }
}

use Dating::{Absent, Expression, Publication};
use EventType::{Assault, Coerce, Consult, Mobilize, Protest, Request, Retreat, Threaten};
use Status::{Actual, Future};

#[test]
fn one_act_told_twice_is_one_event() {
    let story = Story::new("The army shelled Mosul. The shelling killed seven people.")
        .trigger("shelled", Assault, Actual, Publication)
        .trigger("shelling", Assault, Actual, Publication)
        .argument(0, Role::Actor, "The army")
        .argument(0, Role::Place, "Mosul")
        .argument(1, Role::Killed, "seven")
        .argument(1, Role::Recipient, "seven people")
        .relation(0, 1, TriggerLink::Same)
        .relation(1, 0, TriggerLink::Same);
    let events = story.events();
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!(event.mentions.len(), 2);
    assert_eq!(event.places[0].value.country.unwrap().as_str(), "IRQ");
    assert_eq!(event.numbers[0].0, NumberSlot::Killed);
    assert_eq!((event.numbers[0].1.value.min, event.numbers[0].1.value.max), (7, Some(7)));
    assert_eq!(event.actors[0].value.country.unwrap().as_str(), "IRQ", "the army is that of the place");
}

#[test]
fn two_acts_stay_two_and_the_answer_is_linked() {
    let story = Story::new("Rebels attacked Mosul. The army vowed to retaliate.")
        .trigger("attacked", Assault, Actual, Publication)
        .trigger("vowed", Threaten, Actual, Publication)
        .argument(0, Role::Actor, "Rebels")
        .argument(1, Role::Actor, "The army")
        .relation(1, 0, TriggerLink::Linked(Relation::ResponseTo));
    let events = story.events();
    assert_eq!(events.len(), 2);
    assert_eq!(events[1].links.len(), 1);
    assert_eq!((events[1].links[0].relation, events[1].links[0].to), (Relation::ResponseTo, EventId(0)));
}

#[test]
fn the_day_comes_from_words_else_from_the_publication_else_from_nowhere() {
    let text = "The army shelled Mosul on Monday.";
    let time = |story: Story| story.events()[0].time.as_ref().map(|t| t.value);
    let day = |d: &str| Some(Interval::day(d.parse().unwrap()));
    let told =
        Story::new(text).trigger("shelled", Assault, Actual, Expression).argument(0, Role::Time, "on Monday");
    assert_eq!(time(told), day("2026-03-02"));
    assert_eq!(time(Story::new(text).trigger("shelled", Assault, Actual, Publication)), day("2026-03-04"));
    assert_eq!(time(Story::new(text).trigger("shelled", Assault, Actual, Absent)), None);
}

#[test]
fn the_same_evening_counts_from_the_day_named_last() {
    let time = |text: &str| {
        let story = Story::new(text).trigger("burned", Assault, Actual, Expression).argument(
            0,
            Role::Time,
            "the same evening",
        );
        story.events()[0].time.as_ref().map(|t| t.value)
    };
    let day = |d: &str| Some(Interval::day(d.parse().unwrap()));
    assert_eq!(time("On Sunday crowds marched. Looters burned a bank the same evening."), day("2026-03-01"));
    assert_eq!(time("Crowds marched. Looters burned a bank the same evening."), day("2026-03-04"));
}

#[test]
fn a_future_day_is_the_next_one() {
    let story = Story::new("The leaders will meet on Monday.")
        .trigger("meet", Consult, Future, Expression)
        .argument(0, Role::Time, "on Monday");
    assert_eq!(story.events()[0].time.as_ref().unwrap().value, Interval::day("2026-03-09".parse().unwrap()));
}

#[test]
fn a_pronoun_beside_a_name_adds_nobody() {
    let story = Story::new("Syria said it shelled Mosul.")
        .trigger("shelled", Assault, Actual, Publication)
        .argument(0, Role::Actor, "Syria")
        .argument(0, Role::Actor, "it");
    let names: Vec<String> = story.events()[0].actors.iter().map(|a| a.value.name.clone()).collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn nobody_is_both_doer_and_sufferer() {
    let story = Story::new("Syria shelled Iraq.")
        .trigger("shelled", Assault, Actual, Publication)
        .argument(0, Role::Actor, "Syria")
        .argument(0, Role::Recipient, "Syria")
        .argument(0, Role::Recipient, "Iraq");
    let event = &story.events()[0];
    assert_eq!((event.actors.len(), event.recipients.len()), (1, 1));
    assert_eq!(event.recipients[0].value.country.unwrap().as_str(), "IRQ");
}

#[test]
fn a_ruling_changes_what_the_encoder_proposed_and_says_so() {
    let story = Story::new("The leaders will meet on Monday.").trigger("meet", Consult, Future, Absent);
    let ruling = "what: to come is to agree\ntype: CONSULT\nstatus: future\nset-type: AGREE";
    let (events, _) = code(&story.document, &story.analysis, &knowledge(ruling));
    assert_eq!(events[0].kind.value, EventType::Agree);
    assert_eq!(events[0].kind.evidence.made_by, "rules/test");
}

#[test]
fn a_text_without_triggers_tells_of_nothing() {
    assert!(Story::new("It rains.").events().is_empty());
    assert!(Story::new("").events().is_empty());
}

/// Returns the tolls of the first event as `slot min max`, an open end as `-`.
fn tolls(story: &Story) -> Vec<String> {
    let show = |n: Option<u64>| n.map_or("-".to_owned(), |n| n.to_string());
    let events = story.events();
    events[0]
        .numbers
        .iter()
        .map(|(s, n)| format!("{} {} {}", s.as_str(), n.value.min, show(n.value.max)))
        .collect()
}

#[test]
fn a_number_belongs_to_the_word_beside_it() {
    // What the network takes for killed as well is read as what the words say.
    let attack = |text: &str, killed: &[&str]| {
        let story = Story::new(text).trigger("attack", Assault, Actual, Publication);
        tolls(&killed.iter().fold(story, |s, words| s.argument(0, Role::Killed, words)))
    };
    assert_eq!(
        attack("Two people are killed and six others are injured in an attack on Mosul.", &["Two", "six"]),
        ["killed 2 2", "injured 6 6"]
    );
    assert_eq!(
        attack(
            "The attack left Mosul burning, killing five people and injuring at least 19 more.",
            &["five", "19"]
        ),
        ["killed 5 5", "injured 19 -"]
    );
    assert_eq!(
        attack(
            "Two people are killed and six others, including two children, are wounded in an attack.",
            &["Two"]
        ),
        ["killed 2 2", "injured 6 6"]
    );
}

#[test]
fn what_is_counted_beside_the_dead_is_no_toll() {
    let mut story = Story::new("Two raids took place, in which nine people were killed.").words();
    let (raids, killed) = (TokenId(1), 9);
    story.analysis.tokens[killed].pos = "VERB";
    story.analysis.tokens[killed].relation = "acl";
    story.analysis.tokens[killed].head = Some(raids);
    let story = story.trigger("raids", Assault, Actual, Publication).argument(0, Role::Killed, "nine");
    assert_eq!(tolls(&story), ["count 2 2", "killed 9 9"]);
}

#[test]
fn what_befalls_stands_beside_those_it_befalls() {
    let attack = |text: &str, killed: &[&str]| {
        let story = Story::new(text).trigger("attack", Assault, Actual, Publication);
        tolls(&killed.iter().fold(story, |s, words| s.argument(0, Role::Killed, words)))
    };
    // Boats are not among the dead, whatever the network says.
    assert_eq!(
        attack("Five people are killed in an attack on three boats.", &["Five", "three"]),
        ["killed 5 5"]
    );
    assert_eq!(
        attack(
            "A soldier from the Tesk Brigade is killed and three others are seriously injured in an attack.",
            &["three"]
        ),
        ["killed 1 1", "injured 3 3"]
    );
    assert_eq!(
        attack("At least 70 people are killed and 14 others are reported missing after an attack.", &["14"]),
        ["killed 70 -"]
    );
    assert_eq!(
        attack("The death toll of the attack rises to eight soldiers, two officers and four villagers.", &[]),
        ["killed 14 14"]
    );
    assert_eq!(
        attack("Several people are killed and injured in an attack.", &[]),
        ["killed 3 -", "injured 3 -"]
    );
}

#[test]
fn two_states_that_meet_at_a_border_meet_on_both_sides_of_it() {
    let countries = |text: &str, word: &str, place: &str| -> Vec<String> {
        let story = Story::new(text).trigger(word, Assault, Actual, Publication);
        let event = story.argument(0, Role::Place, place).events().remove(0);
        event.places.iter().map(|p| p.value.country.unwrap().to_string()).collect()
    };
    assert_eq!(
        countries("Kenyan and Ugandan soldiers clashed at the border.", "clashed", "the border"),
        ["KEN", "UGA"]
    );
    assert_eq!(
        countries("Gunmen raided a post on the Kenya-Uganda border.", "raided", "the Kenya-Uganda border"),
        ["KEN", "UGA"]
    );
    assert_eq!(
        countries("Ugandan gunmen raided a post near the Kenyan border.", "raided", "the Kenyan border"),
        ["UGA"]
    );
}

#[test]
fn attacks_are_counted() {
    let raids =
        |text: &str, word: &str| tolls(&Story::new(text).words().trigger(word, Assault, Actual, Publication));
    assert_eq!(raids("Three Northland air strikes hit Mosul.", "air strikes"), ["count 3 3"]);
    assert_eq!(raids("Troops carried out several raids near Mosul.", "raids"), ["count 3 -"]);
    assert_eq!(raids("Raids went on near Mosul.", "Raids"), ["count 2 -"]);
    assert!(raids("Clashes went on near Mosul.", "Clashes").is_empty());
    // Verbs count nothing.
    assert!(raids("A missile strikes a house near Mosul.", "strikes").is_empty());
}

#[test]
fn who_is_shot_fatally_is_killed() {
    let story = Story::new("A guard fatally shot a farmer near Mosul.")
        .words()
        .trigger("shot", Assault, Actual, Publication)
        .argument(0, Role::Recipient, "a farmer");
    assert_eq!(tolls(&story), ["killed 1 1"]);
}

#[test]
fn whose_the_police_are_tells_the_report_and_not_the_last_name_in_it() {
    let country = |text: &str, who: &str| {
        let story = Story::new(text).trigger("detained", EventType::Coerce, Actual, Publication);
        let event = story.argument(0, Role::Actor, who).events().remove(0);
        event.actors[0].value.country.unwrap().to_string()
    };
    let text = "NAIROBI (Wire) - Kenya has closed its border with Uganda. The police detained a driver.";
    assert_eq!(country(text, "The police"), "KEN");
    let text =
        "Kenya met Uganda at the border. In Kampala the police of the Ugandan north detained a driver.";
    assert_eq!(country(text, "the police"), "UGA");
}

#[test]
fn who_does_it_does_not_say_so_where_somebody_else_does() {
    let mut story = Story::new("Hamas said its fighters shelled Mosul.").words().mention("Hamas");
    let tokens = &mut story.analysis.tokens;
    (tokens[0].relation, tokens[0].head) = ("nsubj", Some(TokenId(1)));
    (tokens[1].pos, tokens[4].pos) = ("VERB", "VERB");
    (tokens[4].relation, tokens[4].head) = ("ccomp", Some(TokenId(1)));
    let event = story
        .trigger("shelled", Assault, Actual, Publication)
        .argument(0, Role::Actor, "its fighters")
        .argument(0, Role::Source, "Hamas")
        .argument(0, Role::Source, "its fighters")
        .events()
        .remove(0);
    let sources: Vec<&str> = event.sources.iter().map(|s| s.who.value.name.as_str()).collect();
    assert_eq!(sources, ["Hamas"]);
}

#[test]
fn what_somebody_says_behind_a_colon_is_his_word() {
    let source = |text: &str, speaker: &str| {
        let story = Story::new(text).words().trigger("shelled", Assault, Actual, Publication);
        let event = story.mention(speaker).events().remove(0);
        event.sources.first().map(|s| s.who.value.name.clone())
    };
    let spoken = "Speaking today Ann Lee said: The rebels shelled Mosul. We mourn the dead.";
    assert_eq!(source(spoken, "Ann Lee").as_deref(), Some("Ann Lee"));
    let told = "Speaking today Ann Lee said: The rebels shelled Mosul. Nobody knows more.";
    assert_eq!(source(told, "Ann Lee"), None);
}

#[test]
fn the_members_of_a_list_add_up() {
    let story =
        Story::new("At least 30 bandits, five officers and one civilian are killed during an attack.")
            .trigger("attack", Assault, Actual, Publication)
            .argument(0, Role::Killed, "At least 30");
    assert_eq!(tolls(&story), ["killed 36 -"]);
}

#[test]
fn some_of_others_add_to_those_beside_them() {
    let story = Story::new("Ten soldiers and 30 of the attackers were killed in an attack.");
    assert_eq!(tolls(&story.trigger("attack", Assault, Actual, Publication)), ["killed 40 40"]);
    let story = Story::new("Ten soldiers were killed, and four of them were boys, in an attack.");
    assert_eq!(tolls(&story.trigger("attack", Assault, Actual, Publication)), ["killed 10 10"]);
}

#[test]
fn the_toll_of_a_war_is_not_that_of_an_attack_in_it() {
    let attack = |text: &str, numbers: &[&str]| {
        let story = Story::new(text).trigger("attack", Assault, Actual, Publication);
        tolls(&numbers.iter().fold(story, |s, words| s.argument(0, Role::Killed, words)))
    };
    let text = "Five men were killed in an attack, raising the overall death toll in the war to 30,320.";
    assert_eq!(attack(text, &["Five", "30,320"]), ["killed 5 5"]);
    let text =
        "Five men were killed in an attack, and the ministry put the number of dead since June 13 at 610.";
    assert_eq!(attack(text, &["610"]), ["killed 5 5"]);
    let text = "Five men were killed in an attack, bringing the number of its dead to 137.";
    assert_eq!(attack(text, &["Five", "137"]), ["killed 5 5"]);
    // That of the attack itself does rise.
    let text = "A man died on Sunday, and the death toll of the attack rose to 37.";
    assert_eq!(attack(text, &[]), ["killed 37 37"]);
}

#[test]
fn inhabitants_takers_and_survivors_are_no_toll() {
    let taken = |text: &str, act: &str, role: Role, number: &str| {
        let story = Story::new(text).trigger(act, Assault, Actual, Publication);
        tolls(&story.argument(0, role, number))
    };
    let none: [&str; 0] = [];
    let town = "The rebels captured the town of 30,000 people.";
    assert_eq!(taken(town, "captured", Role::Abducted, "30,000"), none);
    assert_eq!(taken("The rebels captured 30 people.", "captured", Role::Abducted, "30"), ["abducted 30 30"]);
    let who = Story::new("The state sent 900 soldiers who recaptured Mosul.").words();
    let who = who.hangs("who", "nsubj", "recaptured").hangs("recaptured", "acl", "soldiers");
    assert_eq!(tolls(&who.trigger("recaptured", Assault, Actual, Publication)), none);
    let alive = "Ada Park, a survivor of the raid in which 36 people died, spoke.";
    let story = Story::new(alive).words().hangs("died", "acl", "survivor");
    assert_eq!(tolls(&story.trigger("raid", Assault, Actual, Publication)), ["killed 36 36"]);
    let beaten = "Two soldiers had been beaten in Mosul.";
    assert_eq!(taken(beaten, "beaten", Role::Killed, "Two"), ["injured 2 2"]);
}

#[test]
fn a_word_of_a_bodys_name_and_an_article_are_no_place() {
    let story = Story::new("The European Union condemned Syria. Rebels closed the border.")
        .trigger("closed", Coerce, Actual, Publication)
        .argument(0, Role::Place, "the");
    assert!(story.events()[0].places.is_empty());
    let text = "Rebels took Mosul, and the European Union condemned them. They shelled the city.";
    let story = Story::new(text).trigger("shelled", Assault, Actual, Publication);
    let story = story.argument(0, Role::Place, "the city");
    assert_eq!(story.events()[0].places[0].value.country.unwrap().as_str(), "IRQ");
}

#[test]
fn people_are_killed_once() {
    let text = "Soldiers burned a market in Mosul on Friday. In a raid in Tikrit nine people were killed.";
    let events = Story::new(text)
        .trigger("burned", Assault, Actual, Publication)
        .trigger("raid", Assault, Actual, Publication)
        .argument(0, Role::Killed, "nine")
        .argument(1, Role::Killed, "nine")
        .events();
    let n: usize = events.iter().map(|e| e.numbers.len()).sum();
    assert_eq!(n, 1);
}

#[test]
fn a_word_for_an_answer_makes_up_for_a_doubtful_reader() {
    let links = |text: &str| {
        let mut story = Story::new(text)
            .trigger("marched", EventType::Protest, Actual, Publication)
            .trigger("arrest", EventType::Coerce, Actual, Publication)
            .relation(0, 1, TriggerLink::Linked(Relation::ResponseTo));
        story.analysis.relations[0].probability = 0.65;
        story.events()[0].links.len()
    };
    assert_eq!(links("Crowds marched through Mosul after the arrest of a singer."), 1);
    assert_eq!(links("Crowds marched through Mosul before the arrest of a singer."), 0);
}

#[test]
fn who_speaks_on_condition_is_anonymous_and_a_denial_is_of_its_speaker_alone() {
    let event = Story::new("Two people briefed on the raid said Syria shelled Mosul.")
        .trigger("shelled", Assault, Actual, Publication)
        .argument(0, Role::Source, "Two people")
        .events()
        .remove(0);
    assert!(event.sources[0].anonymous);
    let named = Story::new("The army said Syria shelled Mosul.")
        .trigger("shelled", Assault, Actual, Publication)
        .argument(0, Role::Source, "The army")
        .events()
        .remove(0);
    assert!(!named.sources[0].anonymous);
}

#[test]
fn what_is_said_has_no_place_unless_it_is_clear() {
    let places = |kind, probability| {
        let story = Story::new("Rebels in Mosul threatened the army.")
            .trigger("threatened", kind, Actual, Publication)
            .argument(0, Role::Place, "Mosul")
            .likely(probability);
        story.events()[0].places.len()
    };
    assert_eq!(places(Threaten, 0.8), 0, "the place is that of those who threaten");
    assert_eq!(places(Threaten, 0.95), 1);
    assert_eq!(places(Assault, 0.5), 1, "an attack takes effect somewhere");
}

#[test]
fn a_single_person_needs_no_number() {
    let toll = |text: &str, word: &str, whom: &str| {
        let story = Story::new(text).words().trigger(word, Assault, Actual, Publication).argument(
            0,
            Role::Recipient,
            whom,
        );
        tolls(&story).join(", ")
    };
    for (text, word, whom, expected) in [
        (
            "Gunmen shot and killed Commander Selim al-Arvani.",
            "shot",
            "Commander Selim al-Arvani",
            "killed 1 1",
        ),
        ("Gunmen killed a butcher of the town.", "killed", "a butcher of the town", "killed 1 1"),
        ("Gunmen shot and wounded her.", "shot", "her", "injured 1 1"),
        ("Gunmen tried to assassinate Selim Arvani.", "assassinate", "Selim Arvani", ""),
        ("A court heard of murder and of Selim Arvani.", "murder", "Selim Arvani", ""),
        ("Gunmen captured Selim Arvani.", "captured", "Selim Arvani", "abducted 1 1"),
        ("Troops captured the Golan Heights.", "captured", "the Golan Heights", ""),
        (
            "Gunmen killed a captain and his brother Ivan Petrov.",
            "killed",
            "a captain and his brother Ivan Petrov",
            "killed 2 2",
        ),
        (
            "Gunmen killed former minister and party leader Ivan Petrov.",
            "killed",
            "former minister and party leader Ivan Petrov",
            "killed 1 1",
        ),
        ("Gunmen killed a lawyer and activist.", "killed", "a lawyer and activist", "killed 1 1"),
    ] {
        assert_eq!(toll(text, word, whom), expected, "{text}");
    }
    let two = Story::new("Gunmen killed Selim Arvani and his driver.")
        .words()
        .trigger("killed", Assault, Actual, Publication)
        .argument(0, Role::Recipient, "Selim Arvani")
        .argument(0, Role::Recipient, "his driver")
        .likely(0.7);
    assert_eq!(tolls(&two), ["killed 2 2"], "joined to one who is");
}

#[test]
fn killed_or_wounded_is_up_to_so_many_of_each() {
    let story = Story::new("The army shelled Mosul, killing or wounding 20 people.").trigger(
        "shelled",
        Assault,
        Actual,
        Publication,
    );
    assert_eq!(tolls(&story), ["killed 0 20", "injured 0 20"]);
}

#[test]
fn no_casualties_are_none_killed_and_none_hurt() {
    let story = Story::new("Drones hit Mosul after the raid. No casualties are reported.")
        .trigger("hit", Assault, Actual, Publication)
        .trigger("raid", Assault, Actual, Publication);
    assert_eq!(tolls(&story), ["killed 0 0", "injured 0 0"]);
    assert!(story.events()[1].numbers.is_empty(), "a sentence goes on from what the one before tells first");
}

#[test]
fn what_is_said_of_some_does_not_part_a_number_from_what_befell_them() {
    let story =
        Story::new("The army shelled Mosul. Over 20 people - many of them children - have been killed.")
            .trigger("killed", Assault, Actual, Publication)
            .argument(0, Role::Place, "Mosul");
    let toll = story.events()[0].numbers[0].clone();
    assert_eq!((toll.0, toll.1.value.min, toll.1.value.max), (NumberSlot::Killed, 21, None));
}

#[test]
fn a_pronoun_is_whom_the_network_says_it_points_to() {
    use {Dating::Publication, EventType::Assault, Status::Actual};
    let told = || {
        Story::new("The rebels left the camp of the army. Later they shelled Mosul.")
            .mention("The rebels")
            .mention("the army")
            .mention("they")
            .trigger("shelled", Assault, Actual, Publication)
            .argument(0, Role::Actor, "they")
    };
    let actor = |story: Story| story.events()[0].actors[0].evidence.span.unwrap();
    let nearest = told();
    let (rebels, army) = (nearest.span("The rebels"), nearest.span("the army"));
    assert_eq!(actor(nearest), army, "where the network was not asked the nearest stands");
    assert_eq!(actor(told().means("they", "rebels")), rebels);
    let asked = told();
    assert!(questions(&asked.document, &asked.analysis, &knowledge("")).contains(&asked.span("they")));
}

#[test]
fn a_noun_is_called_by_the_new_name_that_it_stands_for() {
    use {Dating::Publication, EventType::Assault, Status::Actual};
    let name = |text: &str, before: &str| {
        let mut events = Story::new(text)
            .mention(before)
            .mention("The group")
            .trigger("shelled", Assault, Actual, Publication)
            .argument(0, Role::Actor, "The group")
            .means("The group", before)
            .events();
        events.remove(0).actors.remove(0).value.name
    };
    assert_eq!(name("The Tesk Front left. The group shelled Mosul.", "The Tesk Front"), "Tesk Front");
    assert_eq!(
        name("The Front of Tesk left. The group shelled Mosul.", "The Front of Tesk"),
        "Front of Tesk"
    );
    assert_eq!(name("The GLI left. The group shelled Mosul.", "The GLI"), "GLI");
    assert_eq!(name("The Gorvan Liberation Army left. The group shelled Mosul.", "The"), "group", "no name");
    assert_eq!(
        name("The drummers left. The group shelled Mosul.", "The drummers"),
        "group",
        "no name either"
    );
}

#[test]
fn a_source_with_a_noun_stays_who_he_is() {
    use {Dating::Publication, EventType::Assault, Status::Actual};
    let told = |speaker: &str, text: &str| {
        Story::new(text)
            .mention("The rebels")
            .mention(speaker)
            .trigger("shelled", Assault, Actual, Publication)
            .argument(0, Role::Source, speaker)
            .means(speaker, "rebels")
    };
    let source = |story: &Story| story.events()[0].sources[0].who.evidence.span.unwrap();
    let officials = told("Officials", "The rebels left the camp. Officials said tanks shelled Mosul.");
    assert_eq!(source(&officials), officials.span("Officials"));
    let they = told("They", "The rebels left the camp. They said tanks shelled Mosul.");
    assert_eq!(source(&they), they.span("The rebels"));
}

#[test]
fn a_doubtful_trigger_counts_where_doer_and_sufferer_are_clear() {
    let story = |probability| {
        let mut story =
            Story::new("Syria engaged Kenya in talks.").trigger("engaged", Consult, Actual, Publication);
        story.analysis.triggers[0].probability = probability;
        story
    };
    let bar = Thresholds::parse(include_str!("../../../models/thresholds.json")).unwrap().short.trigger;
    let both = |probability| {
        story(probability).argument(0, Role::Actor, "Syria").argument(0, Role::Recipient, "Kenya")
    };
    assert_eq!(story(bar - 0.03).events().len(), 0);
    assert_eq!(story(bar - 0.03).argument(0, Role::Actor, "Syria").events().len(), 0);
    assert_eq!(both(bar - 0.03).events().len(), 1);
    assert_eq!(both(bar - 0.1).events().len(), 0);
}

#[test]
fn whoever_passes_words_on_stands_in_their_sentence_and_a_second_source_is_sure() {
    let text = "The police told Reuters that Syria shelled Mosul. The army spoke of shelling.";
    let story = |second| {
        Story::new(text)
            .trigger("shelled", Assault, Actual, Publication)
            .argument(0, Role::Source, "The police")
            .argument(0, Role::Via, "Reuters")
            .argument(0, Role::Source, "The army")
            .likely(second)
            .events()
            .remove(0)
    };
    let event = story(0.99);
    let passed_on: Vec<bool> = event.sources.iter().map(|source| source.via.is_some()).collect();
    assert_eq!(passed_on, [true, false]);
    assert_eq!(story(0.9).sources.len(), 1);
}

#[test]
fn a_part_of_a_place_is_the_whole_and_a_group_is_none() {
    let places = |text: &str, word: &str, place: &str| -> Vec<String> {
        let story = Story::new(text).trigger(word, Assault, Actual, Publication);
        let event = story.argument(0, Role::Place, place).events().remove(0);
        event.places.into_iter().map(|p| p.value.name).collect()
    };
    assert_eq!(places("A bomb exploded in Dar es Salaam.", "exploded", "Dar"), ["Dar es Salaam"]);
    assert!(places("Soldiers clashed with GLA near a bridge in Kenya.", "clashed", "GLA").is_empty());
    assert_eq!(places("Soldiers clashed with GLI near a bridge in Kenya.", "clashed", "GLI"), ["GLI"]);
}
