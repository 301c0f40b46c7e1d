//! Titles and appositions: several words, one actor.

use demarche_types::{Deprel, LinkBasis, Sector, TokenId, Upos};

use super::{Linker, Made, Slot};
use crate::base::AgentKind;
use crate::tree;

impl Linker<'_, '_, '_> {
    /// Joins a name with its titles and appositions, and gives all of them one actor.
    pub(super) fn join_titles_and_appositions(&mut self) {
        let mut group: Vec<usize> = (0..self.doc.tokens.len()).collect();
        for index in 0..self.doc.tokens.len() {
            let token = TokenId::from(index);
            if let Some(head) = self.doc.token(token).head.filter(|&h| h != token && self.same_actor(h, token)) {
                let (a, b) = (root(&group, head.index()), root(&group, index));
                group[a.max(b)] = a.min(b);
            }
        }
        let mut members: Vec<Vec<TokenId>> = vec![vec![]; group.len()];
        for index in 0..group.len() {
            members[root(&group, index)].push(TokenId::from(index));
        }
        for tokens in members.into_iter().filter(|m| m.len() > 1) {
            self.share(&tokens);
        }
    }

    /// Whether a dependent names the same somebody as its head.
    fn same_actor(&self, head: TokenId, token: TokenId) -> bool {
        let doc = self.doc;
        let titled = |t: TokenId| self.phrases[t.index()].is_some();
        let person = |t: TokenId| self.slot(t).is_some_and(|s| s.made == Made::Person);
        let other_name = |t: TokenId| self.slot(t).is_some_and(|s| matches!(s.made, Made::Country(_) | Made::Body));
        let proper = |t: TokenId| doc.token(t).upos == Upos::Propn && !other_name(t) && self.place(t).is_none_or(|_| person(t));
        match doc.token(token).deprel {
            Deprel::Appos => {
                let known = |t: TokenId| self.slot(t).is_some() || proper(t);
                let apart = self.slot(head).zip(self.slot(token)).is_some_and(|(a, b)| {
                    let named = |s: &Slot| s.made != Made::Agent && s.actor.identifier_id.is_some();
                    named(a) && named(b) && a.actor.identifier_id != b.actor.identifier_id
                });
                // A body's apposition is a description of a body: "Hamas, the militant group", never "Hamas, police chief X".
                let body = |t: TokenId| self.slot(t).is_some_and(|s| s.made == Made::Body);
                let personal = |t: TokenId| {
                    self.phrase(t).is_some_and(|(_, a)| matches!(a.kind, AgentKind::Office | AgentKind::Envoy | AgentKind::Group))
                };
                if body(head) && personal(token) || body(token) && personal(head) {
                    return false;
                }
                // Two codes are two actors, unless the table knows the person better than the text.
                let differ = matches!((self.code(head), self.code(token)), (Some(a), Some(b)) if a != b)
                    && !person(head)
                    && !person(token);
                let country = |t: TokenId| self.slot(t).is_some_and(|s| matches!(s.made, Made::Country(_)));
                known(head)
                    && known(token)
                    && (titled(head) || titled(token) || person(head) || person(token))
                    && !apart
                    && !differ
                    && !country(head)
                    && !country(token)
            }
            Deprel::NmodDesc => titled(token) && (proper(head) || person(head)),
            Deprel::Compound | Deprel::NmodUnmarked => {
                titled(token)
                    && !titled(head)
                    && (person(head) || proper(head) && (self.personal(head) || self.is_kind_of(token, head)))
            }
            // "Chief executive Ada Roth": the parser takes a title in adjectives' clothes for one.
            Deprel::Amod => {
                doc.token(token).upos == Upos::Adj
                    && token < head
                    && self.phrase(token).is_some_and(|(p, _)| p.tokens.len() > 1)
                    && proper(head)
                    && self.entity(head) == Some(demarche_types::EntityType::Person)
            }
            Deprel::Flat => titled(head) && proper(token) && self.named[head.index()].is_none(),
            _ => false,
        }
    }

    /// "The news agency Zeta", "human rights group Licht": the kind of body stands right before a name that nobody knows.
    fn is_kind_of(&self, token: TokenId, name: TokenId) -> bool {
        let starts = tree::name_run(self.doc, name).first().copied().unwrap_or(name);
        let institution =
            |(p, a): (&super::Phrase, &crate::base::Agent)| a.kind == AgentKind::Institution && p.tokens.end == starts.0;
        self.slot(name).is_none()
            && self.entity(name) == Some(demarche_types::EntityType::Organization)
            && self.doc.form(token).starts_with(char::is_lowercase)
            && self.phrase(token).is_some_and(institution)
    }

    /// Whether an unknown proper noun is likely a person's: the mention says so, or it has no other use.
    fn personal(&self, token: TokenId) -> bool {
        match self.entity(token) {
            Some(kind) => kind == demarche_types::EntityType::Person,
            None => self.slot(token).is_none(),
        }
    }

    /// Gives the members of a group their common actor.
    fn share(&mut self, tokens: &[TokenId]) {
        let slots: Vec<(TokenId, Slot)> = tokens.iter().filter_map(|&t| self.slot(t).map(|s| (t, s.clone()))).collect();
        let titles = || slots.iter().filter(|(_, s)| s.made == Made::Agent);
        // A title that says its country beats one that doesn't; an office beats a description, and a title before the name one behind it.
        let title = titles().max_by_key(|(t, s)| {
            let before = matches!(self.doc.token(*t).deprel, Deprel::NmodDesc | Deprel::Compound | Deprel::NmodUnmarked);
            let (code, office) = (s.actor.code.is_some(), s.actor.office.is_some());
            (code && office, before, code, office, s.actor.sectors.len(), std::cmp::Reverse(*t))
        });
        let person = slots.iter().find(|(_, s)| s.made == Made::Person);
        let body = slots.iter().find(|(_, s)| s.made == Made::Body);
        let mut actor = match (person.or(body), title) {
            (Some((_, known)), Some((_, title))) => {
                let mut actor = known.actor.clone();
                let agrees = title.actor.code.is_none() || title.actor.code == actor.code;
                let knows_role = !actor.sectors.is_empty() && actor.sectors.first().is_none_or(|s| s.0 != "ELI");
                // "Once a minister" says nothing against the office that he holds.
                let past = title.actor.sectors.first().is_some_and(|s| s.0 == "ELI");
                let in_office = |s: &Sector| !matches!(s.0.as_str(), "OPP" | "CVL" | "SOC" | "PTY" | "BUS");
                let of_states = actor.code.as_ref().is_some_and(|c| matches!(c.0.as_str(), "UNO" | "IGO" | "EUR"));
                let in_office = knows_role && (of_states || actor.sectors.first().is_none_or(in_office));
                let newer = if past { !in_office } else { !agrees || !knows_role };
                if known.made == Made::Person && !title.actor.sectors.is_empty() && newer {
                    // The text is newer than the table.
                    if title.actor.code.is_some() {
                        actor.code.clone_from(&title.actor.code);
                    }
                    actor.sectors.clone_from(&title.actor.sectors);
                    actor.office.clone_from(&title.actor.office);
                }
                actor
            }
            (Some((_, known)), None) => known.actor.clone(),
            (None, Some((_, title))) => title.actor.clone(),
            (None, None) => return,
        };
        if person.is_none() && body.is_none() {
            // Sectors that another title of the group adds: "a senator and opposition leader".
            for (_, other) in titles() {
                if actor.code.is_none() {
                    actor.code.clone_from(&other.actor.code);
                }
                if actor.sectors.is_empty() {
                    actor.sectors.clone_from(&other.actor.sectors);
                }
            }
        }
        let named = tokens.iter().copied().find(|&t| self.phrases[t.index()].is_none() && self.doc.token(t).upos == Upos::Propn);
        if person.is_none() && body.is_none() && named.is_some() {
            // A named person is not the body he acts for.
            (actor.identifier_id, actor.identifier_text) = (None, None);
        }
        let whole = tree::cover(self.doc, tokens.iter().copied()).unwrap_or_default();
        for &token in tokens {
            let relation = self.doc.token(token).deprel;
            let is_title = self.phrases[token.index()].is_some();
            let in_name = named.is_some_and(|n| n != token)
                && is_title
                && matches!(relation, Deprel::NmodDesc | Deprel::Compound | Deprel::NmodUnmarked | Deprel::Amod)
                || relation == Deprel::Flat;
            if in_name {
                self.silent[token.index()] = true;
            }
            let own = self.slot(token).cloned();
            let prefixed = self.doc.children(token).any(|c| tokens.contains(&c) && self.doc.token(c).deprel != Deprel::Appos);
            let basis = match &own {
                Some(slot) if slot.made == Made::Person || slot.made == Made::Body => LinkBasis::Alias,
                Some(slot) if slot.actor.code.is_some() => slot.basis.clone(),
                _ if actor.code.is_none() => LinkBasis::Agent,
                _ if prefixed => LinkBasis::Composed,
                _ => LinkBasis::Coreference,
            };
            let mut span = own.as_ref().map_or_else(|| self.name_span(token), |s| s.span);
            if prefixed && relation != Deprel::Appos {
                span = if tokens.iter().any(|&t| self.doc.token(t).deprel == Deprel::Appos) { span } else { span.cover(whole) };
                for child in self.doc.children(token).filter(|c| tokens.contains(c) && self.doc.token(*c).deprel != Deprel::Appos)
                {
                    span = self.slot(child).map_or(span, |s| span.cover(s.span));
                }
            }
            let made = own.as_ref().map_or(if person.is_some() { Made::Person } else { Made::Other }, |s| s.made);
            let is_media = own.as_ref().is_some_and(|s| s.is_media);
            self.slots[token.index()] = Some(Slot { actor: actor.clone(), basis, span, is_media, made, states: vec![] });
        }
    }

    /// The words of a name that no table holds.
    pub(super) fn name_span(&self, token: TokenId) -> demarche_types::Span {
        tree::cover(self.doc, tree::name_run(self.doc, token)).unwrap_or(self.doc.token(token).span)
    }
}

fn root(group: &[usize], mut index: usize) -> usize {
    // Links point to smaller indices only, so this ends.
    while group[index] != index {
        index = group[index];
    }
    index
}
