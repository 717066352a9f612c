//! `casus chain`: what answers what, from report to report.

use super::{counted, store_to_read};
use crate::args::{Chain, ChainFormat};
use crate::messages::{Messages, out_is_terminal};
use crate::render::paint::Paint;
use crate::render::phrase;
use casus::store::{Act, ChainLink, StoredEvent};
use casus::types::{Relation, Status};
use serde_json::json;

/// Prints the acts that hang together with one; tells whether there are any beside it.
pub(crate) fn run(args: &Chain, messages: &mut Messages) -> bool {
    let Some(store) = store_to_read(&args.db, messages) else { return false };
    match store.chain(&args.event, args.depth, args.limit) {
        Ok(chain) => {
            let printed = match args.format {
                ChainFormat::Table => tree(&chain.acts, &Paint::for_terminal(out_is_terminal())),
                ChainFormat::Jsonl => chain.acts.iter().map(|act| line(act, &chain.acts)).collect(),
            };
            messages.print(&printed);
            if chain.acts.len() < 2 {
                messages.note("", "nothing is linked to it", None);
            }
            if chain.more {
                let acts = counted(chain.acts.len(), "act", "acts");
                messages.note(
                    "",
                    format!("{acts}, and there are more"),
                    Some("go on with --depth or --limit"),
                );
            }
            chain.acts.len() > 1
        }
        Err(error) => {
            messages.error("", &error, error.hint());
            false
        }
    }
}

/// Returns how an act hangs on the one before it, read from that one.
fn label(link: ChainLink) -> &'static str {
    match (link.relation, link.outward) {
        (Relation::ResponseTo, true) => "in answer to",
        (Relation::ResponseTo, false) => "answered by",
        (Relation::PartOf, true) => "part of",
        (Relation::PartOf, false) => "of which a part",
        (Relation::About, true) => "about",
        (Relation::About, false) => "spoken of in",
        (Relation::LeadsTo, true) => "leads to",
        (Relation::LeadsTo, false) => "brought about by",
    }
}

/// Returns the acts as a tree.
fn tree(acts: &[Act], paint: &Paint) -> String {
    let mut out = String::new();
    for (n, act) in acts.iter().enumerate() {
        let Some(event) = act.events.first() else { continue };
        let (branch, below) = branches(acts, n);
        let link = act.link.map_or_else(String::new, |link| paint.faint(label(link)) + ": ");
        out += &(branch + &link + &summary(event, paint) + "\n");
        if let Some(sentence) = &event.sentence {
            out += &(below.clone() + &paint.faint(&phrase::one_line(sentence)) + "\n");
        }
        out += &(below + &told(act) + "\n");
    }
    out
}

/// Returns what stands before the first line of an act, and before its other lines.
fn branches(acts: &[Act], n: usize) -> (String, String) {
    let (mut branch, mut below) = (String::new(), String::new());
    // From the act up to the first one: each is the last of its siblings or not.
    let mut way = Vec::new();
    let mut at = n;
    while let Some(link) = acts[at].link {
        let last = !acts[at + 1..].iter().any(|act| act.link.is_some_and(|other| other.from == link.from));
        way.push(last);
        at = link.from;
    }
    for (step, last) in way.iter().enumerate().rev() {
        let own = step == 0;
        branch += match (own, last) {
            (true, true) => "└─ ",
            (true, false) => "├─ ",
            (false, true) => "   ",
            (false, false) => "│  ",
        };
        below += if *last { "   " } else { "│  " };
    }
    let has_children = acts[n + 1..].iter().any(|act| act.link.is_some_and(|link| link.from == n));
    below += if has_children { "│  " } else { "   " };
    (branch, below)
}

fn summary(stored: &StoredEvent, paint: &Paint) -> String {
    let event = &stored.event;
    let mut words = vec![paint.strong(event.kind.as_str())];
    words.extend(event.modes.iter().map(ToString::to_string));
    if event.status != Status::Actual {
        words.push(format!("({})", event.status));
    }
    let names = |side: &[_]| side.iter().map(phrase::participant).collect::<Vec<_>>().join("; ");
    match (names(&event.actors), names(&event.recipients)) {
        (actors, recipients) if recipients.is_empty() => words.push(actors),
        (actors, recipients) if actors.is_empty() => words.push(format!("unknown → {recipients}")),
        (actors, recipients) => words.push(format!("{actors} → {recipients}")),
    }
    if let Some(place) = event.places.first() {
        words.push(format!("· {}", phrase::place(place)));
    }
    if let Some(time) = &event.time {
        words.push(format!("· {}", phrase::time(time)));
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// Returns where an act is told.
fn told(act: &Act) -> String {
    /// Events that are named; the rest is counted.
    const NAMED: usize = 3;
    let mut keys: Vec<String> =
        act.events.iter().take(NAMED).map(|e| phrase::one_line(&e.event.id)).collect();
    if act.events.len() > NAMED {
        keys.push(format!("{} more", act.events.len() - NAMED));
    }
    let incident =
        act.incident.as_ref().map_or_else(String::new, |key| format!("{}: ", phrase::one_line(key)));
    format!("{incident}{}", keys.join(", "))
}

/// Returns an act as a line of JSON.
fn line(act: &Act, acts: &[Act]) -> String {
    let first = act.events.first();
    let key = |act: &Act| act.events.first().map(|event| event.event.id.clone());
    let object = json!({
        "event": key(act),
        "incident": act.incident,
        "depth": act.depth,
        "from": act.link.and_then(|link| key(&acts[link.from])),
        "relation": act.link.map(|link| link.relation.as_str()),
        // Whether the event in `from` has the relation to this one, or this one to it.
        "outward": act.link.map(|link| link.outward),
        "events": act.events.iter().map(|event| &event.event.id).collect::<Vec<_>>(),
        "published": first.and_then(|event| event.published).map(|day| day.to_string()),
        "publisher": first.and_then(|event| event.publisher.clone()),
        "sentence_text": first.and_then(|event| event.sentence.clone()),
        "record": first.map(|event| &event.event),
    });
    object.to_string() + "\n"
}
