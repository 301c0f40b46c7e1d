//! What may stand in a correction, and what follows from a type and its modes: the codebook as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use demarche::types::{CountryCode, EventType, Status};
use demarche_records::Event;
use demarche_store::nearest;
use serde::Deserialize;

use super::{Changes, CorrectionError, PartyAs, When, Where};

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(Codebook::read);

struct Codebook {
    scores: BTreeMap<String, f64>,
    /// Scores of modes, by type and mode.
    modes: BTreeMap<(String, String), f64>,
    sectors: Vec<String>,
    codes: Vec<&'static str>,
    /// CAMEO codes of acts, by type and mode; no mode is the empty one.
    cameo: BTreeMap<(&'static str, &'static str), Vec<&'static str>>,
}

#[derive(Deserialize)]
struct File {
    r#type: Vec<TypeRow>,
    mode: Vec<ModeRow>,
    sector: Vec<SectorRow>,
}

#[derive(Deserialize)]
struct TypeRow {
    name: String,
    score: f64,
}

#[derive(Deserialize)]
struct ModeRow {
    r#type: String,
    name: String,
    score: Option<f64>,
}

#[derive(Deserialize)]
struct SectorRow {
    code: String,
}

impl Codebook {
    fn read() -> Self {
        let file: File =
            toml::from_str(include_str!("../../../../data/ontology.toml")).expect("the ontology that ships is sound");
        let scores: BTreeMap<String, f64> = file.r#type.into_iter().map(|row| (row.name, row.score)).collect();
        let of_type = |kind: &str| scores.get(kind).copied().unwrap_or_default();
        let modes = file.mode.into_iter().map(|row| {
            let score = row.score.unwrap_or_else(|| of_type(&row.r#type));
            ((row.r#type, row.name), score)
        });
        let modes = modes.collect();
        let mut cameo: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for row in rows(include_str!("../../../../data/acts.tsv")) {
            let mut cells = row.split('\t').skip(1);
            if let (Some(kind), Some(mode), Some(code)) = (cells.next(), cells.next(), cells.next()) {
                cameo.entry((kind, mode)).or_default().push(code);
            }
        }
        let countries = rows(include_str!("../../../../data/export/countries.tsv")).filter_map(|row| row.split('\t').next());
        let codes = countries.chain(CountryCode::NON_STATE).collect();
        Self { scores, modes, sectors: file.sector.into_iter().map(|row| row.code).collect(), codes, cameo }
    }

    fn modes_of(&self, kind: &str) -> Vec<&str> {
        self.modes.keys().filter(|(of, _)| of == kind).map(|(_, name)| name.as_str()).collect()
    }
}

/// The rows of a table, without comments and the header.
fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1)
}

/// The scale of a type with its modes: that of the first mode, or of the type.
pub(super) fn scale(kind: &str, modes: &[String]) -> f64 {
    let of_mode = modes.first().and_then(|mode| CODEBOOK.modes.get(&(kind.to_owned(), mode.clone())));
    of_mode.or_else(|| CODEBOOK.scores.get(kind)).copied().unwrap_or_default()
}

/// The quad class of a type.
pub(super) fn quad(kind: &str) -> u8 {
    EventType::parse(kind).map_or(0, |kind| kind.quad() as u8)
}

/// The CAMEO code that says no more than the type and its first mode: the shortest of the acts that are so, of equals the least. A type that no act
/// has without a mode takes it among the codes of the class that most of its acts have.
pub(super) fn cameo(kind: &str, modes: &[String]) -> &'static str {
    fn least<'a>(codes: &[&'a str]) -> Option<&'a str> {
        codes.iter().copied().min_by_key(|code| (code.len(), *code))
    }
    let mode = modes.first().map_or("", String::as_str);
    let own = CODEBOOK.cameo.iter().find(|((of, with), _)| (*of, *with) == (kind, mode)).and_then(|(_, codes)| least(codes));
    let bare = || CODEBOOK.cameo.iter().find(|((of, with), _)| (*of, *with) == (kind, "")).and_then(|(_, codes)| least(codes));
    let any = || {
        let all: Vec<&str> =
            CODEBOOK.cameo.iter().filter(|((of, _), _)| *of == kind).flat_map(|(_, codes)| codes).copied().collect();
        let class = |code: &str| all.iter().filter(|other| other.get(..2) == code.get(..2)).count();
        let most = all.iter().map(|code| class(code)).max()?;
        least(&all.iter().copied().filter(|code| class(code) == most).collect::<Vec<_>>())
    };
    own.or_else(bare).or_else(any).unwrap_or_default()
}

/// Whether what the event is to be is in the codebook.
pub(super) fn check(changes: &Changes, event: &Event, text: &str) -> Result<(), CorrectionError> {
    let kind = changes.event.as_deref().unwrap_or(&event.event);
    if let Some(kind) = &changes.event {
        known("event type", kind, &CODEBOOK.scores.keys().map(String::as_str).collect::<Vec<_>>())?;
    }
    let legal = CODEBOOK.modes_of(kind);
    for mode in changes.mode.iter().flatten() {
        if !legal.contains(&mode.as_str()) {
            let next_step = match nearest(mode, &legal) {
                Some(near) => format!("did you mean {near}?"),
                None if legal.is_empty() => format!("{kind} has no modes"),
                None => format!("the modes of {kind} are {}", legal.join(", ")),
            };
            return Err(CorrectionError::Illegal { field: "mode of the type", value: mode.clone(), next_step });
        }
    }
    for party in [&changes.actor, &changes.recipient].into_iter().flatten().flatten() {
        check_party(party, text)?;
    }
    changes.date.as_ref().map_or(Ok(()), check_date)?;
    changes.place.as_ref().map_or(Ok(()), check_place)
}

/// A status by its name.
pub fn status(name: &str) -> Result<Status, CorrectionError> {
    let found = Status::ALL.into_iter().find(|status| status.name() == name);
    found.ok_or_else(|| illegal("status", name, &Status::ALL.map(Status::name)))
}

fn check_party(party: &PartyAs, text: &str) -> Result<(), CorrectionError> {
    if let Some(code) = &party.code {
        known("code of a country or of UNO, EUR, IGO, NGO, ISM, IMG, MNC", code, &CODEBOOK.codes)?;
    }
    let sectors: Vec<&str> = CODEBOOK.sectors.iter().map(String::as_str).collect();
    for sector in &party.sector {
        known("sector", sector, &sectors)?;
    }
    if party.code.is_none() && party.sector.is_empty() && party.text.is_none() {
        let next_step = "give a code, a sector or the words of the article that name it".to_owned();
        return Err(CorrectionError::Illegal { field: "party", value: String::new(), next_step });
    }
    match &party.text {
        Some(words) if words.trim().is_empty() || !text.contains(words.as_str()) => {
            let next_step = "give the words as they stand in the article".to_owned();
            Err(CorrectionError::Illegal { field: "part of the article's text", value: words.clone(), next_step })
        }
        _ => Ok(()),
    }
}

fn check_date(when: &When) -> Result<(), CorrectionError> {
    let wrong = |value: String, next_step: &str| {
        Err(CorrectionError::Illegal { field: "date of an event", value, next_step: next_step.to_owned() })
    };
    match (when.date, when.enddate) {
        (None, Some(end)) => wrong(format!("? to {end}"), "give the first day too"),
        (Some(first), Some(last)) if last < first => wrong(format!("{first} to {last}"), "give the earlier day first"),
        _ => Ok(()),
    }
}

fn check_place(place: &Where) -> Result<(), CorrectionError> {
    if let Some(country) = &place.country {
        known("code of a country", country, &CODEBOOK.codes)?;
    }
    let told = || [place.lat, place.lon].map(|degrees| degrees.map_or_else(|| "?".to_owned(), |n| n.to_string())).join(", ");
    let wrong = |field, value, next_step: &str| Err(CorrectionError::Illegal { field, value, next_step: next_step.to_owned() });
    let nameless = place.name.as_ref().is_none_or(|name| name.trim().is_empty());
    if nameless && *place != Where::default() {
        return wrong(
            "name of a place",
            place.name.clone().unwrap_or_default(),
            "name the place, or leave all its fields empty for none",
        );
    }
    let sound = |degrees: Option<f64>, most: f64| degrees.is_none_or(|degrees| degrees.abs() <= most);
    if place.lat.is_some() != place.lon.is_some() || !sound(place.lat, 90.0) || !sound(place.lon, 180.0) {
        return wrong("point on the earth", told(), "give degrees north (-90 to 90) and east (-180 to 180)");
    }
    Ok(())
}

fn known(field: &'static str, value: &str, legal: &[&str]) -> Result<(), CorrectionError> {
    if legal.contains(&value) { Ok(()) } else { Err(illegal(field, value, legal)) }
}

/// Names that are listed whole where none is near.
const LISTED: usize = 40;

fn illegal(field: &'static str, value: &str, legal: &[&str]) -> CorrectionError {
    let next_step = match nearest(value, legal) {
        Some(near) => format!("did you mean {near}?"),
        None if legal.len() <= LISTED => format!("write one of {}", legal.join(", ")),
        None => "countries go by ISO 3166 alpha-3 codes, such as KEN".to_owned(),
    };
    CorrectionError::Illegal { field, value: value.to_owned(), next_step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_and_mode_has_a_scale_and_a_code() {
        for kind in CODEBOOK.scores.keys() {
            assert!((1..=4).contains(&quad(kind)), "{kind}");
            assert!(!cameo(kind, &[]).is_empty(), "{kind}");
            for mode in CODEBOOK.modes_of(kind) {
                assert!(!cameo(kind, &[mode.to_owned()]).is_empty(), "{kind} {mode}");
            }
        }
        assert_eq!((scale("PROTEST", &["riot".to_owned()]), scale("PROTEST", &[])), (-7.0, CODEBOOK.scores["PROTEST"]));
        assert_eq!(cameo("ASSAULT", &["aerial".to_owned()]), "195");
        assert_eq!(cameo("PROTEST", &[]), "140");
        assert!(cameo("ACCUSE", &[]).starts_with("11"));
    }

    #[test]
    fn what_is_not_in_the_codebook_is_told_with_what_is_near() {
        let told = |error: CorrectionError| format!("{error}: {}", error.next_step().unwrap_or_default());
        assert_eq!(
            told(illegal("status", "actal", &Status::ALL.map(Status::name))),
            "\"actal\" is no status: did you mean actual?"
        );
        let party = PartyAs { code: Some("KEB".to_owned()), ..PartyAs::default() };
        assert!(told(check_party(&party, "").expect_err("no country")).contains("KEN"));
        let first: jiff::civil::Date = "2025-06-02".parse().expect("a day");
        let when = When { date: Some(first), enddate: first.yesterday().ok(), precision: None };
        assert!(check_date(&when).is_err());
        assert!(check_place(&Where { lat: Some(91.0), lon: Some(0.0), name: Some("X".to_owned()), ..Where::default() }).is_err());
        assert!(check_place(&Where::default()).is_ok());
    }
}
