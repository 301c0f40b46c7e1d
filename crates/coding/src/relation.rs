//! The relation between two given parties of a sentence, for the benchmark of Hu et al. (ACL 2024).

use demarche_types::{Deprel, Document, EventType, Participant, Span, Status, TokenId};

use crate::events::{self, Candidate, Scene};
use crate::triggers::{self, Trigger};
use crate::{Coder, dates, quotes, tree};

/// One guess: the root of the 2016 edition and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationGuess {
    /// Root of the 2016 edition ("ACCUSE", "YIELD" ...).
    pub root: String,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// The lexicon rule that decided; `None` when no trigger was found and the commonest class stands in.
    pub rule: Option<String>,
}

/// What a row that misses some of its constraints loses against one that fits whole.
const NEAR_MISS: i32 = 40;

/// What each step further down the tree costs.
const DEPTH: i32 = 1;

/// The class that stands in where no trigger is found: the commonest verbal-conflict class of political news.
const FALLBACK: &str = "ACCUSE";

/// Decides the relation from `source` to `target` (bytes) in a document of one sentence.
pub fn relation_of(doc: &Document<'_>, coder: &Coder, source: Span, target: Span) -> RelationGuess {
    let raw = quotes::find(doc);
    let mentions = dates::find(doc, None);
    let scene = Scene { coder, doc, published: None, dates: &mentions, dateline: None, quotes: &raw, key: 0 };
    let (from, to) = (head_in(doc, source), head_in(doc, target));
    let mut best: Option<(i32, Candidate)> = None;
    for sentence in (0..doc.sentences.len()).map(demarche_types::SentenceId::from) {
        let found: Vec<Trigger> = triggers::find(doc, sentence, &coder.lexicon);
        let known: Vec<TokenId> = found.iter().map(|t| t.token).collect();
        let mut near = triggers::near_misses(doc, sentence, &coder.lexicon);
        near.retain(|t| !known.contains(&t.token));
        let whole = events::build(&scene, found, &mut vec![]).into_iter().map(|c| (0, c));
        let misses = events::build(&scene, near, &mut vec![]).into_iter().map(|c| (NEAR_MISS, c));
        for (penalty, candidate) in whole.chain(misses) {
            let score = score(doc, &candidate, source, target, from, to) - penalty;
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, candidate));
            }
        }
    }
    match best {
        Some((_, candidate)) => {
            let root = root_of(coder, &candidate);
            RelationGuess { quad: quad_of(&root), root, rule: Some(candidate.rule.to_string()) }
        }
        None => RelationGuess { root: FALLBACK.into(), quad: quad_of(FALLBACK), rule: None },
    }
}

/// The 2016 root of a candidate: the row's own, or that of its CAMEO code; a future one is a promise.
fn root_of(coder: &Coder, c: &Candidate) -> String {
    let own = coder.lexicon.entry(&c.rule).and_then(|e| e.root.clone());
    let by_type = || match c.kind {
        EventType::Concede | EventType::Retreat => "YIELD",
        other => other.as_str(),
    };
    let root = own
        .map(String::from)
        .or_else(|| coder.ontology.root_2016(&c.cameo).map(String::from))
        .unwrap_or_else(|| by_type().into());
    // Cooperation that is told as not given is a refusal.
    if c.status == Status::Negated && quad_of(&root) <= 2 {
        return "REJECT".into();
    }
    let promised = c.status == Status::Future && matches!(root.as_str(), "CONSULT" | "COOPERATE" | "AID" | "YIELD" | "SUPPORT");
    if promised { "AGREE".into() } else { root }
}

fn quad_of(root: &str) -> u8 {
    match root {
        "AGREE" | "CONSULT" | "SUPPORT" => 1,
        "COOPERATE" | "AID" | "YIELD" => 2,
        "ACCUSE" | "REQUEST" | "REJECT" | "THREATEN" => 3,
        _ => 4,
    }
}

/// How well a candidate explains the pair: its parties at the marked words, and its place on the way between them.
fn score(doc: &Document<'_>, c: &Candidate, source: Span, target: Span, from: Option<TokenId>, to: Option<TokenId>) -> i32 {
    let touches = |p: &Participant, span: Span| {
        p.span.overlaps(span) || doc.token(p.head).span.overlaps(span) || p.name.is_some_and(|n| n.overlaps(span))
    };
    let any = |list: &[Participant], span: Span| list.iter().any(|p| touches(p, span));
    let (actor, recipient) = (any(&c.actors, source), any(&c.recipients, target));
    let mutual = any(&c.actors, target);
    let mut score = match (actor, recipient, mutual) {
        (true, true, _) | (true, _, true) => 60,
        (true, false, _) => 30,
        (false, true, _) => 25,
        (false, false, true) if any(&c.recipients, source) => 20,
        _ => 0,
    };
    let trigger = doc.token(c.trigger).span;
    // The trigger on the path between the two heads tells their relation, whatever the frame says.
    let path = |head: Option<TokenId>| {
        head.is_some_and(|h| tree::ancestors(doc, h).any(|a| a == c.trigger || c.slots.support == Some(a)))
    };
    score += 8 * i32::from(path(from)) + 8 * i32::from(path(to));
    let filler = |span: Span, list: &[TokenId]| list.iter().any(|&t| doc.token(t).span.overlaps(span));
    score += 6 * i32::from(filler(source, &c.slots.subj)) + 4 * i32::from(filler(target, &c.slots.obj));
    let inside = trigger.overlaps(source) || trigger.overlaps(target);
    score -= 12 * i32::from(inside);
    // Nearer the top of the sentence is likelier the news.
    let depth = tree::ancestors(doc, c.trigger).count() as i32;
    score -= DEPTH * depth.min(8);
    if doc.token(c.trigger).deprel == Deprel::Advcl {
        score -= 1;
    }
    score
}

fn head_in(doc: &Document<'_>, span: Span) -> Option<TokenId> {
    let (start, end) = tree::tokens_in(doc, span);
    let head = tree::head_of(doc, start, end)?;
    Some(head)
}
