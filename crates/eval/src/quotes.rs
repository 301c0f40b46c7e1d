//! Quotes: the words, who says them, through which outlet.
//!
//! A system's quote is a gold quote when their spans share at least half of what they cover together.
//! Speaker and outlet are right when they name one of the gold mentions.

use std::fmt;

use serde::Serialize;

use crate::records::{CharSpan, Mentioned, QuoteRecord, Records, overlaps, words_overlap};
use crate::report::{Row, Score, Table, json};

/// Smallest share of common characters at which two spans are the same quote.
pub const SAME_QUOTE: f64 = 0.5;

/// Quote scores.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QuoteReport {
    /// "quote", "speaker", "speaker code", "via", "kind": a quote counts for the later rows when the
    /// span and that field are right.
    pub scores: Vec<Row>,
    /// Quotes that were not found, as "unit start..end".
    pub missed: Vec<String>,
    /// Quotes that are in no gold, as "unit start..end".
    pub spurious: Vec<String>,
    /// System quotes inside page furniture.
    pub in_furniture: usize,
    /// Indirect reports that gold says nothing about; they are not scored.
    pub indirect: usize,
}

/// Gold and system of one article.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// Name, for the lists of the report.
    pub name: &'a str,
    /// The article's text, when at hand; it lets words be compared with places.
    pub text: Option<&'a str>,
    /// What a careful reader wrote.
    pub gold: &'a Records,
    /// What the program wrote.
    pub system: &'a Records,
}

/// Scores articles.
pub fn score(units: &[Unit<'_>]) -> QuoteReport {
    const FIELDS: [&str; 5] = ["quote", "speaker", "speaker code", "via", "kind"];
    let mut report = QuoteReport::default();
    let mut scores = [Score::default(); 5];
    for unit in units {
        let chars: Option<Vec<char>> = unit.text.map(|text| text.chars().collect());
        let pairs = pair(&unit.gold.quotes, &unit.system.quotes);
        for (index, gold) in unit.gold.quotes.iter().enumerate().filter(|(_, q)| !q.optional) {
            let found = pairs.iter().find(|&&(g, _)| g == index).map(|&(_, s)| &unit.system.quotes[s]);
            let right = found.map(|system| fields(gold, system, chars.as_deref()));
            for (place, score) in scores.iter_mut().enumerate() {
                score.gold += 1;
                score.system += usize::from(found.is_some());
                score.correct += usize::from(right.is_some_and(|r| r[place]));
            }
            if found.is_none() {
                report.missed.push(place_name(unit.name, gold.spans.first()));
            }
        }
        for (index, system) in unit.system.quotes.iter().enumerate() {
            if pairs.iter().any(|&(_, s)| s == index) {
                continue;
            }
            // Gold holds words in quotation marks; a report in other words that no record is about is not scored.
            if system.kinds.iter().any(|k| k == "indirect") {
                report.indirect += 1;
                continue;
            }
            for score in &mut scores {
                score.system += 1;
            }
            report.spurious.push(place_name(unit.name, system.spans.first()));
        }
        let furnished =
            |q: &&QuoteRecord| q.spans.first().is_some_and(|&span| unit.gold.furniture.iter().any(|&f| overlaps(f, span)));
        report.in_furniture += unit.system.quotes.iter().filter(furnished).count();
    }
    report.scores = FIELDS.iter().zip(scores).map(|(name, score)| Row::new(*name, score)).collect();
    report
}

impl QuoteReport {
    /// The report as JSON.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

impl fmt::Display for QuoteReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", Table::of_scores("quotes", &self.scores))?;
        writeln!(f, "quotes in page furniture: {}", self.in_furniture)?;
        writeln!(f, "indirect reports, not scored: {}", self.indirect)?;
        for (what, list) in [("missed", &self.missed), ("spurious", &self.spurious)] {
            for place in list {
                writeln!(f, "{what}: {place}")?;
            }
        }
        Ok(())
    }
}

fn place_name(unit: &str, span: Option<&CharSpan>) -> String {
    span.map_or_else(|| unit.to_owned(), |(start, end)| format!("{unit} {start}..{end}"))
}

/// One-to-one pairs (gold, system), the best overlap first.
fn pair(gold: &[QuoteRecord], system: &[QuoteRecord]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, gold_quote) in gold.iter().enumerate() {
        for (s, system_quote) in system.iter().enumerate() {
            let share = likeness(gold_quote, system_quote);
            if share >= SAME_QUOTE {
                candidates.push((share, gold_quote.optional, g, s));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, _, g, s) in candidates {
        if pairs.iter().all(|&(pg, ps)| pg != g && ps != s) {
            pairs.push((g, s));
        }
    }
    pairs
}

/// Largest share of common characters; by words where a side has no place.
fn likeness(gold: &QuoteRecord, system: &QuoteRecord) -> f64 {
    if gold.spans.is_empty() || system.spans.is_empty() {
        let same = matches!((&gold.text, &system.text), (Some(a), Some(b)) if words_overlap(a, b));
        return if same { 1.0 } else { 0.0 };
    }
    let share = |a: CharSpan, b: CharSpan| {
        let common = a.1.min(b.1).saturating_sub(a.0.max(b.0));
        let whole = a.1.max(b.1) - a.0.min(b.0);
        if common == 0 { 0.0 } else { common as f64 / whole as f64 }
    };
    gold.spans.iter().flat_map(|&g| system.spans.iter().map(move |&s| share(g, s))).fold(0.0, f64::max)
}

fn fields(gold: &QuoteRecord, system: &QuoteRecord, chars: Option<&[char]>) -> [bool; 5] {
    let named = |gold: &[Mentioned], may_lack: bool, system: &[Mentioned]| match system.first() {
        None => may_lack || gold.is_empty(),
        Some(found) => gold.iter().any(|mention| same_mention(mention, found, chars)),
    };
    let code = match (&gold.speaker_code, &system.speaker_code) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        (Some(_), None) => false,
        // Where gold knows no code, one may be given only if the speaker may be given.
        (None, code) => code.is_none() || !gold.speakers.is_empty(),
    };
    let kind = gold.kinds.is_empty() || system.kinds.first().is_some_and(|k| gold.kinds.contains(k));
    [
        true,
        named(&gold.speakers, gold.may_lack_speaker, &system.speakers),
        code,
        named(&gold.outlets, gold.may_lack_outlet, &system.outlets),
        kind,
    ]
}

/// Whether a system's mention is a gold mention: by place, or else by words.
fn same_mention(gold: &Mentioned, system: &Mentioned, chars: Option<&[char]>) -> bool {
    let place = |m: &Mentioned| match m {
        Mentioned::At(span) | Mentioned::Both(span, _) => Some(*span),
        Mentioned::Words(_) => None,
    };
    let words = |m: &Mentioned| match m {
        Mentioned::Words(words) | Mentioned::Both(_, words) => Some(words.clone()),
        Mentioned::At((start, end)) => chars.and_then(|c| c.get(*start..*end)).map(|c| c.iter().collect()),
    };
    let by_place = matches!((place(gold), place(system)), (Some(a), Some(b)) if overlaps(a, b));
    let by_words = matches!((words(gold), words(system)), (Some(a), Some(b)) if words_overlap(&a, &b));
    by_place || by_words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::read_jsonl;

    fn records(lines: &str) -> Records {
        Records::of(read_jsonl(lines).expect("the lines are well formed"))
    }

    const TEXT: &str = "Anna Berg spoke. She said “we will go” to the Gazette.";
    const GOLD: &str = r#"{"kind":"quote","span":[27,37],"speaker":[17,20],"speaker_names":[[0,9]],"speaker_code":"NOR","via":[46,53],"direct":"mixed"}
{"kind":"quote","span":[5,9],"speaker":null,"speaker_code":null,"via":null,"direct":"direct","optional":true}
{"kind":"furniture","span":[0,4]}"#;

    fn counts(system: &str) -> Vec<(usize, usize, usize)> {
        let (gold, system) = (records(GOLD), records(system));
        let report = score(&[Unit { name: "x", text: Some(TEXT), gold: &gold, system: &system }]);
        report.scores.iter().map(|r| (r.score.gold, r.score.system, r.score.correct)).collect()
    }

    #[test]
    fn a_resolved_speaker_is_right() {
        let system = r#"{"speaker":{"span":[0,9],"entity_text":"Anna Berg"},"speaker_code":"NOR","via":"Gazette","kind":"mixed","span":[26,38]}"#;
        assert_eq!(counts(system), [(1, 1, 1); 5]);
    }

    #[test]
    fn words_stand_in_for_places() {
        let system = r#"{"speaker":"Anna Berg","speaker_code":"NOR","via":null,"kind":"direct","span":[27,37]}"#;
        assert_eq!(counts(system), [(1, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 0), (1, 1, 0)]);
    }

    #[test]
    fn half_of_the_words_are_needed_and_optional_ones_are_free() {
        let system = r#"{"speaker":null,"span":[27,31]}
{"speaker":null,"span":[5,9]}"#;
        assert_eq!(counts(system)[0], (1, 1, 0));
    }
}
