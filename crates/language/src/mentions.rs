//! Spans to mentions: which of the spans that the model scored are mentions of the document, and of what type.

use demarche_types::{Document, EntityType, Mention, TokenId, Upos};

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

/// Chooses among the spans of every sentence and puts the chosen ones into the document.
pub(crate) fn choose(doc: &mut Document<'_>, spans: &[Vec<SpanAnalysis>]) {
    for (index, spans) in spans.iter().enumerate() {
        let base = doc.sentences[index].tokens.start;
        let mut ranked: Vec<&SpanAnalysis> = spans.iter().filter(|s| s.score > 0.0).collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.first, a.last).cmp(&(b.first, b.last))));
        let mut kept: Vec<&SpanAnalysis> = vec![];
        for span in ranked {
            if !kept.iter().any(|k| cross(k, span)) {
                kept.push(span);
            }
        }
        kept.sort_by_key(|s| (s.first, u32::MAX - s.last));
        for span in kept {
            let (start, end) = (TokenId(base + span.first), TokenId(base + span.last + 1));
            let head = head(doc, start, end);
            let kind = TYPES[crate::model::argmax(&span.kinds)];
            let named = doc.token(head).upos == Upos::Propn;
            doc.mentions.push(Mention { start, end, head, kind, named, score: 1.0 / (1.0 + (-span.score).exp()), chain: None });
        }
    }
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
