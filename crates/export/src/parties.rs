//! Actors and recipients: what they are called in other people's files, and who stands beside whom.

use demarche_records::{Event, Party};
use demarche_types::{CountryCode, EventType};

use crate::labels::Plover;
use crate::tables::{BODIES, Body, COUNTRIES, Country, SECTORS};
use crate::text::{distinct, line};

/// An actor and a recipient, with their places in the lists of the event.
#[derive(Clone, Copy)]
pub(crate) struct Dyad<'a> {
    pub(crate) actor: Option<(usize, &'a Party)>,
    pub(crate) recipient: Option<(usize, &'a Party)>,
}

/// The pairs of an event, for formats that know one source and one target a row. Of a reciprocal event every party stands beside
/// every other, in both directions, as CAMEO's coders write it.
pub(crate) fn dyads<'a>(event: &'a Event, plover: &Plover<'_>) -> Vec<Dyad<'a>> {
    let actors = || event.actor.iter().enumerate();
    let recipients = || event.recipient.iter().enumerate();
    let pair = |actor, recipient| Dyad { actor, recipient };
    if event.recipient.is_empty() && is_reciprocal(event, plover) {
        return actors().flat_map(|a| actors().filter(move |b| a.0 != b.0).map(move |b| pair(Some(a), Some(b)))).collect();
    }
    match (event.actor.is_empty(), event.recipient.is_empty()) {
        (false, false) => actors().flat_map(|a| recipients().map(move |r| pair(Some(a), Some(r)))).collect(),
        (false, true) => actors().map(|a| pair(Some(a), None)).collect(),
        (true, false) => recipients().map(|r| pair(None, Some(r))).collect(),
        (true, true) => Vec::new(),
    }
}

/// Whether several actors without a recipient did it to one another: meetings, joint work, signing, agreeing to meet, and clashes.
/// Who attacks together in another way has a victim that is not told.
pub(crate) fn is_reciprocal(event: &Event, plover: &Plover<'_>) -> bool {
    event.actor.len() > 1
        && event.recipient.is_empty()
        && (matches!(plover.kind, EventType::Consult | EventType::Cooperate)
            || matches!(event.cameo.as_str(), "057" | "036")
            || is_clash(event))
}

/// Whether the sides of a fight are all among the actors: by the act, and of what the lexicon alone coded by the code of fighting.
pub(crate) fn is_clash(event: &Event) -> bool {
    let told = match event.act.as_deref() {
        Some(act) => act == "assault-clash",
        None => matches!(event.cameo.as_str(), "190" | "193"),
    };
    told && event.actor.len() > 1 && event.recipient.is_empty()
}

/// The country of a party, where it belongs to one.
pub(crate) fn country(party: &Party) -> Option<&'static Country> {
    COUNTRIES.get(party.code.as_deref()?)
}

/// Whether the party is a country as a whole.
pub(crate) fn is_country(party: &Party) -> bool {
    party.sector.is_empty() && party.identifier_id.as_deref().is_some_and(|id| id.starts_with("cty."))
}

/// The best name: the entry of the knowledge base, else the words without their article.
pub(crate) fn name(party: &Party) -> String {
    match &party.identifier_text {
        Some(name) => line(name),
        None => bare(&party.entity_text),
    }
}

/// Words without a leading article, in one line.
pub(crate) fn bare(words: &str) -> String {
    let words = line(words);
    let rest = words.split_once(' ').filter(|(first, _)| matches!(first.to_ascii_lowercase().as_str(), "the" | "a" | "an"));
    rest.map_or(words.clone(), |(_, rest)| rest.to_owned())
}

/// The actor as ICEWS names it: an entry by its name, somebody unnamed by what it is, with the country in brackets.
pub(crate) fn icews_name(party: &Party) -> String {
    let country = country(party);
    match (country, party.sector.first().and_then(|code| SECTORS.get(code.as_str()))) {
        (Some(country), _) if is_country(party) => country.icews.to_owned(),
        _ if party.identifier_text.is_some() => name(party),
        (Some(country), Some(sector)) if !sector.agent.is_empty() => format!("{} ({})", sector.agent, country.icews),
        (Some(country), _) => country.icews.to_owned(),
        (None, Some(sector)) if !sector.agent.is_empty() => sector.agent.to_owned(),
        _ => name(party),
    }
}

/// The sectors as ICEWS names them, parted by commas.
pub(crate) fn icews_sectors(party: &Party) -> String {
    let body = body(party).map(|body| body.icews);
    let sectors = party.sector.iter().filter_map(|code| SECTORS.get(code.as_str())).map(|sector| sector.icews);
    distinct(body.into_iter().chain(sectors).flat_map(|names| names.split(',')), ",")
}

/// What GDELT tells of an actor.
#[derive(Default)]
pub(crate) struct CameoActor {
    pub(crate) code: String,
    pub(crate) country: &'static str,
    pub(crate) group: &'static str,
    pub(crate) types: Vec<&'static str>,
}

/// The actor in CAMEO's codes: country or kind of body, region and body, then what it is.
pub(crate) fn cameo_actor(party: &Party) -> CameoActor {
    let country = country(party).map(|country| country.cameo);
    let body = body(party);
    let mut types: Vec<&'static str> = body.map(|body| body.kind).into_iter().collect();
    types.extend(party.sector.iter().filter_map(|code| SECTORS.get(code.as_str())).map(|sector| sector.cameo));
    let mut kept: Vec<&'static str> = Vec::new();
    for kind in types {
        if !kind.is_empty() && !kept.contains(&kind) {
            kept.push(kind);
        }
    }
    let group = body.map_or("", |body| body.group);
    let region = body.map_or("", |body| body.region);
    let code = match country {
        Some(country) => std::iter::once(country).chain([group]).chain(kept.iter().copied()).collect(),
        None => {
            let (first, rest) = kept.split_first().map_or((None, &[][..]), |(first, rest)| (Some(*first), rest));
            // A body is named by its kind, then by region and name; of anybody else the kinds are all that is known.
            first.into_iter().chain([region, group]).chain(rest.iter().copied()).collect()
        }
    };
    CameoActor { code, country: country.unwrap_or(region), group, types: kept }
}

/// The words for GDELT: in capitals.
pub(crate) fn gdelt_name(party: &Party) -> String {
    match country(party) {
        Some(country) if is_country(party) => country.name.to_uppercase(),
        _ => name(party).to_uppercase(),
    }
}

/// The actor for ACLED: its name, with the country in brackets where it is no country.
pub(crate) fn acled_name(party: &Party) -> String {
    match country(party) {
        Some(country) if is_country(party) => country.name.to_owned(),
        Some(country) => format!("{} ({})", capital(&name(party)), country.name),
        None => capital(&name(party)),
    }
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Whether the code is a country's: a code of ours that is none of those that belong to no state.
pub(crate) fn is_state(code: &str) -> bool {
    COUNTRIES.contains_key(code) && !CountryCode::NON_STATE.contains(&code)
}

fn body(party: &Party) -> Option<&'static Body> {
    let entry = party.identifier_id.as_deref().and_then(|id| BODIES.get(id));
    entry.or_else(|| party.code.as_deref().and_then(|code| BODIES.get(code)))
}
