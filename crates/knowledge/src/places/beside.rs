//! What the words beside a name say: what kind of place it is, what it lies in, and whether it is a place at all.

use std::ops::Range;

use demarche_types::{CountryCode, Deprel, EntityType, TokenId, Upos};

use super::Spotted;
use crate::base::{CountryForm, Entry};
use crate::gazetteer::Site;
use crate::link::Linker;
use crate::tree;

/// What a place is said to be, or said to lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Town,
    Unit,
    District,
    /// A river, a strait, a range of hills: only a point of the gazetteer can be that.
    Nature,
}

/// A country or unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Container {
    Country(CountryCode),
    /// Codes of first-order or second-order units.
    Units(Vec<String>),
}

impl Container {
    pub(super) fn holds(&self, site: Site<'_>) -> bool {
        match self {
            Self::Country(code) => site.country() == code.0,
            Self::Units(codes) => {
                let unit = site.unit();
                codes.iter().any(|c| {
                    unit.strip_prefix(c.as_str()).is_some_and(|rest| rest.starts_with('.') || rest.is_empty() && !site.is_unit())
                })
            }
        }
    }
}

/// What the noun beside a name says that it is: "Anbar province", "the town of Tal Afar".
pub(super) fn said(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>) -> Option<Said> {
    let doc = linker.doc;
    let sentence = &doc.sentences[doc.sentence_of(TokenId(tokens.start)).index()].tokens;
    let kind = |t: u32| sentence.contains(&t).then(|| said_by(&doc.token(TokenId(t)).lemma)).flatten();
    let before = || {
        tokens.start.checked_sub(1).filter(|&t| sentence.contains(&t)).and_then(|t| match doc.form(TokenId(t)) {
            "of" => t.checked_sub(1).and_then(|t| {
                // "The hills of Balochistan" do not make it a hill, the Gulf of Aden is a gulf.
                let of_itself = |said: &Said| {
                    *said != Said::Nature
                        || matches!(
                            doc.token(TokenId(t)).lemma.to_lowercase().as_str(),
                            "gulf" | "sea" | "bay" | "strait" | "lake" | "river" | "peninsula"
                        )
                };
                kind(t).filter(of_itself).or_else(|| governed_unit(&doc.token(TokenId(t)).lemma))
            }),
            "Co" | "Co." => Some(Said::District),
            _ => kind(t),
        })
    };
    // "Mendoza and Cordoba provinces": the plural holds for all of them.
    let shared = || {
        let joins = |t: &u32| {
            sentence.contains(t)
                && (matches!(doc.form(TokenId(*t)), "and" | "," | "or") || doc.token(TokenId(*t)).upos == Upos::Propn)
        };
        let end = (tokens.end..tokens.end + 8).find(|t| !joins(t))?;
        let plural = end > tokens.end && sentence.contains(&end) && doc.form(TokenId(end)).ends_with('s');
        plural.then(|| kind(end)).flatten()
    };
    kind(tokens.end).or_else(before).or_else(shared)
}

/// "The governor of San Luis" governs the unit, not its town.
fn governed_unit(lemma: &str) -> Option<Said> {
    matches!(lemma, "governor" | "prefect" | "premier").then_some(Said::Unit)
}

/// Whether a word, as it is written, names a kind of unit.
pub(super) fn is_kind(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && matches!(said_by(word), Some(Said::Unit | Said::District))
}

/// Whether a word with its capital names a kind of unit: "Western Region", "County Mayo".
pub(super) fn is_kind_in_name(word: &str) -> bool {
    word == "Co"
        || word == "Co."
        || word.starts_with(char::is_uppercase) && matches!(said_by(word), Some(Said::Unit | Said::District))
}

fn said_by(lemma: &str) -> Option<Said> {
    match lemma.to_lowercase().as_str() {
        "city" | "town" | "village" | "port" | "capital" | "suburb" | "township" | "hamlet" | "settlement" | "resort"
        | "seaport" | "stronghold" | "commune" | "camp" | "city's" => Some(Said::Town),
        "province" | "state" | "governorate" | "region" | "oblast" | "prefecture" | "canton" | "republic" | "voivodeship"
        | "emirate" | "krai" | "territory" => Some(Said::Unit),
        "district" | "county" | "counties" | "raion" | "subdistrict" | "department" | "regency" | "parish" | "zone"
        | "borough" | "municipality" => Some(Said::District),
        "river" | "strait" | "hill" | "mountain" | "sea" | "gulf" | "bay" | "lake" | "desert" | "forest" | "pass" | "canal"
        | "ocean" | "peninsula" | "reef" | "delta" | "basin" | "plateau" | "heights" => Some(Said::Nature),
        _ => None,
    }
}

/// What the words beside a name say that it lies in: "Paris, Texas", "Kisumu in western Kenya", "the Iraqi city of Mosul", "Iraq's Mosul".
pub(super) fn containers(linker: &Linker<'_, '_, '_>, spotted: &[Spotted<'_>], index: usize) -> Vec<Container> {
    let doc = linker.doc;
    let one = &spotted[index];
    let sentence = doc.sentences[doc.sentence_of(one.head).index()].tokens.clone();
    let mut found = Vec::new();
    let word = |t: u32| sentence.contains(&t).then(|| doc.form(TokenId(t)));
    // After it: a comma or "in", words of direction, the name.
    let mut at = one.tokens.end;
    if word(at).is_some_and(|w| said_by(w).is_some()) {
        at += 1;
    }
    let start = at;
    let mut joined = false;
    while let Some(w) = word(at).filter(|_| at < start + 6) {
        if matches!(w, "in") {
            joined = true;
        } else if !(matches!(w, "," | "the" | "(") || is_direction(w)) {
            break;
        }
        at += 1;
    }
    if at > start
        && let Some((container, end)) = container_at(linker, spotted, at)
    {
        // After a comma alone the name must end there: "talks in Geneva, U.S. officials said" says nothing of Geneva.
        let closed =
            word(end).is_none_or(|w| !tree::is_word(w) || w.starts_with('\'') || w.starts_with('’') || said_by(w).is_some());
        let same = linker.in_dateline(one.head) == linker.in_dateline(TokenId(at));
        if (joined || closed) && same {
            found.push(container);
        }
    }
    // Before it: the name, words of kind and direction, "of".
    let mut at = one.tokens.start;
    let mut kinds = 0;
    while at > sentence.start && one.tokens.start - at < 6 {
        let before = at - 1;
        let w = doc.form(TokenId(before));
        let plain = matches!(w, "of" | "the" | "'s" | "’s")
            || is_direction(w)
            || said_by(&doc.token(TokenId(before)).lemma).is_some()
            || doc.token(TokenId(before)).upos == Upos::Adj && linker.name_at(TokenId(before)).is_none();
        if !plain {
            break;
        }
        kinds += u32::from(said_by(&doc.token(TokenId(before)).lemma).is_some() || w.ends_with('s') && w.len() <= 4 && w != "is");
        at = before;
    }
    if at > sentence.start
        && at < one.tokens.start
        && kinds > 0
        && let Some((container, end)) = container_at_end(linker, spotted, at)
        && end == at
    {
        found.push(container);
    }
    found
}

/// The country or unit whose name begins at a token, and where it ends.
fn container_at(linker: &Linker<'_, '_, '_>, spotted: &[Spotted<'_>], at: u32) -> Option<(Container, u32)> {
    if (at as usize) >= linker.doc.tokens.len() {
        return None;
    }
    let unit = spotted.binary_search_by_key(&at, |s| s.tokens.start).ok().map(|i| &spotted[i]);
    let country = linker.name_at(TokenId(at)).and_then(|(entry, name)| match entry {
        Entry::Country { code, form, .. } if name.start == at => Some((code, *form, name.end)),
        _ => None,
    });
    match (country, unit) {
        (Some((code, CountryForm::Name | CountryForm::Adjective, end)), _) => Some((Container::Country(code.clone()), end)),
        (Some((code, CountryForm::Unit, end)), unit) => {
            Some((unit.and_then(units_of).unwrap_or_else(|| Container::Country(code.clone())), end))
        }
        (_, unit) => unit.and_then(|unit| Some((units_of(unit)?, unit.tokens.end))),
    }
}

/// The country or unit whose name ends before a token.
fn container_at_end(linker: &Linker<'_, '_, '_>, spotted: &[Spotted<'_>], end: u32) -> Option<(Container, u32)> {
    let last = TokenId(end.checked_sub(1)?);
    let unit = spotted.binary_search_by_key(&end, |s| s.tokens.end).ok().map(|i| &spotted[i]);
    if let Some(unit) = unit.and_then(units_of) {
        return Some((unit, end));
    }
    match linker.name_at(last) {
        Some((Entry::Country { code, form: CountryForm::Name | CountryForm::Unit | CountryForm::Adjective, .. }, name))
            if name.end == end =>
        {
            Some((Container::Country(code.clone()), end))
        }
        _ => None,
    }
}

fn units_of(spotted: &Spotted<'_>) -> Option<Container> {
    let codes: Vec<String> = spotted.readings.iter().filter(|r| r.site.is_unit()).map(|r| r.site.unit().to_owned()).collect();
    (!codes.is_empty()).then_some(Container::Units(codes))
}

pub(super) fn is_direction(word: &str) -> bool {
    let word = word.to_lowercase();
    let stem = word.strip_suffix("ern").unwrap_or(&word);
    matches!(
        stem,
        "north"
            | "south"
            | "east"
            | "west"
            | "north-east"
            | "northeast"
            | "north-west"
            | "northwest"
            | "south-east"
            | "southeast"
            | "south-west"
            | "southwest"
    ) || matches!(word.as_str(), "central" | "upper" | "lower" | "coastal" | "rural" | "far" | "occupied")
}

/// How much speaks for a place at all, whichever it is.
pub(super) fn evidence(linker: &Linker<'_, '_, '_>, one: &Spotted<'_>) -> f64 {
    let doc = linker.doc;
    let dateline = linker.in_dateline(one.head);
    let case = tree::case_word(doc, one.head);
    let located = matches!(
        case.as_deref(),
        Some("in" | "at" | "near" | "outside" | "inside" | "around" | "across" | "into" | "through" | "towards" | "toward")
    );
    let mut sum = match linker.entity(one.head) {
        _ if dateline => 3.0,
        Some(EntityType::Place) => 2.0,
        // "Villagers from Ferreras de Abajo": people are from places.
        Some(EntityType::Person) if people_of(linker, one.head) && (located || case.as_deref() == Some("from")) => 1.0,
        // "Between Burns Lake and Smithers": what is joined to a place is one.
        Some(EntityType::Person) if joined_to_place(linker, one.head) => 0.5,
        // A lone word where places stand, which the model may take for a surname.
        Some(EntityType::Person) if one.tokens.len() == 1 && located => -0.5,
        Some(EntityType::Person) if one.tokens.len() == 1 && matches!(case.as_deref(), Some("from" | "on")) => -1.5,
        Some(EntityType::Person) => -3.5,
        Some(_) => -1.0,
        None => -0.5,
    };
    sum += match case.as_deref() {
        _ if located => 1.5,
        Some("from" | "to" | "of" | "on" | "over" | "between") => 0.7,
        _ => 0.0,
    };
    let facility = doc.token(one.head).deprel == Deprel::Compound
        && doc.token(one.head).head.is_some_and(|h| is_facility(&doc.token(h).lemma.to_lowercase()));
    sum += if case.as_deref() == Some("of") && governed(linker, one.head).is_some_and(|noun| holds_places(&noun)) {
        1.8
    } else {
        0.0
    };
    sum += if one.said.is_some() {
        2.5
    } else if facility {
        1.5
    } else {
        0.0
    };
    if !one.within.is_empty() || one.holds {
        sum += 1.0;
    }
    // "Avery" after "London Avery" is she.
    if one.tokens.len() == 1 && !dateline && linker.is_of_a_person(one.head) {
        sum -= 3.0;
    }
    sum
}

/// Whether a name is joined to a named place.
fn joined_to_place(linker: &Linker<'_, '_, '_>, head: TokenId) -> bool {
    let doc = linker.doc;
    doc.token(head).deprel == Deprel::Conj
        && doc.token(head).head.is_some_and(|t| doc.token(t).upos == Upos::Propn && linker.entity(t) == Some(EntityType::Place))
}

/// Whether a name hangs on a noun for people.
fn people_of(linker: &Linker<'_, '_, '_>, head: TokenId) -> bool {
    let doc = linker.doc;
    doc.token(head).head.is_some_and(|noun| {
        doc.token(noun).upos == Upos::Noun
            && doc.token(head).deprel == Deprel::Nmod
            && !linker.base().agents.lookup(&doc.token(noun).lemma).is_empty()
    })
}

/// The lemma of the word that a name hangs on.
fn governed(linker: &Linker<'_, '_, '_>, head: TokenId) -> Option<String> {
    let doc = linker.doc;
    doc.token(head).head.map(|noun| doc.token(noun).lemma.to_lowercase().into())
}

/// Nouns of which a place is the "of": "the governor of Shabwa", "the outskirts of Harasta", "west of Karameh".
fn holds_places(lemma: &str) -> bool {
    matches!(
        lemma,
        "governor"
            | "mayor"
            | "prefect"
            | "resident"
            | "inhabitant"
            | "outskirts"
            | "suburb"
            | "edge"
            | "street"
            | "centre"
            | "center"
            | "bombardment"
            | "shelling"
            | "siege"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
    )
}

pub(super) fn is_facility(lemma: &str) -> bool {
    matches!(
        lemma,
        "airport"
            | "countryside"
            | "outskirts"
            | "suburb"
            | "enclave"
            | "area"
            | "border"
            | "meeting"
            | "summit"
            | "hospital"
            | "university"
            | "court"
            | "resident"
            | "mayor"
            | "bridge"
            | "road"
            | "crossing"
            | "checkpoint"
            | "dam"
            | "camp"
            | "prison"
            | "stadium"
            | "square"
            | "market"
            | "police"
            | "talk"
            | "conference"
            | "base"
    )
}
