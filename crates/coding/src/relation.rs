//! The relation between two given parties of a sentence, for the benchmark of Hu et al. (ACL 2024).

use std::collections::BTreeMap;

use demarche_types::{Deprel, Document, EventType, Frame, FrameRole, Participant, Span, Status, TokenId};

use crate::codebook::Root;
use crate::events::{self, Candidate, Scene};
use crate::triggers::{self, Trigger};
use crate::{Coder, dates, quotes, reduce, tree};

/// One guess: the root of the 2016 edition and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationGuess {
    /// Root of the 2016 edition.
    pub root: Root,
    /// The row of the lexicon, or the act that the model read ("act:aid-economic"), that has this root; `None` when no trigger was found and the
    /// commonest class stands in.
    pub rule: Option<String>,
}

/// What a row that misses some of its constraints loses against one that fits whole.
const NEAR_MISS: i32 = 40;

/// What each step further down the tree costs.
const DEPTH: i32 = 1;

/// The class that stands in where no trigger is found: the commonest verbal-conflict class of political news.
const FALLBACK: Root = Root::Accuse;

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
    let lexical = best.map(|(score, candidate)| (score, root_of(coder, &candidate), candidate.rule.to_string()));
    if let Some(mut read) = read_relation(doc, coder, source, target) {
        if let Some((score, root, rule)) = &lexical {
            let trust = LEXICON_TRUST * (*score as f32 / 60.0).clamp(0.0, 1.0);
            let of_root = read.entry(*root).or_insert_with(|| Read { weight: 0.0, act: 0.0, rule: rule.clone() });
            of_root.weight += trust;
        }
        let top = read.into_iter().max_by(|a, b| a.1.weight.total_cmp(&b.1.weight).then(b.0.cmp(&a.0)));
        if let Some((root, read)) = top {
            return RelationGuess { root, rule: Some(read.rule) };
        }
    }
    match lexical {
        Some((_, root, rule)) => RelationGuess { root, rule: Some(rule) },
        None => RelationGuess { root: FALLBACK, rule: None },
    }
}

/// The 2016 root of a candidate of the lexicon in its status.
fn root_of(coder: &Coder, c: &Candidate) -> Root {
    in_status(c.kind, coder.root_2016(&c.rule, &c.cameo, c.kind), c.status)
}

/// What a row of the lexicon that joins the pair weighs beside the model's probabilities. Pairs of our own corpus (`training/pairs.py`) do not tell values
/// from 0.1 to 0.3 apart; on the dev half of PLV, which is another kind of text, more weight was better.
const LEXICON_TRUST: f32 = 0.25;

/// What the model makes of a root for a pair.
struct Read {
    /// Its probability.
    weight: f32,
    /// Share of it that the likeliest act has.
    act: f32,
    /// That act.
    rule: String,
}

/// The relation by the model's frames: each frame counts as much as it tells an event and has the pair for its parties.
fn read_relation(doc: &Document<'_>, coder: &Coder, source: Span, target: Span) -> Option<BTreeMap<Root, Read>> {
    let frames = doc.frames.as_deref()?;
    let within = |frame: &Frame, role: FrameRole, span: Span| {
        let (start, end) = tree::tokens_in(doc, span);
        let best = (start.0..end.0).map(|t| frame.inside(role, TokenId(t))).fold(f32::NEG_INFINITY, f32::max);
        -libm::logf(1.0 + libm::expf(-best.max(-30.0)))
    };
    let scores: Vec<f32> = frames
        .iter()
        .map(|frame| {
            let recipient = within(frame, FrameRole::Recipient, target);
            // The other party of a meeting is an actor as well.
            let mutual = within(frame, FrameRole::Actor, target) - 1.0;
            let other = recipient.max(mutual) + libm::logf(1.0 + libm::expf(-(recipient - mutual).abs()));
            libm::logf(frame.event.max(1e-6)) + within(frame, FrameRole::Actor, source) + other
        })
        .collect();
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = scores.iter().map(|s| libm::expf(s - top)).sum();
    let mut roots: BTreeMap<Root, Read> = BTreeMap::new();
    for (frame, score) in frames.iter().zip(&scores) {
        let refused = reduce::will_not(doc, frame.trigger);
        let weight = libm::expf(score - top) / total;
        for (name, p) in &frame.acts {
            let Some(act) = coder.acts.get(name) else { continue };
            let told = coder.variants.told(doc, frame.trigger, act).root;
            for (status, likely) in Status::ALL.into_iter().zip(frame.status) {
                let status = if refused { Status::Negated } else { status };
                let part = weight * p * likely;
                let root = roots.entry(in_status(act.kind, told, status)).or_insert_with(|| Read {
                    weight: 0.0,
                    act: 0.0,
                    rule: String::new(),
                });
                root.weight += part;
                if part > root.act {
                    (root.act, root.rule) = (part, format!("act:{name}"));
                }
            }
        }
    }
    Some(roots).filter(|roots| !roots.is_empty())
}

/// The benchmark has no status, so it stands in the root: cooperation that is told as not given is a refusal, and what is still to come a promise or
/// a threat. (Records have a status, and keep the root of the act.)
fn in_status(kind: EventType, root: Root, status: Status) -> Root {
    if status == Status::Negated && root.quad() <= 2 {
        return Root::Reject;
    }
    match root {
        // A concession is one when it is declared, whenever it comes about.
        Root::Yield if kind == EventType::Concede => root,
        Root::Consult | Root::Cooperate | Root::Aid | Root::Yield | Root::Support if status == Status::Future => Root::Agree,
        // "will boycott": material conflict that is still to come is told as a threat, as CAMEO (13) has it.
        _ if status == Status::Future && root.quad() == 4 => Root::Threaten,
        _ => root,
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
