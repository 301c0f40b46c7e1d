//! Places by longest match, with evidence.
//!
//! Matching every gazetteer name is wrong more often than right (Union, Police, Vladimir), so a place needs
//! evidence: the mention layer, a preposition of place, a country after the comma, a dateline, or a city
//! so large that its name means nothing else.

use std::collections::BTreeMap;
use std::ops::Range;

use demarche_types::{CountryCode, Deprel, EntityType, Place, PlaceLink, PlacePrecision, SentenceId, TokenId, Upos};

use crate::base::{CountryForm, Entry, Site};
use crate::fold::{case_fits, shouts};
use crate::link::Linker;
use crate::link::for_each_match;
use crate::tree;

/// Inhabitants above which a city needs no other evidence.
const KNOWN_ALONE: u32 = 400_000;

/// A gazetteer entry as a place.
pub(crate) fn place_of(site: &Site) -> Place {
    Place {
        name: site.name.to_string(),
        country: site.country.clone(),
        admin1: site.admin1.as_ref().map(ToString::to_string),
        point: site.point,
        geonames: site.geonames,
        precision: if site.is_city { PlacePrecision::City } else { PlacePrecision::Admin1 },
    }
}

/// Every place of the document, ordered by head token.
pub(crate) fn find(linker: &Linker<'_, '_, '_>) -> Vec<PlaceLink> {
    let doc = linker.doc;
    let mut spotted: Vec<(Range<u32>, TokenId, Vec<usize>)> = Vec::new();
    for sentence in 0..doc.sentences.len() {
        spot(linker, SentenceId::from(sentence), &mut spotted);
    }
    let countries = linker.countries();
    let mut places: Vec<PlaceLink> = Vec::new();
    for (tokens, head, sites) in spotted {
        let after = neighbour_country(linker, &tokens, head);
        let Some(site) = choose(linker, &sites, after.as_ref(), &countries) else { continue };
        if !has_evidence(linker, &tokens, head, site, after.is_some()) {
            continue;
        }
        let span = doc.span_of(TokenId(tokens.start), TokenId(tokens.end));
        places.push(PlaceLink { head, span, place: place_of(site) });
    }
    for index in 0..doc.tokens.len() {
        let token = TokenId::from(index);
        if let Some(link) = country_place(linker, token) {
            places.push(link);
        }
    }
    // A city found at the same head is more exact than its country.
    places.sort_by_key(|p| (p.head, p.place.precision, p.place.geonames.is_none()));
    places.dedup_by_key(|p| p.head);
    places
}

fn spot(linker: &Linker<'_, '_, '_>, id: SentenceId, spotted: &mut Vec<(Range<u32>, TokenId, Vec<usize>)>) {
    let doc = linker.doc;
    let sentence = &doc.sentences[id.index()];
    let shouting = shouts(sentence.span.of(doc.text()));
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        let mut best: Option<(Range<u32>, Vec<usize>)> = None;
        for_each_match(&linker.base().places, doc, at..sentence.tokens.end, |tokens, aliases| {
            let text = doc.span_of(TokenId(tokens.start), TokenId(tokens.end)).of(doc.text());
            let fits = aliases.iter().filter(|a| case_fits(&a.form, text, shouting)).map(|a| a.entry as usize);
            let mut sites: Vec<usize> = fits.collect();
            sites.sort_unstable();
            sites.dedup();
            if !sites.is_empty() && text.chars().next().is_some_and(char::is_uppercase) {
                best = Some((tokens, sites));
            }
        });
        let Some((tokens, sites)) = best else {
            at += 1;
            continue;
        };
        let head = tree::head_of(doc, tokens.clone());
        at = tokens.end;
        if is_free(linker, &tokens, head) {
            spotted.push((tokens, head, sites));
        }
    }
}

/// Whether the words are not part of another name: an outlet, a body, a person.
fn is_free(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>, head: TokenId) -> bool {
    let doc = linker.doc;
    let part_of_name = tokens.clone().map(TokenId).any(|t| match linker.name_at(t) {
        // "Port Sudan" is more than Sudan.
        Some((Entry::Country { form: CountryForm::Name, .. }, name)) => name.len() >= tokens.len() || name.start < tokens.start,
        Some((Entry::Country { form: CountryForm::Adjective | CountryForm::People, .. }, _)) => true,
        Some((Entry::Country { .. }, name)) => name.start < tokens.start || name.end > tokens.end,
        Some((Entry::Body { id, .. }, name)) => id != "org.eu" || name.len() > tokens.len(),
        Some((Entry::Person(_), _)) => true,
        None => false,
    });
    // In a dateline the parser joins place, date and agency to one name.
    let apart = |t: TokenId| linker.in_dateline(head) || linker.in_dateline(t);
    let stranger = tree::name_run(doc, head).iter().any(|&t| !tokens.contains(&t.0) && !apart(t));
    !part_of_name && !stranger && doc.token(head).upos == Upos::Propn
}

/// The country that the words after a place give it: "Paris, Texas", "Kisumu, Kenya".
pub(crate) fn neighbour_country(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>, head: TokenId) -> Option<CountryCode> {
    let doc = linker.doc;
    let code = |t: TokenId| match linker.name_at(t)? {
        (Entry::Country { code, form: CountryForm::Name | CountryForm::Unit, .. }, _) => Some(code.clone()),
        _ => None,
    };
    // What follows a dateline is its sentence, whatever the tree says.
    let within = |c: TokenId| !linker.in_dateline(head) || linker.in_dateline(c);
    let below = doc.children(head).filter(|&c| c.0 >= tokens.end && within(c)).find_map(|c| {
        matches!(
            doc.token(c).deprel,
            Deprel::Appos | Deprel::Nmod | Deprel::NmodUnmarked | Deprel::List | Deprel::Dep | Deprel::Parataxis
        )
        .then(|| code(c))
        .flatten()
    });
    let comma = || {
        let comma = TokenId(tokens.end);
        let sentence = doc.sentences[doc.sentence_of(head).index()].tokens.clone();
        let next = TokenId(tokens.end + 1);
        if !sentence.contains(&next.0) || doc.form(comma) != "," {
            return None;
        }
        // The country stands between commas, or ends the sentence: "talks in Geneva, U.S. officials said" is no such case.
        let (_, name) = linker.name_at(next)?;
        let closed = !sentence.contains(&name.end) || !tree::is_word(doc.form(TokenId(name.end)));
        closed.then(|| code(next)).flatten()
    };
    below.or_else(comma)
}

/// Of places with one name: the one in the country beside it, then in a country of the document, then the largest.
fn choose<'k>(
    linker: &Linker<'k, '_, '_>,
    sites: &[usize],
    after: Option<&CountryCode>,
    countries: &BTreeMap<CountryCode, u32>,
) -> Option<&'k Site> {
    let weight = |site: &Site| {
        u64::from(site.population).max(if site.is_city { 20_000 } else { 150_000 }) * if site.capital { 20 } else { 1 }
    };
    sites.iter().map(|&s| &linker.base().sites[s]).filter(|site| after.is_none_or(|code| site.country == *code)).max_by_key(
        |site| {
            // A capital or a metropolis is meant even when its country is not named.
            let named = countries.contains_key(&site.country);
            (named || weight(site) > 2_000_000, named && weight(site) >= 100_000, weight(site), std::cmp::Reverse(site.geonames))
        },
    )
}

fn has_evidence(linker: &Linker<'_, '_, '_>, tokens: &Range<u32>, head: TokenId, site: &Site, beside: bool) -> bool {
    let doc = linker.doc;
    let mention = linker.entity(head);
    let sentence = &doc.sentences[doc.sentence_of(head).index()];
    let dateline = sentence.opens_block && tokens.start < sentence.tokens.start + 2;
    let proper_dateline = linker.in_dateline(head);
    let located = tree::case_word(doc, head).is_some_and(|w| {
        matches!(
            w.as_str(),
            "in" | "at"
                | "near"
                | "from"
                | "to"
                | "around"
                | "outside"
                | "across"
                | "inside"
                | "towards"
                | "toward"
                | "into"
                | "through"
                | "of"
                | "on"
                | "over"
        )
    });
    let facility = doc.token(head).deprel == Deprel::Compound
        && doc.token(head).head.is_some_and(|h| {
            matches!(
                doc.token(h).lemma.to_lowercase().as_str(),
                "airport"
                    | "province"
                    | "region"
                    | "city"
                    | "district"
                    | "town"
                    | "area"
                    | "port"
                    | "governorate"
                    | "state"
                    | "oblast"
                    | "border"
                    | "suburb"
                    | "meeting"
                    | "summit"
            )
        });
    let large = site.capital || site.population >= KNOWN_ALONE || (!site.is_city && tokens.len() > 1);
    // A person's name outweighs all but a large city in a place's position.
    if mention == Some(EntityType::Person) && !proper_dateline {
        return located && large;
    }
    beside
        || proper_dateline
        || mention == Some(EntityType::Place)
        || located
        || facility
        || large
        || (dateline && site.population >= 100_000)
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
    // A part of a country that the gazetteer does not hold ("the Donbas") is still no whole country.
    let (name, precision) = match form {
        CountryForm::Unit => (words(), PlacePrecision::Admin1),
        _ => (linker.base().country_names.get(&code.0).map_or_else(words, ToString::to_string), PlacePrecision::Country),
    };
    let place = Place { name, country: code.clone(), admin1: None, point: None, geonames: None, precision };
    Some(PlaceLink { head, span, place })
}
