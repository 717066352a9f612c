//! The written form: a line of terms, each `key:value,value` or words, with `-` before it where it is denied.
//!
//! Nothing is known here of keys and values.

use super::fault::QueryFault;
use casus_types::Span;

/// A term as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) span: Span,
    pub(super) negated: bool,
    /// The key in small letters, and where it stands.
    pub(super) key: Option<(String, Span)>,
    /// One at least.
    pub(super) values: Vec<WrittenValue>,
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenValue {
    pub(super) span: Span,
    /// Without quotation marks, `=` and `*`.
    pub(super) text: String,
    pub(super) quoted: bool,
    /// Whether `=` stands before it.
    pub(super) exact: bool,
    /// Whether `*` stands behind it.
    pub(super) open: bool,
}

/// Reads a query.
pub(super) fn read(query: &str) -> Result<Vec<Written>, QueryFault> {
    let mut reader = Reader { query, at: 0 };
    let mut terms = Vec::new();
    loop {
        reader.skip_space();
        if reader.peek().is_none() {
            return Ok(terms);
        }
        terms.push(reader.term()?);
    }
}

struct Reader<'q> {
    query: &'q str,
    at: usize,
}

/// Tells whether a character begins a quotation; typesetters' marks are what one pastes from documents.
fn opens(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

/// Tells whether a character denies the term that it stands before. The minus sign is what the command line makes of a
/// hyphen, lest a term be taken for an option.
fn denies(c: char) -> bool {
    matches!(c, '-' | '\u{2212}')
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.query[self.at..].chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn take_if(&mut self, accept: impl FnOnce(char) -> bool) -> bool {
        let taken = self.peek().filter(|c| accept(*c));
        self.at += taken.map_or(0, char::len_utf8);
        taken.is_some()
    }

    fn skip_space(&mut self) {
        while self.take_if(char::is_whitespace) {}
    }

    fn since(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    fn term(&mut self) -> Result<Written, QueryFault> {
        let start = self.at;
        let negated = self.take_if(denies);
        let key = self.key();
        let mut values = vec![self.value(key.is_some())?];
        while key.is_some() && self.take_if(|c| c == ',') {
            values.push(self.value(true)?);
        }
        match self.peek() {
            Some(c) if !c.is_whitespace() => {
                let at = self.at;
                self.take();
                Err(QueryFault::new(
                    Span::new(at, self.at),
                    "a quotation mark in the middle of a word",
                    "put the whole value in quotation marks, with \\\" for one within: \"so \\\"called\\\" army\"",
                ))
            }
            _ => Ok(Written { span: self.since(start), negated, key, values }),
        }
    }

    /// Reads `key:` where one stands here.
    fn key(&mut self) -> Option<(String, Span)> {
        let rest = &self.query[self.at..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        // 12:30 is no key.
        let is_key = rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest[length..].starts_with(':');
        is_key.then(|| {
            let span = Span::new(self.at, self.at + length);
            self.at += length + 1;
            (rest[..length].to_ascii_lowercase(), span)
        })
    }

    fn value(&mut self, of_key: bool) -> Result<WrittenValue, QueryFault> {
        let start = self.at;
        let exact = of_key && self.take_if(|c| c == '=');
        let quoted = self.take_if(opens);
        let mut text = if quoted { self.quotation(start)? } else { self.bare(of_key) };
        let open = if quoted { self.take_if(|c| c == '*') } else { text.ends_with('*') };
        if open && !quoted {
            text.pop();
        }
        if text.is_empty() && !quoted {
            let (message, hint) = if of_key {
                (
                    "no value after the colon or comma",
                    "write key:value; values with < or > need quotes around the filter, or the shell takes \
                     them: 'killed:>=5', which is also killed:5..",
                )
            } else {
                ("nothing to search for", "write a word, \"some words\" or key:value")
            };
            let end = self.at.max(start + self.query[start..].chars().next().map_or(0, char::len_utf8));
            return Err(QueryFault::new(Span::new(start, end), message, hint));
        }
        Ok(WrittenValue { span: self.since(start), text, quoted, exact, open })
    }

    fn bare(&mut self, of_key: bool) -> String {
        let start = self.at;
        while self.take_if(|c| !(c.is_whitespace() || opens(c) || of_key && c == ',')) {}
        self.query[start..self.at].to_owned()
    }

    /// Reads on to the closing mark.
    fn quotation(&mut self, start: usize) -> Result<String, QueryFault> {
        let mut text = String::new();
        while let Some(c) = self.take() {
            match c {
                '\\' => text.extend(self.take()),
                c if opens(c) => return Ok(text),
                c => text.push(c),
            }
        }
        Err(QueryFault::new(self.since(start), "a quotation that does not end", "close it with \""))
    }
}

/// Returns text so that [`read`] reads it as one value.
pub(super) fn quoted(text: &str) -> String {
    let plain = !text.is_empty()
        && !text.starts_with(['=', '-', '\u{2212}', '<', '>'])
        && !text.ends_with('*')
        && !text.contains(|c: char| c.is_whitespace() || opens(c) || matches!(c, ',' | ':' | '\\'));
    if plain {
        return text.to_owned();
    }
    let mut out = String::from('"');
    for c in text.chars() {
        if c == '\\' || opens(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns terms as `-key=[value*, "value"]`.
    fn shown(query: &str) -> String {
        let value = |v: &WrittenValue| {
            let (equals, mark, star) = (
                if v.exact { "=" } else { "" },
                if v.quoted { "\"" } else { "" },
                if v.open { "*" } else { "" },
            );
            format!("{equals}{mark}{}{mark}{star}", v.text)
        };
        let term = |t: &Written| {
            let values: Vec<String> = t.values.iter().map(value).collect();
            let key = t.key.as_ref().map_or("", |(key, _)| key);
            format!("{}{key}[{}]", if t.negated { "-" } else { "" }, values.join("|"))
        };
        read(query).unwrap().iter().map(term).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn terms_are_told_apart() {
        for (query, expected) in [
            ("", ""),
            ("  type:ASSAULT  drone ", "type[ASSAULT] [drone]"),
            ("Type:A,b -mode:c", "type[A|b] -mode[c]"),
            ("actor:\"Kataib Hezbollah\",=Fatah,Jab*", "actor[\"Kataib Hezbollah\"|=Fatah|Jab*]"),
            ("-drone \u{2212}key:x", "-[drone] -key[x]"),
            ("text:“two words”*", "text[\"two words\"*]"),
            ("killed:>=5 near:33.3,44.4,50", "killed[>=5] near[33.3|44.4|50]"),
            ("12:30 O'Hara a,b", "[12:30] [O'Hara] [a,b]"),
            (r#""so \"called\" \\""#, r#"["so "called" \"]"#),
            ("event:d#e1", "event[d#e1]"),
        ] {
            assert_eq!(shown(query), expected, "{query}");
        }
    }

    #[test]
    fn faults_have_a_place() {
        for (query, place) in
            [("type:", 5..5), ("type:A,", 7..7), ("a - b", 3..4), ("x \"open", 2..7), ("ab\"cd\"", 2..3)]
        {
            let fault = read(query).unwrap_err();
            assert_eq!(fault.span.start as usize..fault.span.end as usize, place, "{query}: {fault}");
        }
    }

    #[test]
    fn what_is_quoted_is_one_value() {
        for text in ["plain", "", "two words", "a,b", "\"", "\\", "“x”", "-x", "=x", "x*", "k:v", " "] {
            let query = format!("key:{}", quoted(text));
            let terms = read(&query).unwrap();
            assert_eq!((terms.len(), terms[0].values[0].text.as_str()), (1, text), "{query}");
        }
    }
}
