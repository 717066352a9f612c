//! The query language: `type:ASSAULT country:IRQ since:2021-01 -mode:drone "car bomb"`.
//!
//! Text is read to terms ([`syntax`]), terms to a typed [`Query`] ([`keys`], [`values`]), that to one statement of SQL
//! ([`compile`]). `docs/guide/query.md` tells users.

mod compile;
mod conditions;
mod countries;
mod fault;
mod filter;
mod keys;
mod syntax;
mod values;

pub use fault::QueryFault;
pub use filter::{Days, End, Filter, Measure, Name, NameFit, Query, Range, ReviewIs, Side, SourceIs, Term};
pub use keys::{KEYS, Key};

pub(crate) use compile::{EVENT_DAY, Order, Sql, compile, register};
pub(crate) use fault::nearest;

use syntax::quoted;

/// The most terms that a query may have: each is a condition that SQLite nests, and its depth is bounded.
const MOST_TERMS: usize = 100;

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// Where a key or value is none, with its place and what to write.
    pub fn parse(text: &str) -> Result<Self, QueryFault> {
        let placed = |fault: QueryFault| QueryFault { query: text.to_owned(), ..fault };
        let written = syntax::read(text).map_err(placed)?;
        if let Some(over) = written.get(MOST_TERMS) {
            let fault = QueryFault::new(
                over.span,
                format!("more than {MOST_TERMS} filters"),
                "several values of one filter go behind one key, with commas",
            );
            return Err(placed(fault));
        }
        let terms = written
            .iter()
            .map(|w| Ok(Term { span: w.span, negated: w.negated, filter: keys::filter(w)? }))
            .collect::<Result<_, _>>()
            .map_err(placed)?;
        Ok(Self { terms })
    }

    /// Reads a query that stands in several words of a shell.
    ///
    /// A shell takes quotation marks away, so a word that is one filter of names, `actor:Kataib Hezbollah`, gets them
    /// back.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn of_arguments<S: AsRef<str>>(arguments: &[S]) -> Result<Self, QueryFault> {
        let words: Vec<String> = arguments.iter().map(|argument| requoted(argument.as_ref())).collect();
        Self::parse(&words.join(" "))
    }
}

/// Returns a shell's word with the quotation marks that the shell took.
fn requoted(argument: &str) -> String {
    let Some((head, rest)) = argument.split_once(':') else { return argument.to_owned() };
    let name = head.trim_start_matches(['-', '\u{2212}']).to_ascii_lowercase();
    let wordy = keys::find(&name).is_some_and(|key| key.wordy);
    if !wordy || !rest.contains(char::is_whitespace) || rest.contains(['"', '“', '”']) || has_key(rest) {
        return argument.to_owned();
    }
    let value = |value: &str| {
        let value = value.trim();
        let (equals, value) = value.strip_prefix('=').map_or(("", value), |rest| ("=", rest));
        let (value, star) = value.strip_suffix('*').map_or((value, ""), |rest| (rest, "*"));
        format!("{equals}{}{star}", quoted(value))
    };
    let values: Vec<String> = rest.split(',').map(value).collect();
    format!("{head}:{}", values.join(","))
}

/// Tells whether a term with a key begins somewhere behind the first word.
fn has_key(text: &str) -> bool {
    text.split_whitespace().skip(1).any(|word| {
        let word = word.trim_start_matches(['-', '\u{2212}']);
        word.split_once(':').is_some_and(|(head, _)| keys::find(&head.to_ascii_lowercase()).is_some())
    })
}

#[cfg(test)]
mod tests;
