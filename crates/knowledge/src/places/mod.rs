//! Places by longest match, with evidence.
//!
//! Matching every gazetteer name is wrong more often than right (Union, Police, Vladimir), so a place needs evidence: the mention
//! layer, a preposition of place, a noun that says what it is, a country after the comma, a dateline, or its size. Which of several
//! namesakes is meant follows from the words beside it, the countries and units that the document names, the places near by, and
//! size, in this order of weight (`rank`).

mod beside;
mod rank;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use demarche_types::{CountryCode, Deprel, EntityType, Place, PlaceBasis, PlaceLink, PlacePrecision, SentenceId, TokenId, Upos};

use crate::base::{CountryForm, Entry};
use crate::fold::{fold, shouts};
use crate::gazetteer::Reading;
use crate::index::Walk;
use crate::link::{Linker, is_calendar};
use crate::tree;
use beside::{Container, Said, containers, evidence, is_kind, is_kind_in_name, said};
use rank::{Ranked, Told, rank};

/// What a place must reach to be taken.
const ENOUGH: f64 = 1.0;
/// How far ahead of its namesakes a reading must be to tell where the others lie.
const ANCHOR_LEAD: f64 = 1.0;
/// Evidence that is as good as certain, and what is lost of it from one sentence to the others.
const CERTAIN: f64 = 2.5;
const SHARED: f64 = 1.5;
/// Inhabitants from which a town whose name stands for a government is named as a town too.
const METROPOLIS: u32 = 100_000;
/// The most alternatives that a link keeps.
const ALTERNATIVES: usize = 3;

/// Words behind which a name is shortened.
const SHORTENS: &[&str] = &["de", "del", "da", "do", "dos", "di", "la", "le", "sur", "am", "an", "upon", "on", "al", "el"];

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
    share_evidence(linker, &mut spotted);
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
            // "Santiago" after "Santiago de Cuba"; but Oklahoma is not Oklahoma City, nor San San Diego.
            if let Some((short, rest)) = one.key.split_once(' ')
                && SHORTENS.contains(&rest.split(' ').next().unwrap_or_default())
            {
                told.senses.entry(short.to_owned()).or_insert((one.head, best.site));
            }
            if linker.in_dateline(one.head) && told.home.is_none() {
                told.home = Some(CountryCode(best.site.country().into()));
            }
            if best.site.is_unit() {
                told.units.insert(best.site.unit().to_owned());
            }
            if best.basis != PlaceBasis::Document {
                *told.countries.entry(CountryCode(best.site.country().into())).or_insert(0) += 1;
            }
        }
    }
    told.points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    told.points.dedup();
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

/// What is a place in one sentence is one in the others, unless it is also a person's name there.
fn share_evidence(linker: &Linker<'_, '_, '_>, spotted: &mut [Spotted<'_>]) {
    let mut best: BTreeMap<String, f64> = BTreeMap::new();
    for one in spotted.iter() {
        let known = best.entry(one.key.clone()).or_insert(one.evidence);
        *known = known.max(one.evidence);
    }
    for one in spotted.iter_mut() {
        let elsewhere = best.get(&one.key).copied().unwrap_or(one.evidence).min(CERTAIN) - SHARED;
        if one.evidence < elsewhere && !linker.is_of_a_person(one.head) {
            one.evidence = elsewhere;
        }
    }
}

fn spot<'k>(linker: &Linker<'k, '_, '_>, id: SentenceId, spotted: &mut Vec<Spotted<'k>>) {
    let doc = linker.doc;
    let sentence = &doc.sentences[id.index()];
    let shouting = shouts(sentence.span.of(doc.text()));
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let Some((mut tokens, mut readings)) = longest(linker, at..sentence.tokens.end, shouting) else {
            at += 1;
            continue;
        };
        // "Western Region", "Rakhine State": the noun, with its capital, is a word of the name.
        let mut name = tokens.clone();
        if sentence.tokens.contains(&tokens.end)
            && is_kind_in_name(doc.form(TokenId(tokens.end)))
            && readings.iter().any(|r| r.site.is_unit())
        {
            tokens.end += 1;
        } else if tokens.len() > 1 && is_kind_in_name(doc.form(TokenId(tokens.end - 1))) {
            // The table may have one unit with the noun, and others of that name without.
            let bare = tokens.start..tokens.end - 1;
            let words = doc.span_of(TokenId(bare.start), TokenId(bare.end)).of(doc.text());
            let others = units_named(linker, words);
            if !others.is_empty() {
                readings.extend(others);
                name = bare;
            }
        }
        at = tokens.end;
        let head = tree::head_of(doc, tokens.clone());
        // Erbil stands for a government and is a town; the White House is no Casablanca. Who acts or is acted with is the government.
        match linker.name_at(head) {
            Some((Entry::Country { form: CountryForm::Metonym | CountryForm::Capital, .. }, _)) if acts(linker, head) => {
                readings.clear()
            }
            Some((Entry::Country { form: CountryForm::Metonym, .. }, _)) => {
                readings.retain(|r| r.own_name && r.site.population() >= METROPOLIS);
            }
            _ => {}
        }
        // "Athens, Ga.": a shortened unit stands behind a comma, and with its stop.
        let words = doc.span_of(TokenId(name.start), TokenId(name.end)).of(doc.text());
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        let behind_comma = tokens.start > sentence.tokens.start + 1 && doc.form(TokenId(tokens.start - 1)) == ",";
        // The stop of "WORCESTER, Mass." may end the dateline, and is then a token of its own.
        let stopped = || {
            let next = doc.tokens.get(tokens.end as usize).filter(|_| sentence.tokens.contains(&tokens.end));
            next.is_some_and(|next| {
                next.span.of(doc.text()) == "." && next.span.start == doc.tokens[tokens.end as usize - 1].span.end
            })
        };
        if letters <= 5 && !(behind_comma && (words.contains('.') || stopped())) {
            readings.retain(|r| !r.site.is_unit() || r.own_name && r.site.name().chars().count() <= letters + 1);
        }
        // "Leningrad region" has another name than Leningrad: the noun, written small, is part of it.
        let noun = doc.tokens.get(tokens.end as usize).filter(|_| sentence.tokens.contains(&tokens.end));
        if let Some(noun) = noun.map(|noun| noun.span.of(doc.text())).filter(|noun| is_kind(noun)) {
            let name = format!("{words} {noun}");
            let named = units_named(linker, &name);
            if !named.is_empty() {
                readings = named;
            }
        }
        let calendar = tokens.len() == 1 && is_calendar(doc.form(head));
        if !calendar && !readings.is_empty() && is_free(linker, &tokens, head, &readings) {
            let said = said(linker, &name);
            let holds = tokens.start >= sentence.tokens.start + 2
                && doc.form(TokenId(tokens.start - 1)) == ","
                && doc.token(TokenId(tokens.start - 2)).upos == Upos::Propn
                && (tokens.end >= sentence.tokens.end || !tree::is_word(doc.form(TokenId(tokens.end))));
            spotted.push(Spotted { tokens, head, readings, said, within: vec![], evidence: 0.0, holds, key: fold(words) });
        }
    }
}

/// The units of a name, of every gazetteer.
fn units_named<'k>(linker: &Linker<'k, '_, '_>, name: &str) -> Vec<Reading<'k>> {
    linker.base().gazetteers.iter().flat_map(|g| g.lookup(name)).filter(|r| r.site.is_unit()).collect()
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
    // "Kuwait by" is no town: a name ends in a capital.
    let ends = text
        .split(|c: char| !c.is_alphanumeric())
        .rfind(|w| !w.is_empty())
        .is_some_and(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    ends && text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(word) && (shouting || !acronym)
}

/// Whether the words are not part of another name: an outlet, a body, a person. A user's own place may have such names inside.
fn is_free(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>, head: TokenId, readings: &[Reading<'_>]) -> bool {
    let doc = linker.doc;
    let is_own = readings.iter().any(|reading| reading.site.is_own());
    let has_units = readings.iter().any(|reading| reading.site.is_unit());
    let is_inside = |name: &Range<u32>| name.start >= tokens.start && name.end <= tokens.end && name.len() < tokens.len();
    let part_of_name = tokens.clone().map(TokenId).any(|t| match linker.name_at(t) {
        Some((_, name)) if is_own && is_inside(&name) => false,
        // "Port Sudan" is more than Sudan.
        Some((Entry::Country { form: CountryForm::Name, .. }, name)) => name.len() >= tokens.len() || name.start < tokens.start,
        // "In Ashanti": where a people lives.
        Some((Entry::Country { form: CountryForm::People, .. }, name))
            if has_units
                && name.len() <= tokens.len()
                && tree::case_word(doc, head).is_some_and(|w| matches!(w.as_str(), "in" | "near" | "across")) =>
        {
            false
        }
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
    // A tree may join names across an "and"; what stands between is then no word of a name.
    let beside = |t: TokenId| {
        let between = if t.0 < tokens.start { t.0 + 1..tokens.start } else { tokens.end..t.0 };
        between
            .map(TokenId)
            .all(|t| matches!(doc.token(t).deprel, Deprel::Flat | Deprel::Compound | Deprel::Fixed) || doc.form(t) == "-")
    };
    let stranger = tree::name_run(doc, head)
        .iter()
        .any(|&t| !tokens.contains(&t.0) && beside(t) && !apart(t) && !is_kind_in_name(doc.form(t)))
        || !is_own && is_of_longer_name(linker, tokens, head);
    // "The Western Region": the tagger takes its last word for a common noun.
    let region = tokens.len() > 1 && doc.token(head).upos == Upos::Noun && is_kind_in_name(doc.form(TokenId(tokens.end - 1)));
    !part_of_name && !stranger && (region || doc.token(head).upos == Upos::Propn)
}

/// Words before a name that say which part or age of a place is meant.
const PARTS: &[&str] = &[
    "Greater", "Old", "New", "Upper", "Lower", "Central", "Inner", "Outer", "Downtown", "Mount", "Port", "Fort", "Saint", "St.",
    "St",
];

/// "Broadhaven Bay", "Elizabeth Castle", "Durham University": the words are a part of the name of something that no table has.
fn is_of_longer_name(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>, head: TokenId) -> bool {
    let doc = linker.doc;
    let sentence = &doc.sentences[doc.sentence_of(head).index()].tokens;
    let proper = |t: u32| {
        let token = TokenId(t);
        sentence.contains(&t)
            && doc.token(token).upos == Upos::Propn
            && !linker.in_dateline(token)
            && doc.form(token).starts_with(char::is_uppercase)
            && doc.form(token).contains(char::is_lowercase)
    };
    let joined = |deprel: &Deprel| matches!(deprel, Deprel::Compound | Deprel::Flat | Deprel::NmodUnmarked);
    let after = proper(tokens.end)
        && joined(&doc.token(head).deprel)
        && doc.token(head).head == Some(TokenId(tokens.end))
        && !beside::is_facility(&doc.form(TokenId(tokens.end)).to_lowercase())
        && linker.base().agents.lookup(doc.form(TokenId(tokens.end))).is_empty()
        && linker.entity(TokenId(tokens.end)) != Some(EntityType::Person);
    let before = tokens.start.checked_sub(1).filter(|&t| proper(t)).is_some_and(|t| {
        let word = doc.token(TokenId(t));
        word.deprel == Deprel::Compound
            && word.head == Some(head)
            && !PARTS.contains(&doc.form(TokenId(t)))
            && !is_kind_in_name(doc.form(TokenId(t)))
            && !beside::is_direction(doc.form(TokenId(t)))
            && linker.name_at(TokenId(t)).is_none()
            && linker.base().agents.lookup(doc.form(TokenId(t))).is_empty()
    });
    after || before
}

/// What happens to a town, though it is the subject.
const UNDERGOES: &[&str] = &[
    "see",
    "have",
    "lose",
    "suffer",
    "host",
    "face",
    "witness",
    "endure",
    "remain",
    "look",
    "seem",
    "appear",
    "wake",
    "await",
    "mark",
    "need",
    "feel",
    "bear",
    "experience",
    "become",
    "stay",
    "get",
    "lie",
];

/// Whether a capital or a country stands for its government: it says or does something, or something is said to it.
fn acts(linker: &Linker<'_, '_, '_>, head: TokenId) -> bool {
    let doc = linker.doc;
    !linker.in_dateline(head)
        && match doc.token(head).deprel {
            Deprel::Iobj | Deprel::OblAgent => true,
            // "Kyiv said", but neither "Kyiv is dark" nor "Kyiv woke to explosions".
            Deprel::Nsubj => doc.token(head).head.is_some_and(|verb| {
                doc.token(verb).upos == Upos::Verb
                    && !UNDERGOES.contains(&doc.token(verb).lemma.as_str())
                    && (doc.children(verb).any(|c| {
                        matches!(
                            doc.token(c).deprel,
                            Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp | Deprel::Iobj | Deprel::Parataxis
                        )
                    }) || matches!(doc.token(verb).deprel, Deprel::Parataxis))
            }),
            Deprel::Obl | Deprel::Nmod => tree::case_word(doc, head).as_deref() == Some("with"),
            _ => false,
        }
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

/// Whether the words after a name and a comma are a unit: "Lebanon, New Hampshire".
pub(crate) fn is_beside_unit(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>) -> bool {
    let sentence = linker.doc.sentences[linker.doc.sentence_of(TokenId(tokens.start)).index()].tokens.clone();
    let next = tokens.end + 1;
    if !sentence.contains(&next) {
        return false;
    }
    match linker.name_at(TokenId(next)) {
        Some((Entry::Country { form: CountryForm::Unit, .. }, _)) => true,
        Some((Entry::Country { code, .. }, _)) => code.0 == "USA",
        _ => longest(linker, next..sentence.end, false).is_some_and(|(_, readings)| readings.iter().any(|r| r.site.is_unit())),
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
    // The gazetteer may have the part under its name.
    let known = || {
        let bare = words();
        let bare = bare.strip_prefix("the ").or_else(|| bare.strip_prefix("The ")).unwrap_or(&bare);
        let readings = linker.base().gazetteers.iter().flat_map(|g| g.lookup(bare));
        let unit =
            readings.map(|r| r.site).find(|site| site.precision() == PlacePrecision::Admin1 && site.country() == code.0)?;
        Some(unit.place(&linker.base().gazetteers))
    };
    let place = (*form == CountryForm::Unit).then(known).flatten().unwrap_or(Place {
        name,
        country: code.clone(),
        admin1: None,
        unit: None,
        point: None,
        geonames: None,
        precision,
    });
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
