//! An analysed article: tokens are spans, every layer points at tokens, every fact is stored once.

use std::ops::Range;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::{ActorLink, Article, BlockKind, Deprel, Feats, Frame, PlaceLink, Span, Upos};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as `usize`.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(index as u32)
            }
        }
    };
}

index! {
    /// Index into [`Document::tokens`].
    TokenId
}
index! {
    /// Index into [`Document::sentences`].
    SentenceId
}
index! {
    /// Index into [`Document::mentions`].
    MentionId
}
index! {
    /// A coreference chain; mentions of one chain share it.
    ChainId
}

/// A syntactic word, UD-style: "didn't" is two tokens whose spans meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Lemma; for words found in the text unchanged, lower-cased except for proper nouns.
    pub lemma: CompactString,
    /// Part of speech.
    pub upos: Upos,
    /// Morphology.
    pub feats: Feats,
    /// Syntactic head; `None` for the root of its sentence.
    pub head: Option<TokenId>,
    /// Relation to the head.
    pub deprel: Deprel,
}

/// A sentence: a run of tokens inside one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its characters.
    pub span: Span,
    /// Its tokens, as indices into [`Document::tokens`].
    pub tokens: Range<u32>,
    /// Index of its block in the article.
    pub block: u32,
    /// Kind of that block.
    pub kind: BlockKind,
    /// First sentence of its block.
    pub opens_block: bool,
}

/// Entity type, as GUM has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the variants are GUM's entity types")]
pub enum EntityType {
    Person,
    Organization,
    Place,
    Time,
    Event,
    Object,
    Abstract,
    Animal,
    Plant,
    Substance,
}

/// A named or nominal mention; mentions may nest, never cross.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// First token.
    pub start: TokenId,
    /// One past the last token.
    pub end: TokenId,
    /// Syntactic head inside the mention.
    pub head: TokenId,
    /// Entity type.
    pub kind: EntityType,
    /// Whether the head is a proper noun.
    pub named: bool,
    /// Score of the model, 0 to 1.
    pub score: f32,
    /// Coreference chain, once resolved. Singletons have none.
    pub chain: Option<ChainId>,
}

/// An article with its layers. Built by the language engine, completed by the knowledge base.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Tokens of all sentences in order.
    pub tokens: Vec<Token>,
    /// Mentions, ordered by start, longest first.
    pub mentions: Vec<Mention>,
    /// Words that may tell an event, in text order; `None` where no model has read the document.
    pub frames: Option<Vec<Frame>>,
    /// Sentences that the gate held back, with its scores, in order. Their words have no tags, trees, mentions or frames; what tables know by
    /// the words alone (names, quotation marks) is found in them all the same.
    pub held: Vec<(SentenceId, i32)>,
    /// Actors, ordered by head token; at most one a token.
    pub actors: Vec<ActorLink>,
    /// Places, ordered by head token.
    pub places: Vec<PlaceLink>,
}

impl<'a> Document<'a> {
    /// A document without layers.
    pub fn new(article: &'a Article) -> Self {
        Self {
            article,
            sentences: vec![],
            tokens: vec![],
            mentions: vec![],
            frames: None,
            held: vec![],
            actors: vec![],
            places: vec![],
        }
    }

    /// The frames of a sentence, in text order; none where no model has read the document.
    pub fn frames_of(&self, sentence: SentenceId) -> &[Frame] {
        let range = &self.sentences[sentence.index()].tokens;
        let frames = self.frames.as_deref().unwrap_or_default();
        let at = |token: u32| frames.partition_point(|f| f.trigger.0 < token);
        &frames[at(range.start)..at(range.end)]
    }

    /// The frame of a trigger.
    pub fn frame_of(&self, trigger: TokenId) -> Option<&Frame> {
        let frames = self.frames.as_deref().unwrap_or_default();
        let at = frames.binary_search_by_key(&trigger, |f| f.trigger).ok()?;
        Some(&frames[at])
    }

    /// The gate's score of a sentence that it held back.
    pub fn held(&self, sentence: SentenceId) -> Option<i32> {
        let at = self.held.binary_search_by_key(&sentence, |(id, _)| *id).ok()?;
        Some(self.held[at].1)
    }

    /// The article's text.
    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    /// A token.
    pub fn token(&self, id: TokenId) -> &Token {
        &self.tokens[id.index()]
    }

    /// The characters of a token.
    pub fn form(&self, id: TokenId) -> &'a str {
        self.token(id).span.of(self.text())
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, id: TokenId) -> SentenceId {
        SentenceId::from(self.sentences.partition_point(|s| s.tokens.end <= id.0))
    }

    /// The token ids of a sentence.
    pub fn sentence_tokens(&self, id: SentenceId) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + use<> {
        let range = self.sentences[id.index()].tokens.clone();
        (range.start..range.end).map(TokenId)
    }

    /// The direct dependents of a token, in text order.
    pub fn children(&self, id: TokenId) -> impl DoubleEndedIterator<Item = TokenId> + '_ {
        self.sentence_tokens(self.sentence_of(id)).filter(move |&t| self.token(t).head == Some(id))
    }

    /// The actor linked to a head token, if any.
    pub fn actor_at(&self, head: TokenId) -> Option<&ActorLink> {
        self.actors.binary_search_by_key(&head, |a| a.head).ok().map(|i| &self.actors[i])
    }

    /// The place linked to a head token, if any.
    pub fn place_at(&self, head: TokenId) -> Option<&PlaceLink> {
        self.places.binary_search_by_key(&head, |p| p.head).ok().map(|i| &self.places[i])
    }

    /// The longest mention headed by a token, if any.
    pub fn mention_at(&self, head: TokenId) -> Option<MentionId> {
        let mut best: Option<usize> = None;
        // Mentions stay inside their sentence, so the scan begins there.
        let sentence = self.sentences.get(self.sentence_of(head).index())?;
        let first = self.mentions.partition_point(|m| m.start.0 < sentence.tokens.start);
        for (index, mention) in self.mentions.iter().enumerate().skip(first) {
            if mention.start > head {
                break;
            }
            let longer = best.is_none_or(|b: usize| {
                let other = &self.mentions[b];
                mention.end.0 - mention.start.0 > other.end.0 - other.start.0
            });
            if mention.head == head && longer {
                best = Some(index);
            }
        }
        best.map(MentionId::from)
    }

    /// The characters from the first to the last of the given tokens (half-open).
    pub fn span_of(&self, start: TokenId, end: TokenId) -> Span {
        Span { start: self.tokens[start.index()].span.start, end: self.tokens[end.index() - 1].span.end }
    }
}
