//! Facts: of whom or what a number is told, since when, against what, and by whom.

use demarche_types::{
    Actor, Comparison, DateBasis, DatePrecision, Deprel, Direction, EventDate, Fact, FigureKind, LinkBasis, NumberUnit,
    Participant, SentenceId, Span, TokenId, Upos,
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
        let (mut subject, mut rule) = self.subject(counted)?;
        let unit = match &counted.unit {
            Some(unit) => unit.clone(),
            None => {
                let (unit, of) = self.population(counted, &subject)?;
                (subject, rule) = of.map_or((subject, rule), |of| (of, "population"));
                unit
            }
        };
        let kind = meaning.map(|(kind, _)| kind).filter(|k| !matches!(k, FigureKind::Size | FigureKind::Troops));
        let measured = matches!(counted.class, Some(Class::Unit | Class::Count)) || kind.is_some() || counted.unit.is_none();
        if !measured && counted.number.quantity.value < SMALL {
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

    /// A population counts people without saying so, and "the number of ships" counts ships. It is the subject, or the object of a verb that
    /// puts it at a number.
    fn population(&self, counted: &Counted, subject: &Participant) -> Option<(NumberUnit, Option<Participant>)> {
        let doc = self.scene.doc;
        let first = doc.sentences[self.sentence.index()].tokens.start;
        let row = |t: TokenId| tables::at(self.words, (t.0 - first) as usize, &[Class::Population]);
        let verb = doc.token(counted.head(doc)).head;
        let object = verb.and_then(|v| doc.children(v).find(|&c| doc.token(c).deprel == Deprel::Obj && row(c).is_some()));
        let head = Some(subject.head).filter(|&h| row(h).is_some()).or(object)?;
        let of = Some(head).filter(|h| *h != subject.head).and_then(|h| self.party(h));
        let value = row(head)?.value;
        if value != "-" {
            return Some((NumberUnit(value.into()), of));
        }
        let named = |c: &TokenId| doc.token(*c).deprel == Deprel::Nmod && preposition(doc, *c).is_some_and(|p| p == "of");
        let noun = doc.children(head).find(named)?;
        let known = tables::at(self.words, (noun.0 - first) as usize, &[Class::Person, Class::Troop, Class::Count]);
        let unit = known.map_or_else(|| doc.token(noun).lemma.clone(), |row| row.value.into());
        Some((NumberUnit(unit), of))
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
        let other =
            |t: TokenId| self.reads.iter().any(|r| r.counted.number.words != counted.number.words && r.counted.head(doc) == t);
        let nominal = |t: TokenId| matches!(doc.token(t).upos, Upos::Noun | Upos::Propn | Upos::Pron) && !other(t);
        let subject = |c: &TokenId| matches!(doc.token(*c).deprel, Deprel::Nsubj | Deprel::NsubjPass);
        if let Some(found) = doc.children(token).find(|c| subject(c) && *c != here && *c != token) {
            let relative = matches!(doc.token(found).lemma.as_str(), "who" | "which" | "that");
            // A relative pronoun stands for the noun that its clause hangs on; elsewhere the tree is wrong.
            let found = if relative { t.head.filter(|&h| nominal(h)).unwrap_or(found) } else { found };
            return self.party(found).map(|p| (p, "clause"));
        }
        match t.deprel {
            Deprel::Nsubj | Deprel::NsubjPass => {
                let own = if token == head { counted.noun.unwrap_or(token) } else { token };
                let mut party = self.party(own)?;
                // The number itself is told beside what it counts.
                let behind = doc.token(counted.token(counted.number.core.end.saturating_sub(1))).span.end;
                if party.span.start < behind && behind <= doc.token(own).span.start {
                    party.span.start = behind;
                }
                Some((party, "counted"))
            }
            Deprel::Acl | Deprel::AclRelcl | Deprel::Appos => {
                t.head.filter(|&h| nominal(h)).and_then(|h| self.party(h)).map(|p| (p, "noun"))
            }
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
        let end = (opens..start).find(|&n| ends(n))?;
        // Only a verb shows that what stands before it is a subject.
        let verb = |n: usize| {
            let word = &self.words[n];
            tables::at(self.words, n, &[Class::Rise, Class::Fall]).is_some() || VERBS.iter().any(|w| word.is(w))
        };
        (end..start).find(|&n| verb(n))?;
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
        let of =
            doc.children(head).find(|&c| doc.token(c).deprel == Deprel::Nmod && preposition(doc, c).is_some_and(|p| p == "of"));
        let object = || {
            let verb = doc.token(head).head.filter(|_| doc.token(head).deprel == Deprel::Obl)?;
            doc.children(verb).find(|&c| doc.token(c).deprel == Deprel::Obj && c < head && !numbered(c))
        };
        of.or_else(object).map_or(subject.span, |t| phrase(doc, t))
    }

    /// The time that a number holds for: the expression that dates its clause, or the only one of the sentence.
    fn period(&self, counted: &Counted) -> EventDate {
        let (scene, doc) = (self.scene, self.scene.doc);
        let context = AttachContext {
            mentions: self.dates(),
            published: scene.published,
            dateline: scene.dateline,
            told_as_new: false,
            triggers: &[],
        };
        let head = counted.head(doc);
        let verb = tree::ancestors(doc, head).find(|&t| matches!(doc.token(t).upos, Upos::Verb | Upos::Aux));
        let attached = [Some(head), verb].into_iter().flatten().map(|t| dates::attach(doc, t, &context));
        if let Some(found) = attached.into_iter().find(|d| d.basis == DateBasis::Expression) {
            return found;
        }
        let unknown =
            EventDate { start: None, end: None, precision: DatePrecision::Vague, basis: DateBasis::Unknown, span: None };
        let outside = |m: &&dates::DateMention| {
            m.kind != dates::DateKind::Duration && !scene.dateline.is_some_and(|d| d.span.contains(m.span))
        };
        let mut mentions = self.dates().iter().filter(outside);
        match (mentions.next(), mentions.next()) {
            (Some(only), None) if self.beside(counted, only) => dates::of_mention(only),
            _ => unknown,
        }
    }

    /// Whether an expression of time stands in the stretch of a number: no verb comes between, and without tags only a few words.
    fn beside(&self, counted: &Counted, mention: &dates::DateMention) -> bool {
        let doc = self.scene.doc;
        let own = counted.core().0;
        let (from, to) =
            if mention.tokens.start > own { (own, mention.tokens.start) } else { (mention.tokens.end.min(own), own) };
        if doc.held(self.sentence).is_some() {
            return to - from <= 8;
        }
        let verb = |t: TokenId| doc.token(t).upos == Upos::Verb && doc.token(t).deprel != Deprel::Case;
        !(from..to).map(TokenId).any(verb)
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
    VERBS.iter().chain(CLOSES).any(|w| word.is(w))
}

/// Words behind which a clause begins.
const OPENERS: &[&str] =
    &["after", "while", "and", "but", "as", "that", "because", "when", "where", "since", ",", "said", "says", "whereas"];

/// Verbs that end a subject where no tree does.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "could", "may", "won", "took", "reached",
    "hit", "stood", "stands", "led", "said", "says", "owes", "owed", "holds", "held", "got", "gets", "amounts", "amounted",
    "totals", "totalled", "makes", "made", "costs", "cost", "covers", "produces", "exports", "imports", "imported", "employs",
    "sells", "pumps", "spends", "spent", "live", "lived",
];

/// Other words that end a phrase.
const CLOSES: &[&str] = &[
    "of", "in", "on", "from", "with", "under", "after", "and", "or", "but", "as", "for", "that", "which", "who", "to", "by", "at",
];
