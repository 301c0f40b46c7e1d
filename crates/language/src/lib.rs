//! The language engine: sentences, tokens, tags, trees, mentions, coreference.
//!
//! [`Engine::analyze`] turns an article into a document. Text is split into sentences and words
//! ([`segment`]), those that cannot hold an event or a quote are held back ([`gate`]), one pass of an 8-bit encoder (`encoder`) yields every other layer (`encode`, `decode`), and
//! [`coref`] joins mentions into chains. The engine knows no ontology, and its result for an article hangs
//! on nothing but the article and the weights.

pub mod coref;
mod decode;
mod encode;
mod encoder;
pub mod gate;
mod lemma;
mod mentions;
mod model;
pub mod segment;
mod tree;
mod wordpiece;

use compact_str::CompactString;
use demarche_types::{Article, Deprel, Document, Feats, Frame, Sentence, SentenceId, Span, Token, Upos};

pub use decode::{Analysis, KINDS, SpanAnalysis, WordAnalysis};
use encode::Input;
use gate::Gate;
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

    /// Labels of acts and of contexts that the weights know.
    pub fn labels(&self) -> (&[CompactString], &[CompactString]) {
        (&self.model.events.acts[2..], &self.model.events.contexts)
    }

    /// What decides the analysis besides the encoder: the tail, the segmenter, word lists and the weights of coreference.
    pub fn other_data() -> impl Iterator<Item = &'static [u8]> {
        let texts = [wordpiece::VOCABULARY, lemma::IRREGULAR, segment::WORDS, coref::WEIGHTS, coref::NAMES];
        [model::TAIL, segment::EMBEDDED, gate::EMBEDDED].into_iter().chain(texts.map(str::as_bytes))
    }

    /// The segmenter.
    pub fn segmenter(&self) -> &Segmenter {
        &self.segmenter
    }

    /// Analyses the coded blocks of an article: the sentences that the gate lets through, or all where there is none.
    pub fn analyze<'a>(&self, article: &'a Article, gate: Option<&Gate>, scratch: &mut Scratch) -> Document<'a> {
        let mut doc = Document::new(article);
        let mut words: Vec<Span> = vec![];
        self.split(article, scratch, &mut doc, &mut words);
        self.fill(&mut doc, &words, gate, scratch);
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

    /// Runs the encoder alone over prepared sentences, for measuring. Returns the multiplications of bytes that it took.
    pub fn encode_only(&self, text: &str, sentences: &[&[Span]], scratch: &mut Scratch) -> u64 {
        let mut products = 0;
        for chunk in sentences.chunks(CHUNK) {
            let inputs: Vec<Input<'_>> = chunk.iter().map(|&words| Input { text, words }).collect();
            products += encode::encode(&self.model, &self.pieces, &inputs, scratch, |_, _, _| ());
        }
        products
    }

    /// At least so many multiplications of bytes with operands at hand, the most that the processor gets through; how many.
    pub fn multiply_only(&self, products: u64) -> u64 {
        self.model.encoder.multiply_only(products)
    }

    fn fill(&self, doc: &mut Document<'_>, words: &[Span], gate: Option<&Gate>, scratch: &mut Scratch) {
        let text = &doc.article.text;
        let words_of = |s: &Sentence| &words[s.tokens.start as usize..s.tokens.end as usize];
        if let Some(gate) = gate {
            let held = |(id, s)| Some((SentenceId::from(id), gate.holds(text, words_of(s))?));
            doc.held = doc.sentences.iter().enumerate().filter_map(held).collect();
        }
        let read: Vec<&[Span]> = doc
            .sentences
            .iter()
            .enumerate()
            .filter(|(id, _)| doc.held((*id).into()).is_none())
            .map(|(_, s)| words_of(s))
            .collect();
        let mut analyses = self.analyze_words(text, &read, scratch).into_iter();
        doc.tokens.reserve(words.len());
        let mut spans = Vec::with_capacity(doc.sentences.len());
        let mut frames = vec![];
        for (id, sentence) in doc.sentences.iter().enumerate() {
            let base = sentence.tokens.start as usize;
            let held = doc.held(id.into()).is_some();
            let analysis = if held { unread(text, words_of(sentence)) } else { analyses.next().unwrap_or_default() };
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
            frames.extend(analysis.frames.into_iter().map(|frame| Frame {
                trigger: encode::token(base, frame.trigger.index()),
                first: encode::token(base, 0),
                ..frame
            }));
            spans.push(analysis.spans);
        }
        doc.frames = Some(frames);
        mentions::choose(doc, &spans);
    }
}

/// What a sentence has that the gate held back: words as they stand, hung on the first.
fn unread(text: &str, words: &[Span]) -> Analysis {
    let word = |(w, span): (usize, &Span)| WordAnalysis {
        upos: Upos::X,
        feats: Feats::default(),
        feats_text: CompactString::default(),
        lemma: span.of(text).into(),
        head: (w > 0).then_some(0),
        deprel: if w > 0 { Deprel::Dep } else { Deprel::Root },
    };
    Analysis { words: words.iter().enumerate().map(word).collect(), ..Analysis::default() }
}
