//! The language engine: sentences, tokens, tags, trees, mentions, coreference.
//!
//! [`Engine::analyze`] turns an article into a document. Text is split into sentences and words
//! ([`segment`]), one pass of an 8-bit encoder (`encoder`) yields every other layer (`encode`, `decode`), and
//! [`coref`] joins mentions into chains. The engine knows no ontology, and its result for an article hangs
//! on nothing but the article and the weights.

pub mod coref;
mod decode;
mod encode;
mod encoder;
mod lemma;
mod mentions;
mod model;
pub mod segment;
mod tree;
mod wordpiece;

use demarche_types::{Article, Document, Frame, Sentence, Span, Token};

pub use decode::{Analysis, KINDS, SpanAnalysis, WordAnalysis};
use encode::Input;
use model::LanguageModel;
pub use model::ModelError;
use segment::{Segmenter, Segments};
use wordpiece::WordPiece;

/// Sentences encoded together; bounds the memory that a very long article takes.
const CHUNK: usize = 256;

/// The trained models, read-only: one serves all threads.
pub struct Engine {
    segmenter: Segmenter,
    pieces: WordPiece,
    model: LanguageModel,
}

/// What one thread needs for itself: buffers, which keep their room from one article to the next.
#[derive(Default)]
pub struct Scratch {
    batch: encoder::Batch,
    buffers: encoder::Buffers,
    buffer: String,
    segments: Segments,
}

impl Engine {
    /// The engine with the weights that ship with the program.
    pub fn embedded() -> Result<Self, ModelError> {
        let (segmenter, pieces, model) = (Segmenter::embedded()?, WordPiece::embedded(), LanguageModel::embedded()?);
        Ok(Self { segmenter, pieces, model })
    }

    /// SHA-256 of the encoder's weights, in hexadecimal: the version of the model that coded.
    pub fn model_sha256(&self) -> &str {
        &self.model.sha256
    }

    /// What decides the analysis besides the encoder: the tail, the segmenter, word lists and the weights of coreference.
    pub fn other_data() -> impl Iterator<Item = &'static [u8]> {
        let texts = [wordpiece::VOCABULARY, lemma::IRREGULAR, segment::WORDS, coref::WEIGHTS, coref::NAMES];
        [model::TAIL, segment::EMBEDDED].into_iter().chain(texts.map(str::as_bytes))
    }

    /// The segmenter.
    pub fn segmenter(&self) -> &Segmenter {
        &self.segmenter
    }

    /// Analyses the coded blocks of an article.
    pub fn analyze<'a>(&self, article: &'a Article, scratch: &mut Scratch) -> Document<'a> {
        let mut doc = Document::new(article);
        let mut words: Vec<Span> = vec![];
        self.split(article, scratch, &mut doc, &mut words);
        self.fill(&mut doc, &words, scratch);
        coref::resolve(&mut doc);
        doc
    }

    /// Sentence and word boundaries alone: sentences with their token ranges, and the words' spans.
    pub fn split(&self, article: &Article, scratch: &mut Scratch, doc: &mut Document<'_>, words: &mut Vec<Span>) {
        let mut segments = std::mem::take(&mut scratch.segments);
        for (index, block) in article.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_coded()) {
            let base = block.span.start;
            let shift = |s: Span| Span { start: s.start + base, end: s.end + base };
            self.segmenter.segment(block.span.of(&article.text), &mut segments);
            for (rank, &span) in segments.sentences.iter().enumerate() {
                let begin = words.len() as u32;
                words.extend(segments.words_of(rank).iter().map(|w| shift(w.span)));
                doc.sentences.push(Sentence {
                    span: shift(span),
                    tokens: begin..words.len() as u32,
                    block: index as u32,
                    kind: block.kind,
                    opens_block: rank == 0,
                });
            }
        }
        scratch.segments = segments;
    }

    /// Analyses sentences whose words are given: gold tokens, or the examples of a lexicon.
    pub fn analyze_words(&self, text: &str, sentences: &[&[Span]], scratch: &mut Scratch) -> Vec<Analysis> {
        let mut out: Vec<Analysis> = vec![];
        for chunk in sentences.chunks(CHUNK) {
            let inputs: Vec<Input<'_>> = chunk.iter().map(|&words| Input { text, words }).collect();
            let base = out.len();
            out.resize_with(base + chunk.len(), Analysis::default);
            encode::encode(&self.model, &self.pieces, &inputs, scratch, |i, rows, size| {
                out[base + i] = decode::decode(&self.model, &self.pieces, rows, size, |w| chunk[i][w].of(text));
            });
        }
        out
    }

    /// Runs the encoder alone over prepared sentences, for measuring. Returns the number of output rows.
    pub fn encode_only(&self, text: &str, sentences: &[&[Span]], scratch: &mut Scratch) -> usize {
        let mut rows_seen = 0;
        for chunk in sentences.chunks(CHUNK) {
            let inputs: Vec<Input<'_>> = chunk.iter().map(|&words| Input { text, words }).collect();
            encode::encode(&self.model, &self.pieces, &inputs, scratch, |_, rows, size| rows_seen += rows.len() / size);
        }
        rows_seen
    }

    fn fill(&self, doc: &mut Document<'_>, words: &[Span], scratch: &mut Scratch) {
        let ranges: Vec<&[Span]> = doc.sentences.iter().map(|s| &words[s.tokens.start as usize..s.tokens.end as usize]).collect();
        let analyses = self.analyze_words(&doc.article.text, &ranges, scratch);
        doc.tokens.reserve(words.len());
        let mut spans = Vec::with_capacity(analyses.len());
        let mut frames = vec![];
        for (sentence, analysis) in doc.sentences.iter().zip(analyses) {
            let base = sentence.tokens.start as usize;
            for (w, word) in analysis.words.into_iter().enumerate() {
                doc.tokens.push(Token {
                    span: words[base + w],
                    lemma: word.lemma,
                    upos: word.upos,
                    feats: word.feats,
                    head: word.head.map(|h| encode::token(base, h as usize)),
                    deprel: word.deprel,
                });
            }
            frames.extend(analysis.frames.into_iter().flatten().map(|frame| Frame {
                trigger: encode::token(base, frame.trigger.index()),
                first: encode::token(base, 0),
                ..frame
            }));
            spans.push(analysis.spans);
        }
        doc.frames = self.model.events.as_ref().map(|_| frames);
        mentions::choose(doc, &spans);
    }
}
