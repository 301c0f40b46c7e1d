//! Spans to mentions: which of the spans that the model scored are mentions of the document, and of what type.
//!
//! The model scores spans and types one sentence at a time. Two things it cannot see are added here: a coordination is a
//! mention of its own only where much speaks for it (GUM marks one only when it is taken up again), and a name means
//! one thing throughout an article, so all its mentions vote on its type.

use std::collections::BTreeMap;

use demarche_types::{Deprel, Document, EntityType, Mention, TokenId, Upos};

use crate::decode::{KINDS, SpanAnalysis};

/// The types in the order in which their scores stand in a [`SpanAnalysis`].
const TYPES: [EntityType; KINDS] = [
    EntityType::Person,
    EntityType::Organization,
    EntityType::Place,
    EntityType::Time,
    EntityType::Event,
    EntityType::Object,
    EntityType::Abstract,
    EntityType::Animal,
    EntityType::Plant,
    EntityType::Substance,
];

/// What a coordination of names must score above any other span, in logits. Chosen on GUM dev, where 2 to 6 do the same.
const COORDINATION: f32 = 2.0;

/// Chooses among the spans of every sentence and puts the chosen ones into the document.
pub(crate) fn choose(doc: &mut Document<'_>, spans: &[Vec<SpanAnalysis>]) {
    let mut chosen: Vec<(Mention, [f32; KINDS])> = vec![];
    for (index, spans) in spans.iter().enumerate() {
        let base = doc.sentences[index].tokens.start;
        let mut ranked: Vec<(f32, TokenId, &SpanAnalysis)> = spans
            .iter()
            .map(|s| {
                let (start, end) = (TokenId(base + s.first), TokenId(base + s.last + 1));
                let head = head(doc, start, end);
                let penalty = if joins_names(doc, head, end) { COORDINATION } else { 0.0 };
                (s.score - penalty, head, s)
            })
            .filter(|(score, _, _)| *score > 0.0)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.2.first, a.2.last).cmp(&(b.2.first, b.2.last))));
        let mut kept: Vec<(f32, TokenId, &SpanAnalysis)> = vec![];
        for span in ranked {
            if !kept.iter().any(|k| cross(k.2, span.2)) {
                kept.push(span);
            }
        }
        kept.sort_by_key(|(_, _, s)| (s.first, u32::MAX - s.last));
        for (score, head, span) in kept {
            let (start, end) = (TokenId(base + span.first), TokenId(base + span.last + 1));
            let kind = TYPES[crate::model::argmax(&span.kinds)];
            let named = doc.token(head).upos == Upos::Propn;
            let mention = Mention { start, end, head, kind, named, score: 1.0 / (1.0 + (-score).exp()), chain: None };
            chosen.push((mention, log_softmax(&span.kinds)));
        }
    }
    vote(doc, &mut chosen);
    doc.mentions = chosen.into_iter().map(|(mention, _)| mention).collect();
}

/// Gives all mentions of one name the type that their scores favour together.
fn vote(doc: &Document<'_>, mentions: &mut [(Mention, [f32; KINDS])]) {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (mention, _)) in mentions.iter().enumerate().filter(|(_, (m, _))| m.named) {
        names.entry(core(doc, mention)).or_default().push(index);
    }
    for group in names.into_values().filter(|g| g.len() > 1) {
        let mut total = [0.0f32; KINDS];
        for &index in &group {
            for (sum, score) in total.iter_mut().zip(mentions[index].1) {
                *sum += score;
            }
        }
        for index in group {
            // A mention's own score counts once more: "Harrow" the school stays one where its sentence is sure of it.
            let mut own = total;
            for (sum, score) in own.iter_mut().zip(mentions[index].1) {
                *sum += score;
            }
            mentions[index].0.kind = TYPES[crate::model::argmax(&own)];
        }
    }
}

/// The name inside a mention: the run of proper nouns around its head, lower-cased.
fn core(doc: &Document<'_>, mention: &Mention) -> String {
    let proper = |t: u32| doc.tokens[t as usize].upos == Upos::Propn;
    let (mut start, mut end) = (mention.head.0, mention.head.0 + 1);
    while start > mention.start.0 && proper(start - 1) {
        start -= 1;
    }
    while end < mention.end.0 && (proper(end) || doc.tokens[end as usize].deprel == Deprel::Flat) {
        end += 1;
    }
    doc.span_of(TokenId(start), TokenId(end)).of(doc.text()).to_lowercase()
}

/// Whether a span ends after a conjunct of its head, and that head is a name.
fn joins_names(doc: &Document<'_>, head: TokenId, end: TokenId) -> bool {
    doc.token(head).upos == Upos::Propn
        && (head.0 + 1..end.0).map(TokenId).any(|t| doc.token(t).head == Some(head) && doc.token(t).deprel == Deprel::Conj)
}

fn log_softmax(scores: &[f32; KINDS]) -> [f32; KINDS] {
    let top = scores[crate::model::argmax(scores)];
    let total = scores.iter().map(|s| (s - top).exp()).sum::<f32>().ln();
    scores.map(|s| s - top - total)
}

fn cross(a: &SpanAnalysis, b: &SpanAnalysis) -> bool {
    let over = |a: &SpanAnalysis, b: &SpanAnalysis| a.first < b.first && b.first <= a.last && a.last < b.last;
    over(a, b) || over(b, a)
}

/// The first word of the span whose own head lies outside it.
fn head(doc: &Document<'_>, start: TokenId, end: TokenId) -> TokenId {
    let outside = |&t: &TokenId| {
        let token = doc.token(t);
        token.upos != Upos::Punct && token.head.is_none_or(|h| h < start || h >= end)
    };
    (start.0..end.0).map(TokenId).find(outside).unwrap_or(start)
}
