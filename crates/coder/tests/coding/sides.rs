//! Who stands on which side of an act.

use super::*;

#[test]
fn the_sides_of_a_clash_are_actors_and_its_dead_no_recipients() {
    let told = |word| {
        Story::new("Syria and Iraq clashed near Mosul; attacks killed nine people.")
            .trigger(word, Assault, Actual, Publication)
            .argument(0, Role::Actor, "Syria")
            .argument(0, Role::Actor, "Iraq")
            .argument(0, Role::Recipient, "nine people")
            .events()
            .remove(0)
    };
    let clash = told("clashed");
    assert_eq!((clash.actors.len(), clash.recipients.len()), (2, 0));
    assert_eq!(told("attacks").recipients.len(), 1);
}

#[test]
fn whom_between_names_together_takes_part_together() {
    let actors = |text: &str| {
        let story = Story::new(text)
            .trigger("Clashes", Assault, Actual, Publication)
            .argument(0, Role::Actor, "rebels")
            .mention("rebels")
            .mention("soldiers");
        story.events()[0].actors.len()
    };
    assert_eq!(actors("Clashes between rebels and soldiers went on."), 2);
    assert_eq!(actors("Clashes with rebels and soldiers went on."), 1);
}

#[test]
fn whom_a_comma_describes_is_one_with_his_name() {
    let recipients = |text: &str, second: &str| {
        let story = Story::new(text)
            .trigger("shot", Assault, Actual, Publication)
            .argument(0, Role::Recipient, "Ada Park")
            .argument(0, Role::Recipient, second);
        let event = story.events().remove(0);
        event.recipients.iter().map(|r| r.value.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(recipients("Ada Park, a lawyer, was shot.", "a lawyer"), ["Ada Park"]);
    assert_eq!(recipients("They shot Ada Park, a lawyer, and left.", "a lawyer"), ["Ada Park"]);
    let listed = recipients("They shot Ada Park, a soldier, and a lawyer.", "a soldier");
    assert_eq!(listed, ["Ada Park", "soldier"]);
}

#[test]
fn victims_without_a_name_are_one_recipient() {
    let event =
        Story::new("An attack on Mosul killed twelve people, ninety others were hurt, so was Ahmed Said.")
            .trigger("attack", Assault, Actual, Publication)
            .argument(0, Role::Recipient, "twelve people")
            .argument(0, Role::Recipient, "ninety others")
            .argument(0, Role::Recipient, "Mosul")
            .events()
            .remove(0);
    let names: Vec<&str> = event.recipients.iter().map(|r| r.value.name.as_str()).collect();
    assert!(!names.contains(&"others"), "{names:?}");
    assert_eq!(names.len(), 2, "{names:?}");
}
