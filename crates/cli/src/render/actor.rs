//! What is known of an actor, for eyes.

use super::paint::Paint;
use casus::actors::{Actor, ActorTable, Term, Told};
use casus::types::event::Participant;
use casus::types::{Coded, Date, actor_code};

/// Columns of the labels.
const LABEL: usize = 10;
/// Columns of a code with its stretch of time, and of a phrase's pieces.
const VALUE: usize = 40;

/// Returns what the tables say of an actor.
pub(crate) fn known(actor: &Actor, table: &ActorTable, on: Option<Date>, paint: &Paint) -> String {
    let row = actor.on(on);
    let day = on.map_or("the last known".to_owned(), |day| format!("on {day}"));
    let mut out = format!("{}\n", paint.strong(&actor.name));
    let mut line = |label: &str, value: &str, row: &str| {
        let label = paint.faint(&format!("{label:LABEL$}"));
        let line = format!("     {label}{value:VALUE$}  {}", paint.faint(row));
        out += line.trim_end();
        out.push('\n');
    };
    line("code", &format!("{}, {day}", actor_code(row.country, row.sector)), &row.row);
    line("kind", actor.kind.name(), "");
    line("id", &actor.id, "");
    for (n, name) in actor.aliases.iter().enumerate() {
        line(if n == 0 { "aliases" } else { "" }, name, "");
    }
    for (n, term) in actor.terms.iter().enumerate() {
        let told = format!("{:9}{}", actor_code(term.country, term.sector), stretch(term));
        line(if n == 0 { "terms" } else { "" }, &told, &format!("{}:{}", actor.file, term.line));
    }
    if let Some(parent) = &actor.parent {
        let relation = actor.relation.as_deref().unwrap_or("part_of").replace('_', " ");
        line(&relation, parent, &format!("{}:{}", actor.file, actor.terms[0].line));
    }
    let parts = table.actors().filter(|other| other.parent.as_ref() == Some(&actor.name));
    for part in parts {
        let relation = match part.relation.as_deref() {
            Some("sponsored_by") => "sponsors",
            _ => "has part",
        };
        line(relation, &part.name, &format!("{}:{}", part.file, part.terms[0].line));
    }
    out.push('\n');
    out
}

/// Returns what the words of a phrase that is no name give.
pub(crate) fn phrase(phrase: &str, told: &[Told], read: &Coded<Participant>, paint: &Paint) -> String {
    let who = &read.value;
    let mut out = format!("{}\n", paint.strong(phrase));
    let mut line = |label: &str, value: &str, row: &str| {
        let label = paint.faint(&format!("{label:LABEL$}"));
        let line = format!("     {label}{value:VALUE$}  {}", paint.faint(row));
        out += line.trim_end();
        out.push('\n');
    };
    line(
        "code",
        &actor_code(who.country, who.sector),
        &format!("{:.2}  {}", read.confidence.get(), read.evidence.made_by),
    );
    line("name", &who.name, "");
    if let Some(id) = &who.id {
        line("id", id, "");
    }
    for (n, piece) in told.iter().enumerate() {
        let value = format!("{}: {}", piece.span.slice(phrase), piece.what);
        line(if n == 0 { "words" } else { "" }, &value, piece.row.as_deref().unwrap_or_default());
    }
    out.push('\n');
    out
}

/// Returns the first and last day of a term.
fn stretch(term: &Term) -> String {
    let day = |day: Option<Date>| day.map_or("…".to_owned(), |day| day.to_string());
    match (term.from, term.to) {
        (None, None) => "always".to_owned(),
        (from, to) => format!("{} to {}", day(from), day(to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casus::actors::{ActorContext, ActorFiles, resolve};
    use casus::types::Span;

    fn table() -> ActorTable {
        let actors = "Bridge Front\tBF|Front of the Bridge\tarmed group\tKEN\tREB\t2020-01-01\t2021-01-01\n\
                      Bridge Front\t\tarmed group\tKEN\tPRM\t2021-01-02\n\
                      Toll Men\t\tarmed group\tKEN\tCRM\t\t\tBridge Front\tsponsored_by\n";
        let files = [
            ("groups.tsv", actors),
            ("countries.tsv", "KEN\tKenya\t\tKenyan\n"),
            ("agent_nouns.tsv", "police\t\tCOP\tbody\t{adjective} Police\n"),
        ];
        ActorTable::parse(ActorFiles { built_in: &files, own: &[] }).expect("a written table")
    }

    #[test]
    fn an_actor_is_told_with_its_lines() {
        let table = table();
        let day = "2020-05-05".parse().ok();
        let told = known(table.find("BF")[0], &table, day, &Paint::plain());
        let expected = "\
Bridge Front
     code      KEN REB, on 2020-05-05                    groups.tsv:1
     kind      armed group
     id        casus:bridge-front
     aliases   BF
               Front of the Bridge
     terms     KEN REB  2020-01-01 to 2021-01-01         groups.tsv:1
               KEN PRM  2021-01-02 to …                  groups.tsv:2
     sponsors  Toll Men                                  groups.tsv:3

";
        assert_eq!(told, expected);
    }

    #[test]
    fn a_phrase_is_told_by_its_words() {
        let table = table();
        let words = "the Kenyan police";
        let context = ActorContext { text: words, ..ActorContext::default() };
        let read = resolve(&table, Span::new(0, words.len()), &context);
        let told = phrase(words, &table.tell(words), &read, &Paint::plain());
        let expected = "\
the Kenyan police
     code      KEN COP                                   0.93  rules/agent_nouns#police
     name      Kenyan Police
     id        country:KEN:COP
     words     Kenyan: KEN, by its adjective             countries.tsv:1
               police: COP, a noun for body              agent_nouns.tsv:1

";
        assert_eq!(told, expected);
    }
}
