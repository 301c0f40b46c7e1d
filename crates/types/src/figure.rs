//! Numbers that the text tells: of an event, or as a fact of their own.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::{Attribution, EventDate, Participant, SentenceId, Span};

/// How the words beside a number bound it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    /// "At least 12", "12 or more".
    AtLeast,
    /// "More than 12".
    MoreThan,
    /// "Up to 12".
    AtMost,
    /// "Fewer than 12".
    LessThan,
    /// "Nearly 12".
    Nearly,
    /// "About 12".
    About,
    /// "Dozens": a plural that tells no number.
    Vague,
}

/// A number with its bounds, in the unit that stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The number told. Of a range ("12 to 15") its lower end, of "dozens" the least that it can mean.
    pub value: f64,
    /// The least that the words allow; `None` where they leave it open.
    pub low: Option<f64>,
    /// The most that the words allow; `None` where they leave it open.
    pub high: Option<f64>,
    /// How the words bound it; `None` for a plain number and for a range.
    pub hedge: Option<Hedge>,
}

/// A unit: `percent`, `percentage-point`, a currency of ISO 4217, a measure (`tonne`, `barrel-a-day`), `person`, or the lemma of
/// the noun that is counted. The words that give one are in `data/lexicon/units.tsv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NumberUnit(pub CompactString);

/// What a number of an event counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say what is counted")]
pub enum FigureKind {
    Dead,
    Injured,
    Missing,
    Arrested,
    Kidnapped,
    Displaced,
    Troops,
    /// People or things taking part.
    Size,
    /// What is given, lent, paid or frozen.
    Money,
}

impl FigureKind {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 9] = [
        Self::Dead,
        Self::Injured,
        Self::Missing,
        Self::Arrested,
        Self::Kidnapped,
        Self::Displaced,
        Self::Troops,
        Self::Size,
        Self::Money,
    ];

    /// The name as records have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::Injured => "injured",
            Self::Missing => "missing",
            Self::Arrested => "arrested",
            Self::Kidnapped => "kidnapped",
            Self::Displaced => "displaced",
            Self::Troops => "troops",
            Self::Size => "size",
            Self::Money => "money",
        }
    }

    /// Reads a name as records have it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A number of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it counts.
    pub kind: FigureKind,
    /// How many.
    pub quantity: Quantity,
    /// Of what.
    pub unit: NumberUnit,
    /// It counts one of several groups told side by side ("six soldiers and two civilians"), which are added.
    pub part: bool,
    /// Who says so; `None` when the article tells it in its own voice.
    pub source: Option<Attribution>,
    /// The words of the number with its hedge and unit.
    pub span: Span,
}

/// Numbers told with an event, in the order of the text. Sources that differ each have theirs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Magnitude {
    /// Every number.
    pub figures: Vec<Figure>,
}

impl Magnitude {
    /// The best single number of a kind: what is told first, its groups added.
    pub fn best(&self, kind: FigureKind) -> Option<f64> {
        let mut told = self.figures.iter().filter(|f| f.kind == kind);
        let first = told.next()?;
        let others = told.take_while(|f| first.part && f.part).map(|f| f.quantity.value);
        Some(first.quantity.value + others.sum::<f64>())
    }

    /// The figures of a kind.
    pub fn of(&self, kind: FigureKind) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(move |f| f.kind == kind)
    }
}

/// Whether a number grew or fell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Rise,
    Fall,
}

/// What a number has to do with an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Whether it grew or fell.
    pub direction: Direction,
    /// The number is the difference ("rose by 3 percent") and not the new level ("rose to 12 percent").
    pub by: bool,
    /// The earlier level ("from 11 percent"), when told in the same unit.
    pub from: Option<f64>,
}

/// Something that the text states in a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// The sentence that tells it.
    pub sentence: SentenceId,
    /// What it counts, where a word says that people died, were displaced and the like, but no event is coded that they belong to.
    pub kind: Option<FigureKind>,
    /// Who or what the number is about.
    pub subject: Participant,
    /// What is measured or counted, in words.
    pub measure: Span,
    /// How much.
    pub quantity: Quantity,
    /// Of what.
    pub unit: NumberUnit,
    /// What it has to do with an earlier number.
    pub comparison: Option<Comparison>,
    /// The time that it holds for; empty when not told.
    pub period: EventDate,
    /// Who says so; `None` when the article tells it in its own voice.
    pub source: Option<Attribution>,
    /// The words of the number with its hedge and unit.
    pub span: Span,
    /// How unit and subject were found.
    pub rule: &'static str,
}
