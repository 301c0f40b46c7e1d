//! From a parsed document to actor and place links.
//!
//! The steps, in order: datelines; names by longest match; places; agent phrases; composition on the tree;
//! titles and appositions share one actor; surnames; coreference chains; the document's country for
//! agents and shared names that say none; chains again; names that are not known.

mod agents;
mod compose;
mod context;
mod datelines;
mod definite;
mod groups;
mod home;
mod names;
mod shared;
mod together;

pub(crate) use context::is_calendar;
pub use home::HomeChoice;
pub(crate) use names::for_each_match;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use compact_str::CompactString;
use demarche_types::{
    Actor, ActorLink, CountryCode, Document, EntityType, LinkBasis, PlaceLink, Sector, SentenceId, Span, TokenId, Upos,
};
use jiff::SignedDuration;
use jiff::civil::Date;

use crate::base::{Agent, Base, BodyKind, CountryForm, Entry, Person, Term};
use crate::{places, tree};

/// Links a document: actors and places, each ordered by head token.
pub(crate) fn link(base: &Base, doc: &Document<'_>, date: Option<Date>) -> (Vec<ActorLink>, Vec<PlaceLink>) {
    Linker::new(base, doc, date).run()
}

/// Every choice of an agent's country, each once, as the steps before leave it.
pub(crate) fn home_choices(base: &Base, doc: &Document<'_>, date: Option<Date>) -> Vec<HomeChoice> {
    let mut linker = Linker::new(base, doc, date);
    linker.choices = Some(RefCell::default());
    linker.run_steps();
    let mut seen = BTreeSet::new();
    let mut choices = linker.choices.take().unwrap_or_default().into_inner();
    choices.retain(|choice| seen.insert(choice.span.start));
    choices
}

/// What an entry says about who it is, on a day.
pub(crate) fn actor_of(base: &Base, entry: &Entry, date: Option<Date>) -> Actor {
    match entry {
        Entry::Country { code, sectors, .. } => Actor {
            code: Some(code.clone()),
            sectors: sectors.clone(),
            identifier_id: Some(format!("cty.{}", code.0.to_lowercase()).into()),
            identifier_text: base.country_names.get(&code.0).map(ToString::to_string),
            office: None,
        },
        Entry::Body { id, code, sectors, name, terms, .. } => {
            let (code, sectors) = term_on(terms, date).map_or((code, sectors), |term| (&term.code, &term.sectors));
            Actor {
                code: Some(code.clone()),
                sectors: sectors.clone(),
                identifier_id: Some(id.clone()),
                identifier_text: Some(name.to_string()),
                office: None,
            }
        }
        Entry::Person(index) => person_actor(&base.persons[*index], date),
    }
}

/// What a body is on a day: the latest term that runs, else the last that has begun, else the first. On no day in particular it is what its row says.
fn term_on(terms: &[Term], date: Option<Date>) -> Option<&Term> {
    let day = date?;
    let begun = |term: &&Term| term.since.is_none_or(|since| since <= day);
    let runs = |term: &&Term| begun(term) && term.until.is_none_or(|until| day <= until);
    terms.iter().rfind(runs).or_else(|| terms.iter().rfind(begun)).or(terms.first())
}

/// How long after a source was read an office that it had as held is taken to be held still.
const HELD_ON: SignedDuration = SignedDuration::from_hours(24 * 548);

/// A person in the role of a day: the latest role that runs, else the last that has ended (ELI), else
/// nothing but the country. A role whose end nobody wrote down runs no longer than [`HELD_ON`].
fn person_actor(person: &Person, date: Option<Date>) -> Actor {
    let running = person.roles.iter().rev().find(|role| match date {
        Some(day) => {
            let known = || role.seen.is_none_or(|seen| day <= seen.saturating_add(HELD_ON));
            role.since.is_none_or(|s| s <= day) && role.until.map_or_else(known, |u| day <= u)
        }
        None => true,
    });
    let ended = || person.roles.iter().rev().find(|role| date.is_some_and(|day| role.until.is_some_and(|u| u < day)));
    let named = |office: &str| (!office.is_empty()).then(|| office.to_owned());
    let (code, sectors, office) = match (running, ended()) {
        (Some(role), _) => (role.code.clone(), role.sectors.clone(), named(&role.office)),
        (None, Some(role)) => {
            (role.code.clone(), former(&role.sectors), named(&role.office).map(|o| format!("former {}", lower_first(&o))))
        }
        (None, None) => (person.country.clone(), vec![], None),
    };
    Actor {
        code: Some(code),
        sectors,
        identifier_id: Some(person.id.clone()),
        identifier_text: Some(person.name.to_string()),
        office,
    }
}

/// The sectors of somebody who has left an office: ELI takes the place of the branch of government.
fn former(sectors: &[Sector]) -> Vec<Sector> {
    let left = |s: &&Sector| !matches!(s.0.as_str(), "GOV" | "LEG" | "JUD" | "ELI");
    let mut former = vec![Sector("ELI".into())];
    former.extend(sectors.iter().filter(left).cloned());
    former
}

/// "Minister of Defence" inside a phrase; words that are no ordinary capitalised word stay.
fn lower_first(office: &str) -> String {
    let mut chars = office.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => office.to_owned(),
    }
}

/// Charities and aid workers are civil society where they are of one state, else bodies of nobody: the tables' sector NGO is a code.
fn settle_non_governmental(actor: &mut Actor, several: bool) {
    let Some(at) = actor.sectors.iter().position(|s| s.0 == "NGO") else { return };
    actor.sectors.remove(at);
    let of_a_state = several || actor.code.as_ref().is_some_and(CountryCode::is_state);
    if of_a_state && !actor.sectors.iter().any(|s| s.0 == "SOC") {
        actor.sectors.insert(at, Sector("SOC".into()));
    }
    if !several {
        actor.code.get_or_insert_with(|| CountryCode("NGO".into()));
    }
}

/// The most alternatives that a link keeps.
const ALTERNATIVES: usize = 3;

/// What a link was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    Country(CountryForm),
    Body,
    Person,
    Agent,
    Other,
}

/// A link in the making.
#[derive(Clone, Debug)]
struct Slot {
    actor: Actor,
    basis: LinkBasis,
    span: Span,
    is_media: bool,
    made: Made,
    /// States that the words name together; the actor then has no code.
    states: Vec<CountryCode>,
}

impl Slot {
    /// A link of no outlet and of one actor.
    fn new(actor: Actor, basis: LinkBasis, span: Span, made: Made) -> Self {
        Self { actor, basis, span, is_media: false, made, states: vec![] }
    }
}

/// A name that was found.
#[derive(Clone, Debug)]
struct Name {
    tokens: Range<u32>,
    head: TokenId,
    /// The entries it may mean, the likeliest first.
    entries: Vec<u32>,
}

/// An agent phrase that was found.
#[derive(Clone, Debug)]
struct Phrase {
    tokens: Range<u32>,
    agent: u32,
}

/// The state of linking one document.
pub(crate) struct Linker<'k, 'd, 'a> {
    base: &'k Base,
    pub(crate) doc: &'d Document<'a>,
    date: Option<Date>,
    names: Vec<Name>,
    /// How many names are a part of a country and nothing else.
    units_named: usize,
    /// Index of the name that covers a token.
    named: Vec<Option<usize>>,
    /// Agent phrase by head token.
    phrases: Vec<Option<Phrase>>,
    slots: Vec<Option<Slot>>,
    /// Titles inside a name, whose link stands at the name's head.
    silent: Vec<bool>,
    places: Vec<PlaceLink>,
    /// The tokens of each dateline, and whether a token stands in one.
    datelines: Vec<Range<u32>>,
    in_dateline: Vec<bool>,
    /// The country of each dateline, where it is known.
    dateline_countries: Vec<CountryCode>,
    /// The words of the whole names of persons.
    person_words: BTreeSet<&'d str>,
    /// Index of the longest mention that a token heads.
    mentions: Vec<Option<usize>>,
    /// What agent phrases were found to stand for; `Some(None)` while one is being composed, which ends cycles.
    composed: RefCell<Vec<Option<Option<Slot>>>>,
    /// Where choices of countries are written down, when somebody asks for them.
    choices: Option<RefCell<Vec<HomeChoice>>>,
}

impl<'k, 'd, 'a> Linker<'k, 'd, 'a> {
    fn new(base: &'k Base, doc: &'d Document<'a>, date: Option<Date>) -> Self {
        let tokens = doc.tokens.len();
        let mut mentions: Vec<Option<usize>> = vec![None; tokens];
        for (index, mention) in doc.mentions.iter().enumerate() {
            let Some(known) = mentions.get_mut(mention.head.index()) else { continue };
            let longer =
                |&other: &usize| doc.mentions[other].end.0 - doc.mentions[other].start.0 >= mention.end.0 - mention.start.0;
            *known = known.filter(longer).or(Some(index));
        }
        let whole_name = |m: &&demarche_types::Mention| m.named && m.kind == EntityType::Person && m.end.0 - m.start.0 > 1;
        let words = |m: &demarche_types::Mention| {
            (m.start.0..m.end.0).map(TokenId).filter(|&t| doc.token(t).upos == Upos::Propn && tree::name_run(doc, t).len() > 1)
        };
        Self {
            person_words: doc.mentions.iter().filter(whole_name).flat_map(words).map(|t| doc.form(t)).collect(),
            base,
            doc,
            date,
            names: vec![],
            units_named: 0,
            named: vec![None; tokens],
            phrases: vec![None; tokens],
            slots: vec![None; tokens],
            silent: vec![false; tokens],
            places: vec![],
            datelines: vec![],
            in_dateline: vec![false; tokens],
            dateline_countries: vec![],
            mentions,
            composed: RefCell::new(vec![None; tokens]),
            choices: None,
        }
    }

    fn run(mut self) -> (Vec<ActorLink>, Vec<PlaceLink>) {
        self.run_steps();
        self.finish()
    }

    fn run_steps(&mut self) {
        self.find_datelines();
        self.find_names();
        self.drop_short_forms();
        self.drop_homonyms_of_capitals();
        self.drop_persons_inside_names();
        self.places = places::find(self);
        self.settle_units_by_places();
        self.drop_countries_inside_places();
        self.silence_datelines();
        self.follow_adjectives();
        self.drop_parties_of_elsewhere();
        self.find_agents();
        self.compose_agents();
        self.name_shared_bodies();
        self.join_titles_and_appositions();
        self.link_surnames();
        self.follow_chains();
        self.follow_definites();
        self.compose_with_pronouns();
        // What the document tells one agent is passed on to its chain and to what it owns; the second round reaches
        // those who own or are owned by these. No more rounds: each could only repeat a guess.
        for _ in 0..2 {
            self.ask_the_document();
            self.name_shared_bodies();
            self.follow_chains();
            self.compose_with_pronouns();
        }
        self.link_surnames();
        self.find_who_fled();
        self.follow_colleagues();
        self.fill_inner_institutions();
        self.name_owners_inside();
        self.link_unknown_names();
        self.place_unknown_persons();
    }

    /// Type of the longest mention that a token heads.
    pub(crate) fn entity(&self, token: TokenId) -> Option<EntityType> {
        self.mentions[token.index()].map(|m| self.doc.mentions[m].kind)
    }

    /// Whether a token stands in a dateline.
    pub(crate) fn in_dateline(&self, token: TokenId) -> bool {
        self.in_dateline[token.index()]
    }

    pub(crate) fn base(&self) -> &'k Base {
        self.base
    }

    fn slot(&self, token: TokenId) -> Option<&Slot> {
        self.slots[token.index()].as_ref()
    }

    fn code(&self, token: TokenId) -> Option<&CountryCode> {
        self.slot(token).and_then(|s| s.actor.code.as_ref())
    }

    fn phrase(&self, token: TokenId) -> Option<(&Phrase, &'k Agent)> {
        self.phrases[token.index()].as_ref().map(|p| (p, &self.base.agent_entries[p.agent as usize]))
    }

    /// The entry of the name that covers a token, and the tokens of that name.
    pub(crate) fn name_at(&self, token: TokenId) -> Option<(&'k Entry, Range<u32>)> {
        let name = &self.names[self.named[token.index()]?];
        Some((&self.base.entries[*name.entries.first()? as usize], name.tokens.clone()))
    }

    /// The place that a token heads, of those that lie in a country.
    fn place(&self, token: TokenId) -> Option<&PlaceLink> {
        self.places
            .binary_search_by_key(&token, |p| p.head)
            .ok()
            .map(|i| &self.places[i])
            .filter(|p| !p.place.country.0.is_empty())
    }

    /// How often each country is named, outlets left out and datelines counted, in the order of codes.
    pub(crate) fn countries(&self) -> std::collections::BTreeMap<CountryCode, u32> {
        let mut counts = std::collections::BTreeMap::new();
        for (index, slot) in self.slots.iter().enumerate() {
            let Some(slot) = slot else { continue };
            if matches!(slot.made, Made::Country(_))
                && self.named[index].is_some()
                && let Some(code) = &slot.actor.code
            {
                *counts.entry(code.clone()).or_insert(0) += 1;
            }
        }
        for code in &self.dateline_countries {
            *counts.entry(code.clone()).or_insert(0) += 1;
        }
        counts
    }

    /// The countries that the names of each sentence tell.
    pub(crate) fn countries_by_sentence(&self) -> BTreeMap<SentenceId, BTreeSet<CountryCode>> {
        let mut found: BTreeMap<SentenceId, BTreeSet<CountryCode>> = BTreeMap::new();
        for (index, slot) in self.slots.iter().enumerate() {
            if let Some(code) = slot.as_ref().filter(|s| matches!(s.made, Made::Country(_))).and_then(|s| s.actor.code.clone()) {
                found.entry(self.doc.sentence_of(TokenId::from(index))).or_default().insert(code);
            }
        }
        found
    }

    /// Whether a word that could name a place is part of a person's whole name in the document, and stands as that person here.
    pub(crate) fn is_of_a_person(&self, token: TokenId) -> bool {
        let located =
            tree::case_word(self.doc, token).is_some_and(|w| matches!(w.as_str(), "in" | "at" | "near" | "outside" | "across"));
        !located && self.entity(token) != Some(EntityType::Place) && self.person_words.contains(self.doc.form(token))
    }

    fn is_outlet(entry: &Entry) -> bool {
        matches!(entry, Entry::Body { kind: BodyKind::Media, .. })
    }

    /// What else the name at a token is known as.
    fn alternatives(&self, index: usize, slot: &Slot) -> Vec<CompactString> {
        let Some(name) = self.named[index].map(|n| &self.names[n]).filter(|_| slot.basis == LinkBasis::Alias) else {
            return vec![];
        };
        let ids =
            name.entries.iter().filter_map(|&id| actor_of(self.base, &self.base.entries[id as usize], self.date).identifier_id);
        let mut others: Vec<CompactString> = Vec::new();
        for id in ids.filter(|id| slot.actor.identifier_id.as_ref() != Some(id)) {
            if !others.contains(&id) && others.len() < ALTERNATIVES {
                others.push(id);
            }
        }
        others
    }

    fn finish(mut self) -> (Vec<ActorLink>, Vec<PlaceLink>) {
        let mut actors = Vec::new();
        let slots = std::mem::take(&mut self.slots);
        for (index, slot) in slots.into_iter().enumerate() {
            let Some(slot) = slot.filter(|_| !self.silent[index]) else { continue };
            let empty = slot.actor.code.is_none()
                && slot.actor.sectors.is_empty()
                && slot.states.is_empty()
                && slot.basis != LinkBasis::Named;
            if !empty {
                let alternatives = self.alternatives(index, &slot);
                let Slot { mut actor, basis, span, is_media, states, .. } = slot;
                settle_non_governmental(&mut actor, !states.is_empty());
                actors.push(ActorLink { head: TokenId::from(index), span, actor, basis, is_media, alternatives, states });
            }
        }
        (actors, self.places)
    }
}
