//! From an analysed document to events, quotes, relations, facts and rejects.
//!
//! [`Coder::code`] is the spine: triggers, participants, status, dates, places, attribution and contexts, in
//! that order, each in a module of its own. What is looked for is data (`data/lexicon`, `data/ontology.toml`);
//! this crate reads layers of a [`Document`] and imports no engine.

pub mod acts;
mod codebook;
mod contexts;
mod data;
pub mod dates;
mod events;
mod examples;
mod figures;
mod learned;
pub mod lexicon;
pub mod ontology;
mod participants;
pub mod quotes;
mod reduce;
mod relation;
mod relations;
mod slots;
mod status;
mod tree;
mod triggers;
mod variants;

use demarche_types::{Article, Coded, Document, Event, Quote, Reject, RejectReason, SentenceId, TokenId};

use jiff::SignedDuration;

use acts::{Acts, TableError};
pub use codebook::{Codebook, Label, Root};
use contexts::ContextCues;
pub use data::texts as table_texts;
pub use examples::{Example, ExampleFault};
use lexicon::{Lexicon, LexiconError, LexiconFile};
use ontology::{Ontology, OntologyError};
pub use relation::{RelationGuess, relation_of};
use status::StatusCues;
pub use triggers::{FittingRow, Miss, NearRow, NearWord};
use variants::Variants;

/// Why the coder's tables cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CoderError {
    /// A row of the lexicon.
    #[error("lexicon: {0}")]
    Lexicon(#[from] LexiconError),
    /// The ontology.
    #[error(transparent)]
    Ontology(#[from] OntologyError),
    /// The acts.
    #[error(transparent)]
    Acts(#[from] TableError),
}

/// The coder with its tables, read-only: one serves all threads.
#[derive(Clone, Debug)]
pub struct Coder {
    lexicon: Lexicon,
    ontology: Ontology,
    acts: Acts,
    variants: Variants,
    status: StatusCues,
    contexts: ContextCues,
}

/// A report is published within days of its dateline; one that is older by more is no dateline, or misread.
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);

impl Coder {
    /// The coder with the tables that ship with the program.
    pub fn embedded() -> Result<Self, CoderError> {
        let ontology = Ontology::read(data::ONTOLOGY)?;
        let acts = Acts::read(data::ACTS, &ontology)?;
        Ok(Self {
            lexicon: Lexicon::read(data::CLASSES, data::TRIGGERS)?,
            variants: Variants::read(data::VARIANTS, &acts)?,
            acts,
            ontology,
            status: StatusCues::read(&data::STATUS, data::CLASSES)?,
            contexts: ContextCues::read(&data::CONTEXTS),
        })
    }

    /// The coder with a user's own rows: tab-separated, with the columns of `data/lexicon`. They win over the rows that ship and
    /// over the model; `name` is the first part of their ids.
    pub fn with_rows(mut self, name: &str, text: &str) -> Result<Self, LexiconError> {
        self.lexicon.add(data::CLASSES, &LexiconFile { name, text }, &self.ontology)?;
        Ok(self)
    }

    /// The trigger lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The ontology.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The inventory of acts.
    pub fn acts(&self) -> &Acts {
        &self.acts
    }

    /// The content words of a sentence that told no event: every such verb, and every noun and adjective that has rows.
    /// Each comes with the rows of its lemma that came closest and what they lack.
    pub fn near_rows(&self, doc: &Document<'_>, sentence: SentenceId) -> Vec<NearWord<'_>> {
        triggers::near_rows(doc, sentence, &self.lexicon)
    }

    /// The rows that fit a word, in the order of the lexicon's files; empty for words that head no pattern.
    pub fn fitting_rows(&self, doc: &Document<'_>, token: TokenId) -> Vec<FittingRow<'_>> {
        triggers::fitting(doc, token, &self.lexicon)
    }

    /// Every expression of time in a document, in text order, counted from the day of its dateline or else of publication.
    pub fn dates(&self, doc: &Document<'_>) -> Vec<dates::DateMention> {
        Self::dates_from(doc, dates::dateline(doc).as_ref())
    }

    fn dates_from(doc: &Document<'_>, dateline: Option<&dates::Dateline>) -> Vec<dates::DateMention> {
        let published = doc.article.published.map(|p| p.date);
        // "Yesterday" counts from the day on which the report was written.
        let written = dateline
            .and_then(|line| line.date)
            .filter(|&day| published.is_none_or(|p| day <= p && p.duration_since(day) <= WEEK));
        dates::find(doc, written.or(published))
    }

    /// Codes a document.
    pub fn code(&self, doc: &Document<'_>) -> Coded {
        let published = doc.article.published.map(|p| p.date);
        let raw_quotes = quotes::find(doc);
        let dateline = dates::dateline(doc);
        let dates = Self::dates_from(doc, dateline.as_ref());
        let scene = events::Scene {
            coder: self,
            doc,
            published,
            dates: &dates,
            dateline: dateline.as_ref(),
            quotes: &raw_quotes,
            key: events::key(doc.article),
        };
        let mut coded = Coded::default();
        let topic = reduce::topic(doc);
        for sentence in (0..doc.sentences.len()).map(SentenceId::from) {
            let found = triggers::find(doc, sentence, &self.lexicon);
            let candidates = match doc.frames {
                Some(_) => learned::build(&scene, sentence, found, &mut coded.rejects),
                None => events::build(&scene, found, &mut coded.rejects),
            };
            let kept = reduce::sentence(&scene, candidates, &mut coded.rejects);
            let mut told: Vec<Event> = kept.into_iter().map(|c| events::finish(&scene, c)).collect();
            figures::of_sentence(&scene, sentence, &mut told, &mut coded.facts);
            coded.events.extend(told);
        }
        if let Some(topic) = topic {
            reduce::drop_off_topic(&mut coded, &topic);
        }
        // A report inside a report quotes the same words once: they belong to the narrower one, whose speaker says them.
        let mut quotes: Vec<(usize, Quote)> = raw_quotes
            .iter()
            .flat_map(|raw| events::quotes(&scene, raw, &coded.events).into_iter().map(|q| (raw.tokens.len(), q)))
            .collect();
        quotes.sort_by_key(|(words, q)| (q.span.start, std::cmp::Reverse(q.span.end), *words));
        quotes.dedup_by(|a, b| a.1.span == b.1.span);
        coded.quotes = quotes.into_iter().map(|(_, q)| q).collect();
        coded.relations = relations::find(&scene);
        coded.rejects.extend(furniture(doc.article));
        let held = |&(id, score): &(SentenceId, i32)| (doc.sentences[id.index()].span, RejectReason::Held(score));
        coded.rejects.extend(doc.held.iter().map(held).map(|(span, reason)| Reject { span, reason, rule: None }));
        coded.rejects.sort_by_key(|r| (r.span.start, r.span.end));
        coded
    }
}

/// Page furniture as rejects: kept with its reason, never coded.
fn furniture(article: &Article) -> impl Iterator<Item = Reject> + '_ {
    article.blocks.iter().filter_map(|block| match block.kind {
        demarche_types::BlockKind::Furniture(kind) => {
            Some(Reject { span: block.span, reason: RejectReason::Furniture(kind), rule: None })
        }
        _ => None,
    })
}
