//! Composition: an agent and what it belongs to.

use demarche_types::{Actor, CountryCode, Deprel, LinkBasis, Sector, TokenId, Upos};

use super::context::last_word;
use super::together::Neighbour;
use super::{Linker, Made, Slot, former};
use crate::base::{Agent, AgentKind, CountryForm};
use crate::tree;

/// Composition follows at most so many agents inside one another ("an aide to the spokesman of ...").
const DEPTH: u32 = 6;

/// The weakest strength that says whose somebody is; weaker ones say only where.
pub(super) const OWNS: u32 = 6;
/// The weakest strength that says where somebody is from.
pub(super) const FROM: u32 = 5;

impl Linker<'_, '_, '_> {
    /// Fills the slots of agent phrases.
    pub(super) fn compose_agents(&mut self) {
        for index in 0..self.phrases.len() {
            let head = TokenId::from(index);
            if self.phrases[index].is_none() {
                continue;
            }
            let Some(slot) = self.composed(head, 0) else { continue };
            self.drop_bodies_inside(head, &slot);
            self.slots[index] = Some(slot);
        }
    }

    /// The Labour of "Uganda Labour Congress" is a word of the phrase, not the party of another country.
    fn drop_bodies_inside(&mut self, head: TokenId, whole: &Slot) {
        let Some(tokens) = self.phrase(head).map(|(p, _)| p.tokens.clone()) else { return };
        for token in tokens.filter(|&t| t != head.0) {
            let slot = &mut self.slots[token as usize];
            let other = |s: &Slot| s.actor.code != whole.actor.code || s.actor.sectors.first() != whole.actor.sectors.first();
            if slot.as_ref().is_some_and(|s| s.made == Made::Body && other(s)) {
                *slot = None;
            }
        }
    }

    /// "The central bank" in "the central bank's governor" told as one phrase is a body of the same country.
    pub(super) fn fill_inner_institutions(&mut self) {
        for index in 0..self.phrases.len() {
            let head = TokenId::from(index);
            let Some(tokens) = self.phrase(head).map(|(p, _)| p.tokens.clone()).filter(|t| t.len() > 1) else { continue };
            let Some(outer) = self.slot(head).cloned() else { continue };
            let mut at = tokens.start;
            while at < tokens.end {
                let within = if at <= head.0 { head.0 } else { tokens.end };
                let Some((end, agent)) = self.longest_agent(at, within) else {
                    at += 1;
                    continue;
                };
                let inner = tree::head_of(self.doc, at..end);
                let known = &self.base.agent_entries[agent as usize];
                if known.kind == AgentKind::Institution && !known.proper && inner != head && self.slots[inner.index()].is_none() {
                    let actor = Actor { code: outer.actor.code.clone(), sectors: known.sectors.clone(), ..Actor::default() };
                    let span = self.doc.span_of(TokenId(at), TokenId(end));
                    self.slots[inner.index()] = Some(Slot::new(actor, outer.basis.clone(), span, Made::Other));
                }
                at = end;
            }
        }
    }

    /// After coreference: "its army", "their spokesman".
    pub(super) fn compose_with_pronouns(&mut self) {
        for index in 0..self.phrases.len() {
            let head = TokenId::from(index);
            // Who leads somebody is asked again once "its" or "their" is known.
            let leads = self.phrase(head).is_some_and(|(_, a)| a.kind == AgentKind::Role || is_leader(&a.phrase));
            let open = |s: &Slot| {
                s.basis == LinkBasis::Agent || leads && matches!(s.basis, LinkBasis::Document | LinkBasis::Coreference)
            };
            if !self.slot(head).is_some_and(open) || self.neighbour(head).is_some() {
                continue;
            }
            let owner = self.doc.children(head).find(|&c| {
                self.doc.token(c).deprel == Deprel::NmodPoss && self.doc.token(c).upos == Upos::Pron && self.code(c).is_some()
            });
            let Some(owner) = owner.and_then(|o| self.slot(o)).cloned() else { continue };
            // What a body is tells what its president is, whose slot the chain has filled.
            let made = if leads && !owner.actor.sectors.is_empty() { Made::Agent } else { owner.made };
            let owner = Slot { made, ..owner };
            let Some((_, agent)) = self.phrase(head) else { continue };
            let mut actor = self.combine(agent, &owner, self.is_former(head));
            // A chain or the tables have told who it is already: the body tells what he is, where that came from the word alone.
            if self.slot(head).is_some_and(|s| s.basis == LinkBasis::Coreference) {
                let by_word = self.slot(head).map(|s| s.actor.sectors.clone()).filter(|s| *s == agent.sectors);
                if let Some(by_word) = by_word.filter(|_| !actor.sectors.is_empty()) {
                    let doc = self.doc;
                    let beside = doc.children(head).filter(|&c| doc.token(c).deprel == Deprel::Appos);
                    let above = doc.token(head).head.filter(|_| doc.token(head).deprel == Deprel::Appos);
                    for token in beside.chain(above).chain([head]) {
                        if let Some(slot) = self.slots[token.index()].as_mut().filter(|s| s.actor.sectors == by_word) {
                            slot.actor.sectors.clone_from(&actor.sectors);
                        }
                    }
                }
                continue;
            }
            // "His men", "its crew" are of whoever has them.
            if is_followers(&agent.phrase) && !owner.actor.sectors.is_empty() {
                actor.sectors.clone_from(&owner.actor.sectors);
            }
            if let Some(slot) = &mut self.slots[index] {
                slot.span = slot.span.cover(owner.span);
                slot.actor = actor.clone();
                slot.basis = LinkBasis::Composed;
            }
            // The name beside the title shares what the title has learnt.
            let doc = self.doc;
            let beside = doc.children(head).filter(|&c| doc.token(c).deprel == Deprel::Appos);
            for token in beside.chain(doc.token(head).head.filter(|_| doc.token(head).deprel == Deprel::Appos)) {
                if let Some(slot) = self.slots[token.index()].as_mut().filter(|s| open(s)) {
                    slot.actor = Actor { identifier_id: None, identifier_text: None, ..actor.clone() };
                    slot.basis = LinkBasis::Coreference;
                }
            }
        }
    }

    /// What an agent phrase stands for where it stands.
    fn composed(&self, head: TokenId, depth: u32) -> Option<Slot> {
        if let Some(known) = &self.composed.borrow()[head.index()] {
            return known.clone();
        }
        self.composed.borrow_mut()[head.index()] = Some(None);
        let mut slot = self.compose(head, depth);
        if let Some(slot) = &mut slot
            && self.phrase(head).is_some_and(|(_, agent)| super::agents::is_of_either_force(&agent.phrase))
            && let Some(force) = self.force_around(head)
        {
            let either = |s: &&mut Sector| matches!(s.0.as_str(), "MIL" | "COP");
            slot.actor.sectors.iter_mut().filter(either).for_each(|s| *s = Sector(force.into()));
        }
        // "The opposition Liberal Party" is a party in opposition.
        if let Some(slot) = &mut slot
            && self.phrase(head).is_some_and(|(p, a)| a.phrase == "opposition" && self.is_before_a_name(p.tokens.end))
        {
            slot.actor.sectors.sort_by_key(|s| s.0 != "PTY");
        }
        // "Three deputies", "Greek deputies" sit in a parliament; "his deputy" and "the mayor's deputy" are what he is.
        if let Some(slot) = &mut slot
            && self.phrase(head).is_some_and(|(_, agent)| agent.phrase == "deputy")
            && !self.doc.children(head).any(|c| self.doc.token(c).deprel == Deprel::NmodPoss)
            && !tree::is_title(self.doc, head)
            && slot.actor.sectors.iter().all(|s| matches!(s.0.as_str(), "PTY" | "OPP"))
        {
            // An American sheriff's.
            let police = slot.actor.code.as_ref().is_some_and(|code| code.0 == "USA");
            slot.actor.sectors.insert(0, Sector(if police { "COP" } else { "LEG" }.into()));
        }
        self.composed.borrow_mut()[head.index()] = Some(slot.clone());
        slot
    }

    fn is_before_a_name(&self, next: u32) -> bool {
        let token = TokenId(next);
        (next as usize) < self.doc.tokens.len()
            && self.doc.form(token).starts_with(char::is_uppercase)
            && self.doc.sentence_of(token) == self.doc.sentence_of(TokenId(next - 1))
            && matches!(self.doc.token(token).upos, Upos::Propn | Upos::Adj | Upos::Noun)
    }

    fn compose(&self, head: TokenId, depth: u32) -> Option<Slot> {
        let (phrase, agent) = self.phrase(head)?;
        let span = tree::cover(self.doc, phrase.tokens.clone().map(TokenId))?;
        match self.neighbour(head) {
            // "The two neighbours" are two states.
            Some(Neighbour::Several) => return None,
            // "Its neighbour" is another state than it.
            Some(Neighbour::Of(_)) => {
                return Some(Slot::new(Actor::default(), LinkBasis::Agent, span, Made::Agent));
            }
            None => {}
        }
        let is_former = self.is_former(head);
        let is_media = agent.kind == AgentKind::Institution && agent.sectors.first().is_some_and(|s| s.0 == "JRN");
        let candidates = self.candidates(head);
        let Some((owner, owner_span)) = self.owner(head, &candidates, depth) else {
            // A role says nothing alone, but as a title of a name it does.
            let rank = || super::agents::is_of_either_force(&agent.phrase) && tree::is_title(self.doc, head);
            if agent.kind == AgentKind::Role && !is_title(agent) && agent.phrase != "delegation" && !rank() {
                return None;
            }
            let sectors = if is_former && matches!(agent.kind, AgentKind::Office | AgentKind::Envoy) {
                former(&agent.sectors)
            } else {
                agent.sectors.clone()
            };
            let actor = Actor { sectors, office: office(agent, is_former), ..Actor::default() };
            return Some(Slot { actor, basis: LinkBasis::Agent, span, is_media, made: Made::Agent, states: vec![] });
        };
        let states = if owner.states.is_empty() { self.states_joined(&candidates, &owner) } else { owner.states.clone() };
        let basis = if owner.actor.code.is_some() || !states.is_empty() { LinkBasis::Composed } else { LinkBasis::Agent };
        let made = Made::Agent;
        let mut actor = self.combine(agent, &owner, is_former);
        if !states.is_empty() {
            actor.code = None;
        }
        Some(Slot { actor, basis, span: span.cover(owner_span), is_media, made, states })
    }

    /// Country, sectors, identity and office of an agent that belongs to `owner`.
    pub(super) fn combine(&self, agent: &Agent, owner: &Slot, is_former: bool) -> Actor {
        let from = &owner.actor.sectors;
        let whole = matches!(owner.made, Made::Country(CountryForm::People));
        let mut sectors: Vec<Sector> = match agent.kind {
            // The officials of a body are of its sectors, also where it has none: a UN official is no government's.
            AgentKind::Role if owner.made == Made::Body || !from.is_empty() && !whole => from.clone(),
            AgentKind::Role => agent.sectors.clone(),
            // Those who work for an organisation are not labour.
            _ if owner.made == Made::Body && agent.sectors.iter().all(|s| s.0 == "LAB") && is_non_state(owner) => from.clone(),
            // A driver of the Red Crescent, a leader of the union: ordinary people are what their body is.
            _ if matches!(owner.made, Made::Body | Made::Agent)
                && !from.is_empty()
                && !is_kin(&agent.phrase)
                && agent.sectors.iter().all(|s| s.0 == "CVL")
                && !agent.sectors.is_empty() =>
            {
                from.clone()
            }
            // Rebels of a party are rebels first.
            _ if is_armed(agent.sectors.first()) && from.first().is_some_and(|s| matches!(s.0.as_str(), "PTY" | "OPP")) => {
                agent.sectors.iter().chain(from).cloned().collect()
            }
            // Fighters and leaders of a rebel group are rebels, soldiers of an unrecognised state stay its own.
            _ if !matches!(owner.made, Made::Country(_))
                && from.iter().any(|s| matches!(s.0.as_str(), "REB" | "PRM" | "CRM" | "PTY" | "OPP")) =>
            {
                // A party's mayor is a mayor; its leader is the party's.
                let of_state = agent.sectors.first().is_some_and(|s| matches!(s.0.as_str(), "LEG" | "JUD"));
                if of_state || agent.kind == AgentKind::Office && !is_leader(&agent.phrase) {
                    agent.sectors.iter().chain(from).cloned().collect()
                } else {
                    from.iter().chain(&agent.sectors).cloned().collect()
                }
            }
            _ => {
                let partial = from.iter().filter(|s| s.0 == "PRE");
                partial.chain(&agent.sectors).cloned().collect()
            }
        };
        let mut seen = Vec::new();
        sectors.retain(|s| {
            !seen.contains(s) && {
                seen.push(s.clone());
                true
            }
        });
        // The chief of staff of a state or its army is a soldier, that of a president an official.
        if agent.phrase == "chief of staff"
            && (matches!(owner.made, Made::Country(_)) || from.first().is_some_and(|s| s.0 == "MIL"))
        {
            sectors = vec![Sector("MIL".into())];
        }
        // Former officials have left an office, told as one person's or as a kind of people.
        let of_office = agent.kind == AgentKind::Group
            && (is_leader(&agent.phrase)
                || sectors.first().is_some_and(|s| matches!(s.0.as_str(), "GOV" | "LEG" | "JUD" | "SPY")));
        if is_former && (of_office || matches!(agent.kind, AgentKind::Office | AgentKind::Envoy | AgentKind::Role)) {
            sectors = former(&sectors);
        }
        let body = matches!(owner.made, Made::Body | Made::Agent).then_some(&owner.actor);
        Actor {
            code: owner.actor.code.clone(),
            sectors,
            identifier_id: body.and_then(|a| a.identifier_id.clone()),
            identifier_text: body.and_then(|a| a.identifier_text.clone()),
            office: office(agent, is_former),
        }
    }

    /// Which of the candidates an agent belongs to, and the words that say so.
    fn owner(&self, head: TokenId, candidates: &[(u32, TokenId)], depth: u32) -> Option<(Slot, demarche_types::Span)> {
        if depth > DEPTH {
            return None;
        }
        let mut best: Option<(Slot, demarche_types::Span)> = None;
        let mut country: Option<CountryCode> = None;
        let heads_a_body = self.phrase(head).is_some_and(|(_, a)| matches!(a.kind, AgentKind::Role | AgentKind::Office));
        for &(strength, token) in candidates {
            let Some((slot, span)) = self.resolve(token, depth + 1) else { continue };
            match &best {
                // "The Chilean head of the UN mission": whose office it is says more than where somebody is from.
                Some((first, first_span))
                    if heads_a_body && strength == 4 && matches!(first.made, Made::Country(_)) && is_non_state(&slot) =>
                {
                    best = Some((slot, first_span.cover(span)));
                    break;
                }
                None => {
                    country.clone_from(&slot.actor.code);
                    best = Some((slot, span));
                }
                // "The Nigerian arm of a firm": of the one state, and what the firm is.
                Some((first, first_span))
                    if strength == 4
                        && matches!(first.made, Made::Country(_))
                        && slot.made == Made::Body
                        && slot.actor.code.as_ref().is_some_and(|c| matches!(c.0.as_str(), "MNC" | "IMG" | "ISM")) =>
                {
                    let mut filled = slot;
                    filled.actor.code.clone_from(&first.actor.code);
                    best = Some((filled, first_span.cover(span)));
                    break;
                }
                Some((first, first_span)) => {
                    // "Iran's Revolutionary Guards commander": of one country, the body says more.
                    // "the Russian foreign ministry spokesman": a ministry without a country takes the next one.
                    let first_span = *first_span;
                    let fills = first.actor.code.is_none() && slot.actor.code.is_some();
                    let says_more = matches!(first.made, Made::Country(_))
                        && (slot.made == Made::Body && slot.actor.code == country
                            || slot.made == Made::Agent && slot.actor.code.is_none());
                    if fills {
                        country.clone_from(&slot.actor.code);
                        let mut filled = first.clone();
                        filled.actor.code = slot.actor.code;
                        best = Some((filled, first_span.cover(span)));
                    } else if says_more {
                        let mut filled = slot;
                        filled.actor.code.clone_from(&country);
                        best = Some((filled, first_span.cover(span)));
                    }
                }
            }
        }
        best
    }

    /// Tokens that may tell what an agent belongs to, the strongest first.
    pub(super) fn candidates(&self, head: TokenId) -> Vec<(u32, TokenId)> {
        let doc = self.doc;
        let Some((phrase, agent)) = self.phrase(head) else { return vec![] };
        let inside = phrase.tokens.clone();
        let relational = is_relational(agent);
        // "The Colorado Party" is of no state of that name.
        let whole_name = self.shared_in(inside.clone()).is_some_and(|s| s.is_whole());
        let mut found = Vec::new();
        for token in inside.clone().map(TokenId) {
            // "Labour minister" is no minister of the party of that name.
            let party = |s: &Slot| s.made == Made::Body && s.actor.sectors.first().is_some_and(|s| s.0 == "PTY");
            let portfolio = matches!(agent.kind, AgentKind::Office | AgentKind::Institution);
            let owns = |s: &Slot| !(portfolio && party(s));
            if token != head && !whole_name && self.named[token.index()].is_some() && self.slot(token).is_some_and(owns) {
                found.push((0, token));
            }
            let children = doc.children(token).filter(|c| !inside.contains(&c.0));
            found.extend(children.filter_map(|c| self.strength(c).map(|s| (s, c))));
        }
        // A title inside a name: the name's own modifiers speak for the title ("Iran's Foreign Minister Zarif").
        if let (Deprel::NmodDesc | Deprel::Compound | Deprel::Flat, Some(name)) = (doc.token(head).deprel, doc.token(head).head)
            && doc.token(name).upos == Upos::Propn
        {
            let beside = doc.children(name).filter(|&c| c < head && !inside.contains(&c.0));
            let strong = |c: TokenId| self.strength(c).filter(|&s| s <= 3);
            found.extend(beside.filter_map(|c| strong(c).map(|s| (s + 1, c))));
        }
        // "Kenyan police and protesters": an adjective before the first conjunct is meant for both, but
        // those who fight a state are not its own ("Israeli troops and militants").
        if found.is_empty()
            && !agent.sectors.iter().any(|s| matches!(s.0.as_str(), "REB" | "UAF" | "PRM" | "CRM"))
            && let (Deprel::Conj, Some(first)) = (doc.token(head).deprel, doc.token(head).head)
            && let Some((other, _)) = self.phrase(first)
        {
            let before = doc.children(first).filter(|c| c.0 < other.tokens.start && doc.token(*c).deprel == Deprel::Amod);
            found.extend(before.map(|c| (3, c)));
        }
        // An embassy stands in another country; what is "its" or "their" belongs to the owner, not to the place.
        let abroad = works_abroad(&agent.phrase);
        let owned = doc.children(head).any(|c| doc.token(c).deprel == Deprel::NmodPoss && doc.token(c).upos == Upos::Pron);
        // Envoys and parties to talks are not of the country they talk in.
        if abroad || owned || agent.kind == AgentKind::Envoy {
            found.retain(|&(strength, _)| strength <= OWNS);
        }
        if relational {
            found.retain(|&(strength, _)| matches!(strength, 0 | 2 | 3));
        }
        // "Nigeria Labour Congress": a body's name that is a word of the phrase yields to another country beside it.
        let country = |t: TokenId| self.slot(t).filter(|s| matches!(s.made, Made::Country(_))).and_then(|s| s.actor.code.clone());
        if let Some(beside) = found.iter().filter(|(s, _)| (1..=3).contains(s)).find_map(|&(_, t)| country(t)) {
            found.retain(|&(strength, t)| {
                strength > 0 || self.slot(t).is_none_or(|s| s.made != Made::Body || s.actor.code.as_ref() == Some(&beside))
            });
        }
        found.sort_unstable();
        found
    }

    /// How strongly a dependent tells what its head belongs to; smaller is stronger.
    fn strength(&self, child: TokenId) -> Option<u32> {
        let doc = self.doc;
        match doc.token(child).deprel {
            Deprel::NmodPoss => Some(1),
            Deprel::Compound | Deprel::Amod | Deprel::Flat => Some(2),
            Deprel::NmodUnmarked | Deprel::NmodDesc => Some(3),
            Deprel::Nmod | Deprel::Obl => match tree::case_word(doc, child)?.as_str() {
                "of" => Some(4),
                "from" => Some(5),
                "for" | "with" => Some(6),
                "in" | "at" => Some(7),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a token stands for: a name, a composed agent, a place's country, or what owns a plain noun.
    fn resolve(&self, token: TokenId, depth: u32) -> Option<(Slot, demarche_types::Span)> {
        if depth > DEPTH {
            return None;
        }
        if self.named[token.index()].is_some()
            && let Some(slot) = self.slot(token)
        {
            return Some((slot.clone(), slot.span));
        }
        if self.phrases[token.index()].is_some() {
            return self.composed(token, depth).map(|s| (s.clone(), s.span));
        }
        if let Some(link) = self.place(token) {
            let actor = Actor { code: Some(link.place.country.clone()), ..Actor::default() };
            let made = Made::Country(CountryForm::Unit);
            let slot = Slot::new(actor, LinkBasis::Alias, link.span, made);
            return Some((slot, link.span));
        }
        if !matches!(self.doc.token(token).upos, Upos::Noun | Upos::Propn) {
            return None;
        }
        // A plain noun between agent and owner: "police in the Kenyan port of Mombasa".
        let mut below: Vec<(u32, TokenId)> = self.doc.children(token).filter_map(|c| self.strength(c).map(|s| (s, c))).collect();
        below.sort_unstable();
        below.into_iter().find_map(|(_, c)| self.resolve(c, depth + 2)).filter(|(slot, _)| slot.actor.code.is_some())
    }

    /// Whether an agent has left its office ("former", "ex-").
    pub(super) fn is_former(&self, head: TokenId) -> bool {
        let Some((phrase, _)) = self.phrase(head) else { return false };
        let in_one_word = self.doc.form(TokenId(phrase.tokens.start)).to_lowercase().starts_with("ex-");
        in_one_word
            || phrase.tokens.clone().map(TokenId).flat_map(|t| self.doc.children(t)).any(|c| {
                let word = self.doc.form(c).to_lowercase();
                matches!(self.doc.token(c).deprel, Deprel::Amod | Deprel::Compound | Deprel::Advmod)
                    && matches!(
                        word.as_str(),
                        "former" | "ex" | "ex-" | "ousted" | "deposed" | "retired" | "one-time" | "onetime" | "erstwhile"
                    )
            })
    }
}

/// Envoys and their houses, which stand in another country than their own.
pub(super) fn works_abroad(phrase: &str) -> bool {
    ["embassy", "ambassador", "consul", "high commission"].iter().any(|word| phrase.contains(word))
}

fn is_armed(sector: Option<&Sector>) -> bool {
    sector.is_some_and(|s| matches!(s.0.as_str(), "REB" | "UAF" | "PRM" | "MIL"))
}

fn is_non_state(owner: &Slot) -> bool {
    owner.actor.code.as_ref().is_some_and(|c| matches!(c.0.as_str(), "UNO" | "IGO" | "NGO" | "EUR"))
}

/// Offices that groups have, not states alone.
fn is_leader(phrase: &str) -> bool {
    matches!(
        last_word(phrase),
        "leader"
            | "chief"
            | "head"
            | "commander"
            | "chairman"
            | "chairwoman"
            | "president"
            | "founder"
            | "spokesman"
            | "boss"
            | "general"
    )
}

/// A herder's son is no herder yet.
fn is_kin(phrase: &str) -> bool {
    matches!(
        last_word(phrase),
        "son"
            | "daughter"
            | "wife"
            | "husband"
            | "widow"
            | "mother"
            | "father"
            | "brother"
            | "sister"
            | "child"
            | "relative"
            | "cousin"
            | "nephew"
            | "niece"
    )
}

/// People who are what the one is whom they follow.
fn is_followers(phrase: &str) -> bool {
    matches!(
        phrase,
        "man" | "people" | "partner" | "colleague" | "crew" | "team" | "staff" | "comrade" | "deputy" | "troop" | "unit"
    )
}

/// Roles that one person holds. Printed before a name they are a title.
fn is_title(agent: &Agent) -> bool {
    let last = last_word(&agent.phrase);
    matches!(
        last,
        "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "leader"
            | "chairman"
            | "chairwoman"
            | "chairperson"
            | "official"
            | "chief"
            | "head"
            | "director"
            | "general"
            | "founder"
            | "president"
            | "aide"
            | "boss"
            | "deputy"
            | "member"
    )
}

/// "Iran's allies" are not Iran, nor is "a critic of Iran"; "the Chinese counterpart" is Chinese.
fn is_relational(agent: &Agent) -> bool {
    let last = last_word(&agent.phrase);
    matches!(
        last,
        "counterpart"
            | "ally"
            | "backer"
            | "partner"
            | "critic"
            | "opponent"
            | "rival"
            | "supporter"
            | "sympathizer"
            | "sympathiser"
            | "successor"
            | "predecessor"
            | "proxy"
            | "dissident"
            | "exile"
    )
}

/// The office in words, for agents that one person holds.
fn office(agent: &Agent, is_former: bool) -> Option<String> {
    (agent.kind == AgentKind::Office
        || agent.kind == AgentKind::Envoy && !agent.sectors.is_empty()
        || agent.kind == AgentKind::Role && is_title(agent))
    .then(|| if is_former { format!("former {}", agent.phrase) } else { agent.phrase.to_string() })
}
