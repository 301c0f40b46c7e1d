//! Event and quote records as JSON Lines: gold written by a reader, and what the program writes.
//!
//! Both come through one tolerant reader. A gold record may hold more than a system's: what else would
//! be right (`also`), whether the record is debatable (`optional`), and which records tell the same
//! event (`group`). `evals/README.md` describes the format.

mod anchor;
mod check;
mod read;

pub use check::check;
pub use read::{RecordError, RecordErrorKind, articles, read_jsonl, read_words};

/// A half-open range of Unicode scalar values of the article's text.
pub type CharSpan = (usize, usize);

/// One line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// An event.
    Event(Box<EventRecord>),
    /// Somebody's words.
    Quote(Box<QuoteRecord>),
    /// Page furniture, in which nothing may be coded.
    Furniture(CharSpan),
    /// A news outlet, which may not be a party to what it reports.
    Outlet(CharSpan),
}

/// A line, with what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Line of the file, counted from 1.
    pub number: usize,
    /// File of the article, when `article` is a string.
    pub article: Option<String>,
    /// The text that was coded, usually a sentence.
    pub text: Option<String>,
    /// What it says.
    pub record: Record,
}

/// All records of one article or one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Events.
    pub events: Vec<EventRecord>,
    /// Quotes.
    pub quotes: Vec<QuoteRecord>,
    /// Page furniture.
    pub furniture: Vec<CharSpan>,
    /// News outlets.
    pub outlets: Vec<CharSpan>,
}

/// What a group of records was written about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The article in this file.
    Article(String),
    /// This text.
    Text(String),
    /// The file does not say.
    Unnamed,
}

/// An event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRecord {
    /// Trigger words.
    pub trigger: Option<CharSpan>,
    /// The sentence.
    pub sentence: Option<CharSpan>,
    /// Event type ("ACCUSE").
    pub event: String,
    /// Modes, lower-case with hyphens, sorted.
    pub modes: Vec<String>,
    /// Actors and recipients.
    pub parties: Parties,
    /// Status, when told.
    pub status: Option<String>,
    /// Date, when the record has the field.
    pub date: Option<DateValue>,
    /// Precision of the date ("range").
    pub date_precision: Option<String>,
    /// Place, when the record has one.
    pub place: Option<PlaceValue>,
    /// Contexts, when the record has the field.
    pub contexts: Option<Vec<String>>,
    /// Debatable: neither missing nor spurious counts.
    pub optional: bool,
    /// Records of one group tell the same event; finding one of them is enough.
    pub group: Option<String>,
    /// What else would be right.
    pub also: Also,
}

/// First and last day of an event, as `YYYY-MM-DD`; `None` when the day is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateValue {
    /// First day.
    pub start: Option<String>,
    /// Last day, when it differs or is told.
    pub end: Option<String>,
}

/// A place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceValue {
    /// Name, when it is more exact than a country.
    pub name: Option<String>,
    /// Country code.
    pub country: Option<String>,
}

/// Who did it, to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// Actors.
    pub actors: Vec<Party>,
    /// Recipients.
    pub recipients: Vec<Party>,
}

/// An actor or recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// Country or non-state code.
    pub code: Option<String>,
    /// Sectors, sorted; `None` when the record does not tell them.
    pub sectors: Option<Vec<String>>,
    /// Other sets of sectors that would be right, each sorted.
    pub also_sectors: Vec<Vec<String>>,
    /// The mention.
    pub span: Option<CharSpan>,
    /// Its words.
    pub text: Option<String>,
}

/// Other values that would be right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Also {
    /// Event types.
    pub events: Vec<String>,
    /// Sets of modes.
    pub modes: Vec<Vec<String>>,
    /// Actors and recipients, each a whole.
    pub parties: Vec<Parties>,
    /// Statuses.
    pub statuses: Vec<String>,
    /// First days; `None` for a date left unknown.
    pub dates: Vec<Option<String>>,
}

/// Somebody's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteRecord {
    /// The words, without quotation marks; then other spans that would be right.
    pub spans: Vec<CharSpan>,
    /// The words themselves, when the record holds them.
    pub text: Option<String>,
    /// The speaker's mentions, any of which is right; in a system's record the one it gives.
    pub speakers: Vec<Mentioned>,
    /// A quote without speaker is right.
    pub may_lack_speaker: bool,
    /// The speaker's code.
    pub speaker_code: Option<String>,
    /// The outlet's mentions, any of which is right.
    pub outlets: Vec<Mentioned>,
    /// A quote without outlet is right.
    pub may_lack_outlet: bool,
    /// "direct", "indirect" or "mixed"; any of them is right.
    pub kinds: Vec<String>,
    /// Debatable: neither missing nor spurious counts.
    pub optional: bool,
}

/// Somebody mentioned, by place or by words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mentioned {
    /// Where the words stand.
    At(CharSpan),
    /// The words.
    Words(String),
    /// Both.
    Both(CharSpan, String),
}

/// Groups lines by what they were written about, in the order of first appearance.
///
/// A record without an article that carries its text stands for that text; its spans point into an
/// article that is not at hand, so they are dropped.
pub fn by_source(lines: Vec<Line>) -> Vec<(Source, Records)> {
    let mut groups: Vec<(Source, Records)> = Vec::new();
    for line in lines {
        let source = match (line.article, line.text) {
            (Some(article), _) => Source::Article(article),
            (None, Some(text)) => Source::Text(text),
            (None, None) => Source::Unnamed,
        };
        let loose = matches!(source, Source::Text(_));
        let place = groups.iter().position(|(s, _)| *s == source).unwrap_or_else(|| {
            groups.push((source, Records::default()));
            groups.len() - 1
        });
        groups[place].1.push(line.record, loose);
    }
    groups
}

impl Records {
    /// Takes in every record of a file, whatever it was written about.
    pub fn of(lines: Vec<Line>) -> Self {
        let mut records = Self::default();
        for line in lines {
            records.push(line.record, false);
        }
        records
    }

    fn push(&mut self, record: Record, loose: bool) {
        match record {
            Record::Event(mut event) => {
                if loose {
                    event.trigger = None;
                    event.sentence = None;
                    for party in event.parties.all_mut() {
                        party.span = None;
                    }
                }
                self.events.push(*event);
            }
            Record::Quote(quote) => self.quotes.push(*quote),
            Record::Furniture(span) => self.furniture.push(span),
            Record::Outlet(span) => self.outlets.push(span),
        }
    }
}

impl Parties {
    /// Actors, then recipients.
    pub fn all(&self) -> impl Iterator<Item = &Party> {
        self.actors.iter().chain(&self.recipients)
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Party> {
        self.actors.iter_mut().chain(&mut self.recipients)
    }
}

impl Party {
    /// Whether two records mean the same party: the same code or, where a side has no code, words or
    /// places that overlap.
    pub fn is_same(&self, other: &Party) -> bool {
        if let (Some(a), Some(b)) = (&self.code, &other.code) {
            return a.eq_ignore_ascii_case(b);
        }
        let by_place = matches!((self.span, other.span), (Some(a), Some(b)) if overlaps(a, b));
        let by_words = matches!((&self.text, &other.text), (Some(a), Some(b)) if words_overlap(a, b));
        by_place || by_words
    }

    /// Whether the other party's sectors are right for this gold party.
    pub fn accepts_sectors(&self, other: &Party) -> bool {
        let Some(gold) = &self.sectors else { return true };
        let found = other.sectors.as_deref().unwrap_or_default();
        gold == found || self.also_sectors.iter().any(|also| also == found)
    }
}

/// Whether two spans share a character.
pub(crate) fn overlaps(a: CharSpan, b: CharSpan) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// Whether one phrase holds the other as whole words, case and punctuation not counted.
pub(crate) fn words_overlap(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let split = text.split(|c: char| !c.is_alphanumeric());
        split.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    !short.is_empty() && long.windows(short.len()).any(|window| window == short.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_overlap_by_whole_words() {
        assert!(words_overlap("Berg", "Anna Berg"));
        assert!(words_overlap("the U.S. president", "U.S."));
        assert!(!words_overlap("he", "the minister"));
        assert!(!words_overlap("", "Anna"));
    }
}
