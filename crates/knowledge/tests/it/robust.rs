//! Trees come from a model: whatever they look like, linking ends, and soon.

use std::time::{Duration, Instant};

use demarche_knowledge::Knowledge;
use demarche_types::{
    Article, Block, BlockKind, ChainId, Deprel, Document, EntityType, Feats, Mention, Sentence, Span, Token, TokenId, Upos,
};

const WORDS: &[&str] = &[
    "President",
    "of",
    "Iran",
    "minister",
    "foreign",
    "US",
    "Xi",
    "Jinping",
    "police",
    "’s",
    ",",
    "Paris",
    "Reuters",
    "former",
    "Hamas",
    "he",
    "Zelenskyy",
    "and",
    "the",
    "in",
    "Texas",
    "spokesman",
    "ministry",
    "İ",
    "ß",
    "-",
    "U.S.",
    "🙂",
    "Kremlin",
    "rebels",
];

/// A small generator of the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

fn article(text: String) -> Article {
    let span = Span::new(0, text.len());
    Article { blocks: vec![Block { kind: BlockKind::Paragraph, span, source: None }], ..Article::bare("0", text) }
}

/// Tokens of random words with random tags and heads, in sentences of up to `length` tokens.
fn annotate(kb: &Knowledge, random: &mut Random, tokens: usize, length: usize, relation: Option<Deprel>) {
    let words: Vec<&str> = (0..tokens).map(|_| WORDS[random.below(WORDS.len())]).collect();
    let article = article(words.join(" "));
    let mut doc = Document::new(&article);
    let mut at = 0;
    for start in (0..tokens).step_by(length) {
        let end = (start + length).min(tokens);
        let from = at;
        for (index, word) in words[start..end].iter().enumerate() {
            let head = if relation.is_some() { Some(end - 1) } else { Some(start + random.below(end - start)) };
            doc.tokens.push(Token {
                span: Span::new(at, at + word.len()),
                lemma: word.to_lowercase().into(),
                upos: if relation.is_some() { Upos::Propn } else { Upos::ALL[random.below(Upos::ALL.len())] },
                feats: Feats::default(),
                head: head.filter(|&h| relation.is_none() || h != start + index).map(TokenId::from),
                deprel: relation.unwrap_or(Deprel::ALL[random.below(Deprel::ALL.len())]),
            });
            at += word.len() + 1;
        }
        let span = Span::new(from, at - 1);
        let tokens = start as u32..end as u32;
        doc.sentences.push(Sentence { span, tokens, block: 0, kind: BlockKind::Paragraph, opens_block: start == 0 });
        for _ in 0..length / 6 {
            let first = start + random.below(end - start);
            let last = (first + random.below(3)).min(end - 1);
            doc.mentions.push(Mention {
                start: TokenId::from(first),
                end: TokenId::from(last + 1),
                head: TokenId::from(last),
                kind: [EntityType::Person, EntityType::Organization, EntityType::Place, EntityType::Event][random.below(4)],
                named: random.below(2) == 0,
                score: 1.0,
                chain: (random.below(2) == 0).then(|| ChainId(random.below(5) as u32)),
            });
        }
    }
    doc.mentions.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
    kb.annotate(&mut doc, None);
    assert!(doc.actors.windows(2).all(|w| w[0].head < w[1].head));
    assert!(doc.places.windows(2).all(|w| w[0].head < w[1].head));
    for span in doc.actors.iter().map(|a| a.span).chain(doc.places.iter().map(|p| p.span)) {
        assert!(article.text.get(span.start as usize..span.end as usize).is_some(), "{span:?} cuts a character");
    }
}

#[test]
fn broken_trees_do_no_harm() {
    let kb = Knowledge::embedded().expect("the embedded tables are sound");
    let mut random = Random(7);
    let start = Instant::now();
    for _ in 0..150 {
        annotate(&kb, &mut random, 160, 40, None);
    }
    // One head, everything a modifier of it: composition must not try every path.
    for relation in [Deprel::Compound, Deprel::NmodPoss, Deprel::Flat, Deprel::Appos, Deprel::Conj] {
        annotate(&kb, &mut random, 400, 400, Some(relation));
    }
    annotate(&kb, &mut random, 20_000, 30, None);
    assert!(start.elapsed() < Duration::from_secs(20), "linking took {:?}", start.elapsed());
}

#[test]
fn an_empty_document_is_fine() {
    let kb = Knowledge::embedded().expect("the embedded tables are sound");
    let article = article(String::new());
    let mut doc = Document::new(&article);
    kb.annotate(&mut doc, None);
    assert!(doc.actors.is_empty() && doc.places.is_empty());
}
