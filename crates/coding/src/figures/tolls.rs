//! Which numbers of people a word like "killed" or "arrested" gives a meaning.

use demarche_types::{Deprel, Document, FigureKind, Sentence, TokenId, Upos};

use super::counted::Counted;
use super::tables::{self, Toll};
use super::words::Word;
use crate::slots::{self, preposition};

/// A word with a meaning for numbers, and the heads of those it tells of.
pub(super) struct Told {
    word: TokenId,
    toll: &'static Toll,
    who: Vec<TokenId>,
}

/// The words of a sentence that give numbers of people a meaning.
pub(super) fn find(doc: &Document<'_>, sentence: &Sentence, words: &[Word]) -> Vec<Told> {
    let mut out = vec![];
    for (n, token) in sentence.tokens.clone().map(TokenId).enumerate() {
        let t = doc.token(token);
        if let Some(toll) = tables::toll(&t.lemma, t.upos, &words[n + 1..]) {
            out.push(Told { word: token, toll, who: who(doc, token, toll) });
        }
    }
    out
}

/// What a number means and the word that says so.
pub(super) fn meaning(doc: &Document<'_>, told: &[Told], words: &[Word], c: &Counted) -> Option<(FigureKind, TokenId)> {
    if c.unit.is_some() && !c.is_people() {
        return None;
    }
    let own = |t: &TokenId| Some(*t) == c.noun || (c.number.words.start..c.number.words.end).any(|n| c.token(n) == *t);
    // "12 dead", "a dozen wounded": the noun says it itself.
    let itself = told
        .iter()
        .find(|t| Some(t.word) == c.noun && !t.toll.of_object || Some(t.word) == c.noun && doc.token(t.word).upos != Upos::Noun);
    let by_tree = || told.iter().find(|t| t.who.iter().any(own));
    let found = itself.or_else(by_tree).or_else(|| told.iter().find(|t| beside(doc, words, t, c)))?;
    Some((found.toll.kind, found.word))
}

/// The heads of those whom a word tells of.
fn who(doc: &Document<'_>, word: TokenId, toll: &Toll) -> Vec<TokenId> {
    let t = doc.token(word);
    let slots = slots::of(doc, word);
    let mut out = if toll.of_object { slots.obj } else { slots.subj };
    if t.upos == Upos::Noun && toll.of_object {
        // "the deaths of 12 people"
        let of = |c: &TokenId| doc.token(*c).deprel == Deprel::Nmod && preposition(doc, *c).is_some_and(|p| p == "of");
        out = doc.children(word).filter(of).flat_map(|c| slots::conjuncts(doc, c)).collect();
    }
    if t.upos == Upos::Noun && !toll.of_object {
        // "the toll rose to 31", "put the toll at 31", "the toll was 31"
        let verb = t.head.filter(|_| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj));
        let told = |c: &TokenId| *c != word && matches!(doc.token(*c).upos, Upos::Num | Upos::Noun);
        out = verb.into_iter().flat_map(|v| doc.children(v).filter(told).chain([v])).collect();
    }
    match (t.deprel, t.head) {
        // "12 wounded soldiers", "people killed in the raid"
        (Deprel::Amod | Deprel::Acl, Some(noun)) if toll.of_object || t.upos != Upos::Verb => {
            out.extend(slots::conjuncts(doc, noun))
        }
        // "left three civilians dead", "forced 300 people to flee"
        (Deprel::Xcomp | Deprel::Ccomp, Some(verb)) if !toll.of_object || t.upos != Upos::Verb => {
            let object = doc.children(verb).filter(|&c| doc.token(c).deprel == Deprel::Obj);
            let objects: Vec<TokenId> = object.flat_map(|c| slots::conjuncts(doc, c)).collect();
            if objects.is_empty() {
                out.extend(doc.children(verb).filter(|&c| doc.token(c).deprel == Deprel::Nsubj));
            }
            out.extend(objects);
        }
        _ => {}
    }
    if !toll.of_object && !matches!(t.upos, Upos::Verb | Upos::Noun) {
        out.extend(doc.children(word).filter(|&c| matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass)));
    }
    // "eleven of the soldiers": who is counted stands in the of-phrase.
    let inner: Vec<TokenId> = out
        .iter()
        .flat_map(|&t| {
            doc.children(t).filter(|&c| doc.token(c).deprel == Deprel::Nmod && preposition(doc, c).is_some_and(|p| p == "of"))
        })
        .collect();
    out.extend(inner);
    out
}

/// Words that may stand between a number with its noun and a participle.
const BETWEEN: &[&str] = &[
    "were",
    "was",
    "have",
    "has",
    "had",
    "been",
    "others",
    "other",
    "are",
    "is",
    "be",
    "being",
    "more",
    "also",
    "reported",
    "confirmed",
    "remain",
    "remained",
    "still",
];

/// By place alone, where a tree is wrong or lacking: "killing at least 40", "27 others injured".
fn beside(doc: &Document<'_>, words: &[Word], told: &Told, c: &Counted) -> bool {
    let at = (told.word.0 - c.first) as usize;
    let (start, end) = (c.number.words.start, c.number.words.end);
    let form = words[at].lower.as_str();
    if at < start {
        let near = (at + 1..start).all(|n| ["another", "dead", "a", "the", "total", "of"].iter().any(|w| words[n].is(w)));
        return near && told.toll.of_object && doc.token(told.word).upos == Upos::Verb && !passive(words, at);
    }
    if doc.token(told.word).upos == Upos::Noun {
        return false;
    }
    let participle = form.ends_with("ed") || form.ends_with("en") || !told.toll.of_object;
    at >= end && participle && (end..at).all(|n| BETWEEN.iter().any(|w| words[n].is(w))) && !active(doc, told.word)
}

fn passive(words: &[Word], at: usize) -> bool {
    at > 0 && ["was", "were", "been", "being", "be"].iter().any(|w| words[at - 1].is(w))
}

/// Whether a verb has an object of its own, so that what stands before it acts.
fn active(doc: &Document<'_>, verb: TokenId) -> bool {
    doc.children(verb).any(|c| doc.token(c).deprel == Deprel::Obj)
}
