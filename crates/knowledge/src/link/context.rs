//! What the rest of the document says: surnames, chains, the country of agents that name none.

use std::collections::{BTreeMap, BTreeSet};

use demarche_types::{Actor, CountryCode, Deprel, EntityType, LinkBasis, Number, TokenId, Upos};

use super::compose::OWNS;
use super::together::Neighbour;
use super::{Linker, Made, Slot};
use crate::base::AgentKind;
use crate::basis_rank;
use crate::fold::fold;
use crate::tree;

/// Sectors of armed groups, which a country has when their modifier is of its peoples ("Druze militias").
const ARMED: &[&str] = &["REB", "PRM", "UAF", "CRM"];

/// People who live where they are: who else flees (shoppers, guests, worshippers) leaves a building and no home.
const RESIDENTS: &[&str] = &[
    "child",
    "civilian",
    "community",
    "family",
    "household",
    "inhabitant",
    "local",
    "man",
    "people",
    "person",
    "resident",
    "townspeople",
    "villager",
    "woman",
];
/// Verbs whose subject, and verbs whose object, has left its home.
const FLED: &[&str] = &["flee"];
const DISPLACED: &[&str] = &["displace", "uproot"];

/// How many composed agents back "the ministry" may reach for its country.
const REACH: usize = 200;

impl Linker<'_, '_, '_> {
    /// A surname alone is the person whose whole name the document gives elsewhere.
    pub(super) fn link_surnames(&mut self) {
        let mut surnames: BTreeMap<String, Option<(Actor, Made)>> = BTreeMap::new();
        for index in 0..self.slots.len() {
            let token = TokenId::from(index);
            let Some(slot) = self.slot(token).filter(|_| !self.silent[index]) else { continue };
            if self.doc.token(token).upos != Upos::Propn || !matches!(slot.made, Made::Person | Made::Other) {
                continue;
            }
            let run = match self.names.get(self.named[index].unwrap_or(usize::MAX)) {
                Some(name) => name.tokens.clone().map(TokenId).collect(),
                None => tree::name_run(self.doc, token),
            };
            // Both ends: Chinese and Korean family names come first.
            let ends = [run.last(), run.first().filter(|_| run.len() > 1 && east_asian(slot.actor.code.as_ref()))];
            for &end in ends.into_iter().flatten() {
                let entry = surnames.entry(fold(self.doc.form(end))).or_insert_with(|| Some((slot.actor.clone(), slot.made)));
                if entry.as_ref().is_some_and(|(a, _)| a.identifier_id != slot.actor.identifier_id && a != &slot.actor) {
                    // Two bearers of one surname: neither is meant for sure, unless only one is known.
                    let known = entry.as_ref().is_some_and(|(a, _)| a.identifier_id.is_some());
                    *entry = match (known, slot.actor.identifier_id.is_some()) {
                        (true, false) => entry.take(),
                        (false, true) => Some((slot.actor.clone(), slot.made)),
                        _ => None,
                    };
                }
            }
        }
        for index in 0..self.slots.len() {
            let token = TokenId::from(index);
            let poor = |s: &Slot| s.basis == LinkBasis::Coreference && s.made != Made::Agent && s.actor.code.is_none();
            let free = self.slots[index].as_ref().is_none_or(poor) && self.doc.token(token).upos == Upos::Propn;
            if !free || self.doc.token(token).deprel == Deprel::Flat || tree::name_run(self.doc, token).len() > 1 {
                continue;
            }
            if let Some(Some((actor, made))) = surnames.get(&fold(self.doc.form(token))) {
                let span = self.doc.token(token).span;
                self.slots[index] = Some(Slot::new(actor.clone(), LinkBasis::Coreference, span, *made));
            }
        }
    }

    /// Mentions of a chain share the link of the one that says most.
    pub(super) fn follow_chains(&mut self) {
        let mut chains: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, mention) in self.doc.mentions.iter().enumerate() {
            if let Some(chain) = mention.chain {
                chains.entry(chain.0).or_default().push(index);
            }
        }
        for mentions in chains.values() {
            let mut best: Option<(u8, Slot)> = None;
            let mut plural = false;
            for &mention in mentions {
                let head = tree::counted(self.doc, self.doc.mentions[mention].head, |t| self.slot(t).is_some());
                let Some(slot) = self.slot(head) else { continue };
                let certain = u8::from(slot.actor.code.is_some()) * 10 + u8::from(slot.actor.identifier_id.is_some());
                let rank = certain + basis_rank(&slot.basis);
                if best.as_ref().is_none_or(|(other, _)| rank > *other) {
                    best = Some((rank, slot.clone()));
                    plural = self.doc.token(head).feats.number == Number::Plur && !matches!(slot.made, Made::Country(_));
                }
            }
            // Who has no country may still be known by sector: "rebels" and then "them".
            let Some((_, best)) = best.filter(|(_, s)| s.actor.code.is_some() || !s.actor.sectors.is_empty()) else { continue };
            for &mention in mentions {
                let mention = &self.doc.mentions[mention];
                let at = mention.head.index();
                if matches!(best.made, Made::Country(_)) && mention.kind == EntityType::Person && mention.named {
                    continue;
                }
                // The noun that a quantity counts has the link already.
                if tree::counted(self.doc, mention.head, |t| self.slot(t).is_some()) != mention.head {
                    continue;
                }
                // Without a country only pronouns and plain nouns that have no link gain by it, and what such a party
                // owns ("its factory") is no party.
                let word = self.doc.token(mention.head);
                let party = word.upos == Upos::Pron || matches!(mention.kind, EntityType::Person | EntityType::Organization);
                let told = mention.named || self.slots[at].is_some() || word.deprel == Deprel::NmodPoss;
                if best.actor.code.is_none() && (told || !party) {
                    continue;
                }
                let poor = self.slots[at]
                    .as_ref()
                    .is_none_or(|s| s.states.is_empty() && s.actor.code.is_none() || s.basis == LinkBasis::Document);
                if !poor || !self.slots[at].as_ref().is_none_or(|own| agrees(&own.actor, &best.actor)) {
                    continue;
                }
                // "The two governments" are not the one that the chain begins with, unless it begins with several of its own ("Russian
                // diplomats", then "the diplomats"); nor is the government the bloc.
                if best.states.is_empty() && !plural && self.is_of_several_states(mention.head)
                    || self.is_of_another_kind(mention.head, &best)
                {
                    continue;
                }
                let span = self.doc.span_of(mention.start, mention.end);
                let made = if best.made == Made::Person { Made::Person } else { Made::Other };
                let mut actor = best.actor.clone();
                // "The president" whom a chain joins to his country is still the president.
                if let Some(own) = self.slots[at].as_ref().filter(|own| {
                    matches!(best.made, Made::Country(_)) && actor.sectors.is_empty() && !own.actor.sectors.is_empty()
                }) {
                    actor = Actor { code: actor.code, ..own.actor.clone() };
                }
                self.slots[at] = Some(Slot {
                    actor,
                    basis: LinkBasis::Coreference,
                    span,
                    is_media: best.is_media,
                    made,
                    states: best.states.clone(),
                });
            }
        }
    }

    /// "Six hundred villagers fled", "families who were displaced": people with no other sector are refugees by what they did.
    pub(super) fn find_who_fled(&mut self) {
        let doc = self.doc;
        for index in 0..self.slots.len() {
            let token = TokenId::from(index);
            let plain = self.slot(token).is_some_and(|s| {
                !matches!(s.made, Made::Person | Made::Country(_)) && s.actor.sectors.iter().map(|s| s.0.as_str()).eq(["CVL"])
            });
            if !plain
                || !RESIDENTS.contains(&doc.token(token).lemma.as_str())
                || doc.token(token).upos != Upos::Noun
                || doc.token(token).feats.number != Number::Plur
            {
                continue;
            }
            let fled = |verb: TokenId, subject: bool, passive: bool| {
                let lemma = doc.token(verb).lemma.as_str();
                subject && FLED.contains(&lemma) || passive && DISPLACED.contains(&lemma)
            };
            let word = doc.token(token);
            let here = word.head.is_some_and(|verb| {
                fled(verb, word.deprel == Deprel::Nsubj, matches!(word.deprel, Deprel::NsubjPass | Deprel::Obj))
            });
            let told = doc.children(token).any(|c| match doc.token(c).deprel {
                Deprel::AclRelcl => {
                    let has = |d: Deprel| doc.children(c).any(|w| doc.token(w).deprel == d && doc.token(w).upos == Upos::Pron);
                    fled(c, has(Deprel::Nsubj), has(Deprel::NsubjPass) || has(Deprel::Obj))
                }
                // "Families fleeing the shells", "families displaced by them"
                Deprel::Acl => {
                    let active = doc.form(c).ends_with("ing");
                    fled(c, active, !active)
                }
                _ => false,
            });
            if (here || told)
                && let Some(slot) = &mut self.slots[index]
            {
                slot.actor.sectors = vec![demarche_types::Sector("REF".into())];
            }
        }
    }

    /// An agent without a country takes one from the document where only one comes into question.
    pub(super) fn ask_the_document(&mut self) {
        let scene = self.scene();
        let spoken_of = self.spoken_of();
        let sure = |t: &TokenId| self.slot(*t).is_some_and(|s| s.basis == LinkBasis::Composed && s.made == Made::Agent);
        let sure: Vec<TokenId> =
            (0..self.slots.len()).map(TokenId::from).filter(|t| self.phrases[t.index()].is_some() && sure(t)).collect();
        for index in 0..self.slots.len() {
            let token = TokenId::from(index);
            if !self.slot(token).is_some_and(|s| s.basis == LinkBasis::Agent && s.actor.code.is_none()) {
                continue;
            }
            if let Some(Neighbour::Of(owner)) = self.neighbour(token) {
                // "Its" and "their" are a state's where the chain says so; a family's neighbours are people.
                let state = self.slot(owner).filter(|s| s.actor.sectors.is_empty()).and_then(|s| s.actor.code.clone());
                if let Some(state) = state.filter(CountryCode::is_state) {
                    let other = self.home_beside(&scene, token, &state);
                    if let (Some(code), Some(slot)) = (other, &mut self.slots[index]) {
                        slot.actor.code = Some(code);
                        slot.basis = LinkBasis::Document;
                    }
                    continue;
                }
                let people = self.phrase(token).map(|(_, agent)| agent.sectors.clone()).unwrap_or_default();
                if let Some(slot) = &mut self.slots[index] {
                    slot.actor.sectors = people;
                }
            }
            if self.is_of_several_states(token) || self.recompose(token) {
                continue;
            }
            let earlier = &sure[..sure.partition_point(|&t| t < token)];
            let before = &earlier[earlier.len().saturating_sub(REACH)..];
            // A headline and a deck come before what they sum up.
            let after = &sure[earlier.len()..];
            let later = |token| self.earlier_of_its_kind(token, &after[..after.len().min(REACH)]);
            let shared = self.kind_of(token).and_then(|(phrase, _)| self.shared_in(phrase.tokens.clone()));
            let found =
                self.earlier_of_its_kind(token, before).or_else(|| self.owners_country(token)).or_else(|| later(token)).or_else(
                    || match &shared {
                        // A party of the name that no table has is of the state that the document tells of.
                        Some(shared) => self
                            .shared_country(shared, &spoken_of)
                            .or_else(|| self.home(&scene, token).filter(|_| self.is_of(token, &["PTY", "OPP"])))
                            .or_else(|| self.shared_default(shared, &spoken_of)),
                        // Envoys are seldom of the country they speak of or stand in.
                        None if self.phrase(token).is_some_and(|(_, a)| a.kind == AgentKind::Envoy) => None,
                        None => self.home(&scene, token),
                    },
                );
            if let (Some(code), Some(slot)) = (found, &mut self.slots[index]) {
                slot.actor.code = Some(code);
                slot.basis = LinkBasis::Document;
            }
        }
    }

    /// Persons of whom only the name is known are taken to be of the country that the document speaks of, where it leaves no doubt.
    pub(super) fn place_unknown_persons(&mut self) {
        let scene = self.scene();
        for index in 0..self.slots.len() {
            let token = TokenId::from(index);
            let unknown = self.slot(token).is_some_and(|s| s.basis == LinkBasis::Named && s.actor.code.is_none());
            if !unknown || self.entity(token) != Some(EntityType::Person) || self.bears_a_country(token) {
                continue;
            }
            if let (Some(code), Some(slot)) = (self.home(&scene, token), &mut self.slots[index]) {
                slot.actor.code = Some(code);
                slot.basis = LinkBasis::Document;
            }
        }
    }

    /// "The government" or "the minister" of a chain that begins with a bloc or a bank.
    fn is_of_another_kind(&self, token: TokenId, chain: &Slot) -> bool {
        let foreign = chain.actor.code.as_ref().is_some_and(|code| !code.is_state());
        foreign
            && self.phrase(token).is_some_and(|(_, agent)| {
                agent.sectors.first().is_some_and(|s| s.0 == "GOV")
                    && matches!(
                        last_word(&agent.phrase),
                        "government" | "minister" | "ministry" | "cabinet" | "authority" | "premier"
                    )
            })
    }

    /// "The governments", "both ministers", "neither army", "foreign lenders": of what a state has one, several are of several states, and who is
    /// foreign is not of the state spoken of. A state has many soldiers, courts and officials.
    fn is_of_several_states(&self, token: TokenId) -> bool {
        let doc = self.doc;
        let told = |words: &[&str]| doc.children(token).any(|c| words.contains(&doc.form(c).to_lowercase().as_str()));
        if told(&["foreign", "overseas"]) {
            let own = |t: u32| matches!(doc.form(TokenId(t)).to_lowercase().as_str(), "foreign" | "overseas");
            return self.phrase(token).is_some_and(|(p, _)| !p.tokens.clone().any(own));
        }
        let Some((_, agent)) = self.kind_of(token) else { return false };
        let plural = doc.token(token).feats.number == Number::Plur;
        let counted =
            || doc.children(token).any(|c| doc.token(c).deprel == Deprel::Nummod && !doc.form(c).eq_ignore_ascii_case("one"));
        match agent.phrase.as_str() {
            "government" | "president" | "prime minister" | "premier" | "diplomat" | "leader" | "parliament" => return plural,
            "army" | "air force" | "navy" => return plural || told(&["neither", "either"]),
            _ => {}
        }
        match last_word(&agent.phrase) {
            // Of foreign ministers a state has one, of ministers many.
            "minister" => {
                plural && (agent.kind == AgentKind::Office && agent.phrase != "minister" && counted() || told(&["two", "both"]))
            }
            "delegation" => plural && (counted() || told(&["both"])),
            _ => false,
        }
    }

    /// "The ministry" after "the Iranian foreign ministry": the sole country of earlier agents of that kind.
    fn earlier_of_its_kind(&self, token: TokenId, composed: &[TokenId]) -> Option<CountryCode> {
        let (_, agent) = self.kind_of(token)?;
        if !matches!(agent.kind, AgentKind::Office | AgentKind::Envoy | AgentKind::Institution | AgentKind::Group) {
            return None;
        }
        let mut codes = BTreeSet::new();
        for &earlier in composed {
            let Some((_, other)) = self.phrase(earlier) else { continue };
            if other.phrase == agent.phrase || last_word(&other.phrase) == agent.phrase {
                codes.extend(self.code(earlier).cloned());
            }
        }
        if codes.len() == 1 { codes.pop_first() } else { None }
    }

    /// "The army's chief negotiator": the country that the document or a chain has given to the army.
    fn owners_country(&self, token: TokenId) -> Option<CountryCode> {
        let told = |t: TokenId| {
            self.slot(t)
                .is_some_and(|s| matches!(s.basis, LinkBasis::Coreference | LinkBasis::Document) && s.made != Made::Person)
                && !crosses_borders(self.doc.form(t))
        };
        self.candidates(token).into_iter().filter(|&(s, t)| s <= OWNS && told(t)).find_map(|(_, t)| self.code(t).cloned())
    }

    /// The agent whose country is asked: of "ministry spokesman" it is the ministry's.
    pub(super) fn kind_of(&self, token: TokenId) -> Option<(&super::Phrase, &crate::base::Agent)> {
        let own = self.phrase(token);
        let named_by = || self.doc.children(token).find_map(|c| self.phrase(c).filter(|_| self.silent[c.index()]).map(|_| c));
        let at = if own.is_some() { token } else { named_by()? };
        let (phrase, agent) = self.phrase(at)?;
        if agent.kind == AgentKind::Role {
            let owner = phrase.tokens.clone().map(TokenId).flat_map(|t| self.doc.children(t)).find_map(|c| {
                matches!(self.doc.token(c).deprel, Deprel::Compound | Deprel::NmodPoss | Deprel::Nmod)
                    .then(|| self.phrase(c))
                    .flatten()
            });
            return owner.or(Some((phrase, agent)));
        }
        Some((phrase, agent))
    }

    pub(super) fn is_of(&self, token: TokenId, sectors: &[&str]) -> bool {
        let first = self.slot(token).and_then(|s| s.actor.sectors.first().cloned());
        first.is_some_and(|s| sectors.contains(&s.0.as_str()))
    }

    /// "Druze militias", "Bedouin fighters": an armed group of a people or region. Faiths that cross borders are none.
    pub(super) fn is_of_a_people(&self, token: TokenId) -> bool {
        let doc = self.doc;
        let people = |c: TokenId| {
            let (word, form) = (doc.token(c), doc.form(c));
            c < token
                && matches!(word.deprel, Deprel::Amod | Deprel::Compound)
                && form.starts_with(char::is_uppercase)
                && form.chars().skip(1).any(char::is_lowercase)
                && self.slot(c).is_none_or(|s| s.actor.code.is_none() || s.basis == LinkBasis::Document)
                && !crosses_borders(form)
        };
        // The capital of a sentence's first word says nothing, unless the word is known for a people's or a faith's.
        let opens = doc.sentences[doc.sentence_of(token).index()].tokens.start;
        let known = |c: TokenId| {
            self.base.agents.lookup(doc.form(c)).iter().any(|a| {
                let sectors = &self.base.agent_entries[a.entry as usize].sectors;
                sectors.first().is_some_and(|s| matches!(s.0.as_str(), "REL" | "CVL"))
            })
        };
        self.is_of(token, ARMED)
            && doc.children(token).any(|c| people(c) && (c.0 != opens || doc.token(c).upos == Upos::Propn || known(c)))
    }

    /// Names that no table holds are mentions all the same.
    pub(super) fn link_unknown_names(&mut self) {
        for mention in &self.doc.mentions {
            let at = mention.head.index();
            let party = mention.named && matches!(mention.kind, EntityType::Person | EntityType::Organization);
            if party && self.slots[at].is_none() && !self.silent[at] && self.place(mention.head).is_none() {
                let span = self.doc.span_of(mention.start, mention.end);
                self.slots[at] = Some(unknown(span));
            }
        }
        // "Congress" in "members of Congress" is a word of the phrase.
        let mut within = vec![false; self.slots.len()];
        self.phrases.iter().flatten().flat_map(|p| p.tokens.clone()).for_each(|t| within[t as usize] = true);
        let headline: Vec<bool> = self.doc.sentences.iter().map(|s| is_headline(s.span.of(self.doc.text()))).collect();
        for (index, &within) in within.iter().enumerate() {
            let token = TokenId::from(index);
            let word = self.doc.token(token);
            // Where every word has a capital, a capital is no evidence of a name.
            if headline.get(self.doc.sentence_of(token).index()).copied().unwrap_or(false) {
                continue;
            }
            let heads = matches!(
                word.deprel,
                Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::Obj
                    | Deprel::Iobj
                    | Deprel::Obl
                    | Deprel::OblAgent
                    | Deprel::NmodPoss
                    | Deprel::Nmod
                    | Deprel::Conj
                    | Deprel::Appos
                    | Deprel::Root
                    | Deprel::Vocative
                    | Deprel::Xcomp
            );
            let covered = self.named[index].is_some() || self.place(token).is_some() || self.silent[index] || within;
            if word.upos != Upos::Propn || !heads || covered || self.slots[index].is_some() {
                continue;
            }
            let other = self.entity(token).is_some_and(|kind| !matches!(kind, EntityType::Person | EntityType::Organization));
            if !other && !is_calendar(&word.lemma) {
                self.slots[index] = Some(unknown(self.name_span(token)));
            }
        }
    }
}

/// Whether an agent's own sectors allow it to be what its chain says: a police chief is no rebel movement.
fn agrees(agent: &Actor, chain: &Actor) -> bool {
    let armed = |a: &Actor| a.sectors.iter().any(|s| matches!(s.0.as_str(), "UAF" | "REB" | "PRM" | "CRM" | "MIL"));
    agent.sectors.is_empty()
        || chain.sectors.is_empty()
        || agent.sectors.iter().any(|s| chain.sectors.contains(s))
        || armed(agent) && armed(chain)
        || chain.sectors.iter().any(|s| s.0 == "ELI")
}

fn unknown(span: demarche_types::Span) -> Slot {
    Slot::new(Actor::default(), LinkBasis::Named, span, Made::Other)
}

/// Movements that no one country has.
pub(super) fn crosses_borders(form: &str) -> bool {
    let word = form.to_lowercase();
    ["islam", "jihad", "muslim", "christian", "marx", "mao", "nazi"].iter().any(|stem| word.starts_with(stem))
}

/// Whether nearly every longer word of a line is capitalised.
fn is_headline(line: &str) -> bool {
    let words = || {
        line.split_whitespace().filter(|w| w.chars().count() > 3 && w.chars().all(|c| c.is_alphabetic() || c == '’' || c == '\''))
    };
    let (all, capital) = (words().count(), words().filter(|w| w.starts_with(char::is_uppercase)).count());
    all >= 3 && capital * 10 >= all * 8
}

/// The last word of a phrase, which says what somebody is.
pub(super) fn last_word(phrase: &str) -> &str {
    phrase.rsplit(' ').next().unwrap_or(phrase)
}

fn east_asian(code: Option<&CountryCode>) -> bool {
    code.is_some_and(|c| matches!(c.0.as_str(), "CHN" | "TWN" | "KOR" | "PRK" | "VNM" | "HKG" | "HUN" | "KHM" | "SGP"))
}

/// Days and months are proper nouns that are nobody.
pub(crate) fn is_calendar(lemma: &str) -> bool {
    matches!(
        lemma.trim_end_matches('.').to_lowercase().as_str(),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "ramadan"
            | "christmas"
            | "easter"
            | "gmt"
            | "am"
            | "pm"
            | "utc"
    )
}
