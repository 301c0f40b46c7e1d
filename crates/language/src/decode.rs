//! Numbers to layers: tags, features, lemmas, tree and mentions of one sentence.

use compact_str::CompactString;
use demarche_types::{Deprel, Feats, Frame, FrameRole, Status, TokenId, Upos};

use crate::model::{EventHeads, Field, LanguageModel, argmax, dot};
use crate::tree;
use crate::wordpiece::WordPiece;

/// The layers of one sentence; heads and mentions count words from 0 inside it.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// For every word.
    pub words: Vec<WordAnalysis>,
    /// Spans that may be mentions, ordered by start, longest first. They may cross: [`crate::mentions`] chooses.
    pub spans: Vec<SpanAnalysis>,
    /// Words that may tell an event, in text order; tokens count words from 0 inside the sentence.
    /// `None` where the weights read no events.
    pub frames: Option<Vec<Frame>>,
}

/// The layers of one word.
#[derive(Clone, Debug)]
pub struct WordAnalysis {
    /// Part of speech.
    pub upos: Upos,
    /// Morphology as coding reads it.
    pub feats: Feats,
    /// Morphology as treebanks write it.
    pub feats_text: CompactString,
    /// Lemma.
    pub lemma: CompactString,
    /// Head inside the sentence; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
}

/// A span that may be a mention.
#[derive(Clone, Copy, Debug)]
pub struct SpanAnalysis {
    /// First word.
    pub first: u32,
    /// Last word.
    pub last: u32,
    /// Log odds of being a mention.
    pub score: f32,
    /// A score for every type, in the order in which [`demarche_types::EntityType`] declares them; their softmax is the probability.
    pub kinds: [f32; KINDS],
}

/// Number of entity types.
pub const KINDS: usize = 10;

/// Log odds under which a span is not worth handing on: under 2 %.
const FLOOR: f32 = -4.0;

/// Decodes the rows of one sentence. `rows` holds `words + 1` rows of `size` numbers, the root's first.
pub(crate) fn decode<'f>(
    model: &LanguageModel,
    pieces: &WordPiece,
    rows: &[f32],
    size: usize,
    form: impl Fn(usize) -> &'f str,
) -> Analysis {
    let row = |r: usize| &rows[r * size..(r + 1) * size];
    let n = rows.len() / size - 1;
    let at = model.layout;
    let scores = arc_scores(rows, size, n, at.arc_dep, at.arc_head, at.arc_bias);
    let heads = tree::heads(&scores, n);
    let mut hidden = vec![0.0f32; at.rel_dep.1];
    let words = (0..n)
        .map(|w| {
            let own = row(w + 1);
            let head = heads[w];
            add_relu(at.rel_dep.of(own), at.rel_head.of(row(head)), &mut hidden);
            let (upos, feats) = (model.upos[argmax(at.upos.of(own))], argmax(at.feats.of(own)));
            let edit = &model.lemma_rules[argmax(at.lemma.of(own))];
            let relation = model.relations[model.relation.best(&hidden)];
            WordAnalysis {
                upos,
                feats: model.feats[feats],
                feats_text: model.feats_text[feats].clone(),
                lemma: model.lemmatizer.lemma(form(w), upos, model.feats[feats], edit.apply(form(w)), |word| pieces.knows(word)),
                head: head.checked_sub(1).map(|h| h as u32),
                // A word that is not the root may not be called so, nor the other way round.
                deprel: match (head, relation) {
                    (0, _) => Deprel::Root,
                    (_, Deprel::Root) => Deprel::Parataxis,
                    (_, relation) => relation,
                },
            }
        })
        .collect();
    Analysis {
        words,
        spans: spans(model, rows, size, n),
        frames: model.events.as_ref().map(|heads| frames(heads, rows, size, n)),
    }
}

fn arc_scores(rows: &[f32], size: usize, n: usize, dep: Field, head: Field, bias: Field) -> Vec<f32> {
    let row = |r: usize| &rows[r * size..(r + 1) * size];
    let scale = 1.0 / (dep.1 as f32).sqrt();
    let mut scores = Vec::with_capacity(n * (n + 1));
    for d in 1..=n {
        let own = dep.of(row(d));
        scores.extend((0..=n).map(|h| dot(own, head.of(row(h))) * scale + bias.of(row(h))[0]));
    }
    scores
}

fn spans(model: &LanguageModel, rows: &[f32], size: usize, n: usize) -> Vec<SpanAnalysis> {
    let row = |r: usize| &rows[r * size..(r + 1) * size];
    let at = model.layout;
    let scale = 1.0 / (at.span_start.1 as f32).sqrt();
    let mut hidden = vec![0.0f32; at.kind_start.1];
    let mut found = vec![];
    for first in 0..n {
        let start = at.span_start.of(row(first + 1));
        for last in (first..n).rev() {
            let score = dot(start, at.span_end.of(row(last + 1))) * scale + model.span_bias;
            if score > FLOOR {
                add_relu(at.kind_start.of(row(first + 1)), at.kind_end.of(row(last + 1)), &mut hidden);
                let mut kinds = [f32::MIN; KINDS];
                for (&kind, value) in model.entities.iter().zip(model.kind.scores(&hidden)) {
                    kinds[kind as usize] = value;
                }
                found.push(SpanAnalysis { first: first as u32, last: last as u32, score, kinds });
            }
        }
    }
    found
}

/// Frames under this probability of event or speech are not handed on.
const LEAST_FRAME: f32 = 0.02;
/// Contexts under this probability are not handed on.
const LEAST_CONTEXT: f32 = 0.1;
/// An act is handed on with at least this probability ...
const LEAST_ACT: f32 = 0.002;
/// ... and if no more than so many are likelier.
const MOST_ACTS: usize = 12;

/// The words that may tell an event. A cheap bound rules out most words before their softmax is taken.
fn frames(heads: &EventHeads, rows: &[f32], size: usize, n: usize) -> Vec<Frame> {
    let row = |r: usize| &rows[r * size..(r + 1) * size];
    let at = heads.at;
    let mut found = vec![];
    let (mut p, mut logits) = (vec![0.0f32; heads.acts.len()], vec![0.0f32; heads.acts.len()]);
    for word in 0..n {
        let scores = at.act.of(row(word + 1));
        let (none, best) = (scores[0], scores[1..].iter().copied().fold(f32::MIN, f32::max));
        // All others together are less than e^-10 of none, were they all as likely as the best.
        if (none - best) / heads.temperature > 10.0 + libm::logf(scores.len() as f32) {
            continue;
        }
        for (logit, score) in logits.iter_mut().zip(scores) {
            *logit = score / heads.temperature;
        }
        softmax(&logits, &mut p);
        let (speech, event): (f32, f32) = (p[1], p[2..].iter().sum());
        if event + speech < LEAST_FRAME {
            continue;
        }
        let hidden = at.event.of(row(word + 1));
        let mut ranked: Vec<usize> = (2..p.len()).filter(|&a| p[a] / event > LEAST_ACT).collect();
        ranked.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
        ranked.truncate(MOST_ACTS);
        let mut status = [0.0f32; Status::ALL.len()];
        softmax(&heads.status.scores(hidden).collect::<Vec<_>>(), &mut status);
        let contexts = heads.context.scores(hidden).map(sigmoid).enumerate().filter(|(_, p)| *p > LEAST_CONTEXT);
        found.push(Frame {
            trigger: TokenId(word as u32),
            first: TokenId(0),
            event,
            speech,
            acts: ranked.into_iter().map(|a| (heads.acts[a].clone(), p[a] / event)).collect(),
            status,
            contexts: contexts.map(|(c, p)| (heads.contexts[c].clone(), p)).collect(),
            inside: inside(heads, rows, size, n, hidden),
        });
    }
    found
}

/// Log odds, role by role, that each word is inside a span of the role.
fn inside(heads: &EventHeads, rows: &[f32], size: usize, n: usize, hidden: &[f32]) -> Vec<f32> {
    let at = heads.at;
    let queries: Vec<f32> = heads.role_trigger.scores(hidden).collect();
    let scale = 1.0 / (at.role_word.1 as f32).sqrt();
    let mut out = Vec::with_capacity(FrameRole::ALL.len() * n);
    for (query, bias) in queries.chunks_exact(at.role_word.1).zip(heads.role_bias.scores(hidden)) {
        out.extend((1..=n).map(|r| dot(query, at.role_word.of(&rows[r * size..(r + 1) * size])) * scale + bias));
    }
    out
}

fn softmax(logits: &[f32], out: &mut [f32]) {
    let top = logits.iter().copied().fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for (out, logit) in out.iter_mut().zip(logits) {
        *out = libm::expf(logit - top);
        total += *out;
    }
    for out in out {
        *out /= total;
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + libm::expf(-x))
}

fn add_relu(a: &[f32], b: &[f32], out: &mut [f32]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = (a + b).max(0.0);
    }
}
