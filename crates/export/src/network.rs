//! Who acts upon whom: actors as nodes, an edge for each pair with what the acts between them add up to.

use crate::table::{Cell, one_line};
use crate::{ExportError, LeftOut, Told};
use casus_types::record::RecordParticipant;
use casus_types::{Date, Status};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

/// A network of actors. It is held in memory, for an edge is known when the last event is.
#[derive(Debug, Default)]
pub(crate) struct Network {
    /// Actors by what tells them apart.
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String), Edge>,
}

#[derive(Debug, Default)]
struct Node {
    name: String,
    country: String,
    sector: String,
    /// Events in which it acts.
    acts: u64,
    /// Events that it suffers or receives.
    receives: u64,
}

#[derive(Debug, Default)]
struct Edge {
    events: u64,
    /// Events in each quadrant.
    quads: [u64; 4],
    score: f64,
    killed: u64,
    first: Option<Date>,
    last: Option<Date>,
}

impl Network {
    /// Takes an event in, which is one row, where it happened and has an actor and a recipient.
    pub(crate) fn event(&mut self, told: &Told<'_>) -> Result<usize, LeftOut> {
        let event = told.event;
        if event.status != Status::Actual {
            return Err(LeftOut::NotHappened);
        }
        let mut any = false;
        for actor in event.actors.iter().filter_map(key) {
            for recipient in event.recipients.iter().filter_map(key) {
                any = true;
                let edge = self.edges.entry((actor.0.clone(), recipient.0.clone())).or_default();
                edge.events += 1;
                if let Some(quad) = edge.quads.get_mut(usize::from(event.quad).wrapping_sub(1)) {
                    *quad += 1;
                }
                edge.score += event.score;
                edge.killed += event.killed.as_ref().map_or(0, |killed| killed.min);
                let start = event.time.as_ref().map(|time| time.start);
                edge.first = edge.first.into_iter().chain(start).min();
                edge.last = edge.last.into_iter().chain(event.time.as_ref().map(|time| time.end)).max();
            }
        }
        if !any {
            return Err(LeftOut::NoSides);
        }
        for (key, who) in event.actors.iter().filter_map(key) {
            self.node(key, who).acts += 1;
        }
        for (key, who) in event.recipients.iter().filter_map(key) {
            self.node(key, who).receives += 1;
        }
        Ok(1)
    }

    fn node(&mut self, key: String, who: &RecordParticipant) -> &mut Node {
        self.nodes.entry(key).or_insert_with(|| Node {
            name: one_line(who.name.as_deref().unwrap_or_default()),
            country: who.country.map_or_else(String::new, |country| country.to_string()),
            sector: who.sector.map_or_else(String::new, |sector| sector.to_string()),
            ..Node::default()
        })
    }

    /// Writes a list of edges as CSV.
    pub(crate) fn edges(&self, out: &mut impl Write) -> Result<(), ExportError> {
        let names = "source,target,source_name,source_country,source_sector,target_name,target_country,target_sector,\
                     events,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,mean_score,\
                     killed_min,first,last\r\n";
        out.write_all(names.as_bytes())?;
        for ((source, target), edge) in &self.edges {
            let (from, to) = (&self.nodes[source], &self.nodes[target]);
            let mut cells: Vec<String> =
                [source, target, &from.name, &from.country, &from.sector, &to.name, &to.country, &to.sector]
                    .iter()
                    .map(|cell| quoted(cell))
                    .collect();
            cells.extend(edge.numbers().map(|(_, number)| number));
            write!(out, "{}\r\n", cells.join(","))?;
        }
        Ok(())
    }

    /// Writes GraphML (graphml.graphdrawing.org), which Gephi, igraph, networkx and Cytoscape read.
    pub(crate) fn graphml(&self, out: &mut impl Write) -> Result<(), ExportError> {
        let mut head = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        for name in ["name", "country", "sector"] {
            let _ =
                writeln!(head, "<key id=\"{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"string\"/>");
        }
        for name in ["acts", "receives"] {
            let _ =
                writeln!(head, "<key id=\"{name}\" for=\"node\" attr.name=\"{name}\" attr.type=\"long\"/>");
        }
        for (name, _) in Edge::default().numbers() {
            let kind = match name {
                "mean_score" => "double",
                "first" | "last" => "string",
                _ => "long",
            };
            let _ =
                writeln!(head, "<key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
        }
        head.push_str("<graph edgedefault=\"directed\">\n");
        out.write_all(head.as_bytes())?;
        for (key, node) in &self.nodes {
            let mut line = format!("<node id=\"{}\">", escaped(key));
            for (name, value) in [("name", &node.name), ("country", &node.country), ("sector", &node.sector)]
            {
                if !value.is_empty() {
                    let _ = write!(line, "<data key=\"{name}\">{}</data>", escaped(value));
                }
            }
            let (acts, receives) = (node.acts, node.receives);
            writeln!(
                out,
                "{line}<data key=\"acts\">{acts}</data><data key=\"receives\">{receives}</data></node>"
            )?;
        }
        for ((source, target), edge) in &self.edges {
            let mut line = format!("<edge source=\"{}\" target=\"{}\">", escaped(source), escaped(target));
            for (name, value) in edge.numbers() {
                if !value.is_empty() {
                    let _ = write!(line, "<data key=\"{name}\">{value}</data>");
                }
            }
            writeln!(out, "{line}</edge>")?;
        }
        out.write_all(b"</graph>\n</graphml>\n")?;
        Ok(())
    }
}

impl Edge {
    /// Returns what an edge adds up to, under the names of its columns.
    fn numbers(&self) -> impl Iterator<Item = (&'static str, String)> + use<> {
        let day = |day: Option<Date>| Cell::day(day).shown();
        #[expect(clippy::cast_precision_loss, reason = "far fewer events than 2^53")]
        let mean = if self.events == 0 { 0.0 } else { self.score / self.events as f64 };
        let [words, deeds, hard_words, hard_deeds] = self.quads.map(|n| n.to_string());
        [
            ("events", self.events.to_string()),
            ("verbal_cooperation", words),
            ("material_cooperation", deeds),
            ("verbal_conflict", hard_words),
            ("material_conflict", hard_deeds),
            ("mean_score", format!("{mean:.2}")),
            ("killed_min", self.killed.to_string()),
            ("first", day(self.first)),
            ("last", day(self.last)),
        ]
        .into_iter()
    }
}

/// Returns what tells an actor apart: its id, else its name with its country; none where it has neither.
fn key(who: &RecordParticipant) -> Option<(String, &RecordParticipant)> {
    let name = who.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    let key = match (&who.id, name, who.country) {
        (Some(id), ..) => id.clone(),
        (None, Some(name), Some(country)) => format!("{name} [{country}]"),
        (None, Some(name), None) => name,
        (None, None, Some(country)) => country.to_string(),
        (None, None, None) => return None,
    };
    Some((key, who))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no place for control characters.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn quoted(cell: &str) -> String {
    let harmless = if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.to_owned() };
    if harmless.contains(['"', ',', ';']) {
        format!("\"{}\"", harmless.replace('"', "\"\""))
    } else {
        harmless
    }
}
