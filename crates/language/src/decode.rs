//! Numbers to layers: tags, features, lemmas, tree and mentions of one sentence.

use compact_str::CompactString;
use demarche_types::{Deprel, Feats, Frame, FrameRole, Status, TokenId, Upos};

use crate::encoder::Encoder;
use crate::model::{Field, LanguageModel, argmax};
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
    pub frames: Vec<Frame>,
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
    let scores = arc_scores(&model.encoder, rows, size, at.arc_dep, at.arc_head, at.arc_bias);
    let heads = tree::heads(&scores, n);
    let mut hidden = vec![0.0f32; at.rel_dep.1];
    let words = (0..n)
        .map(|w| {
            let own = row(w + 1);
            let head = heads[w];
            add_relu(at.rel_dep.of(own), at.rel_head.of(row(head)), &mut hidden);
            let (upos, feats) = (model.upos[argmax(at.upos.of(own))], argmax(at.feats.of(own)));
            let edit = &model.lemma_rules[argmax(at.lemma.of(own))];
            let relation = model.relations[model.relation.best(&model.encoder, &hidden)];
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
    Analysis { words, spans: spans(model, rows, size, n), frames: frames(model, rows, size, n) }
}

/// For every word a score for each head.
fn arc_scores(encoder: &Encoder, rows: &[f32], size: usize, dep: Field, head: Field, bias: Field) -> Vec<f32> {
    let (nodes, scale) = (rows.len() / size, 1.0 / (dep.1 as f32).sqrt());
    let mut scores = vec![0.0; (nodes - 1) * nodes];
    for (own, scores) in rows.chunks_exact(size).skip(1).zip(scores.chunks_exact_mut(nodes)) {
        encoder.dots(dep.of(own), &rows[head.0..], size, scores);
        for (score, row) in scores.iter_mut().zip(rows.chunks_exact(size)) {
            *score = *score * scale + bias.of(row)[0];
        }
    }
    scores
}

fn spans(model: &LanguageModel, rows: &[f32], size: usize, n: usize) -> Vec<SpanAnalysis> {
    let row = |r: usize| &rows[r * size..(r + 1) * size];
    let at = model.layout;
    let scale = 1.0 / (at.span_start.1 as f32).sqrt();
    let mut hidden = vec![0.0f32; at.kind_start.1];
    let (mut scores, mut values) = (vec![0.0f32; n], vec![0.0f32; model.entities.len()]);
    let mut found = vec![];
    for first in 0..n {
        let scores = &mut scores[first..];
        model.encoder.dots(at.span_start.of(row(first + 1)), &rows[(first + 1) * size + at.span_end.0..], size, scores);
        for last in (first..n).rev() {
            let score = scores[last - first] * scale + model.span_bias;
            if score > FLOOR {
                add_relu(at.kind_start.of(row(first + 1)), at.kind_end.of(row(last + 1)), &mut hidden);
                model.kind.scores(&model.encoder, &hidden, &mut values);
                let mut kinds = [f32::MIN; KINDS];
                for (&kind, &value) in model.entities.iter().zip(&values) {
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
fn frames(model: &LanguageModel, rows: &[f32], size: usize, n: usize) -> Vec<Frame> {
    let row = |r: usize| &rows[r * size..(r + 1) * size];
    let (at, heads, encoder) = (model.layout, &model.events, &model.encoder);
    let mut found = vec![];
    let (mut p, mut logits) = (vec![0.0f32; heads.acts.len()], vec![0.0f32; heads.acts.len()]);
    let mut contexts = vec![0.0f32; heads.contexts.len()];
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
        let mut scores = [0.0f32; Status::ALL.len()];
        heads.status.scores(encoder, hidden, &mut scores);
        softmax(&scores, &mut status);
        heads.context.scores(encoder, hidden, &mut contexts);
        let contexts = contexts.iter().map(|&x| sigmoid(x)).enumerate().filter(|(_, p)| *p > LEAST_CONTEXT);
        found.push(Frame {
            trigger: TokenId(word as u32),
            first: TokenId(0),
            event,
            speech,
            acts: ranked.into_iter().map(|a| (heads.acts[a].clone(), p[a] / event)).collect(),
            status,
            contexts: contexts.map(|(c, p)| (heads.contexts[c].clone(), p)).collect(),
            inside: inside(model, rows, size, n, hidden),
        });
    }
    found
}

/// Log odds, role by role, that each word is inside a span of the role.
fn inside(model: &LanguageModel, rows: &[f32], size: usize, n: usize, hidden: &[f32]) -> Vec<f32> {
    let (heads, encoder) = (&model.events, &model.encoder);
    let (word, roles) = (model.layout.role_word, FrameRole::ALL.len());
    let (mut queries, mut biases) = (vec![0.0f32; roles * word.1], [0.0f32; FrameRole::ALL.len()]);
    heads.role_trigger.scores(encoder, hidden, &mut queries);
    heads.role_bias.scores(encoder, hidden, &mut biases);
    let scale = 1.0 / (word.1 as f32).sqrt();
    let mut out = vec![0.0f32; roles * n];
    for ((query, bias), out) in queries.chunks_exact(word.1).zip(biases).zip(out.chunks_exact_mut(n)) {
        encoder.dots(query, &rows[size + word.0..], size, out);
        out.iter_mut().for_each(|x| *x = *x * scale + bias);
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
