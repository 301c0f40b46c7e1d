//! Reports written in a line, for cases:
//!
//! `id | published | outlet | TYPE act mode | parties > parties | date | place | numbers | status | sentence`
//!
//! - `outlet` may add what is known of the article: `Post wire=Agency group=g1 article=a7`; without `article` each report has its own.
//! - parties are parted by `+`, each `CODE:SECTOR words`; a code `-` is not known. `words` alone are fine: `- gunmen`.
//! - `date` is a day, `from..to`, `~` (told as new: the day of publication), or empty.
//! - `place` is `Town COUNTRY lat,lon`, or `COUNTRY`; numbers are `dead 12` or `dead 12-15 by the governor`, parted by `;`.

use demarche_corroborate::{Known, Report};
use demarche_records::Event;
use serde_json::{Value, json};

/// A report of a case.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) event: Event,
    wire: Option<String>,
    group: Option<String>,
}

impl Line {
    pub(crate) fn report(&self) -> Report<'_> {
        Report { event: &self.event, known: Known { wire: self.wire.as_deref(), group: self.group.as_deref() } }
    }

    pub(crate) fn read(text: &str) -> Self {
        let cells: Vec<&str> = text.split('|').map(str::trim).collect();
        let [id, published, outlet, kind, parties, date, place, numbers, status, sentence] = cells[..] else {
            panic!("ten columns are needed: {text}")
        };
        let mut known = std::collections::BTreeMap::new();
        let mut name = vec![];
        for word in outlet.split(' ') {
            match word.split_once('=') {
                Some((what, value)) => drop(known.insert(what, value.to_owned())),
                None => name.push(word),
            }
        }
        let mut kinds = kind.split(' ');
        let (event, act) = (kinds.next().unwrap_or_default(), kinds.next());
        let quad = demarche_types::EventType::parse(event).expect("a type").quad() as u8;
        let (actors, recipients) = parties.split_once('>').expect("actors > recipients");
        let (from, to, basis) = match date {
            "" => (Value::Null, Value::Null, "unknown"),
            "~" => (json!(published), json!(published), "publication"),
            _ => {
                let (from, to) = date.split_once("..").unwrap_or((date, date));
                (json!(from), json!(to), "expression")
            }
        };
        let precision = if from.is_null() { Value::Null } else { json!(if from == to { "day" } else { "range" }) };
        let figures: Vec<Value> = numbers.split(';').filter(|n| !n.trim().is_empty()).map(figure).collect();
        let mut magnitude = json!({ "figures": figures });
        for figure in &figures {
            let kind = figure["kind"].as_str().expect("a kind").to_owned();
            if magnitude[&kind].is_null() {
                magnitude[&kind] = figure["value"].clone();
            }
        }
        let record = json!({
            "id": id,
            "article": {
                "id": known.get("article").cloned().unwrap_or_else(|| format!("article of {id}")), "url": null, "title": null,
                "published": (!published.is_empty()).then_some(published), "source": (!name.is_empty()).then(|| name.join(" ")),
                "language": null, "published_basis": null, "origin": id,
            },
            "event": event, "mode": kinds.collect::<Vec<_>>(), "context": [], "quad_code": quad, "event_scale": 0.0, "act": act, "cameo": "",
            "actor": list(actors), "recipient": list(recipients), "status": status, "date": from, "enddate": to,
            "date_precision": precision, "date_basis": basis, "date_text": null, "event_loc": spot(place), "attribution": [],
            "magnitude": magnitude, "text": sentence,
            "spans": { "sentence": [0, 1], "trigger": [0, 1], "date": null, "place": null }, "confidence": 0.9,
            "coder": { "version": "", "model": "", "ontology": "", "lexicon": "", "knowledge": "", "rule": "" },
        });
        let event = serde_json::from_value(record).unwrap_or_else(|error| panic!("{text}: {error}"));
        Self { event, wire: known.remove("wire"), group: known.remove("group") }
    }
}

fn list(parties: &str) -> Vec<Value> {
    let parties = parties.split('+').map(str::trim).filter(|party| !party.is_empty());
    parties
        .map(|party| {
            let (code, words) = party.split_once(' ').unwrap_or((party, "officials"));
            let (code, sector) = code.split_once(':').unwrap_or((code, ""));
            json!({
                "code": (code != "-").then_some(code), "sector": sector.split(',').filter(|s| !s.is_empty()).collect::<Vec<_>>(),
                "entity_text": words, "identifier_id": null, "identifier_text": null, "office": null, "span": [0, 1], "basis": "composed",
            })
        })
        .collect()
}

fn spot(place: &str) -> Value {
    let words: Vec<&str> = place.split(' ').filter(|word| !word.is_empty()).collect();
    let place = |name: &str, country: &str, point: Option<(f64, f64)>, precision: &str| {
        json!({
            "name": name, "country": country, "admin1": null, "lat": point.map(|p| p.0), "lon": point.map(|p| p.1), "geonames": null,
            "precision": precision, "basis": "sentence", "unit": null, "chosen": null, "alternatives": [],
        })
    };
    match words[..] {
        [] => Value::Null,
        [country] => place(country, country, None, "country"),
        [.., country, point] => {
            let (lat, lon) = point.split_once(',').expect("lat,lon");
            let point = (lat.parse().expect("degrees"), lon.parse().expect("degrees"));
            place(&words[..words.len() - 2].join(" "), country, Some(point), "city")
        }
    }
}

fn figure(text: &str) -> Value {
    let (told, speaker) = text.trim().split_once(" by ").map_or((text.trim(), None), |(told, speaker)| (told, Some(speaker)));
    let (kind, number) = told.split_once(' ').expect("kind and number");
    let (low, high) = number.split_once('-').unwrap_or((number, number));
    let number = |n: &str| n.parse::<f64>().expect("a number");
    json!({
        "kind": kind, "value": number(low), "low": number(low), "high": number(high), "hedge": null, "unit": "person", "part": false,
        "source": speaker.map(|s| json!({ "speaker": s, "speaker_code": null, "cue": null, "via": null, "kind": "indirect" })),
        "text": told, "span": [0, 1],
    })
}
