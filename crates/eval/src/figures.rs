//! Numbers of events and facts in numbers, against marked sentences.
//!
//! A sentence begins with `> `, and what it tells follows, a line each:
//!
//! ```text
//! > The blast killed at least 12 people, police said.
//! dead: at least 12 = 12 person [12..]; source=police
//! > Japan imported over 90% of its crude from the Gulf in 2024, according to the EIA.
//! fact: over 90% = 90 percent [90..]; subject=Japan; source=EIA; period=2024
//! ```
//!
//! Before the colon stands the kind, `fact` or that of a figure; then the words of the number, its value, its unit and, where the words leave
//! more than the value itself, the range in brackets, open where nothing stands (`[..]` is a number that is only about right). Words that may be
//! told otherwise are parted by `|`. A sentence without lines tells no number that counts. `published YYYY-MM-DD` opens the file; `#` begins a comment.

use std::fmt;

use demarche_types::Span;
use jiff::civil::Date;
use serde::Serialize;

use crate::report::{Row, Score, Table, json};

/// A number that a reader or the program found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Found {
    /// `fact`, or the kind of figure.
    pub kind: String,
    /// The words of the number, in bytes of the sentence.
    pub span: Span,
    /// The number.
    pub value: f64,
    /// Its bounds; `None` is open.
    pub range: (Option<f64>, Option<f64>),
    /// Its unit.
    pub unit: String,
    /// Of whom it is told: of gold any of the words, of the program the head word.
    pub subject: Vec<Span>,
    /// Who says so, in the same way.
    pub source: Vec<Span>,
    /// The words of the time that it holds for.
    pub period: Vec<Span>,
}

/// A sentence of gold.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// What it tells.
    pub gold: Vec<Found>,
}

/// A file of gold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gold {
    /// Day of publication of every sentence.
    pub published: Option<Date>,
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
}

/// Why gold cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct FigureError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Reads gold.
pub fn read(text: &str) -> Result<Gold, FigureError> {
    let mut gold = Gold::default();
    for (index, line) in text.lines().enumerate() {
        let fault = |what: String| FigureError { line: index + 1, what };
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(sentence) = line.strip_prefix("> ") {
            gold.sentences.push(Sentence { text: sentence.trim().to_owned(), gold: vec![] });
        } else if let Some(day) = line.strip_prefix("published ") {
            gold.published = Some(day.trim().parse().map_err(|_| fault(format!("`{day}` is no day")))?);
        } else {
            let sentence = gold.sentences.last_mut().ok_or_else(|| fault("a sentence (`> ...`) comes first".to_owned()))?;
            let found = found(line, &sentence.text).map_err(fault)?;
            sentence.gold.push(found);
        }
    }
    Ok(gold)
}

fn found(line: &str, sentence: &str) -> Result<Found, String> {
    let (kind, rest) = line.split_once(": ").ok_or("`KIND: WORDS = VALUE UNIT` is missing its colon")?;
    let mut parts = rest.split("; ");
    let first = parts.next().unwrap_or_default();
    let (words, reading) = first.rsplit_once(" = ").ok_or("` = ` between words and value is missing")?;
    let mut reading = reading.split(' ');
    let value: f64 = reading.next().and_then(|v| v.parse().ok()).ok_or_else(|| format!("no value in `{first}`"))?;
    let unit = reading.next().ok_or_else(|| format!("no unit in `{first}`"))?.to_owned();
    let range = match reading.next() {
        Some(range) => bounds(range).ok_or_else(|| format!("`{range}` is no range"))?,
        None => (Some(value), Some(value)),
    };
    let place = |words: &str| {
        let at = sentence.find(words).ok_or_else(|| format!("`{words}` is not in the sentence"))?;
        Ok::<Span, String>(Span::new(at, at + words.len()))
    };
    let mut out = Found { kind: kind.to_owned(), span: place(words)?, value, range, unit, ..Found::default() };
    for part in parts {
        let (key, words) = part.split_once('=').ok_or_else(|| format!("`{part}` is no `key=words`"))?;
        let spans = words.split('|').map(place).collect::<Result<Vec<Span>, String>>()?;
        match key {
            "subject" => out.subject = spans,
            "source" => out.source = spans,
            "period" => out.period = spans,
            _ => return Err(format!("`{key}` is none of subject, source, period")),
        }
    }
    Ok(out)
}

fn bounds(text: &str) -> Option<(Option<f64>, Option<f64>)> {
    let (low, high) = text.strip_prefix('[')?.strip_suffix(']')?.split_once("..")?;
    let end = |end: &str| if end.is_empty() { Some(None) } else { end.parse().ok().map(Some) };
    Some((end(low)?, end(high)?))
}

/// How well numbers were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FiguresReport {
    /// The scores: found, value with range, unit, both, kind, subject, source, period.
    pub scores: Vec<Row>,
    /// Sentences without any number that counts.
    pub empty: usize,
    /// Those of them in which something was found.
    pub false_alarms: usize,
    /// What differs.
    pub differences: Vec<String>,
}

impl FiguresReport {
    /// The report as JSON.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

impl fmt::Display for FiguresReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Table::of_scores("numbers", &self.scores))?;
        writeln!(f, "\nof {} sentences without a number that counts, one was found in {}", self.empty, self.false_alarms)?;
        for line in &self.differences {
            write!(f, "\n{line}")?;
        }
        Ok(())
    }
}

/// Compares what the program found in each sentence with gold. Numbers are the same when their words overlap, those of equal value first.
/// A subject or source is right when its head word is among the words of gold, a period when its words overlap.
pub fn score<'a>(sentences: impl IntoIterator<Item = (&'a Sentence, &'a [Found])>) -> FiguresReport {
    let mut report = FiguresReport::default();
    let mut counts = [Score::default(); 8];
    for (sentence, system) in sentences {
        let gold = &sentence.gold;
        if gold.is_empty() {
            report.empty += 1;
            report.false_alarms += usize::from(!system.is_empty());
        }
        let pairs = pairs(gold, system);
        let has: [fn(&Found) -> bool; 8] = [
            |_| true,
            |_| true,
            |_| true,
            |_| true,
            |_| true,
            |f| !f.subject.is_empty(),
            |f| !f.source.is_empty(),
            |f| !f.period.is_empty(),
        ];
        for (count, has) in counts.iter_mut().zip(has) {
            count.add(Score::new(gold.iter().filter(|f| has(f)).count(), system.iter().filter(|f| has(f)).count(), 0));
        }
        for &(g, s) in &pairs {
            let (gold, found) = (&gold[g], &system[s]);
            let right = agreement(gold, found);
            for (count, right) in counts.iter_mut().zip(right) {
                count.correct += usize::from(right);
            }
            if let Some(line) = difference(sentence, gold, found, right) {
                report.differences.push(line);
            }
        }
        let missed = (0..gold.len()).filter(|g| !pairs.iter().any(|(p, _)| p == g));
        report.differences.extend(missed.map(|g| format!("missed: {}: {}", gold[g].span.of(&sentence.text), sentence.text)));
        let more = (0..system.len()).filter(|s| !pairs.iter().any(|(_, p)| p == s));
        report.differences.extend(more.map(|s| format!("made up: {}: {}", system[s].span.of(&sentence.text), sentence.text)));
    }
    let names = ["found", "value", "unit", "value and unit", "kind", "subject", "source", "period"];
    report.scores = names.into_iter().zip(counts).map(|(name, count)| Row::new(name, count)).collect();
    report
}

/// What of a pair is right, in the order of the scores.
fn agreement(gold: &Found, found: &Found) -> [bool; 8] {
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
    let end = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    let value = same(gold.value, found.value) && end(gold.range.0, found.range.0) && end(gold.range.1, found.range.1);
    let unit = gold.unit == found.unit;
    let inside = |gold: &[Span], found: &[Span]| gold.iter().any(|g| found.iter().any(|f| g.contains(*f)));
    let overlaps = |gold: &[Span], found: &[Span]| gold.iter().any(|g| found.iter().any(|f| g.overlaps(*f)));
    [
        true,
        value,
        unit,
        value && unit,
        gold.kind == found.kind,
        inside(&gold.subject, &found.subject),
        inside(&gold.source, &found.source),
        overlaps(&gold.period, &found.period),
    ]
}

fn difference(sentence: &Sentence, gold: &Found, found: &Found, right: [bool; 8]) -> Option<String> {
    let words = |spans: &[Span]| spans.first().map_or("-", |s| s.of(&sentence.text)).to_owned();
    let mut parts = vec![];
    if !right[1] {
        parts.push(format!("value {} {:?}, found {} {:?}", gold.value, gold.range, found.value, found.range));
    }
    if !right[2] {
        parts.push(format!("unit {}, found {}", gold.unit, found.unit));
    }
    if !right[4] {
        parts.push(format!("kind {}, found {}", gold.kind, found.kind));
    }
    let fields = [
        ("subject", &gold.subject, &found.subject),
        ("source", &gold.source, &found.source),
        ("period", &gold.period, &found.period),
    ];
    for ((name, gold, found), right) in fields.into_iter().zip(&right[5..]) {
        let silent = gold.is_empty() && found.is_empty();
        if !(*right || silent) {
            parts.push(format!("{name} {}, found {}", words(gold), words(found)));
        }
    }
    (!parts.is_empty()).then(|| format!("{}: {}: {}", gold.span.of(&sentence.text), parts.join("; "), sentence.text))
}

/// Pairs of gold and system whose words overlap, each in one pair.
fn pairs(gold: &[Found], system: &[Found]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(bool, u32, usize, usize)> = vec![];
    for (g, a) in gold.iter().enumerate() {
        for (s, b) in system.iter().enumerate().filter(|(_, b)| a.span.overlaps(b.span)) {
            let shared = a.span.end.min(b.span.end) - a.span.start.max(b.span.start);
            candidates.push((a.value != b.value, u32::MAX - shared, g, s));
        }
    }
    candidates.sort_unstable();
    let mut out: Vec<(usize, usize)> = vec![];
    for (_, _, g, s) in candidates {
        if !out.iter().any(|&(og, os)| og == g || os == s) {
            out.push((g, s));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "published 2026-03-10\n# a comment\n> Police said 12 to 15 people died.\ndead: 12 to 15 = 12 person [12..15]; source=Police\n\n> The 27th round ended.\n";

    #[test]
    fn gold_is_read_and_scored() {
        let gold = read(GOLD).expect("it is well formed");
        assert_eq!((gold.sentences.len(), gold.sentences[0].gold[0].range), (2, (Some(12.0), Some(15.0))));
        let mut system = gold.sentences[0].gold.clone();
        let perfect = score([(&gold.sentences[0], system.as_slice()), (&gold.sentences[1], &[])]);
        assert!(perfect.scores.iter().all(|row| row.score.gold == row.score.correct), "{perfect}");
        assert_eq!((perfect.empty, perfect.false_alarms), (1, 0));
        system[0].unit = "vote".to_owned();
        let worse = score([(&gold.sentences[0], system.as_slice())]);
        assert_eq!((worse.scores[1].score.correct, worse.scores[3].score.correct), (1, 0));
        assert_eq!(worse.differences.len(), 1);
    }

    #[test]
    fn faults_name_their_line() {
        let error = read("> Five died.\ndead: Six = 6 person\n").expect_err("the words are not there");
        assert_eq!(error.to_string(), "line 2: `Six` is not in the sentence");
    }
}
