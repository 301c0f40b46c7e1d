//! Names that bodies of several states share: Congress, Senate, Treasury.
//!
//! They compose with a country like any institution. Where no country is named with them, the document tells
//! which of the states that have such a body is meant; the first of them in the tables is meant by default.

use std::collections::BTreeMap;

use demarche_types::{CountryCode, Deprel, LinkBasis, Sector, TokenId, Upos};

use super::{Linker, Made, Name, Slot, actor_of, for_each_match};
use crate::base::Entry;
use crate::fold::case_fits;
use crate::tree;

/// A document speaks of another state's body when it names that state so many times as often as the default one.
const OUTWEIGHS: u32 = 3;

/// How often an article must name one state before a party of a state that it never names is taken for that one's own.
const AT_HOME: u32 = 3;

/// Last words of names that parties of many states have.
const PARTY_NAMES: &[&str] = &[
    "party",
    "union",
    "alliance",
    "front",
    "congress",
    "movement",
    "coalition",
    "list",
    "bloc",
    "democrats",
    "liberals",
    "socialists",
    "conservatives",
    "communists",
    "greens",
    "labour",
    "labor",
    "republicans",
    "opposition",
];

/// The shared name inside an agent phrase.
pub(super) struct Shared {
    /// Entries of the bodies that have it, the default first.
    entries: Vec<u32>,
    /// It is the whole phrase ("Congress"), not a part of it ("member of Congress").
    whole: bool,
}

impl Shared {
    /// Whether the shared name is the whole phrase.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }
}

impl Linker<'_, '_, '_> {
    /// The shared name that an agent phrase is or contains.
    pub(super) fn shared_in(&self, tokens: std::ops::Range<u32>) -> Option<Shared> {
        tokens.clone().find_map(|start| {
            let mut found = None;
            for_each_match(&self.base.shared, self.doc, start..tokens.end, |run, aliases| {
                let text = self.doc.span_of(TokenId(run.start), TokenId(run.end)).of(self.doc.text());
                let entries: Vec<u32> = aliases.iter().filter(|a| case_fits(&a.form, text, false)).map(|a| a.entry).collect();
                if !entries.is_empty() {
                    found = Some(Shared { entries, whole: run == tokens });
                }
            });
            found
        })
    }

    /// "Ijaw Youth Congress" is no parliament: the shared name is the end of a longer one that nobody knows.
    pub(super) fn ends_a_longer_name(&self, tokens: &std::ops::Range<u32>, head: TokenId) -> bool {
        let doc = self.doc;
        let before = doc.children(head).filter(|c| c.0 < tokens.start);
        let stranger = |t: TokenId| {
            matches!(doc.token(t).deprel, Deprel::Compound | Deprel::Amod | Deprel::Flat)
                && doc.token(t).upos == Upos::Propn
                && self.named[t.index()].is_none()
                && self.place(t).is_none()
                && !self.is_office(t)
        };
        before.into_iter().any(stranger) && self.shared_in(tokens.clone()).is_some_and(|s| s.whole)
    }

    /// How often each country is spoken of, by whatever link is certain.
    pub(super) fn spoken_of(&self) -> BTreeMap<CountryCode, u32> {
        let mut counts = BTreeMap::new();
        let certain = |index: usize| {
            self.slot(TokenId::from(index))
                .filter(|s| !s.is_media && s.basis == LinkBasis::Alias)
                .and_then(|s| s.actor.code.clone())
        };
        let cities = self.places.iter().filter(|p| self.slot(p.head).is_none() && !self.silent[p.head.index()]);
        for code in (0..self.slots.len())
            .filter_map(certain)
            .chain(cities.map(|p| p.place.country.clone()))
            .chain(self.dateline_countries.iter().cloned())
        {
            *counts.entry(code).or_insert(0) += 1;
        }
        counts
    }

    /// Which state's body is meant: of those that have one, the one that the document speaks of.
    pub(super) fn shared_country(&self, shared: &Shared, counts: &BTreeMap<CountryCode, u32>) -> Option<CountryCode> {
        let codes: Vec<CountryCode> = shared.entries.iter().filter_map(|&e| self.entry_code(e)).collect();
        let default = codes.first()?;
        let times = |code: &CountryCode| counts.get(code).copied().unwrap_or(0);
        let most = codes.iter().max_by_key(|c| times(c)).filter(|c| times(c) > 0)?;
        let even = codes.iter().filter(|c| times(c) == times(most)).count() > 1;
        match times(default) {
            0 => (!even).then(|| most.clone()),
            n if times(most) >= n * OUTWEIGHS => Some(most.clone()),
            _ => Some(default.clone()),
        }
    }

    /// The state that is meant where the document speaks of none that has such a body.
    pub(super) fn shared_default(&self, shared: &Shared, counts: &BTreeMap<CountryCode, u32>) -> Option<CountryCode> {
        let codes: Vec<CountryCode> = shared.entries.iter().filter_map(|&e| self.entry_code(e)).collect();
        codes.iter().all(|c| !counts.contains_key(c)).then(|| codes.into_iter().next()).flatten()
    }

    /// A shared name whose country is known is that country's body, if the tables have it.
    pub(super) fn name_shared_bodies(&mut self) {
        for index in 0..self.phrases.len() {
            let token = TokenId::from(index);
            let Some(tokens) = self.phrases[index].as_ref().map(|p| p.tokens.clone()) else { continue };
            let Some(code) = self.slot(token).filter(|s| s.made == Made::Agent).and_then(|s| s.actor.code.clone()) else {
                continue;
            };
            let Some(shared) = self.shared_in(tokens).filter(|s| s.whole) else { continue };
            let meant = shared.entries.iter().find(|&&e| self.entry_code(e).as_ref() == Some(&code));
            if let Some(&entry) = meant {
                let actor = actor_of(self.base, &self.base.entries[entry as usize], self.date);
                if let Some(slot) = &mut self.slots[index] {
                    slot.actor = actor;
                }
            }
        }
    }

    /// "The Kenyan National Intelligence Service": a body's name with another country's adjective is that country's.
    pub(super) fn follow_adjectives(&mut self) {
        for index in 0..self.names.len() {
            let (head, tokens) = (self.names[index].head, self.names[index].tokens.clone());
            let Some((Entry::Body { id, code, name, sectors, .. }, _)) = self.name_at(head) else { continue };
            // Acronyms and movements have one owner: the adjective says where they act.
            let words = self.doc.span_of(TokenId(tokens.start), TokenId(tokens.end)).of(self.doc.text());
            // "Russia's Security Council" is not the UN's, though the UN's is called so too.
            let shortened = id.starts_with("org.") && !name.eq_ignore_ascii_case(words);
            if !(id.starts_with("bod.") || shortened) || !words.contains(' ') {
                continue;
            }
            let sectors: Vec<Sector> = match code.0.as_str() {
                "NGO" => vec![Sector("SOC".into())],
                "UNO" | "IGO" | "EUR" if sectors.is_empty() => vec![Sector("GOV".into())],
                _ => sectors.clone(),
            };
            let other = self.doc.children(head).filter(|c| c.0 < tokens.start).find_map(|c| {
                let adjective = matches!(self.doc.token(c).deprel, Deprel::Amod | Deprel::NmodPoss | Deprel::Compound);
                let slot = self.slot(c).filter(|s| adjective && matches!(s.made, Made::Country(_)))?;
                Some((slot.actor.code.clone()?, slot.span))
            });
            let Some((other, span)) = other.filter(|(other, _)| other != code) else { continue };
            if let Some(slot) = &mut self.slots[head.index()] {
                slot.actor.code = Some(other);
                slot.actor.sectors = sectors;
                (slot.actor.identifier_id, slot.actor.identifier_text) = (None, None);
                slot.basis = LinkBasis::Composed;
                slot.span = slot.span.cover(span);
            }
        }
    }

    /// "The National Democratic Party" in a country whose parties no table has is not the one of a country that nobody speaks of,
    /// nor is the "Democratic Party" in a longer name that nobody knows.
    pub(super) fn drop_parties_of_elsewhere(&mut self) {
        let mut counts: BTreeMap<CountryCode, u32> = self.countries();
        for place in &self.places {
            *counts.entry(place.place.country.clone()).or_insert(0) += 1;
        }
        let home = counts.iter().any(|(code, n)| code.is_state() && *n >= AT_HOME);
        for index in 0..self.names.len() {
            let (head, tokens) = (self.names[index].head, self.names[index].tokens.clone());
            let Some((Entry::Body { code, sectors, .. }, _)) = self.name_at(head) else { continue };
            let last = self.doc.form(TokenId(tokens.end - 1)).to_lowercase();
            let common =
                sectors.first().is_some_and(|s| matches!(s.0.as_str(), "PTY" | "OPP")) && PARTY_NAMES.contains(&last.as_str());
            let elsewhere = || home && !counts.contains_key(code);
            if common && code.is_state() && (self.is_the_end_of_a_name(&tokens) || elsewhere()) {
                self.slots[head.index()] = None;
                tokens.for_each(|token| self.named[token as usize] = None);
            }
        }
    }

    /// "The People's Democratic Party": the word before is one more of the name, unless it is a state, a place or an office.
    fn is_the_end_of_a_name(&self, tokens: &std::ops::Range<u32>) -> bool {
        let doc = self.doc;
        let opens = doc.sentences[doc.sentence_of(TokenId(tokens.start)).index()].tokens.start;
        let mut before = (opens + 1..tokens.start).rev().map(TokenId);
        let Some(word) = before.find(|&t| !tree::is_clitic(doc.form(t))) else { return false };
        let joined = tokens.start - word.0 <= 2 && matches!(doc.token(word).upos, Upos::Propn | Upos::Adj | Upos::Noun);
        let capital =
            doc.form(word).starts_with(char::is_uppercase) && doc.form(word).chars().nth(1).is_some_and(char::is_lowercase);
        joined && capital && self.named[word.index()].is_none() && self.place(word).is_none() && !self.is_office(word)
    }

    /// "The Ruritanian People's Army", "the UN refugee agency": the state or union inside the name of a body of its own is named too.
    pub(super) fn name_owners_inside(&mut self) {
        for index in 0..self.names.len() {
            let Name { tokens, head, .. } = self.names[index].clone();
            let of_body = self.slot(head).filter(|s| s.made == Made::Body && !s.is_media);
            let Some(code) = of_body.and_then(|s| s.actor.code.clone()) else { continue };
            let mut at = tokens.start;
            while at < tokens.end {
                let mut found: Option<(u32, u32)> = None;
                for_each_match(&self.base.names, self.doc, at..tokens.end, |run, aliases| {
                    let text = self.doc.span_of(TokenId(run.start), TokenId(run.end)).of(self.doc.text());
                    let owner = |entry: u32| match &self.base.entries[entry as usize] {
                        Entry::Country { code: own, .. } => *own == code,
                        Entry::Body { code: own, .. } => *own == code && matches!(own.0.as_str(), "UNO" | "EUR"),
                        Entry::Person(_) => false,
                    };
                    let alias = aliases.iter().find(|a| case_fits(&a.form, text, false) && owner(a.entry));
                    if let Some(alias) = alias.filter(|_| run.len() < tokens.len()) {
                        found = Some((run.end, alias.entry));
                    }
                });
                let Some((end, entry)) = found else {
                    at += 1;
                    continue;
                };
                let inner = tree::head_of(self.doc, at..end);
                if inner != head && self.slots[inner.index()].is_none() && !self.silent[inner.index()] {
                    let actor = actor_of(self.base, &self.base.entries[entry as usize], self.date);
                    let span = self.doc.span_of(TokenId(at), TokenId(end));
                    self.slots[inner.index()] = Some(Slot::new(actor, LinkBasis::Alias, span, Made::Other));
                }
                at = end;
            }
        }
    }

    fn entry_code(&self, entry: u32) -> Option<CountryCode> {
        match &self.base.entries[entry as usize] {
            Entry::Body { code, .. } => Some(code.clone()),
            _ => None,
        }
    }
}
