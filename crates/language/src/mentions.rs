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
            let mention = Mention { start, end, head, kind, named, score: 1.0 / (1.0 + libm::expf(-score)), chain: None };
            chosen.push((mention, against_best(&span.kinds)));
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

/// Scores as log odds against the best type. Probabilities would hang on the platform's `exp`.
fn against_best(scores: &[f32; KINDS]) -> [f32; KINDS] {
    let top = scores[crate::model::argmax(scores)];
    scores.map(|s| s - top)
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

#[cfg(test)]
mod tests {
    use demarche_types::{Article, Block, BlockKind, Feats, Sentence, Span, Token};

    use super::*;

    const PERSON: usize = EntityType::Person as usize;
    const PLACE: usize = EntityType::Place as usize;

    /// One sentence a line, its words as `form/UPOS/head/relation`, heads from 1.
    fn with_document(lines: &str, test: impl FnOnce(&mut Document<'_>)) {
        let (mut text, mut tokens, mut sentences) = (String::new(), vec![], vec![]);
        for line in lines.lines() {
            let (from, base) = (text.len(), tokens.len());
            for word in line.split_whitespace() {
                let parts: Vec<&str> = word.split('/').collect();
                let start = text.len();
                text.push_str(parts[0]);
                tokens.push(Token {
                    span: Span::new(start, text.len()),
                    lemma: parts[0].into(),
                    upos: Upos::parse(parts[1]),
                    feats: Feats::default(),
                    head: parts[2].parse::<usize>().expect("a number").checked_sub(1).map(|h| TokenId::from(base + h)),
                    deprel: Deprel::parse(parts[3]),
                });
                text.push(' ');
            }
            sentences.push(Sentence {
                span: Span::new(from, text.len()),
                tokens: base as u32..tokens.len() as u32,
                block: 0,
                kind: BlockKind::Paragraph,
                opens_block: base == 0,
            });
        }
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), source: None }];
        let article = Article { blocks, ..Article::bare("x", text) };
        let mut doc = Document::new(&article);
        (doc.tokens, doc.sentences) = (tokens, sentences);
        test(&mut doc);
    }

    fn span(first: u32, last: u32, score: f32, kind: usize, sure: f32) -> SpanAnalysis {
        let mut kinds = [0.0; KINDS];
        kinds[kind] = sure;
        SpanAnalysis { first, last, score, kinds }
    }

    fn found(doc: &Document<'_>) -> Vec<(String, EntityType)> {
        doc.mentions.iter().map(|m| (doc.span_of(m.start, m.end).of(doc.text()).to_owned(), m.kind)).collect()
    }

    const PAIR: &str = "Anna/PROPN/4/nsubj and/CCONJ/3/cc Boris/PROPN/1/conj left/VERB/0/root";

    #[test]
    fn names_joined_are_one_mention_only_where_much_speaks_for_it() {
        for (score, count) in [(1.5, 2), (2.5, 3)] {
            with_document(PAIR, |doc| {
                let pair = span(0, 2, score, PERSON, 3.0);
                choose(doc, &[vec![pair, span(0, 0, 4.0, PERSON, 3.0), span(2, 2, 4.0, PERSON, 3.0)]]);
                assert_eq!(doc.mentions.len(), count, "at {score}");
            });
        }
    }

    #[test]
    fn common_nouns_joined_need_no_more_than_other_spans() {
        with_document(&PAIR.replace("PROPN", "NOUN"), |doc| {
            choose(doc, &[vec![span(0, 2, 0.5, PERSON, 3.0)]]);
            assert_eq!(found(doc), [("Anna and Boris".to_owned(), EntityType::Person)]);
        });
    }

    #[test]
    fn the_surer_of_two_crossing_spans_stays() {
        with_document(PAIR, |doc| {
            choose(doc, &[vec![span(0, 1, 1.0, PERSON, 3.0), span(1, 2, 2.0, PERSON, 3.0)]]);
            assert_eq!(found(doc), [("and Boris".to_owned(), EntityType::Person)]);
        });
    }

    #[test]
    fn mentions_of_one_name_vote_on_its_type() {
        let line = "Corvo/PROPN/2/nsubj grew/VERB/0/root\n";
        let at = |kind, sure| vec![span(0, 0, 3.0, kind, sure)];
        with_document(&line.repeat(3), |doc| {
            choose(doc, &[at(PLACE, 4.0), at(PERSON, 1.0), at(PLACE, 4.0)]);
            assert!(doc.mentions.iter().all(|m| m.kind == EntityType::Place), "{:?}", found(doc));
        });
        // Another name has no vote.
        with_document(&(line.to_owned() + &line.replace("Corvo", "Anna")), |doc| {
            choose(doc, &[at(PLACE, 4.0), at(PERSON, 1.0)]);
            assert_eq!(found(doc), [("Corvo".to_owned(), EntityType::Place), ("Anna".to_owned(), EntityType::Person)]);
        });
    }

    #[test]
    fn no_spans_no_mentions() {
        with_document(PAIR, |doc| {
            choose(doc, &[vec![]]);
            assert!(doc.mentions.is_empty());
        });
    }
}
