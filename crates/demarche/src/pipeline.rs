//! The spine: every stage from article to events, in order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use demarche_coding::lexicon::LexiconError;
use demarche_coding::{Coder, CoderError};
use demarche_knowledge::{Knowledge, KnowledgeError, Overlay, Tables};
use demarche_language::gate::{Gate, GateError};
use demarche_language::{Engine, ModelError, Scratch};
use demarche_types::{Article, Coded, Document};

use crate::record::Stamp;

/// All that coding needs, resolved once and read-only; one serves all threads.
pub struct Pipeline {
    engine: Engine,
    gate: Option<Gate>,
    knowledge: Knowledge,
    coder: Coder,
    stamp: Stamp,
}

/// What one thread needs for itself.
#[derive(Default)]
pub struct Worker {
    scratch: Scratch,
}

/// An article as the program read it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article with its layers.
    pub document: Document<'a>,
    /// What was coded.
    pub coded: Coded,
}

/// A stage of [`Pipeline::read`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Sentences, words, tags, trees, mentions, coreference.
    Language,
    /// Actors and places.
    Knowledge,
    /// Events, quotes, relations, rejects.
    Coding,
}

/// Why a pipeline could not be built. The data ship with the program, so each of these is a faulty build.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The language model.
    #[error("the language model that ships with the program cannot be read")]
    Model(#[from] ModelError),
    /// The model was taught an act or a context that the coder's tables lack.
    #[error(
        "the language model that ships with the program knows `{0}`, which is neither in data/acts.tsv nor a context of data/ontology.toml"
    )]
    Label(String),
    /// The gate before it.
    #[error("the gate that ships with the program cannot be read")]
    Gate(#[from] GateError),
    /// The knowledge base.
    #[error("the knowledge base that ships with the program cannot be read")]
    Knowledge(#[from] KnowledgeError),
    /// Ontology and lexicon.
    #[error("the ontology or lexicon that ships with the program cannot be read")]
    Coder(#[from] CoderError),
}

/// An article on which the program itself failed. The batch goes on without it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{origin}: the program failed on this article: {message}")]
pub struct Failure {
    /// Where the article was read from.
    pub origin: String,
    /// What the failing code said.
    pub message: String,
}

impl Pipeline {
    /// The pipeline with the model, knowledge base, ontology and lexicon that ship with the program.
    pub fn embedded() -> Result<Self, PipelineError> {
        let engine = Engine::embedded()?;
        let knowledge = Knowledge::embedded()?;
        let coder = Coder::embedded()?;
        let (acts, contexts) = engine.labels();
        let unknown = acts.iter().find(|act| coder.acts().get(act).is_none());
        let unknown = unknown.or_else(|| contexts.iter().find(|context| !coder.ontology().has_context(context)));
        if let Some(label) = unknown {
            return Err(PipelineError::Label(label.to_string()));
        }
        let stamp = Stamp::embedded(&engine, &coder);
        Ok(Self { engine, gate: Some(Gate::embedded()?), knowledge, coder, stamp })
    }

    /// The pipeline without its gate: every sentence is read.
    pub fn every_sentence(self) -> Self {
        Self { gate: None, stamp: self.stamp.every_sentence(), ..self }
    }

    /// The pipeline with a user's own rows of the lexicon, which win over those that ship and over the model. Every sentence is read, for the gate
    /// does not know their words. `name` is the first part of their ids, and of the message about a row that cannot be read.
    pub fn with_rows(self, name: &str, text: &str) -> Result<Self, LexiconError> {
        let coder = self.coder.with_rows(name, text)?;
        Ok(Self { stamp: self.stamp.with_rows(text), coder, ..self }.every_sentence())
    }

    /// The pipeline with a user's own actors and places, which win over those that ship. Of several overlays a later one wins.
    pub fn with_knowledge(self, overlays: &[Overlay]) -> Result<Self, KnowledgeError> {
        if overlays.is_empty() {
            return Ok(self);
        }
        let knowledge = Knowledge::with_overlays(&Tables::embedded(), overlays)?;
        Ok(Self { stamp: self.stamp.with_knowledge(overlays), knowledge, ..self })
    }

    /// Codes an article.
    pub fn code(&self, article: &Article, worker: &mut Worker) -> Coded {
        self.read(article, worker).coded
    }

    /// Codes an article and keeps its layers, to which the records' spans and token ids point.
    pub fn read<'a>(&self, article: &'a Article, worker: &mut Worker) -> Reading<'a> {
        self.read_timed(article, worker, |_| {})
    }

    /// As [`Pipeline::read`], calling `passed` at the end of every stage, so that the caller can look at a clock.
    pub fn read_timed<'a>(&self, article: &'a Article, worker: &mut Worker, passed: impl FnMut(Stage)) -> Reading<'a> {
        self.stages(article, &mut worker.scratch, passed)
    }

    /// As [`Pipeline::read`], then `then` on what was read; a panic in either is caught and told. The worker
    /// starts afresh after one, so nothing half done reaches the next article.
    pub fn try_read<R>(&self, article: &Article, worker: &mut Worker, then: impl FnOnce(Reading<'_>) -> R) -> Result<R, Failure> {
        let result = caught(&article.origin, || then(self.read(article, worker)));
        if result.is_err() {
            *worker = Worker::default();
        }
        result
    }

    /// The gate, if there is one.
    pub fn gate(&self) -> Option<&Gate> {
        self.gate.as_ref()
    }

    /// The language engine.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The knowledge base.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The coder, with ontology and lexicon.
    pub fn coder(&self) -> &Coder {
        &self.coder
    }

    /// What the records name as their coder.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// The whole way of an article.
    fn stages<'a>(&self, article: &'a Article, scratch: &mut Scratch, mut passed: impl FnMut(Stage)) -> Reading<'a> {
        let published = article.published.map(|p| p.date);

        let mut document = self.engine.analyze(article, self.gate.as_ref(), scratch);
        passed(Stage::Language);

        self.knowledge.annotate(&mut document, published);
        passed(Stage::Knowledge);

        let coded = self.coder.code(&document);
        passed(Stage::Coding);

        Reading { document, coded }
    }
}

impl Worker {
    /// The language engine's buffers, for calls to a single stage.
    pub fn scratch(&mut self) -> &mut Scratch {
        &mut self.scratch
    }
}

/// Runs work on an input and turns a panic into a failure. Whatever the work wrote to must not be used after one.
pub fn caught<R>(origin: &str, work: impl FnOnce() -> R) -> Result<R, Failure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Failure { origin: origin.to_owned(), message: text.unwrap_or("no message").to_owned() }
    })
}
