//! The records that leave the program, one JSON object each. Core types are turned into them here and nowhere else.
//!
//! Offsets count Unicode scalar values of the article's text. Field names are those of PLOVER where it has one.

mod numbers;

use demarche_coding::{Codebook, Coder, Label};
use demarche_knowledge::{Overlay, Tables};
use demarche_language::Engine;
use demarche_types::{
    Actor, Article, Attribution, AttributionKind, CharMap, DateBasis, DatePrecision, DateSource, Document, Event, EventDate,
    EventId, LinkBasis, Participant, Place, PlaceBasis, PlaceLink, PlacePrecision, Quote, Reject, RejectReason, Relation,
    RelationKind, Span, Status,
};
use jiff::civil::Date;
use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

pub use demarche_records::Number;
pub use numbers::{ComparisonRecord, FactRecord, FigureRecord, MagnitudeRecord, PeriodRecord, amount_words, change_words};

/// What coded: the same stamp, the same input, the same records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Version of the program.
    pub version: &'static str,
    /// First twelve digits of the SHA-256 of the encoder, and a hash of what else decides the analysis.
    pub model: String,
    /// Name and version of the ontology.
    pub ontology: String,
    /// Hash of the trigger lexicon, the cues and the ontology.
    pub lexicon: String,
    /// Hash of the tables of actors and places.
    pub knowledge: String,
}

/// What the model's version ends in where no gate stands before it.
const UNGATED: &str = "-every";

impl Stamp {
    /// The stamp of what ships with the program.
    pub(crate) fn embedded(engine: &Engine, coder: &Coder) -> Self {
        let encoder: String = engine.model_sha256().chars().take(12).collect();
        Self {
            version: env!("CARGO_PKG_VERSION"),
            model: format!("{encoder}-{:.8}", hash(Engine::other_data())),
            ontology: coder.ontology().name.clone(),
            lexicon: hash(demarche_coding::table_texts().map(str::as_bytes)),
            knowledge: hash(Tables::embedded().texts().map(str::as_bytes)),
        }
    }

    /// The stamp without a gate.
    pub(crate) fn every_sentence(self) -> Self {
        let model = if self.model.ends_with(UNGATED) { self.model } else { self.model + UNGATED };
        Self { model, ..self }
    }

    /// The stamp with a user's own knowledge, the lowest overlay first.
    pub(crate) fn with_knowledge(self, overlays: &[Overlay]) -> Self {
        let knowledge = overlays
            .iter()
            .fold(self.knowledge, |below, overlay| format!("{below}+{:.8}", hash(overlay.texts().map(str::as_bytes))));
        Self { knowledge, ..self }
    }

    /// The stamp with a user's own rows.
    pub(crate) fn with_rows(self, rows: &str) -> Self {
        Self { lexicon: format!("{}+{:.8}", self.lexicon, hash(std::iter::once(rows.as_bytes()))), ..self }
    }
}

/// The article of a record.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Article`")]
pub struct ArticleRecord<'a> {
    pub id: &'a str,
    pub url: Option<&'a str>,
    pub title: Option<&'a str>,
    pub published: Option<Date>,
    /// Publishing site or outlet.
    pub source: Option<&'a str>,
    pub language: Option<&'a str>,
    /// What said when it was published.
    pub published_basis: Option<DateSource>,
    /// Where it was read from.
    pub origin: &'a str,
}

/// An actor or recipient.
#[derive(Clone, Debug, Serialize)]
pub struct PartyRecord<'a> {
    /// Country or non-state code.
    pub code: Option<&'a str>,
    /// Sector codes.
    pub sector: Vec<&'a str>,
    /// The words of the mention.
    pub entity_text: &'a str,
    /// Entry of the knowledge base.
    pub identifier_id: Option<&'a str>,
    /// Name of that entry; without one, the name that the document itself uses.
    pub identifier_text: Option<&'a str>,
    /// Office held.
    pub office: Option<&'a str>,
    /// Where the mention stands.
    pub span: [u32; 2],
    /// How the words came to the actor: `alias`, `composed`, `coreference`, `document` (country by the document), `agent` (no country known), `named`.
    pub basis: &'a LinkBasis,
}

/// A place.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Place`")]
pub struct PlaceRecord<'a> {
    pub name: &'a str,
    pub country: Option<&'a str>,
    pub admin1: Option<&'a str>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geonames: Option<u32>,
    pub precision: PlacePrecision,
    /// `sentence` when the sentence of the event names it, `document` when it was told elsewhere.
    pub basis: &'static str,
    /// GeoNames code of the innermost unit known ("UA.14").
    pub unit: Option<&'a str>,
    /// Why this place and none of its namesakes: `sole`, `within`, `document`, `near`, `largest`.
    pub chosen: Option<PlaceBasis>,
    /// Other places that the words may mean, the likeliest first; three at most.
    pub alternatives: Vec<NamesakeRecord<'a>>,
}

/// A place that the words may mean as well.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Place`")]
pub struct NamesakeRecord<'a> {
    pub name: &'a str,
    pub country: Option<&'a str>,
    pub admin1: Option<&'a str>,
    pub geonames: Option<u32>,
    pub precision: PlacePrecision,
}

/// Who says that an event is so.
#[derive(Clone, Debug, Serialize)]
pub struct AttributionRecord<'a> {
    /// Best name.
    pub speaker: Option<&'a str>,
    /// Country or non-state code.
    pub speaker_code: Option<&'a str>,
    /// Word of saying.
    pub cue: Option<&'a str>,
    /// Outlet through which it came.
    pub via: Option<&'a str>,
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
}

/// Where the evidence stands.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields name what stands there")]
pub struct SpansRecord {
    pub sentence: [u32; 2],
    pub trigger: [u32; 2],
    pub date: Option<[u32; 2]>,
    pub place: Option<[u32; 2]>,
}

/// What coded the event.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Stamp`, and the event's rule")]
pub struct CoderRecord<'a> {
    pub version: &'a str,
    pub model: &'a str,
    pub ontology: &'a str,
    pub lexicon: &'a str,
    pub knowledge: &'a str,
    pub rule: &'a str,
}

/// An event.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Event`")]
pub struct EventRecord<'a> {
    pub id: &'a str,
    pub article: ArticleRecord<'a>,
    /// Type of PLOVER 2.0, or what the chosen codebook has in its place.
    pub event: &'a str,
    pub mode: Vec<&'a str>,
    pub context: Vec<&'a str>,
    pub quad_code: u8,
    pub event_scale: f64,
    /// The fine-grained act (data/acts.tsv); null where the lexicon alone coded.
    pub act: Option<&'a str>,
    pub cameo: &'a str,
    pub actor: Vec<PartyRecord<'a>>,
    pub recipient: Vec<PartyRecord<'a>>,
    pub status: Status,
    /// First day.
    pub date: Option<Date>,
    /// Last day.
    pub enddate: Option<Date>,
    pub date_precision: Option<DatePrecision>,
    pub date_basis: DateBasis,
    /// The expression that dates it.
    pub date_text: Option<&'a str>,
    pub event_loc: Option<PlaceRecord<'a>>,
    pub attribution: Vec<AttributionRecord<'a>>,
    pub magnitude: MagnitudeRecord<'a>,
    /// The sentence.
    pub text: &'a str,
    pub spans: SpansRecord,
    pub confidence: f64,
    pub coder: CoderRecord<'a>,
}

/// Words of a speaker.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Quote`")]
pub struct QuoteRecord<'a> {
    pub id: String,
    pub article: ArticleRecord<'a>,
    pub speaker: Option<&'a str>,
    pub speaker_code: Option<&'a str>,
    pub via: Option<&'a str>,
    pub cue: Option<&'a str>,
    /// The speaker says that it is not so.
    pub denied: bool,
    pub kind: AttributionKind,
    pub text: &'a str,
    pub span: [u32; 2],
    pub events: &'a [EventId],
}

/// A lasting relation.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Relation`")]
pub struct RelationRecord<'a> {
    pub article: ArticleRecord<'a>,
    pub subject: PartyRecord<'a>,
    pub relation: RelationKind,
    pub object: PartyRecord<'a>,
    /// First day on which it held, when told.
    pub since: Option<Date>,
    /// Last day on which it held, when told.
    pub until: Option<Date>,
    pub evidence: EvidenceRecord<'a>,
}

/// Words that tell something, with their place.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EvidenceRecord<'a> {
    pub text: &'a str,
    pub span: [u32; 2],
}

/// Something that was not coded, and why.
#[derive(Clone, Debug, Serialize)]
pub struct RejectRecord<'a> {
    /// Made from the content: the same reject in the same text has the same one.
    pub id: String,
    /// The article.
    pub article: ArticleRecord<'a>,
    /// Where.
    pub span: [u32; 2],
    /// The words.
    pub text: &'a str,
    /// Kind of reason ("furniture", "no-recipient").
    pub reason: &'static str,
    /// What the reason has to add ("breadcrumb").
    pub detail: Option<String>,
    /// Rule that proposed it.
    pub rule: Option<&'a str>,
}

/// Makes the records of one article.
#[derive(Debug)]
pub struct Recorder<'a> {
    document: &'a Document<'a>,
    stamp: &'a Stamp,
    map: CharMap,
    view: Option<(&'a Coder, Codebook)>,
}

impl<'a> Recorder<'a> {
    /// A recorder; scans the text once.
    pub fn new(document: &'a Document<'a>, stamp: &'a Stamp) -> Self {
        Self { document, stamp, map: CharMap::new(document.text()), view: None }
    }

    /// The same, telling events in another codebook than PLOVER 2.0.
    pub fn in_codebook(self, coder: &'a Coder, codebook: Codebook) -> Self {
        Self { view: Some((coder, codebook)), ..self }
    }

    /// A span in Unicode scalar values.
    pub fn span(&self, span: Span) -> [u32; 2] {
        self.map.span(span)
    }

    /// The article.
    pub fn article(&self) -> ArticleRecord<'a> {
        let article: &'a Article = self.document.article;
        ArticleRecord {
            id: &article.id.0,
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            published: article.published.map(|p| p.date),
            source: article.site.as_deref(),
            language: article.language.as_deref(),
            published_basis: article.published.map(|p| p.source),
            origin: &article.origin,
        }
    }

    /// An event.
    pub fn event(&self, event: &'a Event) -> EventRecord<'a> {
        let label = self.view.map_or(Label::plover(event), |(coder, codebook)| coder.label(event, codebook));
        let sentence = self.document.sentences[event.sentence.index()].span;
        let parties = |list: &'a [Participant]| list.iter().map(|p| self.party(p)).collect();
        EventRecord {
            id: &event.id.0,
            article: self.article(),
            event: label.event,
            mode: event.modes.iter().filter(|_| label.modes).map(|m| m.0.as_str()).collect(),
            context: event.contexts.iter().map(|c| c.0.as_str()).collect(),
            quad_code: label.quad,
            event_scale: rounded(event.scale, 100.0),
            act: event.act.as_deref(),
            cameo: &event.cameo,
            actor: parties(&event.actors),
            recipient: parties(&event.recipients),
            status: event.status,
            date: event.date.start,
            enddate: event.date.end,
            // A date that is not known has no precision.
            date_precision: event.date.start.or(event.date.end).map(|_| event.date.precision),
            date_basis: event.date.basis,
            date_text: event.date.span.map(|span| self.words(span)),
            event_loc: event.place.as_ref().map(|(place, span)| {
                let link = self.document.places.iter().find(|link| link.span == *span && link.place == *place);
                place_record(place, link, sentence.contains(*span))
            }),
            attribution: event.attribution.iter().map(|a| self.attribution(a)).collect(),
            magnitude: self.magnitude(&event.magnitude),
            text: self.words(sentence),
            spans: SpansRecord {
                sentence: self.span(sentence),
                trigger: self.span(event.trigger),
                date: event.date.span.map(|span| self.span(span)),
                place: event.place.as_ref().map(|(_, span)| self.span(*span)),
            },
            confidence: rounded(event.confidence, 1000.0),
            coder: CoderRecord {
                version: self.stamp.version,
                model: &self.stamp.model,
                ontology: match self.view {
                    Some((_, codebook)) if codebook != Codebook::default() => codebook.name(),
                    _ => &self.stamp.ontology,
                },
                lexicon: &self.stamp.lexicon,
                knowledge: &self.stamp.knowledge,
                rule: &event.rule,
            },
        }
    }

    /// A quote.
    pub fn quote(&self, quote: &'a Quote) -> QuoteRecord<'a> {
        QuoteRecord {
            id: self.id("quote", &[quote.span]),
            article: self.article(),
            speaker: quote.speaker.as_ref().map(|p| self.name(p)),
            speaker_code: quote.speaker.as_ref().and_then(|p| code(&p.actor)),
            via: quote.via.as_ref().map(|p| self.name(p)),
            cue: quote.cue.map(|span| self.words(span)),
            denied: quote.denied,
            kind: quote.kind,
            text: self.words(quote.span),
            span: self.span(quote.span),
            events: &quote.events,
        }
    }

    /// A relation.
    pub fn relation(&self, relation: &'a Relation) -> RelationRecord<'a> {
        let day = |date: &Option<EventDate>| date.as_ref().and_then(|d| d.start);
        RelationRecord {
            article: self.article(),
            subject: self.party(&relation.subject),
            relation: relation.kind,
            object: self.party(&relation.object),
            since: day(&relation.since),
            until: None,
            evidence: EvidenceRecord { text: self.words(relation.evidence), span: self.span(relation.evidence) },
        }
    }

    /// A reject.
    pub fn reject(&self, reject: &'a Reject) -> RejectRecord<'a> {
        let (reason, detail) = reason(&reject.reason);
        // One word may be left out for several reasons, by several rules.
        let what = format!("reject {reason} {}", reject.rule.as_deref().unwrap_or_default());
        RejectRecord {
            id: self.id(&what, &[reject.span]),
            article: self.article(),
            span: self.span(reject.span),
            text: self.words(reject.span),
            reason,
            detail,
            rule: reject.rule.as_deref(),
        }
    }

    /// The best name of a participant: what the document calls it, or the words of the mention.
    pub fn name(&self, participant: &Participant) -> &'a str {
        self.words(participant.name.unwrap_or(participant.span))
    }

    fn party(&self, participant: &'a Participant) -> PartyRecord<'a> {
        let actor = &participant.actor;
        let named = participant.name.map(|span| self.words(span));
        PartyRecord {
            code: code(actor),
            sector: actor.sectors.iter().map(|s| s.0.as_str()).collect(),
            entity_text: self.words(participant.span),
            identifier_id: actor.identifier_id.as_deref(),
            identifier_text: actor.identifier_text.as_deref().or(named),
            office: actor.office.as_deref(),
            span: self.span(participant.span),
            basis: &participant.basis,
        }
    }

    fn attribution(&self, attribution: &'a Attribution) -> AttributionRecord<'a> {
        AttributionRecord {
            speaker: attribution.speaker.as_ref().map(|p| self.name(p)),
            speaker_code: attribution.speaker.as_ref().and_then(|p| code(&p.actor)),
            cue: attribution.cue.map(|span| self.words(span)),
            via: attribution.via.as_ref().map(|p| self.name(p)),
            kind: attribution.kind,
        }
    }

    fn words(&self, span: Span) -> &'a str {
        span.of(self.document.text())
    }

    /// A content-derived identifier: 16 hexadecimal digits of a hash of the article and the places.
    fn id(&self, what: &str, spans: &[Span]) -> String {
        let mut hash = Xxh3::new();
        hash.update(what.as_bytes());
        hash.update(self.document.article.id.0.as_bytes());
        for span in spans {
            hash.update(&span.start.to_le_bytes());
            hash.update(&span.end.to_le_bytes());
        }
        format!("{:016x}", hash.digest())
    }
}

/// A reason as its kind and what it has to add.
pub fn reason(reason: &RejectReason) -> (&'static str, Option<String>) {
    match reason {
        RejectReason::Furniture(kind) => ("furniture", serde_name(kind)),
        RejectReason::NoPoliticalActor => ("no-political-actor", None),
        RejectReason::NoRecipient => ("no-recipient", None),
        RejectReason::Topic(detail) => ("topic", Some(detail.to_string())),
        RejectReason::Sense(detail) => ("sense", Some(detail.to_string())),
        RejectReason::Subsumed(detail) => ("subsumed", Some(detail.to_string())),
        RejectReason::Codebook(detail) => ("codebook", Some(detail.to_string())),
        RejectReason::Held(score) => ("held-back", Some(format!("gate score {score}"))),
        RejectReason::Language(detail) => ("language", Some(detail.to_string())),
    }
}

/// The name under which a value without fields is written.
pub fn serde_name<T: Serialize>(value: &T) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Some(name),
        _ => None,
    }
}

fn code(actor: &Actor) -> Option<&str> {
    actor.code.as_ref().map(|code| code.0.as_str())
}

fn place_record<'a>(place: &'a Place, link: Option<&'a PlaceLink>, in_sentence: bool) -> PlaceRecord<'a> {
    let namesake = |other: &'a Place| NamesakeRecord {
        name: &other.name,
        country: country_of(other),
        admin1: other.admin1.as_deref(),
        geonames: other.geonames,
        precision: other.precision,
    };
    PlaceRecord {
        name: &place.name,
        country: country_of(place),
        admin1: place.admin1.as_deref(),
        lat: place.point.map(|(lat, _)| lat),
        lon: place.point.map(|(_, lon)| lon),
        geonames: place.geonames,
        precision: place.precision,
        basis: if in_sentence { "sentence" } else { "document" },
        unit: place.unit.as_deref(),
        chosen: link.map(|link| link.basis),
        alternatives: link.map_or_else(Vec::new, |link| link.alternatives.iter().map(namesake).collect()),
    }
}

/// The sea is nobody's.
fn country_of(place: &Place) -> Option<&str> {
    Some(place.country.0.as_str()).filter(|code| !code.is_empty())
}

/// A hash of contents in order: 16 hexadecimal digits.
fn hash<'b>(contents: impl Iterator<Item = &'b [u8]>) -> String {
    let mut hash = Xxh3::new();
    for content in contents {
        hash.update(&(content.len() as u64).to_le_bytes());
        hash.update(content);
    }
    format!("{:016x}", hash.digest())
}

/// Rounds to `1 / unit`, so that no digit is printed that means nothing.
fn rounded(value: f32, unit: f64) -> f64 {
    (f64::from(value) * unit).round() / unit
}
