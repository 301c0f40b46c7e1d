//! What of a report is compared, in little room: of one record, or of all records of an article that tell the same event.

use demarche_records::{Event, Number, Party, Place};
use demarche_types::{DateBasis, DatePrecision, EventType, LinkBasis, PlacePrecision, Status};
use jiff::civil::Date;

use crate::words::{Word, hash, stem, weight, words};

/// Days are counted from here.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// What is compared.
#[derive(Clone, Debug)]
pub(crate) struct Traits {
    /// Types, a bit each in the order of [`EventType::ALL`]; where a codebook other than PLOVER 2.0 is told, bit 16 and the quad class.
    pub(crate) types: u32,
    pub(crate) acts: Box<[u32]>,
    pub(crate) modes: Box<[u32]>,
    /// [`HAPPENED`], [`TO_COME`], [`DENIED`].
    pub(crate) status: u8,
    pub(crate) actors: Box<[Who]>,
    pub(crate) recipients: Box<[Who]>,
    /// Names of persons and bodies, each with the code of the party (0 where it is not sure), sorted by name.
    pub(crate) names: Box<[Name]>,
    pub(crate) words: Box<[Word]>,
    /// Words by which parties are called that are no country as a whole: "fuel depot", "farmers".
    pub(crate) called: Box<[Word]>,
    pub(crate) place: Option<Spot>,
    pub(crate) when: When,
    /// Day of publication.
    pub(crate) published: Option<i32>,
    /// Numbers: kind, lowest, highest.
    pub(crate) numbers: Box<[(u8, u64, u64)]>,
    pub(crate) article: u64,
    /// First character of the sentence; 0 is the headline's.
    pub(crate) sentence: u32,
    /// Group of near duplicates; 0 is none.
    pub(crate) group: u64,
}

pub(crate) const HAPPENED: u8 = 1;
pub(crate) const TO_COME: u8 = 2;
pub(crate) const DENIED: u8 = 4;

/// A party with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    /// The letters of the code.
    pub(crate) code: u32,
    /// Which body, where the code is no country's; 0 when not known.
    pub(crate) body: u32,
    /// The main sector; 0 is none.
    pub(crate) sector: u32,
    /// Not taken from what else the document speaks of, which is often the other side.
    pub(crate) sure: bool,
}

/// The hash of a name, the letters of a code, and 1 for an actor, 2 for a recipient.
pub(crate) type Name = (u32, u32, u8);

/// When the event happened, as far as the report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// The text tells the day.
    Day(i32),
    /// The text tells a stretch of days.
    Span(i32, i32),
    /// Not told: on the day of publication or some days before.
    Fresh(i32),
    /// Not told, and long ago or unknown.
    Open,
}

/// A place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) country: u32,
    pub(crate) admin1: u32,
    /// The innermost unit.
    pub(crate) unit: u32,
    pub(crate) geonames: u32,
    /// Degrees north and east, of towns and points.
    pub(crate) point: Option<(f32, f32)>,
    pub(crate) precision: PlacePrecision,
    /// The sentence names it; else it was told elsewhere in the article.
    pub(crate) sure: bool,
}

impl Traits {
    pub(crate) fn of(report: crate::Report<'_>) -> Self {
        let event = report.event;
        let published = event.article.published.map(number);
        Self {
            types: types(event),
            acts: event.act.iter().map(|act| hash(act)).collect(),
            modes: sorted(event.mode.iter().map(|mode| hash(mode))),
            status: match event.status {
                Status::Actual | Status::Historical => HAPPENED,
                Status::Future | Status::Hypothetical => TO_COME,
                Status::Negated => DENIED,
            },
            actors: sorted(event.actor.iter().filter_map(who)),
            recipients: sorted(event.recipient.iter().filter_map(who)),
            names: sorted(
                [&event.actor, &event.recipient]
                    .into_iter()
                    .zip(1..)
                    .flat_map(|(side, of)| side.iter().flat_map(names).map(move |(name, code)| (name, code, of))),
            ),
            sentence: if event.article.title.as_deref() == Some(&event.text) { 0 } else { event.spans.sentence[0].max(1) },
            words: words(&event.text).into(),
            called: sorted(
                event.actor.iter().chain(&event.recipient).filter(|p| !country(p)).flat_map(|p| words(&p.entity_text)),
            ),
            place: event.event_loc.as_ref().map(spot),
            when: when(event, published),
            published,
            numbers: numbers(event),
            article: xxhash_rust::xxh3::xxh3_64(event.article.id.as_bytes()),
            group: report.known.group.map_or(0, |group| xxhash_rust::xxh3::xxh3_64(group.as_bytes())),
        }
    }

    /// All that several records of one article tell.
    pub(crate) fn pooled(parts: &[&Self]) -> Self {
        let first = parts[0];
        let join = |of: fn(&Self) -> &[u32]| sorted(parts.iter().flat_map(|part| of(part).iter().copied()));
        Self {
            types: parts.iter().fold(0, |types, part| types | part.types),
            acts: join(|t| &t.acts),
            modes: join(|t| &t.modes),
            status: parts.iter().fold(0, |status, part| status | part.status),
            actors: parties(parts.iter().map(|p| &*p.actors)),
            recipients: parties(parts.iter().map(|p| &*p.recipients)),
            names: sorted(parts.iter().flat_map(|part| part.names.iter().copied())),
            sentence: first.sentence,
            words: sorted(parts.iter().flat_map(|part| part.words.iter().copied())),
            called: sorted(parts.iter().flat_map(|part| part.called.iter().copied())),
            // The most exact one that is sure; of equals the first of the article.
            place: parts.iter().filter_map(|part| part.place).min_by_key(|place| (!place.sure, place.precision)),
            when: parts.iter().map(|part| part.when).min_by_key(|when| when.rank()).unwrap_or(When::Open),
            published: first.published,
            numbers: sorted(parts.iter().flat_map(|part| part.numbers.iter().copied())),
            article: first.article,
            group: first.group,
        }
    }

    /// Whether both sides of the act are alike, so that who is told first says nothing.
    pub(crate) fn mutual(&self) -> bool {
        const MUTUAL: u32 = 1 << EventType::Agree as u32 | 1 << EventType::Consult as u32 | 1 << EventType::Cooperate as u32;
        self.types & MUTUAL != 0 || self.acts.iter().any(|act| *act == hash("support-sign") || *act == hash("support-ties"))
    }
}

impl When {
    /// The better known, the lower.
    fn rank(self) -> (u8, i32) {
        match self {
            Self::Day(day) => (0, day),
            Self::Span(from, to) => (1, to - from),
            Self::Fresh(day) => (2, day),
            Self::Open => (3, 0),
        }
    }

    /// The days on which it may have happened; `None` when they are too many to look through.
    pub(crate) fn days(self) -> Option<(i32, i32)> {
        match self {
            Self::Day(day) => Some((day - 1, day + 1)),
            Self::Span(from, to) if to - from <= 31 => Some((from, to)),
            Self::Fresh(day) => Some((day - 4, day)),
            Self::Span(..) | Self::Open => None,
        }
    }
}

/// A day as a number.
pub(crate) fn number(date: Date) -> i32 {
    // Within the years that jiff knows, days fit.
    (date - EPOCH).get_days()
}

pub(crate) fn sorted<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Box<[T]> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items.into()
}

fn types(event: &Event) -> u32 {
    match EventType::parse(&event.event) {
        Some(kind) => 1 << kind as u32,
        None => 1 << 16 | u32::from(event.quad_code) << 17,
    }
}

fn when(event: &Event, published: Option<i32>) -> When {
    let known = match (event.date, event.enddate) {
        (Some(from), to) => Some((number(from), number(to.unwrap_or(from)))),
        (None, Some(to)) => Some((number(to), number(to))),
        (None, None) => None,
    };
    match (event.date_basis, known) {
        (DateBasis::Expression, Some((from, to))) if from == to && event.date_precision == Some(DatePrecision::Day) => {
            When::Day(from)
        }
        (DateBasis::Expression, Some((from, to))) => When::Span(from, to),
        (_, Some((from, to))) if from == to => When::Fresh(published.unwrap_or(from)),
        (_, Some((from, to))) => When::Span(from, to),
        (_, None) if event.status == Status::Historical => When::Open,
        (_, None) => published.map_or(When::Open, When::Fresh),
    }
}

fn who(party: &Party) -> Option<Who> {
    let code = party.code.as_deref()?;
    let state = demarche_types::CountryCode(code.into()).is_state();
    let body = party.identifier_id.as_deref().filter(|_| !state).map_or(0, hash);
    let sector = party.sector.first().map_or(0, |sector| hash(sector));
    Some(Who { code: letters(code), body, sector, sure: party.basis != LinkBasis::Document })
}

/// Whether a party is a country as a whole: by the codebook it has no sector.
fn country(party: &Party) -> bool {
    party.identifier_id.as_deref().is_some_and(|id| id.starts_with("cty.")) || party.code.is_some() && party.sector.is_empty()
}

fn letters(code: &str) -> u32 {
    code.bytes().fold(0, |letters, byte| letters << 8 | u32::from(byte))
}

/// Parties of several records: one that is told with more detail stands for the same one told with less, and those that are sure
/// for those that are not.
fn parties<'a>(lists: impl Iterator<Item = &'a [Who]>) -> Box<[Who]> {
    let all = sorted(lists.flatten().copied());
    let sure = all.iter().any(|who| who.sure);
    let fuller = |who: &Who| {
        all.iter().any(|other| {
            other != who
                && other.sure >= who.sure
                && other.code == who.code
                && (who.body == 0 || who.body == other.body)
                && (who.sector == 0 || who.sector == other.sector)
        })
    };
    all.iter().filter(|who| who.sure == sure && !fuller(who)).copied().collect()
}

/// Titles, which are capitalised before names and are none.
const TITLES: &[&str] = &[
    "president",
    "minister",
    "prime",
    "foreign",
    "defence",
    "defense",
    "general",
    "colonel",
    "major",
    "king",
    "queen",
    "prince",
    "mr",
    "mrs",
    "ms",
    "dr",
    "the",
    "a",
    "an",
    "former",
    "vice",
    "deputy",
    "premier",
    "chancellor",
    "secretary",
    "interior",
    "finance",
    "energy",
    "army",
    "police",
    "government",
    "ministry",
];

/// Words that may follow a name.
const FOLLOWING: &[&str] = &["of", "at", "in", "on", "from", "for", "with", "who", "and"];

/// The names of a party, each by its last word: the surname. The name of a country tells no more than its code, so it is none.
fn names(party: &Party) -> Vec<(u32, u32)> {
    if country(party) {
        return vec![];
    }
    let code = party.code.as_deref().filter(|_| party.basis != LinkBasis::Document).map_or(0, letters);
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let mut found = vec![];
    // Of a known body the name of its entry alone: "NATO" and the long form are one.
    let known = party.identifier_id.as_ref().and(party.identifier_text.as_deref());
    let told = [known.unwrap_or(&party.entity_text), party.identifier_text.as_deref().unwrap_or_default()];
    for text in told {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        // "Ministers of Germany": what follows such a word says where they are from.
        let mut whence = false;
        for (at, word) in words.iter().enumerate() {
            let lower = word.to_lowercase();
            if FOLLOWING.contains(word) || !capital(word) {
                whence = FOLLOWING.contains(word);
                continue;
            }
            // "Turkish" before "minister" is a country's adjective, and what is followed by another capital is no last word.
            let last = words.get(at + 1).is_none_or(|next| FOLLOWING.contains(next));
            let title = TITLES.contains(&lower.as_str());
            if last && !whence && !title && lower.chars().count() > 2 && weight(stem(&lower)) >= 45 {
                found.push((hash(stem(&lower)), code));
                break;
            }
        }
    }
    found
}

fn spot(place: &Place) -> Spot {
    let text = |text: &Option<String>| text.as_deref().map_or(0, hash);
    Spot {
        country: text(&place.country),
        admin1: text(&place.admin1),
        unit: text(&place.unit),
        geonames: place.geonames.unwrap_or(0),
        point: place.lat.zip(place.lon).map(|(lat, lon)| (lat as f32, lon as f32)),
        precision: place.precision,
        sure: place.basis == "sentence",
    }
}

fn numbers(event: &Event) -> Box<[(u8, u64, u64)]> {
    let count = |number: Number| number.0.clamp(0.0, 1e18) as u64;
    sorted(event.magnitude.figures.iter().map(|figure| {
        // A group of several is no toll of its own: the sum that the record gives is.
        let whole = if figure.part { crate::view::best(event, figure.kind) } else { None }.unwrap_or(figure.value);
        let (low, high) = if figure.part { (None, None) } else { (figure.low, figure.high) };
        (figure.kind as u8, count(low.unwrap_or(whole)), count(high.unwrap_or(whole)).max(count(low.unwrap_or(whole))))
    }))
}
