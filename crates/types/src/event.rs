//! What coding produces. These are core types; the JSON record is made from them at the edge.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::{Actor, EventDate, Fact, LinkBasis, Magnitude, Place, SentenceId, Span, TokenId};

/// A PLOVER 2.0 event type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the variants are the codebook's types, defined in data/ontology.toml")]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// Every type, in the codebook's order.
    pub const ALL: [Self; 16] = [
        Self::Agree,
        Self::Consult,
        Self::Support,
        Self::Concede,
        Self::Cooperate,
        Self::Aid,
        Self::Retreat,
        Self::Request,
        Self::Accuse,
        Self::Reject,
        Self::Threaten,
        Self::Protest,
        Self::Sanction,
        Self::Mobilize,
        Self::Coerce,
        Self::Assault,
    ];

    /// The name as the codebook prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agree => "AGREE",
            Self::Consult => "CONSULT",
            Self::Support => "SUPPORT",
            Self::Concede => "CONCEDE",
            Self::Cooperate => "COOPERATE",
            Self::Aid => "AID",
            Self::Retreat => "RETREAT",
            Self::Request => "REQUEST",
            Self::Accuse => "ACCUSE",
            Self::Reject => "REJECT",
            Self::Threaten => "THREATEN",
            Self::Protest => "PROTEST",
            Self::Sanction => "SANCTION",
            Self::Mobilize => "MOBILIZE",
            Self::Coerce => "COERCE",
            Self::Assault => "ASSAULT",
        }
    }

    /// Reads a name as the codebook prints it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == text)
    }

    /// The quad class.
    pub fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => Quad::MaterialConflict,
        }
    }
}

/// Quad class 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum Quad {
    VerbalCooperation = 1,
    MaterialCooperation = 2,
    VerbalConflict = 3,
    MaterialConflict = 4,
}

/// A mode of an event type ("third-party", "aerial"); valid modes are listed in the ontology.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mode(pub CompactString);

/// A context ("military", "human_rights"); valid contexts are listed in the ontology.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Context(pub CompactString);

/// Whether the event is told as having happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Told as having happened or happening, as news.
    Actual,
    /// Happened well before the report, told as background.
    Historical,
    /// Planned or expected.
    Future,
    /// Possible, conditional, asked for.
    Hypothetical,
    /// Told as not having happened.
    Negated,
}

impl Status {
    /// Every status, in the order of the model's output.
    pub const ALL: [Self; 5] = [Self::Actual, Self::Historical, Self::Future, Self::Hypothetical, Self::Negated];

    /// Its name, as records write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Historical => "historical",
            Self::Future => "future",
            Self::Hypothetical => "hypothetical",
            Self::Negated => "negated",
        }
    }
}

/// Whether words are quoted, reported, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttributionKind {
    /// In quotation marks.
    Direct,
    /// Reported speech.
    Indirect,
    /// Partly quoted.
    Mixed,
}

/// Who says that an event is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The speaker's words in the text, resolved through coreference to the best name.
    pub speaker: Option<Participant>,
    /// The cue ("said", "according to").
    pub cue: Option<Span>,
    /// The outlet through which it came ("CNN").
    pub via: Option<Participant>,
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
}

/// An actor or recipient of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The mention's words where the event is told.
    pub span: Span,
    /// Head token of the mention.
    pub head: TokenId,
    /// Who it is.
    pub actor: Actor,
    /// How we know.
    pub basis: LinkBasis,
    /// The name that the document uses for it, when the words themselves are a pronoun or a description.
    pub name: Option<Span>,
}

/// One step of a derivation: what was decided, why. `explain` prints them in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What the step decided ("trigger", "actor", "status", "date").
    pub what: &'static str,
    /// The rule or evidence, in words.
    pub why: String,
}

/// A content-derived event identifier: article, trigger span, type and participants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub CompactString);

/// A coded event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Identifier, stable for the same content.
    pub id: EventId,
    /// The sentence that tells it.
    pub sentence: SentenceId,
    /// Trigger words.
    pub trigger: Span,
    /// Head token of the trigger.
    pub trigger_token: TokenId,
    /// Event type.
    pub kind: EventType,
    /// Modes.
    pub modes: Vec<Mode>,
    /// Contexts.
    pub contexts: Vec<Context>,
    /// CAMEO code at the deepest level the evidence supports.
    pub cameo: CompactString,
    /// Goldstein-like score of type or mode, from the ontology.
    pub scale: f32,
    /// Who did it.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// Whether it happened.
    pub status: Status,
    /// When.
    pub date: EventDate,
    /// Where.
    pub place: Option<(Place, Span)>,
    /// According to whom; empty when the article tells it in its own voice.
    pub attribution: Vec<Attribution>,
    /// Numbers.
    pub magnitude: Magnitude,
    /// Confidence from 0 to 1.
    pub confidence: f32,
    /// The fine-grained act that the model read; `None` where the lexicon alone coded.
    pub act: Option<CompactString>,
    /// Root of the 2016 edition of PLOVER.
    pub root: CompactString,
    /// Types that the model weighed with their probabilities, best first.
    pub types: Vec<(EventType, f32)>,
    /// Identifier of the lexicon rule that fired.
    pub rule: CompactString,
    /// How the event came about.
    pub steps: Vec<Step>,
}

/// Words of a speaker.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quote {
    /// Who says it; `None` when the text does not tell.
    pub speaker: Option<Participant>,
    /// Through which outlet.
    pub via: Option<Participant>,
    /// The cue, when there is one.
    pub cue: Option<Span>,
    /// The speaker says that it is not so.
    pub denied: bool,
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
    /// The words said, without the quotation marks.
    pub span: Span,
    /// Events whose trigger lies inside the words.
    pub events: Vec<EventId>,
}

/// What a relation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// Is a member of.
    MemberOf,
    /// Founded.
    Founded,
    /// Hosts.
    Hosts,
    /// Holds an office of.
    OfficeHolder,
}

/// A lasting relation that the text tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relation {
    /// Who.
    pub subject: Participant,
    /// What.
    pub kind: RelationKind,
    /// To whom; for offices, the country or body.
    pub object: Participant,
    /// Since when, when told.
    pub since: Option<EventDate>,
    /// The words that tell it.
    pub evidence: Span,
}

/// Why something was not coded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RejectReason {
    /// The block is page furniture of this kind.
    Furniture(crate::Furniture),
    /// A trigger stands here, but no political actor takes part.
    NoPoliticalActor,
    /// The type requires a recipient and none was found.
    NoRecipient,
    /// The words are a figure of speech or belong to another subject (sport, business).
    Topic(CompactString),
    /// A sense of the trigger that is no event.
    Sense(CompactString),
    /// The same event is told by a stronger trigger.
    Subsumed(CompactString),
    /// A rule of the codebook drops it.
    Codebook(CompactString),
    /// The article's language is not one that is coded.
    Language(CompactString),
    /// The gate held the sentence back, with this score: its words tell of no event and no quote.
    Held(i32),
}

/// A candidate that was not coded, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// Where.
    pub span: Span,
    /// Why.
    pub reason: RejectReason,
    /// The lexicon rule that proposed it, when one did.
    pub rule: Option<CompactString>,
}

/// All that coding yields for one article.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Coded {
    /// Events in text order.
    pub events: Vec<Event>,
    /// Quotes in text order.
    pub quotes: Vec<Quote>,
    /// Relations in text order.
    pub relations: Vec<Relation>,
    /// Facts in numbers, in text order.
    pub facts: Vec<Fact>,
    /// Rejects in text order.
    pub rejects: Vec<Reject>,
}
