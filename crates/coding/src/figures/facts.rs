//! Facts: of whom or what a number is told, since when, against what, and by whom.

use demarche_types::{
    Actor, Comparison, DateBasis, DatePrecision, Deprel, Direction, EventDate, Fact, FigureKind, LinkBasis, Participant,
    SentenceId, Span, TokenId, Upos,
};

use super::counted::{Counted, dates_of};
use super::tables::{self, Class};
use super::words::Word;
use super::{Read, source};
use crate::dates::{self, AttachContext};
use crate::events::Scene;
use crate::participants::{participant, phrase};
use crate::slots::preposition;
use crate::tree;

/// Counts of things below this are of those who take part ("two ministers", "three ships"), and no facts.
const SMALL: f64 = 10.0;
/// How many words a verb of change may stand before its number.
const CHANGE_REACH: usize = 12;

/// The sentence that facts are read from.
pub(super) struct Scope<'a> {
    scene: &'a Scene<'a>,
    sentence: SentenceId,
    words: &'a [Word],
    reads: &'a [Read],
}

impl<'a> Scope<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, sentence: SentenceId, words: &'a [Word], reads: &'a [Read]) -> Self {
        Self { scene, sentence, words, reads }
    }

    /// The fact that a number states, if it is one.
    pub(super) fn fact(&self, at: usize) -> Option<Fact> {
        let Read { counted, meaning } = &self.reads[at];
        let doc = self.scene.doc;
        let change = self.change(counted);
        if self.is_base(counted) {
            return None;
        }
        let (subject, rule) = self.subject(counted)?;
        let unit = counted.unit.clone().or_else(|| self.population(&subject))?;
        let kind = meaning.map(|(kind, _)| kind).filter(|k| !matches!(k, FigureKind::Size | FigureKind::Troops));
        let measured = matches!(counted.class, Some(Class::Unit | Class::Count)) || kind.is_some() || counted.unit.is_none();
        let vague = counted.number.quantity.hedge.is_some();
        if !measured && counted.number.quantity.value < SMALL && !vague {
            return None;
        }
        let span = counted.span(doc);
        let comparison = change.map(|(direction, by)| Comparison { direction, by, from: self.base(at, by) });
        Some(Fact {
            sentence: self.sentence,
            kind,
            measure: self.measure(counted, &subject),
            subject,
            quantity: counted.number.quantity,
            unit,
            comparison,
            period: self.period(counted),
            source: source(self.scene, counted),
            span,
            rule,
        })
    }

    /// A population counts people without saying so.
    fn population(&self, subject: &Participant) -> Option<demarche_types::NumberUnit> {
        let n = (subject.head.0 - self.scene.doc.sentences[self.sentence.index()].tokens.start) as usize;
        let row = tables::at(self.words, n, &[Class::Population])?;
        Some(demarche_types::NumberUnit(row.value.into()))
    }

    /// A verb or adverb of change before a number, and whether the number is the difference.
    fn change(&self, counted: &Counted) -> Option<(Direction, bool)> {
        let start = counted.number.words.start;
        let before = start.checked_sub(1).map(|n| &self.words[n])?;
        let joint = ["by", "to"].into_iter().find(|w| before.is(w));
        let reach = if joint.is_some() { CHANGE_REACH } else { 2 };
        let from = start.saturating_sub(reach);
        let found = (from..start).rev().find_map(|n| tables::at(self.words, n, &[Class::Rise, Class::Fall]))?;
        let direction = if found.class == Class::Rise { Direction::Rise } else { Direction::Fall };
        // "$3bn of arms", counted things and levels without "to" are no changes.
        let percent = counted.class == Some(Class::Unit);
        (joint.is_some() || percent).then_some((direction, joint != Some("to")))
    }

    /// Whether a number is only what another is compared with.
    fn is_base(&self, counted: &Counted) -> bool {
        let start = counted.number.words.start;
        let word = |back: usize| start.checked_sub(back).map_or("", |n| self.words[n].lower.as_str());
        if word(1) == "from" && counted.class != Some(Class::Rate) {
            return (0..self.words.len()).any(|n| tables::at(self.words, n, &[Class::Rise, Class::Fall]).is_some());
        }
        matches!((word(2), word(1)), ("compared", "with" | "to"))
    }

    /// The earlier level of a number that changed: what stands behind "from" in the same unit.
    fn base(&self, at: usize, by: bool) -> Option<f64> {
        let own = &self.reads[at].counted;
        let from = |c: &Counted| c.number.words.start > 0 && self.words[c.number.words.start - 1].is("from");
        let same = |c: &&Counted| from(c) && (c.unit == own.unit || c.unit.is_none());
        self.reads.iter().map(|r| &r.counted).find(same).filter(|_| !by).map(|c| c.number.quantity.value)
    }

    /// Who or what a number is told of.
    fn subject(&self, counted: &Counted) -> Option<(Participant, &'static str)> {
        let doc = self.scene.doc;
        let head = counted.head(doc);
        if !tree::has_tree(doc, head) || doc.held(self.sentence).is_some() {
            return self.by_place(counted).map(|p| (p, "place"));
        }
        let mut here = head;
        for token in tree::ancestors(doc, head) {
            let t = doc.token(token);
            if let Some(found) = self.subject_at(counted, head, token, here) {
                return Some(found);
            }
            if matches!(t.deprel, Deprel::Root) {
                break;
            }
            here = token;
        }
        self.by_place(counted).map(|p| (p, "place"))
    }

    /// The subject that is found at one step of the climb from a number.
    fn subject_at(&self, counted: &Counted, head: TokenId, token: TokenId, here: TokenId) -> Option<(Participant, &'static str)> {
        let doc = self.scene.doc;
        let t = doc.token(token);
        // What another number counts is not what this one is told of ("61 votes to 38").
        let other = |t: TokenId| self.reads.iter().any(|r| r.counted.number.words != counted.number.words && r.counted.head(doc) == t);
        let nominal = |t: TokenId| matches!(doc.token(t).upos, Upos::Noun | Upos::Propn | Upos::Pron) && !other(t);
        let subject = |c: &TokenId| matches!(doc.token(*c).deprel, Deprel::Nsubj | Deprel::NsubjPass);
        if let Some(found) = doc.children(token).find(|c| subject(c) && *c != here && *c != token) {
            let relative = matches!(doc.token(found).lemma.as_str(), "who" | "which" | "that");
            let found = if relative && t.deprel == Deprel::AclRelcl { t.head.unwrap_or(found) } else { found };
            return self.party(found).map(|p| (p, "clause"));
        }
        match t.deprel {
            Deprel::Nsubj | Deprel::NsubjPass => {
                let own = if token == head { counted.noun.unwrap_or(token) } else { token };
                let mut party = self.party(own)?;
                // The number itself is told beside what it counts.
                let behind = doc.token(counted.token(counted.number.core.end)).span.start;
                if party.span.start < behind && behind <= doc.token(own).span.start {
                    party.span.start = behind;
                }
                Some((party, "counted"))
            }
            Deprel::Acl | Deprel::AclRelcl | Deprel::Appos => t.head.filter(|&h| nominal(h)).and_then(|h| self.party(h)).map(|p| (p, "noun")),
            Deprel::Nmod | Deprel::Compound | Deprel::NmodUnmarked | Deprel::Nummod if token == head => {
                t.head.filter(|&h| nominal(h) && doc.place_at(h).is_none()).and_then(|h| self.party(h)).map(|p| (p, "noun"))
            }
            _ => None,
        }
    }

    /// A subject as a participant; one without an actor keeps its words.
    fn party(&self, head: TokenId) -> Option<Participant> {
        let doc = self.scene.doc;
        let own = participant(doc, head).filter(|p| p.head == head);
        own.or_else(|| {
            let token = doc.token(head);
            let link = doc.actor_at(head);
            let nominal = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::X | Upos::Sym) || link.is_some();
            nominal.then(|| Participant {
                span: phrase(doc, head),
                head,
                actor: link.map_or_else(Actor::default, |l| l.actor.clone()),
                basis: link.map_or(LinkBasis::Named, |l| l.basis.clone()),
                name: None,
            })
        })
    }

    /// Without a tree: the whole of a part, else what the sentence begins with.
    fn by_place(&self, counted: &Counted) -> Option<Participant> {
        let doc = self.scene.doc;
        let start = counted.number.words.start;
        // A part of a whole that opens its clause is told of the whole.
        let opens = start <= 1 || OPENERS.iter().any(|w| self.words[start - 1].is(w));
        if let Some(noun) = counted.noun.filter(|_| opens) {
            return self.run(noun, noun);
        }
        let opens = (0..counted.number.words.start).find(|&n| self.words[n].lower.starts_with(char::is_alphabetic))?;
        let opens = opens + usize::from(["the", "a", "an", "but", "and"].iter().any(|w| self.words[opens].is(w)));
        let ends = |n: usize| {
            let word = &self.words[n];
            tables::at(self.words, n, &[Class::Rise, Class::Fall]).is_some()
                || closes(word)
                || !word.lower.starts_with(char::is_alphanumeric)
                || word.lower.len() > 4 && !word.capital && word.lower.ends_with("ed")
        };
        let end = (opens..counted.number.words.start).find(|&n| ends(n)).unwrap_or(counted.number.words.start);
        let sentence = &doc.sentences[self.sentence.index()];
        let token = |n: usize| TokenId(sentence.tokens.start + n as u32);
        (opens < end).then(|| self.run(token(opens), token(end - 1))).flatten()
    }

    fn run(&self, first: TokenId, last: TokenId) -> Option<Participant> {
        let doc = self.scene.doc;
        let link = (first.0..=last.0).rev().find_map(|t| doc.actor_at(TokenId(t)));
        Some(Participant {
            span: doc.span_of(first, TokenId(last.0 + 1)),
            head: link.map_or(last, |l| l.head),
            actor: link.map_or_else(Actor::default, |l| l.actor.clone()),
            basis: link.map_or(LinkBasis::Named, |l| l.basis.clone()),
            name: None,
        })
    }

    /// What is measured: the whole of a part, what is counted, the object of a change, or else the subject itself.
    fn measure(&self, counted: &Counted, subject: &Participant) -> Span {
        let doc = self.scene.doc;
        if let Some(noun) = counted.noun {
            let (start, end) = (doc.token(counted.core()).span.end, doc.sentences[self.sentence.index()].span.end);
            let mut span = phrase(doc, noun);
            // The number itself is told beside it.
            if span.start < start {
                span.start = doc.token(noun).span.start.max(start.min(end));
            }
            return if span.start < span.end { span } else { doc.token(noun).span };
        }
        let head = counted.head(doc);
        let numbered = |t: TokenId| self.reads.iter().any(|r| r.counted.head(doc) == t);
        let of = doc.children(head).find(|&c| doc.token(c).deprel == Deprel::Nmod && preposition(doc, c).is_some_and(|p| p == "of"));
        let object = || {
            let verb = doc.token(head).head.filter(|_| doc.token(head).deprel == Deprel::Obl)?;
            doc.children(verb).find(|&c| doc.token(c).deprel == Deprel::Obj && c < head && !numbered(c))
        };
        of.or_else(object).map_or(subject.span, |t| phrase(doc, t))
    }

    /// The time that a number holds for: the expression that dates its clause, or the only one of the sentence.
    fn period(&self, counted: &Counted) -> EventDate {
        let (scene, doc) = (self.scene, self.scene.doc);
        let context =
            AttachContext { mentions: self.dates(), published: scene.published, dateline: scene.dateline, told_as_new: false, triggers: &[] };
        let head = counted.head(doc);
        let verb = tree::ancestors(doc, head).find(|&t| matches!(doc.token(t).upos, Upos::Verb | Upos::Aux));
        let attached = [Some(head), verb].into_iter().flatten().map(|t| dates::attach(doc, t, &context));
        if let Some(found) = attached.into_iter().find(|d| d.basis == DateBasis::Expression) {
            return found;
        }
        let unknown = EventDate { start: None, end: None, precision: DatePrecision::Vague, basis: DateBasis::Unknown, span: None };
        let outside = |m: &&dates::DateMention| m.kind != dates::DateKind::Duration && !scene.dateline.is_some_and(|d| d.span.contains(m.span));
        let mut mentions = self.dates().iter().filter(outside);
        match (mentions.next(), mentions.next()) {
            (Some(only), None) => dates::of_mention(only),
            _ => unknown,
        }
    }

    /// The sentence's expressions of time.
    fn dates(&self) -> &'a [dates::DateMention] {
        let sentence = &self.scene.doc.sentences[self.sentence.index()];
        let from = self.scene.dates.partition_point(|d| d.sentence < self.sentence);
        let to = from + dates_of(self.scene, sentence).count();
        self.scene.dates.get(from..to.min(self.scene.dates.len())).unwrap_or_default()
    }
}

/// Whether a word ends a phrase, where no tree tells where it ends.
pub(super) fn closes(word: &Word) -> bool {
    CLOSES.iter().any(|w| word.is(w))
}

/// Words behind which a clause begins.
const OPENERS: &[&str] = &["after", "while", "and", "but", "as", "that", "because", "when", "where", "since", ",", "said", "says", "whereas"];

const CLOSES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "could", "may", "won", "took", "reached", "hit",
    "stood", "stands", "led", "said", "says", "of", "in", "on", "from", "with", "under", "after", "and", "or", "but", "as", "for", "live", "lived", "that", "which", "who", "to", "by", "at", "owes", "owed", "holds", "held", "got", "gets",
];
