//! Places by longest match, with evidence.
//!
//! Matching every gazetteer name is wrong more often than right (Union, Police, Vladimir), so a place needs evidence: the mention
//! layer, a preposition of place, a noun that says what it is, a country after the comma, a dateline, or its size. Which of several
//! namesakes is meant follows from the words beside it, the countries and units that the document names, the places near by, and
//! size, in this order of weight. Scores are sums of the weights below, in tenths of a decade of inhabitants.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use demarche_types::{
    CountryCode, Deprel, Document, EntityType, Place, PlaceBasis, PlaceLink, PlacePrecision, SentenceId, TokenId, Upos,
};

use crate::base::{CountryForm, Entry};
use crate::fold::{fold, shouts};
use crate::gazetteer::{Reading, Site, distance};
use crate::index::Walk;
use crate::link::{Linker, is_calendar};
use crate::tree;

/// What a place must reach to be taken.
const ENOUGH: f64 = 1.0;
/// How far ahead of its namesakes a reading must be to tell where the others lie.
const ANCHOR_LEAD: f64 = 1.0;
/// Units count as towns of at most so many inhabitants, first-order and second-order, in so many spellings.
const ADMIN1_PEOPLE: (f64, f64) = (2_000_000.0, 10.0);
const ADMIN2_PEOPLE: (f64, f64) = (60_000.0, 3.0);
/// What a point of the news counts as: the gazetteer has only those that are written of.
const POINT_PEOPLE: (f64, f64) = (100_000.0, 10.0);
/// What a place of the user's counts more: he knows what his texts speak of.
const OWN: f64 = 4.0;
/// What the sense counts that a name has elsewhere in the document, by the words beside it.
const SAME_SENSE: f64 = 3.0;
/// What a spelling other than the place's own name counts against it.
const OTHER_SPELLING: f64 = 1.2;
/// Inhabitants from which a town bears its name before the unit around it does.
const NAMESAKE: u32 = 15_000;
/// Inhabitants from which a town whose name stands for a government is named as a town too.
const METROPOLIS: u32 = 100_000;
/// Kilometres within which one place speaks for another.
const NEAR: f64 = 120.0;
const NOT_FAR: f64 = 400.0;
/// The most alternatives that a link keeps.
const ALTERNATIVES: usize = 3;

/// What a place is said to be, or said to lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Town,
    Unit,
    District,
    /// A river, a strait, a range of hills: only a point of the gazetteer can be that.
    Nature,
}

/// A name that may be a place.
struct Spotted<'k> {
    tokens: Range<u32>,
    head: TokenId,
    readings: Vec<Reading<'k>>,
    said: Option<Said>,
    /// Names of what it lies in, as the words beside it say: a country, or the units of that name.
    within: Vec<Container>,
    /// How much speaks for a place at all.
    evidence: f64,
    /// It stands after another name and a comma, where what holds that place stands: "Swifts Creek, Victoria".
    holds: bool,
    /// The name, folded.
    key: String,
}

/// A country or unit.
#[derive(Clone, Debug, PartialEq)]
enum Container {
    Country(CountryCode),
    /// Codes of first-order or second-order units.
    Units(Vec<String>),
}

impl Container {
    fn holds(&self, site: Site<'_>) -> bool {
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

/// What the document has told so far.
#[derive(Default)]
struct Told<'k> {
    countries: BTreeMap<CountryCode, u32>,
    units: BTreeSet<String>,
    points: Vec<(f64, f64)>,
    /// Names whose sense a mention told, by the words beside it or by a longer name: where that stands, and the site.
    senses: BTreeMap<String, (TokenId, Site<'k>)>,
    /// The countries that each sentence names.
    sentences: BTreeMap<SentenceId, BTreeSet<CountryCode>>,
}

/// A reading with what speaks for it.
#[derive(Clone, Copy)]
struct Ranked<'k> {
    site: Site<'k>,
    own_name: bool,
    score: f64,
    basis: PlaceBasis,
}

/// Every place of the document, ordered by head token.
pub(crate) fn find(linker: &Linker<'_, '_, '_>) -> Vec<PlaceLink> {
    let doc = linker.doc;
    let gazetteers = &linker.base().gazetteers;
    let mut spotted = Vec::new();
    for sentence in 0..doc.sentences.len() {
        spot(linker, SentenceId::from(sentence), &mut spotted);
    }
    for index in 0..spotted.len() {
        spotted[index].within = containers(linker, &spotted, index);
        spotted[index].evidence = evidence(linker, &spotted[index]);
    }
    // Twice: what is certain at first sight tells where the rest lies.
    let mut told = Told { countries: linker.countries(), sentences: linker.countries_by_sentence(), ..Told::default() };
    let first: Vec<Vec<Ranked<'_>>> = spotted.iter().map(|s| rank(doc, s, &told)).collect();
    for (one, ranked) in spotted.iter().zip(&first) {
        let Some(best) = ranked.first().filter(|best| one.evidence + best.score >= ENOUGH) else { continue };
        if ranked.get(1).is_none_or(|next| best.score - next.score >= ANCHOR_LEAD) {
            told.points.extend(best.site.point());
            if best.basis == PlaceBasis::Within {
                told.senses.entry(one.key.clone()).or_insert((one.head, best.site));
            }
            // "Santiago" after "Santiago de Cuba".
            if let Some((short, _)) = one.key.split_once(' ') {
                told.senses.entry(short.to_owned()).or_insert((one.head, best.site));
            }
            if best.site.is_unit() {
                told.units.insert(best.site.unit().to_owned());
            }
            if best.basis != PlaceBasis::Document {
                *told.countries.entry(CountryCode(best.site.country().into())).or_insert(0) += 1;
            }
        }
    }
    let mut places: Vec<PlaceLink> = Vec::new();
    for one in &spotted {
        let ranked = rank(doc, one, &told);
        let Some(best) = ranked.first().filter(|best| one.evidence + best.score >= ENOUGH) else { continue };
        let span = doc.span_of(TokenId(one.tokens.start), TokenId(one.tokens.end));
        let alternatives = ranked[1..].iter().take(ALTERNATIVES).map(|r| r.site.place(gazetteers)).collect();
        places.push(PlaceLink { head: one.head, span, place: best.site.place(gazetteers), basis: best.basis, alternatives });
    }
    for index in 0..doc.tokens.len() {
        places.extend(country_place(linker, TokenId::from(index)));
    }
    // A city found at the same head is more exact than its country.
    places.sort_by_key(|p| (p.head, p.place.precision == PlacePrecision::Country, p.place.precision));
    places.dedup_by_key(|p| p.head);
    places
}

fn spot<'k>(linker: &Linker<'k, '_, '_>, id: SentenceId, spotted: &mut Vec<Spotted<'k>>) {
    let doc = linker.doc;
    let sentence = &doc.sentences[id.index()];
    let shouting = shouts(sentence.span.of(doc.text()));
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let Some((tokens, mut readings)) = longest(linker, at..sentence.tokens.end, shouting) else {
            at += 1;
            continue;
        };
        let head = tree::head_of(doc, tokens.clone());
        at = tokens.end;
        // Erbil stands for a government and is a town; the White House is no Casablanca.
        if matches!(linker.name_at(head), Some((Entry::Country { form: CountryForm::Metonym, .. }, _))) {
            readings.retain(|r| r.own_name && r.site.population() >= METROPOLIS);
        }
        let calendar = tokens.len() == 1 && is_calendar(doc.form(head));
        if !calendar
            && !readings.is_empty()
            && is_free(linker, &tokens, head, readings.iter().any(|reading| reading.site.is_own()))
        {
            let said = said(linker, &tokens);
            let holds = tokens.start >= sentence.tokens.start + 2
                && doc.form(TokenId(tokens.start - 1)) == ","
                && doc.token(TokenId(tokens.start - 2)).upos == Upos::Propn
                && (tokens.end >= sentence.tokens.end || !tree::is_word(doc.form(TokenId(tokens.end))));
            let key = fold(doc.span_of(TokenId(tokens.start), TokenId(tokens.end)).of(doc.text()));
            spotted.push(Spotted { tokens, head, readings, said, within: vec![], evidence: 0.0, holds, key });
        }
    }
}

/// The longest name of any gazetteer that begins at the first token of a range. Readings of a later gazetteer come first,
/// and where it is the user's own they are the only ones.
fn longest<'k>(linker: &Linker<'k, '_, '_>, range: Range<u32>, shouting: bool) -> Option<(Range<u32>, Vec<Reading<'k>>)> {
    let doc = linker.doc;
    let first = doc.form(TokenId(range.start));
    if !first.starts_with(char::is_uppercase) && !matches!(first, "al" | "el" | "ash" | "as" | "an" | "at" | "ad") {
        return None;
    }
    let (mut end, mut settled) = (0, 0);
    let mut readings = Vec::new();
    for gazetteer in linker.base().gazetteers.iter().rev() {
        let mut walk: Walk = gazetteer.walk();
        let mut from = doc.tokens[range.start as usize].span.start;
        for token in range.clone() {
            let to = doc.tokens[token as usize].span.end;
            let piece = doc.text().get(from as usize..to as usize);
            let Some(next) = piece.and_then(|piece| gazetteer.read(walk, piece)) else { break };
            (walk, from) = (next, to);
            if token < settled
                || token + 1 < end
                || !tree::is_word(doc.form(TokenId(token)))
                || tree::is_clitic(doc.form(TokenId(token)))
            {
                continue;
            }
            let mut found = gazetteer.matches(walk).peekable();
            let loud = shouting || linker.in_dateline(TokenId(range.start));
            if found.peek().is_some()
                && is_written_as_name(doc.span_of(TokenId(range.start), TokenId(token + 1)).of(doc.text()), loud)
            {
                if token + 1 > end {
                    readings.clear();
                    end = token + 1;
                }
                readings.extend(found);
            }
        }
        if gazetteer.shadows {
            settled = end;
        }
    }
    (!readings.is_empty()).then_some((range.start..end, readings))
}

/// Whether a name has its capitals: every word but short ones between. A short word in capitals alone is an abbreviation.
fn is_written_as_name(text: &str, shouting: bool) -> bool {
    let word = |w: &str| w.starts_with(char::is_uppercase) || w.chars().count() <= 3;
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let acronym = letters.clone().count() <= 3 && letters.clone().all(char::is_uppercase);
    text.chars().any(char::is_uppercase)
        && text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(word)
        && (shouting || !acronym)
}

/// Whether the words are not part of another name: an outlet, a body, a person. A user's own place may have such names inside.
fn is_free(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>, head: TokenId, is_own: bool) -> bool {
    let doc = linker.doc;
    let is_inside = |name: &Range<u32>| name.start >= tokens.start && name.end <= tokens.end && name.len() < tokens.len();
    let part_of_name = tokens.clone().map(TokenId).any(|t| match linker.name_at(t) {
        Some((_, name)) if is_own && is_inside(&name) => false,
        // "Port Sudan" is more than Sudan.
        Some((Entry::Country { form: CountryForm::Name, .. }, name)) => name.len() >= tokens.len() || name.start < tokens.start,
        Some((Entry::Country { form: CountryForm::Adjective | CountryForm::People, .. }, _)) => true,
        Some((Entry::Country { form: CountryForm::Short, .. }, _)) => true,
        Some((Entry::Country { .. }, name)) => {
            let article = name.start + 1 == tokens.start && doc.form(TokenId(name.start)).eq_ignore_ascii_case("the");
            name.start < tokens.start && !article || name.end > tokens.end
        }
        Some((Entry::Body { id, .. }, name)) => id != "org.eu" || name.len() > tokens.len(),
        Some((Entry::Person(_), _)) => true,
        None => false,
    });
    // In a dateline the parser joins place, date and agency to one name.
    let apart = |t: TokenId| linker.in_dateline(head) || linker.in_dateline(t);
    let stranger = tree::name_run(doc, head).iter().any(|&t| !tokens.contains(&t.0) && !apart(t));
    !part_of_name && !stranger && doc.token(head).upos == Upos::Propn
}

/// What the noun beside a name says that it is: "Anbar province", "the town of Tal Afar".
fn said(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>) -> Option<Said> {
    let doc = linker.doc;
    let sentence = &doc.sentences[doc.sentence_of(TokenId(tokens.start)).index()].tokens;
    let kind = |t: u32| sentence.contains(&t).then(|| said_by(&doc.token(TokenId(t)).lemma)).flatten();
    let before = || {
        tokens.start.checked_sub(1).filter(|&t| sentence.contains(&t)).and_then(|t| match doc.form(TokenId(t)) {
            "of" => t.checked_sub(1).and_then(kind),
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

fn said_by(lemma: &str) -> Option<Said> {
    match lemma.to_lowercase().as_str() {
        "city" | "town" | "village" | "port" | "capital" | "suburb" | "township" | "hamlet" | "settlement" | "resort"
        | "seaport" | "stronghold" | "commune" | "camp" | "city's" => Some(Said::Town),
        "province" | "state" | "governorate" | "region" | "oblast" | "prefecture" | "canton" | "republic" | "voivodeship"
        | "emirate" | "krai" => Some(Said::Unit),
        "district" | "county" | "raion" | "subdistrict" | "department" | "regency" | "parish" | "zone" | "borough"
        | "municipality" => Some(Said::District),
        "river" | "strait" | "hill" | "mountain" | "sea" | "gulf" | "bay" | "lake" | "desert" | "forest" | "pass" | "canal"
        | "ocean" | "peninsula" | "reef" | "delta" | "basin" | "plateau" | "heights" => Some(Said::Nature),
        _ => None,
    }
}

/// What the words beside a name say that it lies in: "Paris, Texas", "Kisumu in western Kenya", "the Iraqi city of Mosul", "Iraq's Mosul".
fn containers(linker: &Linker<'_, '_, '_>, spotted: &[Spotted<'_>], index: usize) -> Vec<Container> {
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
    if let Some(unit) = spotted.iter().find(|s| s.tokens.end == end).and_then(units_of) {
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

fn is_direction(word: &str) -> bool {
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
fn evidence(linker: &Linker<'_, '_, '_>, one: &Spotted<'_>) -> f64 {
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
        // A lone word where places stand, which the model may take for a surname.
        Some(EntityType::Person) if one.tokens.len() == 1 && located => -0.5,
        Some(EntityType::Person) if one.tokens.len() == 1 && matches!(case.as_deref(), Some("from" | "on")) => -1.5,
        Some(EntityType::Person) => -3.5,
        Some(EntityType::Organization) => -1.0,
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

fn is_facility(lemma: &str) -> bool {
    matches!(
        lemma,
        "airport"
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

/// The readings of a name with their scores, the best first.
fn rank<'k>(doc: &Document<'_>, one: &Spotted<'k>, told: &Told<'k>) -> Vec<Ranked<'k>> {
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
            let (mut score, mut basis) = score(*reading, told);
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
            let within = !one.within.is_empty() && one.within.iter().any(|c| c.holds(reading.site));
            let basis = match basis {
                _ if within => PlaceBasis::Within,
                _ if sole => PlaceBasis::Sole,
                basis => basis,
            };
            Ranked { site: around(reading.site).unwrap_or(reading.site), own_name: reading.own_name, score: score + if within { 1.5 } else { 0.0 }, basis }
        })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.site.geonames().cmp(&b.site.geonames())));
    // A unit that bears its town's name is meant when the words say so.
    if one.said.is_none()
        && let Some(unit) = ranked.first().filter(|r| r.site.is_unit()).map(|r| r.site)
        && let Some(town) = ranked.iter().position(|r| {
            r.own_name
                && !r.site.is_unit()
                && r.site.population() >= NAMESAKE
                && r.site.country() == unit.country()
                && r.site.unit().starts_with(unit.unit())
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

fn score(reading: Reading<'_>, told: &Told<'_>) -> (f64, PlaceBasis) {
    let site = reading.site;
    let inhabitants = f64::from(site.population());
    let (people, spellings) = match site.precision() {
        PlacePrecision::Admin1 => (inhabitants.clamp(50_000.0, ADMIN1_PEOPLE.0), ADMIN1_PEOPLE.1),
        PlacePrecision::Admin2 => (inhabitants.clamp(5_000.0, ADMIN2_PEOPLE.0), ADMIN2_PEOPLE.1),
        PlacePrecision::Point => POINT_PEOPLE,
        _ => (inhabitants.max(300.0), f64::from(site.spellings())),
    };
    let mut sum = libm::log10(people) - 4.5;
    sum += 1.3 * (libm::log10(spellings + 1.0) - 0.8);
    sum += if site.is_capital() { 1.5 } else { 0.0 };
    sum -= if reading.own_name { 0.0 } else { OTHER_SPELLING };
    let mut basis = PlaceBasis::Largest;
    let near = site
        .point()
        .and_then(|here| told.points.iter().map(|&there| distance(here, there)).filter(|&d| d > 1.0).min_by(f64::total_cmp));
    match near {
        Some(d) if d < NEAR => (sum, basis) = (sum + 1.2, PlaceBasis::Near),
        Some(d) if d < NOT_FAR => (sum, basis) = (sum + 0.6, PlaceBasis::Near),
        _ => {}
    }
    let country = CountryCode(site.country().into());
    match told.countries.get(&country) {
        Some(times) => {
            let all: u32 = told.countries.values().sum();
            (sum, basis) = (sum + if *times * 2 > all && *times > 1 { 1.3 } else { 0.8 }, PlaceBasis::Document);
        }
        None if !told.countries.is_empty() && !site.is_capital() => sum -= 0.4,
        None => {}
    }
    if told.units.contains(site.unit()) && !site.is_unit() || told.units.contains(site.admin1()) && !site.is_unit() {
        (sum, basis) = (sum + 1.5, PlaceBasis::Document);
    }
    (sum, basis)
}

/// The country that the words after a place give it: "Paris, Texas", "Kisumu, Kenya".
pub(crate) fn neighbour_country(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>, head: TokenId) -> Option<CountryCode> {
    let doc = linker.doc;
    let sentence = doc.sentences[doc.sentence_of(head).index()].tokens.clone();
    let next = tokens.end + 1;
    if !sentence.contains(&next) || doc.form(TokenId(tokens.end)) != "," {
        return None;
    }
    if let Some((Entry::Country { code, form: CountryForm::Name | CountryForm::Unit, .. }, name)) = linker.name_at(TokenId(next))
    {
        // The country stands between commas, or ends the sentence: "talks in Geneva, U.S. officials said" is no such case.
        let closed = !sentence.contains(&name.end) || !tree::is_word(doc.form(TokenId(name.end)));
        return closed.then(|| code.clone());
    }
    let (_, readings) = longest(linker, next..sentence.end, false)?;
    let codes: BTreeSet<&str> =
        readings.iter().filter(|r| r.site.precision() == PlacePrecision::Admin1).map(|r| r.site.country()).collect();
    match codes.len() {
        1 => codes.first().map(|&code| CountryCode(code.into())),
        _ => None,
    }
}

/// A country, named as a place.
fn country_place(linker: &Linker<'_, '_, '_>, token: TokenId) -> Option<PlaceLink> {
    let (entry, tokens) = linker.name_at(token)?;
    let Entry::Country { code, form: form @ (CountryForm::Name | CountryForm::Unit), .. } = entry else { return None };
    let head = tree::head_of(linker.doc, tokens.clone());
    if head != token || !matches!(linker.doc.token(head).upos, Upos::Propn | Upos::Noun | Upos::X) {
        return None;
    }
    let span = linker.doc.span_of(TokenId(tokens.start), TokenId(tokens.end));
    let words = || span.of(linker.doc.text()).to_owned();
    if is_of_nature(linker, &tokens, head) {
        return None;
    }
    // A part of a country that the gazetteer does not hold ("the Donbas") is still no whole country.
    let (name, precision) = match form {
        CountryForm::Unit => (words(), PlacePrecision::Admin1),
        _ => (linker.base().country_names.get(&code.0).map_or_else(words, ToString::to_string), PlacePrecision::Country),
    };
    let place = Place { name, country: code.clone(), admin1: None, unit: None, point: None, geonames: None, precision };
    Some(PlaceLink { head, span, place, basis: PlaceBasis::Sole, alternatives: vec![] })
}

/// "The Niger", "the River Jordan": the article or the noun says that a river is meant, not the state.
fn is_of_nature(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>, head: TokenId) -> bool {
    let doc = linker.doc;
    if tokens.len() > 1 {
        return false;
    }
    let article = doc
        .children(head)
        .any(|c| doc.token(c).deprel == Deprel::Det && c.0 + 1 == tokens.start && doc.form(c).eq_ignore_ascii_case("the"));
    let named_so = matches!(doc.form(head), "Niger" | "Jordan");
    said(linker, tokens) == Some(Said::Nature) || article && named_so
}
