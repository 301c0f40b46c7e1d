//! Actors and places as the codebook codes them.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::{Span, TokenId};

/// ISO 3166 alpha-3, or one of the codebook's own: XKX and the non-state UNO, EUR, IGO, NGO, ISM, IMG, MNC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CountryCode(pub CompactString);

impl CountryCode {
    /// The codes of the codebook that are no country's.
    pub const NON_STATE: [&str; 7] = ["UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"];

    /// Whether the code is a country's.
    pub fn is_state(&self) -> bool {
        !Self::NON_STATE.contains(&self.0.as_str())
    }
}

/// A PLOVER sector code, three letters (GOV, MIL, REB, CVL ...). Source: PLOVER 2.0, actor sectors.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sector(pub CompactString);

/// Who somebody is, apart from where they are mentioned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Country or non-state code; `None` when not known.
    pub code: Option<CountryCode>,
    /// Sectors, the most specific role first. Empty for a country as a whole.
    pub sectors: Vec<Sector>,
    /// Identifier in the knowledge base ("per.iran.aziz-nasirzadeh", "org.sco", "cty.irn").
    pub identifier_id: Option<CompactString>,
    /// Name of that entry.
    pub identifier_text: Option<String>,
    /// Office held, in words ("Minister of Defence").
    pub office: Option<String>,
}

/// How a mention came to its actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkBasis {
    /// The words equal a known alias.
    Alias,
    /// A country or organisation composed with an agent ("Iranian" + "defence minister").
    Composed,
    /// An agent alone ("police", "protesters"); the country is not known.
    Agent,
    /// An agent alone, its country taken from the document.
    Document,
    /// Through another mention of the same chain, or an apposition.
    Coreference,
    /// A named mention that the knowledge base does not hold.
    Named,
}

/// One nominal mention linked to an actor. At most one link a head token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorLink {
    /// Head token of the mention.
    pub head: TokenId,
    /// The words of the mention that were used.
    pub span: Span,
    /// The actor.
    pub actor: Actor,
    /// How it was found.
    pub basis: LinkBasis,
    /// The words name a news outlet: an attributor, never a party to what it reports.
    pub is_media: bool,
    /// Other entries that the name is known as, the likeliest first; three at most.
    pub alternatives: Vec<CompactString>,
    /// The states that the words name together ("the Russian and Chinese ministers"), in their order; the actor then has no code. Empty for one actor.
    pub states: Vec<CountryCode>,
}

impl ActorLink {
    /// The code, or that of the first of several states.
    pub fn first_code(&self) -> Option<&CountryCode> {
        self.actor.code.as_ref().or(self.states.first())
    }
}

/// How exact a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlacePrecision {
    /// A building, crossing, camp, strait.
    Point,
    /// A populated place.
    City,
    /// A second-order administrative unit.
    Admin2,
    /// A first-order administrative unit, or a part of a country that no unit is.
    Admin1,
    /// A country: no coordinates are given, a country is not its centroid.
    Country,
}

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Name as the gazetteer has it.
    pub name: String,
    /// Country; empty for the sea and for places that no country's code fits.
    pub country: CountryCode,
    /// Name of the first-order unit.
    pub admin1: Option<String>,
    /// GeoNames code of the innermost unit known ("UA.14", "UA.14.1402"); of a unit, its own.
    pub unit: Option<CompactString>,
    /// Degrees north and east; `None` for units and countries.
    pub point: Option<(f64, f64)>,
    /// GeoNames identifier; units and countries go by their codes.
    pub geonames: Option<u32>,
    /// How exact it is.
    pub precision: PlacePrecision,
}

/// Why this entry of the gazetteer was taken and none of its namesakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceBasis {
    /// No other entry has the name.
    Sole,
    /// The words beside it say in what it lies ("Paris, Texas").
    Within,
    /// The document names its country or unit.
    Document,
    /// It lies near other places of the document.
    Near,
    /// It is the largest.
    Largest,
}

/// A mention of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceLink {
    /// Head token of the mention.
    pub head: TokenId,
    /// The words.
    pub span: Span,
    /// The place.
    pub place: Place,
    /// Why this one.
    pub basis: PlaceBasis,
    /// Other places that the words may mean, the likeliest first; three at most.
    pub alternatives: Vec<Place>,
}
