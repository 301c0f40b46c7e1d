//! Who and where: countries, organisations, office-holders, agents, media, places.
//!
//! [`Knowledge`] is read from tables (names, members, dated roles, agent phrases, outlets, a gazetteer)
//! and fills two layers of a [`Document`]: actors and places. Most mentions of actors are no entry of any
//! table; they compose a country or a body with an agent ("Iranian" + "defence minister"), so composition
//! on the dependency tree is the heart of it.
//!
//! Every name gets its link, also one that modifies another ("Iran" in "Iran's defence minister"), and a
//! capital gets both an actor link (its government) and a place link; what the words stand for where they
//! stand is for coding to say. When one agent is composed with several countries ("the Russian and
//! Chinese defence ministers"), its head's link has their codes in `states` and none of its own; the words
//! for the countries keep theirs.

mod base;
mod catalog;
mod error;
mod fold;
mod gazetteer;
pub mod import;
mod index;
mod link;
mod lint;
pub mod overlay;
mod places;
mod rows;
mod table;
mod tree;

use demarche_types::{Actor, CountryCode, Document, LinkBasis, Place};
use jiff::civil::Date;

pub use catalog::Catalog;
pub use error::KnowledgeError;
pub use link::HomeChoice;
pub use lint::lint;
pub use overlay::Overlay;
pub use table::Tables;

use base::{Base, Entry};

/// The knowledge base, ready for use. Immutable; share it between threads.
pub struct Knowledge {
    base: Base,
}

/// What a name is known as.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// A country, body or person.
    Actor {
        /// Who.
        actor: Actor,
        /// A news outlet.
        is_media: bool,
    },
    /// An agent phrase, to be composed.
    Agent {
        /// What it is: office, group, institution, role or envoy.
        kind: &'static str,
        /// The phrase.
        phrase: String,
        /// Its sectors.
        sectors: Vec<demarche_types::Sector>,
    },
    /// A place.
    Place {
        /// Where.
        place: Place,
        /// Inhabitants; 0 where nobody has counted.
        population: u32,
    },
}

impl Knowledge {
    /// The knowledge base that ships with the program.
    pub fn embedded() -> Result<Self, KnowledgeError> {
        Self::from_tables(&Tables::embedded())
    }

    /// A knowledge base from given tables.
    pub fn from_tables(tables: &Tables<'_>) -> Result<Self, KnowledgeError> {
        Self::with_overlays(tables, &[])
    }

    /// A knowledge base from given tables with the user's own knowledge upon them. Of several overlays a later one wins.
    pub fn with_overlays(tables: &Tables<'_>, overlays: &[Overlay]) -> Result<Self, KnowledgeError> {
        Ok(Self { base: Base::read(tables, overlays)? })
    }

    /// Fills `doc.actors` and `doc.places`, both ordered by head token. `date` is the day of the report:
    /// who held which office is told for that day; without it the latest known role counts.
    pub fn annotate(&self, doc: &mut Document<'_>, date: Option<Date>) {
        let (actors, places) = link::link(&self.base, doc, date);
        doc.actors = actors;
        doc.places = places;
    }

    /// What was weighed for each agent without a country of its own. The table of weights is fitted to these.
    pub fn home_choices(&self, doc: &Document<'_>, date: Option<Date>) -> Vec<HomeChoice> {
        link::home_choices(&self.base, doc, date)
    }

    /// Everything a name is known as, actors first, then agents, then places. Capitals don't matter. Offices are those of a
    /// day; on no day in particular, the latest.
    pub fn resolve_name(&self, name: &str, date: Option<Date>) -> Vec<Known> {
        let base = &self.base;
        let mut known = Vec::new();
        for alias in base.names.lookup(name).iter().chain(base.shared.lookup(name)) {
            let entry = &base.entries[alias.entry as usize];
            let is_media = matches!(entry, Entry::Body { kind: base::BodyKind::Media, .. });
            let item = Known::Actor { actor: link::actor_of(base, entry, date), is_media };
            if !known.contains(&item) {
                known.push(item);
            }
        }
        for alias in base.agents.lookup(name) {
            let agent = &base.agent_entries[alias.entry as usize];
            known.push(Known::Agent {
                kind: agent.kind.name(),
                phrase: agent.phrase.to_string(),
                sectors: agent.sectors.clone(),
            });
        }
        for gazetteer in base.gazetteers.iter().rev() {
            let mut sites: Vec<_> = gazetteer.lookup(name).into_iter().map(|reading| reading.site).collect();
            sites.sort_by_key(|site| std::cmp::Reverse((site.is_capital(), site.population())));
            // As in texts, the user's own places are the only ones of their names.
            let is_settled = gazetteer.shadows && !sites.is_empty();
            let place = |site: gazetteer::Site<'_>| (site.place(&base.gazetteers), site.population());
            known.extend(sites.into_iter().map(place).map(|(place, population)| Known::Place { place, population }));
            if is_settled {
                break;
            }
        }
        known
    }

    /// The members of an organisation ("org.sco") on a day; on no day in particular, all that are or were.
    pub fn members(&self, organisation: &str, date: Option<Date>) -> Vec<CountryCode> {
        let on = |since: &Option<Date>, until: &Option<Date>| {
            date.is_none_or(|day| since.is_none_or(|s| s <= day) && until.is_none_or(|u| day <= u))
        };
        let members = self.base.members.get(organisation).map_or(&[][..], |m| m.as_slice());
        members.iter().filter(|(_, since, until)| on(since, until)).map(|(code, ..)| code.clone()).collect()
    }

    /// Says which gazetteers these are.
    pub fn fingerprint(&self) -> u64 {
        self.base.gazetteers.iter().fold(0, |all, gazetteer| all.rotate_left(1) ^ gazetteer.fingerprint())
    }

    /// How much is known: (entries with a name, agent phrases, places, spellings of the first two).
    pub fn size(&self) -> (usize, usize, usize, usize) {
        let base = &self.base;
        let sites = base.gazetteers.iter().map(gazetteer::Gazetteer::len).sum();
        (base.entries.len(), base.agent_entries.len(), sites, base.names.len() + base.agents.len())
    }
}

/// The numbers of a state in the field's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateNumbers {
    /// Correlates of War.
    pub cow: u16,
    /// Gleditsch and Ward, International Interactions 25 (1999).
    pub gw: u16,
}

/// The numbers of a state by its ISO 3166 alpha-3 code; `None` for what those lists have not as a state.
pub fn state_numbers(code: &str) -> Option<StateNumbers> {
    let table = include_str!("../../../data/actors/state-numbers.tsv");
    let row = table.lines().find_map(|line| line.strip_prefix(code)?.strip_prefix('\t'))?;
    let mut cells = row.split('\t').map(str::parse);
    Some(StateNumbers { cow: cells.next()?.ok()?, gw: cells.next()?.ok()? })
}

/// How sure a basis is, for choosing among the links of one chain.
pub(crate) fn basis_rank(basis: &LinkBasis) -> u8 {
    match basis {
        LinkBasis::Alias => 5,
        LinkBasis::Composed => 4,
        LinkBasis::Coreference => 3,
        LinkBasis::Document => 2,
        LinkBasis::Agent => 1,
        LinkBasis::Named => 0,
    }
}

/// Whether two spellings are one: capitals, accents, dots and apostrophes make no difference.
pub fn same_name(one: &str, other: &str) -> bool {
    fold::fold(one) == fold::fold(other)
}
