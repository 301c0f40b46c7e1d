//! Numbers to layers: tags, features, lemmas, tree and mentions of one sentence.

use compact_str::CompactString;
use demarche_types::{Deprel, EntityType, Feats, Upos};

use crate::model::{Field, LanguageModel, argmax, dot};
use crate::tree;
use crate::wordpiece::WordPiece;

/// The layers of one sentence; heads and mentions count words from 0 inside it.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// For every word.
    pub words: Vec<WordAnalysis>,
    /// Mentions, ordered by start, longest first; they nest, never cross.
    pub mentions: Vec<MentionAnalysis>,
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

/// A mention found in a sentence.
#[derive(Clone, Debug)]
pub struct MentionAnalysis {
    /// First word.
    pub first: u32,
    /// Last word.
    pub last: u32,
    /// Type.
    pub kind: EntityType,
    /// Probability of being a mention.
    pub score: f32,
}

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
            let relation = model.relations[model.relation.best(&hidden).0];
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
    Analysis { words, mentions: mentions(model, rows, size, n) }
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

fn mentions(model: &LanguageModel, rows: &[f32], size: usize, n: usize) -> Vec<MentionAnalysis> {
    let row = |r: usize| &rows[r * size..(r + 1) * size];
    let at = model.layout;
    let scale = 1.0 / (at.span_start.1 as f32).sqrt();
    let mut found: Vec<(f32, usize, usize)> = vec![];
    for first in 0..n {
        let start = at.span_start.of(row(first + 1));
        for last in first..n {
            let score = dot(start, at.span_end.of(row(last + 1))) * scale + model.span_bias;
            if score > 0.0 {
                found.push((score, first, last));
            }
        }
    }
    // The surest first; what crosses a surer one is dropped.
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut kept: Vec<(f32, usize, usize)> = Vec::with_capacity(found.len());
    for span in found {
        let crosses = |k: &(f32, usize, usize)| {
            (k.1 < span.1 && span.1 <= k.2 && k.2 < span.2) || (span.1 < k.1 && k.1 <= span.2 && span.2 < k.2)
        };
        if !kept.iter().any(crosses) {
            kept.push(span);
        }
    }
    kept.sort_by_key(|&(_, first, last)| (first, usize::MAX - last));
    let mut hidden = vec![0.0f32; at.kind_start.1];
    kept.into_iter()
        .map(|(score, first, last)| {
            add_relu(at.kind_start.of(row(first + 1)), at.kind_end.of(row(last + 1)), &mut hidden);
            let kind = model.entities[model.kind.best(&hidden).0];
            MentionAnalysis { first: first as u32, last: last as u32, kind, score: 1.0 / (1.0 + (-score).exp()) }
        })
        .collect()
}

fn add_relu(a: &[f32], b: &[f32], out: &mut [f32]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = (a + b).max(0.0);
    }
}
