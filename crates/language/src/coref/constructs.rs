//! Mentions that grammar itself makes one: appositions, predicates, expletives; and the persons of speech.

use std::collections::HashMap;

use demarche_types::{Deprel, EntityType, TokenId, Upos};

use super::Resolver;
use super::facts::{Class, Det};
use super::words::Form;

const SUBJECTS: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];

/// Kinds so close that one thing may be called by both.
pub(super) fn alike(a: EntityType, b: EntityType) -> bool {
    use EntityType::{Abstract, Event, Object, Organization, Place, Plant, Substance};
    a == b
        || matches!(
            (a, b),
            (Organization, Place)
                | (Place, Organization)
                | (Abstract, Event)
                | (Event, Abstract)
                | (Object, Substance)
                | (Substance, Object | Plant)
                | (Plant, Substance)
                | (Object, Place)
                | (Place, Object)
        )
}

impl Resolver<'_, '_> {
    pub(super) fn constructs(&mut self) {
        for index in 0..self.facts.len() {
            let f = &self.facts[index];
            let token = self.doc.token(f.head);
            match (token.deprel, token.head) {
                (Deprel::Appos, Some(head)) => {
                    if let Some(first) = self.mention_headed(head).filter(|&m| self.apposed(m, index)) {
                        self.join(index, first, "construct");
                    }
                }
                (Deprel::Expl, Some(head)) => {
                    let clause = self.child(head, &[Deprel::Csubj, Deprel::CsubjPass, Deprel::CsubjOuter, Deprel::Ccomp]);
                    let clause = clause.and_then(|c| self.mention_headed(c));
                    if let Some(clause) = clause.filter(|&c| c != index) {
                        self.join(clause, index, "construct");
                    }
                }
                _ => {
                    if let Some(subject) = self.subject_of_predicate(index) {
                        self.join(index, subject, "construct");
                    }
                }
            }
        }
    }

    pub(super) fn mention_headed(&self, token: TokenId) -> Option<usize> {
        self.headed[token.index()].map(|m| m as usize)
    }

    /// Whether an apposition renames the whole that it follows, and does not list parts of it.
    fn apposed(&self, first: usize, second: usize) -> bool {
        let (a, b) = (&self.facts[first], &self.facts[second]);
        let places = a.kind == EntityType::Place && b.kind == EntityType::Place;
        // "Lyon, France" names two places.
        let address =
            places && a.class == Class::Named && b.class == Class::Named && b.name != a.name && !self.acronym(first, second);
        let counts = a.joined == b.joined || a.number & b.number != 0;
        a.kind == b.kind && !address && counts && a.number & b.number != 0
    }

    /// The subject of which a nominal or named mention is the predicate ("Wen is the envoy").
    fn subject_of_predicate(&self, index: usize) -> Option<usize> {
        let f = &self.facts[index];
        if matches!(f.class, Class::Pronoun(_) | Class::Clause) || f.det == Det::Quantifier {
            return None;
        }
        self.child(f.head, &[Deprel::Cop])?;
        let negated =
            self.children.of(f.head).iter().any(|&t| matches!(self.doc.token(t).lemma.as_str(), "not" | "never" | "no"));
        // "He was at the office" tells where, not who.
        let placed = self.child(f.head, &[Deprel::Case, Deprel::Mark]).is_some();
        if negated || placed {
            return None;
        }
        let subject = self.child(f.head, SUBJECTS)?;
        let subject = self.mention_headed(subject)?;
        let s = &self.facts[subject];
        let question = s.pronoun().is_some_and(|p| p.form == Form::Other);
        let counts = s.number & f.number != 0;
        let bare = f.det == Det::None && f.class == Class::Nominal && f.modifiers.is_empty();
        (s.kind == f.kind && !question && counts && !f.overlaps(s) && !(bare && s.class == Class::Nominal)).then_some(subject)
    }

    /// I, we and you: one entity each for one speaker; a quoted "I" is the one who is quoted.
    pub(super) fn speakers(&mut self) {
        let mut last: HashMap<(Form, Option<u32>), usize> = HashMap::new();
        for index in 0..self.facts.len() {
            let f = &self.facts[index];
            let Some(p) = f.pronoun().filter(|p| p.person < 3) else { continue };
            let speaker = f.quote.and_then(|q| self.quotes.speaker(q));
            // Speech of one speaker is one voice; a quotation of nobody known is a voice of its own.
            let voice = match (f.quote, speaker) {
                (None, _) => None,
                (Some(q), None) => Some(u32::MAX - q),
                (Some(_), Some(s)) => Some(self.chains.root(s as usize) as u32),
            };
            let known = last.insert((p.form, voice), index);
            if let Some(earlier) = known {
                self.join(index, earlier, "speaker");
            } else if let Some(s) = speaker.filter(|_| p.form == Form::I) {
                let s = s as usize;
                let fits = self.facts[s].kind == EntityType::Person && self.facts[s].head != f.head;
                if fits {
                    self.join(index, s, "speaker");
                }
            }
        }
    }

    /// The subject of the clause in which a token stands.
    pub(super) fn clause_subject(&self, token: TokenId) -> Option<usize> {
        let mut at = token;
        for _ in 0..16 {
            let head = self.doc.token(at).head?;
            if let Some(subject) = self.child(head, SUBJECTS).filter(|&s| s != at) {
                return self.mention_headed(subject);
            }
            if self.doc.token(head).upos == Upos::Verb && self.doc.token(head).deprel == Deprel::Root {
                return None;
            }
            at = head;
        }
        None
    }
}
