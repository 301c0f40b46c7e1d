//! Which of the places of one name is meant: scores are sums of weights, in decades of inhabitants.

use std::collections::{BTreeMap, BTreeSet};

use demarche_types::{CountryCode, Document, PlaceBasis, PlacePrecision, SentenceId, TokenId};

use super::Spotted;
use super::beside::{Container, Said};
use crate::fold::fold;
use crate::gazetteer::{Reading, Site, distance};

/// Units count as towns of at most so many inhabitants, first-order and second-order, in so many spellings.
const ADMIN1_PEOPLE: (f64, f64) = (2_000_000.0, 10.0);
const ADMIN2_PEOPLE: (f64, f64) = (60_000.0, 3.0);
/// What a point of the news counts as: the gazetteer has only those that are written of.
const POINT_PEOPLE: (f64, f64) = (100_000.0, 10.0);
/// What a town of the news counts as whose inhabitants nobody has counted: it is written of, and others may bear its name.
const TOWN_PEOPLE: (f64, f64) = (12_000.0, 8.0);
/// What a place of the user's counts more: he knows what his texts speak of.
const OWN: f64 = 4.0;
/// What the sense counts that a name has elsewhere in the document, by the words beside it.
const SAME_SENSE: f64 = 3.0;
/// What the country of the dateline counts.
const HOME: f64 = 0.8;
/// What a spelling other than the place's own name counts against it.
const OTHER_SPELLING: f64 = 1.2;
/// Inhabitants from which a town bears its name before the unit around it does.
const NAMESAKE: u32 = 15_000;
/// Letters in which two spellings of one name begin alike, and by how many their lengths differ at most.
const ALIKE: usize = 3;
const SPELLING: usize = 2;
/// Kilometres within which one place speaks for another.
const NEAR: f64 = 120.0;
const NOT_FAR: f64 = 400.0;
/// Kilometres of a degree of latitude, at least.
const DEGREE: f64 = 110.0;

/// What the document has told so far.
#[derive(Default)]
pub(super) struct Told<'k> {
    pub(super) countries: BTreeMap<CountryCode, u32>,
    pub(super) units: BTreeSet<String>,
    /// Where the dateline lies.
    pub(super) home: Option<CountryCode>,
    pub(super) points: Vec<(f64, f64)>,
    /// Names whose sense a mention told, by the words beside it or by a longer name: where that stands, and the site.
    pub(super) senses: BTreeMap<String, (TokenId, Site<'k>)>,
    /// The countries that each sentence names.
    pub(super) sentences: BTreeMap<SentenceId, BTreeSet<CountryCode>>,
}

/// A reading with what speaks for it.
#[derive(Clone, Copy)]
pub(super) struct Ranked<'k> {
    pub(super) site: Site<'k>,
    pub(super) own_name: bool,
    pub(super) score: f64,
    pub(super) basis: PlaceBasis,
}

/// The readings of a name with their scores, the best first.
pub(super) fn rank<'k>(doc: &Document<'_>, one: &Spotted<'k>, told: &Told<'k>) -> Vec<Ranked<'k>> {
    let here = told.sentences.get(&doc.sentence_of(one.head));
    let fits = |r: &&Reading<'k>| match one.said {
        Some(Said::Unit) => r.site.is_unit(),
        Some(Said::District) => r.site.precision() == PlacePrecision::Admin2 || r.site.precision() == PlacePrecision::Admin1,
        Some(Said::Town) => !r.site.is_unit(),
        Some(Said::Nature) => r.site.precision() == PlacePrecision::Point,
        None => true,
    };
    if one.said == Some(Said::Nature) && !one.readings.iter().any(|r| fits(&r)) {
        return vec![];
    }
    let held = |r: &&Reading<'k>| one.within.is_empty() || one.within.iter().any(|c| c.holds(r.site));
    // Where no reading is what the words say, they may still be right about where it lies, and the other way round.
    let mut readings: Vec<&Reading<'k>> = one.readings.iter().filter(fits).filter(held).collect();
    if readings.is_empty() {
        readings = one.readings.iter().filter(held).collect();
    }
    if readings.is_empty() && one.within.iter().all(|c| matches!(c, Container::Units(_))) {
        readings = one.readings.iter().filter(fits).collect();
    }
    let sense = told.senses.get(&one.key).filter(|(at, _)| *at < one.head).map(|(_, site)| *site);
    if let Some(site) = sense.filter(|site| !one.readings.iter().any(|r| r.site.is(*site))) {
        // A shortened name is none of the gazetteer's; with "province" behind it the unit around is meant.
        let site = if one.said == Some(Said::Unit) { site.within().unwrap_or(site) } else { site };
        return vec![Ranked { site, own_name: false, score: SAME_SENSE, basis: PlaceBasis::Document }];
    }
    let sole = one.readings.len() == 1;
    // "Izium district": where only the town bears the name, the unit around it is meant.
    let around = |site: Site<'k>| match one.said {
        Some(Said::District) if !site.is_unit() => site.around(),
        Some(Said::Unit) if !site.is_unit() => site.within(),
        _ => None,
    };
    let mut ranked: Vec<Ranked<'k>> = readings
        .into_iter()
        .map(|reading| {
            let (mut score, mut basis) = score(*reading, told, one.said);
            if here.is_some_and(|codes| codes.iter().any(|c| c.0 == reading.site.country())) {
                score += 0.5;
            }
            if reading.site.is_own() {
                score += OWN;
            }
            if one.holds && reading.site.is_unit() {
                score += 1.5;
            }
            if sense.is_some_and(|site| site.is(reading.site)) {
                (score, basis) = (score + SAME_SENSE, PlaceBasis::Document);
            }
            let within = one.within.iter().any(|c| c.holds(reading.site));
            let basis = match basis {
                _ if within => PlaceBasis::Within,
                _ if sole => PlaceBasis::Sole,
                basis => basis,
            };
            Ranked {
                site: around(reading.site).unwrap_or(reading.site),
                own_name: reading.own_name,
                score: score + if within { 1.5 } else { 0.0 },
                basis,
            }
        })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.site.geonames().cmp(&b.site.geonames())));
    // "Agri province" is the province, not the district in it.
    if one.said == Some(Said::Unit)
        && let Some(inner) = ranked.first().filter(|r| r.site.precision() == PlacePrecision::Admin2).map(|r| r.site)
        && let Some(outer) = ranked
            .iter()
            .position(|r| r.own_name && r.site.precision() == PlacePrecision::Admin1 && lies_in(inner.unit(), r.site.unit()))
    {
        let outer = ranked.remove(outer);
        ranked.insert(0, outer);
    }
    // A unit that bears its town's name is meant when the words say so, and more so where its own name says more.
    if one.said.is_none()
        && let Some((unit, by_name)) = ranked.first().filter(|r| r.site.is_unit()).map(|r| (r.site, r.own_name))
        && let Some(town) = ranked.iter().position(|r| {
            // Another spelling of its name is as good: "Darkhan" of Darhan, but not "Chiapas" of Chiapa de Corzo.
            let spelt = || {
                let name = fold(r.site.name());
                let same_length = name.chars().count().abs_diff(one.key.chars().count()) <= SPELLING;
                same_length && name.chars().take(ALIKE).eq(one.key.chars().take(ALIKE))
            };
            (r.own_name || spelt())
                && !r.site.is_unit()
                && (r.site.population() >= NAMESAKE || !by_name)
                && r.site.country() == unit.country()
                && lies_in(r.site.unit(), unit.unit())
        })
    {
        let unit_score = ranked[0].score;
        let mut town = ranked.remove(town);
        town.score = town.score.max(unit_score);
        ranked.insert(0, town);
    }
    let mut kept: Vec<Ranked<'k>> = Vec::with_capacity(ranked.len());
    for one in ranked {
        if !kept.iter().any(|k| k.site.is(one.site)) {
            kept.push(one);
        }
    }
    kept
}

fn score(reading: Reading<'_>, told: &Told<'_>, said: Option<Said>) -> (f64, PlaceBasis) {
    let site = reading.site;
    let inhabitants = f64::from(site.population());
    let (people, spellings) = match site.precision() {
        PlacePrecision::Admin1 => (inhabitants.clamp(50_000.0, ADMIN1_PEOPLE.0), ADMIN1_PEOPLE.1),
        PlacePrecision::Admin2 => (inhabitants.clamp(5_000.0, ADMIN2_PEOPLE.0), ADMIN2_PEOPLE.1),
        PlacePrecision::Point => POINT_PEOPLE,
        PlacePrecision::City if site.geonames().is_none() && site.population() == 0 => TOWN_PEOPLE,
        _ => (inhabitants.max(300.0), f64::from(site.spellings())),
    };
    let mut sum = libm::log10(people) - 4.5;
    sum += 1.3 * (libm::log10(spellings + 1.0) - 0.8);
    sum += if site.is_capital() { 1.5 } else { 0.0 };
    sum -= if reading.own_name { 0.0 } else { OTHER_SPELLING };
    let mut basis = PlaceBasis::Largest;
    let near = site.point().and_then(|here| {
        // Points are ordered by latitude: only those in the band that can be near are measured.
        let from = told.points.partition_point(|point| point.0 < here.0 - NOT_FAR / DEGREE);
        let band = told.points[from..].iter().take_while(|point| point.0 <= here.0 + NOT_FAR / DEGREE);
        band.map(|&there| distance(here, there)).filter(|&d| d > 1.0).min_by(f64::total_cmp)
    });
    match near {
        Some(d) if d < NEAR => (sum, basis) = (sum + 1.2, PlaceBasis::Near),
        Some(d) if d < NOT_FAR => (sum, basis) = (sum + 0.6, PlaceBasis::Near),
        _ => {}
    }
    let country = CountryCode(site.country().into());
    if told.home.as_ref() == Some(&country) {
        sum += HOME;
    }
    match told.countries.get(&country) {
        Some(times) => {
            let all: u32 = told.countries.values().sum();
            (sum, basis) = (sum + if *times * 2 > all && *times > 1 { 1.3 } else { 0.8 }, PlaceBasis::Document);
        }
        None if !told.countries.is_empty() && !site.is_capital() => sum -= 0.4,
        None => {}
    }
    // It lies in a unit that the document names.
    let inside = match site.precision() {
        PlacePrecision::Admin1 => false,
        // Without "county" or "district" the town is meant as soon as the unit.
        PlacePrecision::Admin2 => said.is_some() && told.units.contains(site.admin1()),
        _ => told.units.contains(site.unit()) || told.units.contains(site.admin1()),
    };
    if inside {
        (sum, basis) = (sum + 1.5, PlaceBasis::Document);
    }
    (sum, basis)
}

/// Whether a unit is another or lies in it.
fn lies_in(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
