//! Places: the right entry, the right country, none where there is none.

use demarche_types::{Place, PlaceLink, PlacePrecision};

use super::read::{Annotated, Gold, GoldPlace, Where};
use super::{Report, overlapping};
use crate::report::{Row, Score};

/// Kilometres within which a place is the right one, whatever its entry.
const SAME: f64 = 25.0;

/// Bodies for which their seat may stand.
const NON_STATE: [&str; 3] = ["EUR", "UNO", "IGO"];

/// The mean radius of the earth in kilometres.
const EARTH: f64 = 6371.0;

/// Compares places. The scores: `entry` (the exact entry, or within 25 km; a unit by its code; parts of countries that no unit is don't count),
/// `country`, both with all gold places and all places found at them; `real places` has as system all places that were found,
/// and as correct those that are in the gold: what is missing to a precision of 100 are false places. `of cities` and so on are `entry` by what
/// gold names. A name that stands for its country's
/// government counts in none of them while the country is right.
pub fn places<'a>(articles: impl IntoIterator<Item = (&'a str, &'a Annotated, &'a [PlaceLink])>) -> Report {
    let (mut entry, mut country, mut real) = (Score::default(), Score::default(), Score::default());
    let mut kinds = [Score::default(); 4];
    let mut differences = Vec::new();
    for (name, article, links) in articles {
        let words = |span: demarche_types::Span| span.of(&article.text).replace('\n', " ");
        for mark in &article.marks {
            let Gold::Place(gold) = &mark.gold else { continue };
            let found = overlapping(links, mark.span, |l| l.span).map(|l| &l.place);
            let exact = found.is_some_and(|place| is_entry(gold, place));
            let at_home = found.is_some_and(|place| gold.country.as_ref().is_some_and(|c| *c == place.country.0));
            if gold.at != Where::Region {
                let one = Score::new(1, usize::from(found.is_some()), usize::from(exact));
                entry.add(one);
                kinds[gold.at.rank()].add(one);
            }
            if gold.country.is_some() {
                country.add(Score::new(1, usize::from(found.is_some()), usize::from(at_home)));
            }
            let wrong = gold.at != Where::Region && !exact || gold.country.is_some() && found.is_some() && !at_home;
            if wrong {
                differences.push(format!(
                    "{name}: {}: {}, found {}",
                    words(mark.span),
                    shown(gold),
                    found.map_or_else(|| "none".to_owned(), told)
                ));
            }
        }
        for link in links {
            let touching = || article.marks.iter().filter(|m| m.span.start < link.span.end && link.span.start < m.span.end);
            let is_place = touching().any(|m| matches!(m.gold, Gold::Place(_)));
            // Brussels may stand for the Union.
            let same = |code: &str, whole: bool| code == link.place.country.0 || whole && NON_STATE.contains(&code);
            let stands_for = touching()
                .any(|m| matches!(&m.gold, Gold::Actor(a) if a.code.as_deref().is_some_and(|c| same(c, m.span == link.span))));
            if is_place || !stands_for {
                real.add(Score::new(usize::from(is_place), 1, usize::from(is_place)));
            }
            if !is_place && !stands_for {
                differences.push(format!("{name}: {}: no place, found {}", words(link.span), told(&link.place)));
            }
        }
    }
    let mut scores = vec![Row::new("entry", entry), Row::new("country", country), Row::new("real places", real)];
    let names = ["of cities", "of units", "of countries", "of points"];
    scores.extend(names.into_iter().zip(kinds).map(|(name, score)| Row::new(name, score)));
    Report { what: "places", scores, differences }
}

fn is_entry(gold: &GoldPlace, found: &Place) -> bool {
    let near = |at| found.point.is_some_and(|point| distance(at, point) <= SAME);
    match &gold.at {
        Where::City(id, at) => found.geonames == Some(*id) || near(*at),
        Where::Point(at) => near(*at),
        Where::Unit(code) => found.precision != PlacePrecision::City && found.unit.as_deref() == Some(code),
        Where::Country => found.precision == PlacePrecision::Country && gold.country.as_deref() == Some(&found.country.0),
        Where::Region => true,
    }
}

fn shown(gold: &GoldPlace) -> String {
    let country = gold.country.as_deref().unwrap_or("-");
    match &gold.at {
        Where::City(id, (lat, lon)) => format!("{id} {country} {lat:.2},{lon:.2}"),
        Where::Point((lat, lon)) => format!("point {country} {lat:.2},{lon:.2}"),
        Where::Unit(code) => format!("{code} {country}"),
        Where::Country => format!("country {country}"),
        Where::Region => format!("region {country}"),
    }
}

fn told(place: &Place) -> String {
    let point = place.point.map_or_else(String::new, |(lat, lon)| format!(" {lat:.2},{lon:.2}"));
    let id = place.geonames.map(|id| id.to_string()).or_else(|| place.unit.as_ref().map(ToString::to_string));
    format!("{} {} {:?} {}{point}", place.name, place.country.0, place.precision, id.unwrap_or_default())
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (north, east) = ((b.0 - a.0).to_radians() / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let half = north.sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * east.sin().powi(2);
    2.0 * EARTH * half.sqrt().min(1.0).asin()
}
