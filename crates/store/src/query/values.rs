//! Values of keys: names, countries, days and numbers.

use super::countries::{named, near};
use super::fault::{QueryFault, nearest};
use super::filter::{Days, End, Filter, Measure, Name, NameFit, Range};
use super::syntax::{Written, WrittenValue};
use casus_types::{Country, Date};

/// Reads values of a closed set, without regard to case, `-` and `_`.
pub(super) fn one_of<T: Copy>(
    written: &Written,
    all: &[T],
    name: impl Fn(&T) -> &str,
) -> Result<Vec<T>, QueryFault> {
    let folded = |text: &str| text.to_lowercase().replace('_', "-");
    let read = |value: &WrittenValue| {
        let wanted = folded(&value.text);
        all.iter().copied().find(|one| folded(name(one)) == wanted).ok_or_else(|| {
            let key = written.key.as_ref().map_or("", |(key, _)| key);
            let hint = match nearest(&value.text, all.iter().map(&name)) {
                Some(near) => format!("did you mean {key}:{near} ?"),
                None => format!("{key}: takes {}", all.iter().map(&name).collect::<Vec<_>>().join(", ")),
            };
            QueryFault::new(value.span, format!("no {key} is called {:?}", value.text), hint)
        })
    };
    written.values.iter().map(read).collect()
}

/// Reads names or words.
pub(super) fn names(written: &Written) -> Result<Vec<Name>, QueryFault> {
    written.values.iter().map(name).collect()
}

/// Reads words to look for in a text, which are never the whole of it.
pub(super) fn words(written: &Written) -> Result<Vec<Name>, QueryFault> {
    if let Some(value) = written.values.iter().find(|value| value.exact) {
        return Err(QueryFault::new(
            value.span,
            "= asks for a whole name, and a text has none",
            "leave out the =",
        ));
    }
    names(written)
}

fn name(value: &WrittenValue) -> Result<Name, QueryFault> {
    if !value.text.contains(char::is_alphanumeric) {
        return Err(QueryFault::new(
            value.span,
            "no letter or digit to look for",
            "write a word, or the beginning of one with *",
        ));
    }
    let how = match (value.exact, value.open) {
        (true, true) => {
            return Err(QueryFault::new(
                value.span,
                "= asks for the whole name and * for its beginning",
                "write one of the two",
            ));
        }
        (true, false) => NameFit::Whole,
        (false, true) => NameFit::Beginning,
        (false, false) => NameFit::Within,
    };
    Ok(Name { words: value.text.clone(), how })
}

/// Reads values as they stand.
pub(super) fn texts(written: &Written) -> Vec<String> {
    let star = |value: &WrittenValue| if value.open { "*" } else { "" };
    written.values.iter().map(|value| format!("{}{}", value.text, star(value))).collect()
}

/// Reads countries: by code or name; `=` and three letters is a code of the user's own tables, whatever it stands for.
pub(super) fn countries(written: &Written) -> Result<Vec<Country>, QueryFault> {
    let key = written.key.as_ref().map_or("", |(key, _)| key);
    let read = |value: &WrittenValue| {
        let code = || Country::new(&value.text.to_uppercase());
        let country = if value.open {
            None
        } else if value.exact {
            code()
        } else {
            named(&value.text)
        };
        country.ok_or_else(|| {
            let quoted = |name: &str| {
                if name.contains([' ', ',']) { format!("\"{name}\"") } else { name.to_owned() }
            };
            let near: Vec<String> =
                near(&value.text).into_iter().map(|name| format!("{key}:{}", quoted(name))).collect();
            let hint = match code() {
                _ if !near.is_empty() => format!("did you mean {} ?", near.join(" or ")),
                Some(code) => format!("where it is a code of your own tables, write {key}:={code}"),
                None => "write its name or code: Iraq, iq or IRQ (ISO 3166-1), or IGO, NGO, MNC".to_owned(),
            };
            QueryFault::new(value.span, format!("no country is called {:?}", value.text), hint)
        })
    };
    written.values.iter().map(read).collect()
}

/// Reads first days.
pub(super) fn since(written: &Written) -> Result<Vec<Days>, QueryFault> {
    one_period(written).map(|days| vec![Days { to: None, ..days }])
}

/// Reads last days.
pub(super) fn until(written: &Written) -> Result<Vec<Days>, QueryFault> {
    one_period(written).map(|days| vec![Days { from: None, ..days }])
}

fn one_period(written: &Written) -> Result<Days, QueryFault> {
    match written.values.as_slice() {
        [value] => period(&value.text).ok_or_else(|| no_day(value)),
        _ => Err(QueryFault::new(written.span, "more than one bound", "write one day, month or year")),
    }
}

/// Reads days, months, years, and ranges of them.
pub(super) fn days(written: &Written) -> Result<Vec<Days>, QueryFault> {
    let read = |value: &WrittenValue| {
        let Some((from, to)) = value.text.split_once("..") else {
            return period(&value.text).ok_or_else(|| no_day(value));
        };
        let bound = |text: &str| match text {
            "" => Ok(Days { from: None, to: None }),
            text => period(text).ok_or_else(|| no_day(value)),
        };
        let days = Days { from: bound(from)?.from, to: bound(to)?.to };
        match days {
            Days { from: Some(from), to: Some(to) } if from > to => {
                Err(QueryFault::new(value.span, "it ends before it begins", "write the earlier day first"))
            }
            days => Ok(days),
        }
    };
    written.values.iter().map(read).collect()
}

fn no_day(value: &WrittenValue) -> QueryFault {
    QueryFault::new(
        value.span,
        format!("{:?} is no day, month or year", value.text),
        "write 2021-03-04, 2021-03 or 2021",
    )
}

/// Returns the days of a day, month or year.
fn period(text: &str) -> Option<Days> {
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| digits(year, 4))?;
    let rest: Vec<&str> = parts.collect();
    if !rest.iter().all(|part| digits(part, 2)) {
        return None;
    }
    let first = |month: &str, day: &str| format!("{year}-{month}-{day}").parse::<Date>().ok();
    let (from, to) = match rest.as_slice() {
        [] => (first("01", "01")?, first("12", "31")?),
        [month] => (first(month, "01")?, first(month, "01")?.last_of_month()),
        [month, day] => (first(month, day)?, first(month, day)?),
        _ => return None,
    };
    Some(Days { from: Some(from), to: Some(to) })
}

/// Reads numbers and ranges, or `any` and `none`.
pub(super) fn numbers(written: &Written, measure: Measure) -> Result<Filter, QueryFault> {
    match written.values.as_slice() {
        [value] if value.text == "any" => return Ok(Filter::Given(measure, true)),
        [value] if value.text == "none" => return Ok(Filter::Given(measure, false)),
        _ => {}
    }
    let ranges = written.values.iter().map(|value| {
        range(&value.text, measure.is_whole()).ok_or_else(|| {
            let whole = if measure.is_whole() { "whole number" } else { "number" };
            QueryFault::new(
                value.span,
                format!("{:?} is no {whole} and no range of them", value.text),
                "write 5, >=5, <5, 5..9, 5.., any or none",
            )
        })
    });
    ranges.collect::<Result<_, _>>().map(|ranges| Filter::Number(measure, ranges))
}

fn range(text: &str, whole: bool) -> Option<Range> {
    let number = |text: &str| {
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite())?;
        (!whole || text.bytes().all(|b| b.is_ascii_digit())).then_some(number)
    };
    let end = |text: &str, included| number(text).map(|number| Some(End { number, included }));
    if let Some((least, most)) = text.split_once("..") {
        let bound = |text: &str| if text.is_empty() { Some(None) } else { end(text, true) };
        let range = Range { least: bound(least)?, most: bound(most)? };
        return match (range.least, range.most) {
            (None, None) => None,
            (Some(a), Some(b)) if a.number > b.number => None,
            _ => Some(range),
        };
    }
    for (sign, included) in [(">=", true), (">", false)] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some(Range { least: end(rest, included)?, most: None });
        }
    }
    for (sign, included) in [("<=", true), ("<", false)] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some(Range { least: None, most: end(rest, included)? });
        }
    }
    let both = end(text, true)?;
    Some(Range { least: both, most: both })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read() {
        for (text, expected) in [
            ("2021", "2021-01-01..2021-12-31"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2021-03-04", "2021-03-04..2021-03-04"),
        ] {
            assert_eq!(period(text).unwrap().to_string(), expected);
        }
        for text in ["", "21", "2021-2", "2021-13", "2021-02-30", "2021-02-03-04", "+021", "2021-"] {
            assert_eq!(period(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_are_read() {
        for (text, expected) in [
            ("5", "5"),
            (">=5", ">=5"),
            (">5", ">5"),
            ("<=5", "<=5"),
            ("<5", "<5"),
            ("5..9", "5..9"),
            ("5..", ">=5"),
            ("..9", "<=9"),
        ] {
            assert_eq!(range(text, true).unwrap().to_string(), expected);
        }
        for text in ["", "..", "9..5", "five", "5.5", "-5", "NaN", ">", "=>5", "inf"] {
            assert_eq!(range(text, true), None, "{text}");
        }
        assert_eq!(range("<-5.5", false).unwrap().to_string(), "<-5.5");
        assert_eq!(range("NaN", false), None);
    }
}
