//! Dates: the days that an expression means, or the length of time.

use std::str::FromStr;

use demarche_types::Span;
use jiff::civil::Date;

use super::read::{Annotated, Gold};
use super::{Report, overlapping};
use crate::report::{Row, Score};

/// What an expression of time means. The forms are those of ISO 8601-2 (EDTF): a day, month or year; an interval with `/`, open where `..`
/// stands; a length of time (`P3D`); `?` for what a reader cannot know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// From a day to a day, either open.
    Days(Option<Date>, Option<Date>),
    /// A number of `H`ours, `D`ays, `W`eeks, `M`onths or `Y`ears; the number may be unknown.
    Length(Option<u32>, char),
    /// Not known.
    Unknown,
}

impl FromStr for Value {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "?" {
            return Ok(Self::Unknown);
        }
        if let Some(length) = text.strip_prefix('P') {
            let length = length.strip_prefix('T').unwrap_or(length);
            if length == "?" {
                return Ok(Self::Length(None, '?'));
            }
            let unit = length.chars().last().filter(|c| "HMDWY".contains(*c)).ok_or(())?;
            let unit = if text.starts_with("PT") && unit == 'M' { 'm' } else { unit };
            return Ok(Self::Length(Some(length[..length.len() - 1].parse().map_err(|_| ())?), unit));
        }
        let end = |text: &str, last| if text == ".." { Ok(None) } else { day(text, last).map(Some).ok_or(()) };
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        Ok(Self::Days(end(from, false)?, end(to, true)?))
    }
}

/// A day, or the first or last day of a month or year.
fn day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.splitn(3, '-').map(str::parse::<i16>);
    let year = parts.next()?.ok()?;
    let month = parts.next().map_or(Ok(if last { 12 } else { 1 }), |m| m).ok()?;
    match parts.next() {
        Some(day) => Date::new(year, month as i8, day.ok()? as i8).ok(),
        None => Date::new(year, month as i8, 1).ok().map(|first| if last { first.last_of_month() } else { first }),
    }
}

/// An expression that the program read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The words.
    pub span: Span,
    /// What they mean.
    pub value: Value,
}

/// Compares expressions of time. The scores: `found` (an expression overlaps), `value` (it means the same days). An open end counts as
/// the day of publication too, since what began and has not ended is told as of that day.
pub fn dates<'a>(articles: impl IntoIterator<Item = (&'a str, &'a Annotated, &'a [Dated])>) -> Report {
    let (mut found, mut value) = (Score::default(), Score::default());
    let mut differences = Vec::new();
    for (name, article, dated) in articles {
        let mut used = vec![false; dated.len()];
        for mark in &article.marks {
            let Gold::Time(gold) = &mark.gold else { continue };
            let system = overlapping(dated, mark.span, |d| d.span);
            for (seen, one) in used.iter_mut().zip(dated) {
                *seen |= one.span.start < mark.span.end && mark.span.start < one.span.end;
            }
            let is = system.is_some_and(|s| same(*gold, s.value, article.published));
            found.add(Score::new(1, usize::from(system.is_some()), usize::from(system.is_some())));
            value.add(Score::new(1, usize::from(system.is_some()), usize::from(is)));
            if !is {
                let words = mark.span.of(&article.text).replace('\n', " ");
                let told = system.map_or_else(|| "none".to_owned(), |s| shown(s.value));
                differences.push(format!("{name}: {words}: {}, found {told} (published {})", shown(*gold), article.published));
            }
        }
        // A length of time or a word like "soon" in no gold is no fault worth a count; days that nobody wrote are.
        for (one, _) in dated.iter().zip(&used).filter(|(d, used)| !**used && matches!(d.value, Value::Days(..))) {
            found.system += 1;
            differences.push(format!("{name}: {}: no date, found {}", one.span.of(&article.text), shown(one.value)));
        }
    }
    Report { what: "dates", scores: vec![Row::new("found", found), Row::new("value", value)], differences }
}

fn same(gold: Value, system: Value, published: Date) -> bool {
    match (gold, system) {
        (Value::Days(a, b), Value::Days(c, d)) => {
            let end = |x: Option<Date>, y: Option<Date>| {
                x == y || x.is_none() && y == Some(published) || y.is_none() && x == Some(published)
            };
            a == c && end(b, d)
        }
        (Value::Length(None, _), Value::Length(..)) => true,
        // "For years": how long is not told.
        (Value::Unknown, Value::Length(None, _)) => true,
        (a, b) => a == b,
    }
}

fn shown(value: Value) -> String {
    let day = |d: Option<Date>| d.map_or_else(|| "..".to_owned(), |d| d.to_string());
    match value {
        Value::Days(from, to) if from == to => day(from),
        Value::Days(from, to) => format!("{}/{}", day(from), day(to)),
        Value::Length(Some(number), unit) => format!("P{number}{unit}"),
        Value::Length(None, _) => "P?".to_owned(),
        Value::Unknown => "?".to_owned(),
    }
}
