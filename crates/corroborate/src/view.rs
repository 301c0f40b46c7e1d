//! One event of many reports: what they agree on, and in what they differ, with who says what.

use std::collections::{BTreeMap, BTreeSet};

use demarche_records::{Event, Number, Party, Place};
use demarche_types::{DateBasis, DatePrecision, FigureKind, PlacePrecision, Status};
use jiff::civil::Date;
use serde::Serialize;

use crate::cluster::ClusterId;
use crate::report::Report;
use crate::sources::Sources;

/// An event as all its reports together tell it. Every choice is by sources: an agency's story counts once, however many print it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Merged {
    /// The cluster.
    pub id: ClusterId,
    /// Type.
    pub event: Vec<Told<String>>,
    /// Fine-grained acts.
    pub act: Vec<Told<String>>,
    /// Modes.
    pub mode: Vec<Told<String>>,
    /// Contexts.
    pub context: Vec<Told<String>>,
    /// Actors, those that most sources name first.
    pub actor: Vec<MergedParty>,
    /// Recipients.
    pub recipient: Vec<MergedParty>,
    /// Whether it happened.
    pub status: Vec<Told<Status>>,
    /// When: what the texts themselves tell before what is taken from the day of publication.
    pub date: Vec<Told<MergedDate>>,
    /// Where: the most exact place that most sources tell; places that hold it are no other places and are left out.
    pub place: Vec<Told<Place>>,
    /// Numbers by kind.
    pub magnitude: BTreeMap<&'static str, Toll>,
    /// Records.
    pub reports: usize,
    /// Articles.
    pub articles: usize,
    /// Independent sources.
    pub sources: usize,
    /// Outlets that print it.
    pub outlets: Vec<String>,
    /// Day of the first article.
    pub first_published: Option<Date>,
    /// Day of the last one.
    pub last_published: Option<Date>,
    /// That of the surest report.
    pub confidence: f64,
}

/// A value, and how many tell it. In a list the one that most sources tell stands first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told<T> {
    /// The value.
    pub value: T,
    /// Sources that tell it.
    pub sources: usize,
    /// Records that tell it.
    pub reports: usize,
}

/// A party of the event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergedParty {
    /// Country or non-state code.
    pub code: Option<String>,
    /// Sectors that any report gives.
    pub sector: Vec<String>,
    /// Entry of the knowledge base, where one is known.
    pub identifier_id: Option<String>,
    /// The name that most sources use.
    pub name: String,
    /// Sources that name it.
    pub sources: usize,
    /// Records that name it.
    pub reports: usize,
}

/// A date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MergedDate {
    /// First day.
    pub date: Date,
    /// Last day.
    pub enddate: Date,
    /// How exact.
    pub precision: DatePrecision,
    /// The text tells it; else it is the day of the report.
    pub told: bool,
}

/// A number, from lowest to highest, and who says what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Toll {
    /// The lowest that is told.
    pub low: Number,
    /// The highest.
    pub high: Number,
    /// What the latest articles tell; of several of one day the highest.
    pub latest: Number,
    /// Each number with those who tell it, the lowest first.
    pub told: Vec<TollTold>,
}

/// A number and who tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TollTold {
    /// The number.
    pub value: Number,
    /// The lower end of a range; an end that is left open is the number.
    pub low: Number,
    /// The upper end.
    pub high: Number,
    /// Currency or unit.
    pub unit: String,
    /// Sources that tell it.
    pub sources: usize,
    /// Outlets that print it.
    pub outlets: Vec<String>,
    /// Who says so, as the articles have it.
    pub speakers: Vec<String>,
    /// Days on which it was printed, first and last.
    pub published: Option<(Date, Date)>,
}

impl Merged {
    /// The view of a cluster's reports, in whatever order they are given. None of no reports.
    pub fn of(id: ClusterId, reports: &[Report<'_>]) -> Option<Self> {
        let mut reports = reports.to_vec();
        reports.sort_unstable_by_key(|report| {
            (report.event.article.published.is_none(), report.event.article.published, &report.event.id)
        });
        reports.first()?;
        let sources = Sources::of(&reports);
        let votes = Votes { reports: &reports, sources: &sources };
        let events = || reports.iter().map(|report| report.event);
        let articles: BTreeSet<&str> = events().map(|event| event.article.id.as_str()).collect();
        let outlets: BTreeSet<&str> = events().filter_map(|event| event.article.source.as_deref()).collect();
        Some(Self {
            id,
            event: votes.count(|event| vec![event.event.clone()]),
            act: votes.count(|event| event.act.iter().cloned().collect()),
            mode: votes.count(|event| event.mode.clone()),
            context: votes.count(|event| event.context.clone()),
            actor: votes.parties(|event| &event.actor),
            recipient: votes.parties(|event| &event.recipient),
            status: votes.status(),
            date: votes.dates(),
            place: votes.places(),
            magnitude: FigureKind::ALL.into_iter().filter_map(|kind| Some((kind.as_str(), votes.toll(kind)?))).collect(),
            reports: reports.len(),
            articles: articles.len(),
            sources: sources.count(),
            outlets: outlets.into_iter().map(str::to_owned).collect(),
            first_published: events().filter_map(|event| event.article.published).min(),
            last_published: events().filter_map(|event| event.article.published).max(),
            confidence: events().map(|event| event.confidence).fold(0.0, f64::max),
        })
    }
}

struct Votes<'a> {
    reports: &'a [Report<'a>],
    sources: &'a Sources,
}

impl<'a> Votes<'a> {
    /// Values with the reports that tell them, as (sources, reports); the best told first, of equals the lowest key.
    fn tally<K: Ord + Clone>(&self, of: impl Fn(&'a Event) -> Vec<K>) -> Vec<(K, usize, usize)> {
        let mut told: BTreeMap<K, (BTreeSet<usize>, usize)> = BTreeMap::new();
        for (at, report) in self.reports.iter().enumerate() {
            let keys: BTreeSet<K> = of(report.event).into_iter().collect();
            for key in keys {
                let entry = told.entry(key).or_default();
                entry.0.insert(self.sources.of_report(at));
                entry.1 += 1;
            }
        }
        let mut told: Vec<(K, usize, usize)> =
            told.into_iter().map(|(key, (sources, reports))| (key, sources.len(), reports)).collect();
        // Stable, so that equals stay in the order of their keys.
        told.sort_by_key(|(_, sources, reports)| std::cmp::Reverse((*sources, *reports)));
        told
    }

    fn count<K: Ord + Clone>(&self, of: impl Fn(&'a Event) -> Vec<K>) -> Vec<Told<K>> {
        self.tally(of).into_iter().map(|(value, sources, reports)| Told { value, sources, reports }).collect()
    }

    fn status(&self) -> Vec<Told<Status>> {
        let at = |status: Status| Status::ALL.iter().position(|other| *other == status).unwrap_or(0);
        let told = self.tally(|event| vec![at(event.status)]);
        told.into_iter().map(|(at, sources, reports)| Told { value: Status::ALL[at], sources, reports }).collect()
    }

    fn dates(&self) -> Vec<Told<MergedDate>> {
        let mut told = self.count(|event| {
            let Some(date) = event.date.or(event.enddate) else { return vec![] };
            let precision = event.date_precision.unwrap_or(DatePrecision::Day);
            let told = event.date_basis == DateBasis::Expression;
            vec![MergedDate { date, enddate: event.enddate.unwrap_or(date), precision, told }]
        });
        told.sort_by_key(|told| (!told.value.told, told.value.precision));
        told
    }

    fn places(&self) -> Vec<Told<Place>> {
        let key =
            |place: &Place| (place.precision, place.geonames, place.unit.clone(), place.country.clone(), place.name.clone());
        let mut found = BTreeMap::new();
        for place in self.reports.iter().filter_map(|report| report.event.event_loc.as_ref()) {
            found.entry(key(place)).or_insert(place);
        }
        let told = self.tally(|event| event.event_loc.iter().map(key).collect());
        let all: Vec<Told<Place>> =
            told.into_iter().map(|(key, sources, reports)| Told { value: found[&key].clone(), sources, reports }).collect();
        let mut left: Vec<Told<Place>> = all
            .iter()
            .filter(|place| {
                !all.iter().any(|other| other.value.precision < place.value.precision && holds(&place.value, &other.value))
            })
            .cloned()
            .collect();
        left.sort_by_key(|told| (told.value.precision == PlacePrecision::Country, std::cmp::Reverse(told.sources)));
        left
    }

    fn parties(&self, side: impl Fn(&'a Event) -> &'a [Party]) -> Vec<MergedParty> {
        // One with a code goes by code and entry; others by their words.
        type Key<'k> = (Option<&'k str>, Option<&'k str>, Option<String>);
        let key = |party: &'a Party| -> Key<'a> {
            let words = party.code.is_none().then(|| party.identifier_text.as_ref().unwrap_or(&party.entity_text).to_lowercase());
            (party.code.as_deref(), party.identifier_id.as_deref(), words)
        };
        let mut merged: Vec<MergedParty> = self
            .tally(|event| side(event).iter().map(key).collect())
            .into_iter()
            .map(|(of, sources, reports)| {
                let these = || self.reports.iter().flat_map(|report| side(report.event)).filter(|party| key(party) == of);
                let names = self.tally(|event| {
                    let these = side(event).iter().filter(|party| key(party) == of);
                    these.map(|party| party.identifier_text.as_deref().unwrap_or(&party.entity_text)).collect()
                });
                let mut sector: Vec<String> = vec![];
                for code in these().flat_map(|party| &party.sector) {
                    if !sector.contains(code) {
                        sector.push(code.clone());
                    }
                }
                let name = names.first().map_or_else(String::new, |name| name.0.to_owned());
                MergedParty {
                    code: of.0.map(str::to_owned),
                    sector,
                    identifier_id: of.1.map(str::to_owned),
                    name,
                    sources,
                    reports,
                }
            })
            .collect();
        merged.sort_by_key(|party| (party.code.is_none(), std::cmp::Reverse(party.sources)));
        merged
    }

    fn toll(&self, kind: FigureKind) -> Option<Toll> {
        let mut told: Vec<TollOfReport<'_>> = vec![];
        for (at, report) in self.reports.iter().enumerate() {
            for figure in report.event.magnitude.figures.iter().filter(|figure| figure.kind == kind) {
                // One of several groups is no toll of its own: the sum is.
                let sum = if figure.part { best(report.event, kind) } else { None };
                let value = sum.unwrap_or(figure.value).0;
                let end = |end: Option<Number>| sum.or(end).map_or(value, |end| end.0);
                let speaker = figure.source.as_ref().and_then(|source| source.speaker.as_deref());
                told.push(TollOfReport { value, low: end(figure.low), high: end(figure.high), unit: &figure.unit, at, speaker });
            }
        }
        told.sort_by(|a, b| {
            let key = |t: &TollOfReport<'_>| [t.value, t.low, t.high];
            let ends = key(a).iter().zip(key(b)).map(|(x, y)| x.total_cmp(&y)).find(|order| order.is_ne());
            ends.unwrap_or(std::cmp::Ordering::Equal).then_with(|| (a.unit, a.at).cmp(&(b.unit, b.at)))
        });
        let published = |at: usize| self.reports[at].event.article.published;
        let last = told.iter().map(|told| published(told.at)).max()?;
        let latest = told.iter().rev().find(|told| published(told.at) == last)?.value;
        let numbers = told.chunk_by(|a, b| (a.value, a.low, a.high, a.unit) == (b.value, b.low, b.high, b.unit)).map(|same| {
            let sources: BTreeSet<usize> = same.iter().map(|told| self.sources.of_report(told.at)).collect();
            let outlets: BTreeSet<&str> =
                same.iter().filter_map(|told| self.reports[told.at].event.article.source.as_deref()).collect();
            let speakers: BTreeSet<&str> = same.iter().filter_map(|told| told.speaker).collect();
            let days = || same.iter().filter_map(|told| published(told.at));
            TollTold {
                value: Number(same[0].value),
                low: Number(same[0].low),
                high: Number(same[0].high),
                unit: same[0].unit.to_owned(),
                sources: sources.len(),
                outlets: outlets.into_iter().map(str::to_owned).collect(),
                speakers: speakers.into_iter().map(str::to_owned).collect(),
                published: days().min().zip(days().max()),
            }
        });
        Some(Toll {
            low: Number(told.iter().map(|told| told.low).fold(f64::INFINITY, f64::min)),
            high: Number(told.iter().map(|told| told.high).fold(f64::NEG_INFINITY, f64::max)),
            latest: Number(latest),
            told: numbers.collect(),
        })
    }
}

/// A number of a report.
struct TollOfReport<'a> {
    value: f64,
    low: f64,
    high: f64,
    unit: &'a str,
    /// Which report.
    at: usize,
    speaker: Option<&'a str>,
}

/// The number of a kind that a record gives as a whole.
pub(crate) fn best(event: &Event, kind: FigureKind) -> Option<Number> {
    let m = &event.magnitude;
    match kind {
        FigureKind::Dead => m.dead,
        FigureKind::Injured => m.injured,
        FigureKind::Missing => m.missing,
        FigureKind::Arrested => m.arrested,
        FigureKind::Kidnapped => m.kidnapped,
        FigureKind::Displaced => m.displaced,
        FigureKind::Troops => m.troops,
        FigureKind::Size => m.size,
        FigureKind::Money => m.money,
    }
}

/// Whether the first place, a unit or country, holds the second.
fn holds(large: &Place, small: &Place) -> bool {
    match large.precision {
        PlacePrecision::Country => large.country == small.country,
        PlacePrecision::Admin1 | PlacePrecision::Admin2 => {
            let within = |unit: &str, of: &str| of == unit || of.starts_with(unit) && of[unit.len()..].starts_with('.');
            large.unit.as_deref().zip(small.unit.as_deref()).is_some_and(|(unit, of)| within(unit, of))
        }
        PlacePrecision::City | PlacePrecision::Point => false,
    }
}
