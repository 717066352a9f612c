//! Numbers of the dead, the hurt and the taken.

use super::*;

/// Returns the tolls of the attack that a text tells of, where the network takes these words for those befallen.
fn attack(text: &str, word: &str, befallen: &[&str]) -> Vec<String> {
    tolls(&attacked(text, word, befallen))
}

fn attacked(text: &str, word: &str, befallen: &[&str]) -> Story {
    let story = Story::new(text).words().trigger(word, Assault, Actual, Publication);
    befallen.iter().fold(story, |story, words| story.argument(0, Role::Recipient, words))
}

const NONE: [&str; 0] = [];

#[test]
fn an_exact_toll_goes_before_a_vague_one() {
    let text = "Dozens of people were killed in an attack on Mosul. Officials put the death toll at 45.";
    assert_eq!(attack(text, "attack", &[]), ["killed 45 45"]);
    let text = "Several people were killed and injured in an attack. Police put the death toll at 12.";
    assert_eq!(attack(text, "attack", &[]), ["killed 12 12", "injured 3 -"]);
    let text = "Dozens of rebels and 45 soldiers were killed in an attack on Mosul.";
    assert_eq!(attack(text, "attack", &[]), ["killed 69 -"]);
}

#[test]
fn the_dead_of_two_sides_add_up() {
    let dead = |text: &str, more: &str| tolls(&attacked(text, "attack", &[]).argument(0, Role::Killed, more));
    let text = "Ten soldiers were killed in an attack on Mosul. Two attackers also died.";
    assert_eq!(dead(text, "Two"), ["killed 12 12"]);
    let text = "An attack on Mosul killed 15 people. One gunman was killed.";
    assert_eq!(dead(text, "One"), ["killed 16 16"]);
    let text = "Ten soldiers were killed in an attack on Mosul. Nine troops were killed.";
    assert_eq!(dead(text, "Nine").len(), 1);
    assert_ne!(dead(text, "Nine"), ["killed 19 19"]);
}

#[test]
fn who_is_shot_is_not_dead_unless_somebody_says_so() {
    let shot = |text: &str| {
        let story = Story::new(text).trigger("shot", Assault, Actual, Publication);
        tolls(&story.argument(0, Role::Killed, "Three"))
    };
    assert_eq!(shot("Three men were shot near Mosul."), NONE);
    assert_eq!(shot("Three men were shot near Mosul, and their bodies burned."), ["killed 3 3"]);
    assert_eq!(attack("Gunmen gunned down three guards near Mosul.", "gunned down", &[]), ["killed 3 3"]);
}

#[test]
fn a_sentence_for_an_attack_has_not_its_dead() {
    let text = "A court fined nine men over the raid that killed five soldiers.";
    let story = Story::new(text).trigger("fined", EventType::Sanction, Actual, Publication);
    assert_eq!(tolls(&story.argument(0, Role::Killed, "five")), NONE);
}

#[test]
fn who_flees_from_his_deed_is_not_displaced() {
    let fled = |text: &str| {
        let story = Story::new(text).trigger("shelled", Assault, Actual, Publication);
        tolls(&story.argument(0, Role::Displaced, "four"))
    };
    assert_eq!(fled("Gunmen shelled Mosul, and the four attackers fled."), NONE);
    assert_eq!(fled("Gunmen shelled Mosul, and four farmers fled."), ["displaced 4 4"]);
}

#[test]
fn who_somebody_is_adds_nobody() {
    let story = attacked("An attack killed three people, a man and two women.", "attack", &[]);
    let story = story.hangs("people", "obj", "killed");
    let story = story.hangs("man", "conj", "people").hangs("women", "conj", "man");
    assert_eq!(tolls(&story), ["killed 3 3"]);
    let text = "An attack killed four soldiers, including an officer, and two civilians.";
    let befallen = ["four soldiers", "an officer", "two civilians"];
    assert_eq!(attack(text, "attack", &befallen), ["killed 6 6"]);
}

#[test]
fn others_beside_an_office_are_counted_with_it() {
    let killed = |text: &str, office: &str, befallen: &[&str]| {
        let mut story = attacked(text, "killed", befallen).hangs(office, "obj", "killed");
        story.analysis.tokens[3].pos = "DET";
        tolls(&story)
    };
    let text = "A strike killed the commander and four others.";
    assert_eq!(killed(text, "commander", &["the commander", "four others"]), ["killed 5 5"]);
    let text = "A bomb killed the minister, his driver and three bodyguards.";
    let befallen = ["the minister", "his driver and three bodyguards"];
    assert_eq!(killed(text, "minister", &befallen), ["killed 5 5"]);
}

#[test]
fn ages_are_no_toll_and_no_part_of_a_name() {
    let text = "Mohammed Arvani, 6, and his sister Sara, 9, were killed near Mosul.";
    assert_eq!(attack(text, "killed", &["Mohammed Arvani", "6", "his sister Sara, 9"]), ["killed 2 2"]);
    let story = attacked("Gunmen killed a priest, 60, near Mosul.", "killed", &["a priest, 60", "60"]);
    let event = story.events().remove(0);
    let names: Vec<&str> = event.recipients.iter().map(|r| r.value.name.as_str()).collect();
    assert_eq!(names, ["priest"]);
    assert_eq!(tolls(&story), ["killed 1 1"]);
}

#[test]
fn numbers_of_several_words_are_no_part_of_a_name() {
    let names = |whom: &str| -> Vec<String> {
        let story = attacked(&format!("Gunmen killed {whom}."), "killed", &[whom]);
        story.events()[0].recipients.iter().map(|r| r.value.name.clone()).collect()
    };
    assert_eq!(names("no fewer than 15 persons"), ["persons"]);
    assert_eq!(names("10-12 people"), ["people"]);
    assert_eq!(names("a couple of hundred villagers"), ["villagers"]);
    let text = "None of the hostages was hurt when police stormed the building.";
    let story = Story::new(text).trigger("stormed", Assault, Actual, Publication);
    assert!(story.argument(0, Role::Recipient, "None").events()[0].recipients.is_empty());
}
