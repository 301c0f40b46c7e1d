//! The entries of the knowledge base, read from its tables.

use std::collections::BTreeMap;

use compact_str::CompactString;
use demarche_types::{CountryCode, Sector};
use jiff::civil::Date;

use crate::KnowledgeError;
use crate::fold::fold;
use crate::gazetteer::Gazetteer;
use crate::index::{Builder, Index};
use crate::overlay::{Overlay, Plan, gazetteers};
use crate::rows::read;
use crate::table::Tables;

/// Marks an alias that bodies of several states share.
const SHARED: char = '~';

/// How a name stands for a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CountryForm {
    /// A name, abbreviation or former name.
    Name,
    /// "Iranian".
    Adjective,
    /// "Iranians", "Briton".
    People,
    /// A capital.
    Capital,
    /// The Kremlin, Downing Street.
    Metonym,
    /// A part of the country.
    Unit,
    /// Stands for the country where the document names it in another way too: "the North", "the kingdom".
    Short,
}

/// What an agent phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AgentKind {
    /// Held by a person.
    Office,
    /// People of a kind.
    Group,
    /// A body without a name.
    Institution,
    /// Acts for what it is composed with, and says nothing alone.
    Role,
    /// Works between states: its country is never the one that the document happens to speak of.
    Envoy,
}

impl AgentKind {
    /// The word of the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Group => "group",
            Self::Institution => "institution",
            Self::Role => "role",
            Self::Envoy => "envoy",
        }
    }
}

/// Which table a body came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyKind {
    /// Organisations, groups, national bodies, companies.
    Body,
    /// Outlets.
    Media,
}

/// An entry that aliases name.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// A name of a country.
    Country { code: CountryCode, form: CountryForm, sectors: Vec<Sector> },
    /// A body with a name of its own.
    Body {
        id: CompactString,
        kind: BodyKind,
        code: CountryCode,
        sectors: Vec<Sector>,
        name: CompactString,
        /// What it was when, where that changed: by beginning.
        terms: Vec<Term>,
    },
    /// A person, by index.
    Person(usize),
}

/// An agent phrase.
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) kind: AgentKind,
    pub(crate) sectors: Vec<Sector>,
    /// The phrase, lower case.
    pub(crate) phrase: CompactString,
    /// A name that bodies of several states share, or the last word of names of a kind ("Herald"): it counts only with its capitals.
    pub(crate) proper: bool,
}

/// What somebody is for a time, such as an office that is held. The office is empty where none is named.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) office: CompactString,
    pub(crate) code: CountryCode,
    pub(crate) sectors: Vec<Sector>,
    pub(crate) since: Option<Date>,
    pub(crate) until: Option<Date>,
    /// The last day on which a source had an open role as held.
    pub(crate) seen: Option<Date>,
}

impl Term {
    /// Reads the cells of a row; the last three are the dates.
    pub(crate) fn read(
        table: &'static str,
        line: usize,
        office: &str,
        code: &str,
        sectors: &str,
        [since, until, seen]: [&str; 3],
    ) -> Result<Self, KnowledgeError> {
        Ok(Self {
            office: office.into(),
            code: CountryCode(code.into()),
            sectors: read_sectors(sectors),
            since: read_date(table, line, since, false)?,
            until: read_date(table, line, until, true)?,
            seen: read_date(table, line, seen, true)?,
        })
    }
}

/// A person.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: CompactString,
    pub(crate) name: CompactString,
    /// Country of nationality.
    pub(crate) country: CountryCode,
    /// By beginning.
    pub(crate) roles: Vec<Term>,
}

/// A member of an organisation, and from when to when.
pub(crate) type Member = (CountryCode, Option<Date>, Option<Date>);

/// Everything read.
pub(crate) struct Base {
    pub(crate) names: Index,
    pub(crate) agents: Index,
    /// Names that bodies of several states share ("Congress"), in the order of the tables.
    pub(crate) shared: Index,
    pub(crate) entries: Vec<Entry>,
    pub(crate) agent_entries: Vec<Agent>,
    pub(crate) persons: Vec<Person>,
    /// Places: the embedded ones, then the user's.
    pub(crate) gazetteers: Vec<Gazetteer>,
    /// Name of each country, by code.
    pub(crate) country_names: BTreeMap<CompactString, CompactString>,
    /// Members of each organisation.
    pub(crate) members: BTreeMap<CompactString, Vec<Member>>,
}

impl Base {
    pub(crate) fn read(tables: &Tables<'_>, overlays: &[Overlay]) -> Result<Self, KnowledgeError> {
        let mut reader = Reader { plan: Plan::of(overlays), ..Reader::default() };
        for text in &tables.countries {
            reader.countries(text)?;
        }
        // Persons come before bodies, so that of equal spellings a person is tried first.
        for text in &tables.roles {
            reader.roles(text)?;
        }
        for text in &tables.bodies {
            reader.bodies("bodies", text, BodyKind::Body)?;
        }
        for text in &tables.terms {
            reader.terms(text)?;
        }
        for text in &tables.media {
            reader.bodies("media", text, BodyKind::Media)?;
        }
        for text in &tables.members {
            reader.members(text)?;
        }
        for text in &tables.agents {
            reader.agents(text)?;
        }
        let mut places = Vec::new();
        if tables.gazetteer {
            places.push(Gazetteer::embedded()?);
        }
        if !tables.places.is_empty() || !tables.units.is_empty() {
            places.push(Gazetteer::from_tables(&tables.places, &tables.units)?);
        }
        for overlay in overlays {
            reader.overlay(overlay)?;
            places.iter_mut().for_each(|below| overlay.hide_places(below));
            places.extend(gazetteers(overlay)?);
        }
        reader.finish(places)
    }
}

/// Collects entries until the base is whole.
#[derive(Default)]
pub(crate) struct Reader {
    plan: Plan,
    /// 0 for the tables that ship, and one more for each overlay above them.
    layer: usize,
    names: Builder,
    agents: Builder,
    shared: Builder,
    shared_agents: Vec<(CompactString, Vec<Sector>)>,
    entries: Vec<Entry>,
    agent_entries: Vec<Agent>,
    persons: Vec<Person>,
    person_ids: BTreeMap<CompactString, usize>,
    /// The entries of bodies that an overlay gave.
    own_bodies: BTreeMap<CompactString, usize>,
    country_names: BTreeMap<CompactString, CompactString>,
    members: BTreeMap<CompactString, Vec<Member>>,
}

impl Reader {
    /// Goes on to the next overlay.
    pub(crate) fn next_layer(&mut self) {
        self.layer += 1;
        self.own_bodies.clear();
    }

    fn countries(&mut self, text: &str) -> Result<(), KnowledgeError> {
        read("countries", text, ["code", "kind", "alias", "sectors"], |line, [code, kind, alias, sectors]| {
            self.country("countries", line, code, kind, alias, sectors)
        })
    }

    /// A name of a country.
    pub(crate) fn country(
        &mut self,
        table: &'static str,
        line: usize,
        code: &str,
        kind: &str,
        alias: &str,
        sectors: &str,
    ) -> Result<(), KnowledgeError> {
        let form = match kind {
            "name" | "alias" | "abbrev" | "former" => CountryForm::Name,
            "adjective" => CountryForm::Adjective,
            "noun" | "plural" => CountryForm::People,
            "capital" => CountryForm::Capital,
            "metonym" => CountryForm::Metonym,
            "unit" | "dependency" => CountryForm::Unit,
            "short" => CountryForm::Short,
            _ => return Err(value(table, line, "kind", kind)),
        };
        if kind == "name" {
            self.country_names.entry(code.into()).or_insert_with(|| alias.into());
        }
        let id = country_id(code);
        if self.plan.keeps_entry(self.layer, &id) {
            self.name(alias, self.entries.len(), &id);
            self.entries.push(Entry::Country { code: CountryCode(code.into()), form, sectors: read_sectors(sectors) });
        }
        Ok(())
    }

    fn bodies(&mut self, table: &'static str, text: &str, kind: BodyKind) -> Result<(), KnowledgeError> {
        read(table, text, ["id", "code", "sectors", "name", "aliases"], |_, [id, code, sectors, name, aliases]| {
            self.body(id, code, sectors, name, aliases, kind, None);
            Ok(())
        })
    }

    /// What bodies were at a time. A user's own row of a body has taken its times away with it.
    fn terms(&mut self, text: &str) -> Result<(), KnowledgeError> {
        read("terms", text, ["id", "code", "sectors", "since", "until"], |line, [id, code, sectors, since, until]| {
            let term = Term::read("terms", line, "", code, sectors, [since, until, ""])?;
            let terms = self.entries.iter_mut().find_map(|entry| match entry {
                Entry::Body { id: own, terms, .. } if own == id => Some(terms),
                _ => None,
            });
            if let Some(terms) = terms {
                terms.push(term);
                terms.sort_by_key(|term| term.since);
            }
            Ok(())
        })
    }

    /// A body, or what it is for a time. Several rows of one overlay with one identifier are one body.
    #[expect(clippy::too_many_arguments, reason = "they are the columns of a row")]
    pub(crate) fn body(
        &mut self,
        id: &str,
        code: &str,
        sectors: &str,
        name: &str,
        aliases: &str,
        kind: BodyKind,
        term: Option<Term>,
    ) {
        if !self.plan.keeps_entry(self.layer, id) {
            return;
        }
        let known = self.own_bodies.get(id).copied();
        let entry = known.unwrap_or(self.entries.len());
        let (code, sectors) = (CountryCode(code.into()), read_sectors(sectors));
        for alias in std::iter::once(name).chain(aliases.split('|')) {
            match alias.strip_prefix(SHARED) {
                Some(alias) if self.plan.keeps_name(self.layer, id, alias) => {
                    self.shared.add(alias, entry);
                    self.shared_agents.push((alias.into(), sectors.clone()));
                }
                Some(_) => {}
                None => self.name(alias, entry, id),
            }
        }
        if known.is_none() {
            let (id, name) = (CompactString::from(id), name.into());
            if self.layer > 0 {
                self.own_bodies.insert(id.clone(), entry);
            }
            self.entries.push(Entry::Body { id, kind, code, sectors, name, terms: vec![] });
        }
        if let (Some(Entry::Body { terms, code, sectors, .. }), Some(term)) = (self.entries.get_mut(entry), term) {
            terms.push(term);
            terms.sort_by_key(|term| term.since);
            // A body of the user's that is several things in turn is the latest, on no day in particular.
            if let Some(latest) = terms.last() {
                code.clone_from(&latest.code);
                sectors.clone_from(&latest.sectors);
            }
        }
    }

    /// The first entry of every identifier.
    pub(crate) fn entries_by_id(&self) -> BTreeMap<String, usize> {
        let mut ids = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let id = match entry {
                Entry::Country { code, .. } => country_id(&code.0),
                Entry::Body { id, .. } => id.to_string(),
                Entry::Person(person) => self.persons[*person].id.to_string(),
            };
            ids.entry(id).or_insert(index);
        }
        ids
    }

    /// A further spelling of an entry.
    pub(crate) fn add_alias(&mut self, entry: usize, id: &str, alias: &str) {
        // Another name of a country is one whatever the country's first entry is, such as an adjective.
        let country = match &self.entries[entry] {
            Entry::Country { code, .. } => Some(code.clone()),
            _ => None,
        };
        let entry = if country.is_some() { self.entries.len() } else { entry };
        self.name(alias, entry, id);
        self.entries.extend(country.map(|code| Entry::Country { code, form: CountryForm::Name, sectors: vec![] }));
    }

    fn name(&mut self, alias: &str, entry: usize, id: &str) {
        if self.plan.keeps_name(self.layer, id, alias) {
            self.names.add(alias, entry);
        }
    }

    fn members(&mut self, text: &str) -> Result<(), KnowledgeError> {
        read("members", text, ["organisation", "country", "since", "until"], |line, [organisation, country, since, until]| {
            let since = read_date("members", line, since, false)?;
            let until = read_date("members", line, until, true)?;
            self.members.entry(organisation.into()).or_default().push((CountryCode(country.into()), since, until));
            Ok(())
        })
    }

    fn roles(&mut self, text: &str) -> Result<(), KnowledgeError> {
        let columns = ["name", "nationality", "aliases", "office", "code", "sectors", "since", "until", "seen"];
        read("roles", text, columns, |line, [name, nationality, aliases, office, code, sectors, since, until, seen]| {
            let id = person_id(self.country_names.get(nationality).map(CompactString::as_str), nationality, name);
            let code = if code.is_empty() { nationality } else { code };
            let role = Term::read("roles", line, office, code, sectors, [since, until, seen])?;
            self.person(&id, name, nationality, aliases, Some(role));
            Ok(())
        })
    }

    /// A person, or a further role of one.
    pub(crate) fn person(&mut self, id: &str, name: &str, nationality: &str, aliases: &str, role: Option<Term>) {
        if !self.plan.keeps_entry(self.layer, id) {
            return;
        }
        let id = CompactString::from(id);
        let person = match self.person_ids.get(&id) {
            Some(&person) => person,
            None => {
                let person = self.persons.len();
                self.person_ids.insert(id.clone(), person);
                let country = CountryCode(nationality.into());
                self.name(name, self.entries.len(), &id);
                self.persons.push(Person { id: id.clone(), name: name.into(), country, roles: vec![] });
                self.entries.push(Entry::Person(person));
                person
            }
        };
        if !aliases.is_empty() {
            let entry = self.entries.len();
            aliases.split('|').for_each(|alias| self.name(alias, entry, &id));
            self.entries.push(Entry::Person(person));
        }
        self.persons[person].roles.extend(role);
    }

    fn agents(&mut self, text: &str) -> Result<(), KnowledgeError> {
        read("agents", text, ["phrase", "sectors", "kind"], |line, [phrase, sectors, kind]| {
            self.agent_row("agents", line, phrase, sectors, kind)
        })
    }

    /// An agent phrase, or a subject that makes several.
    pub(crate) fn agent_row(
        &mut self,
        table: &'static str,
        line: usize,
        phrase: &str,
        sectors: &str,
        kind: &str,
    ) -> Result<(), KnowledgeError> {
        let sectors = read_sectors(sectors);
        let kind = match kind {
            "office" => AgentKind::Office,
            "group" => AgentKind::Group,
            "institution" => AgentKind::Institution,
            "role" => AgentKind::Role,
            "envoy" => AgentKind::Envoy,
            "name" => {
                self.agent(phrase, AgentKind::Institution, sectors);
                if let Some(agent) = self.agent_entries.last_mut() {
                    agent.proper = true;
                }
                return Ok(());
            }
            "portfolio" => {
                self.portfolio(phrase, &sectors);
                return Ok(());
            }
            _ => return Err(value(table, line, "kind", kind)),
        };
        self.agent(phrase, kind, sectors);
        Ok(())
    }

    fn agent(&mut self, phrase: &str, kind: AgentKind, sectors: Vec<Sector>) {
        if self.plan.keeps_phrase(self.layer, phrase) {
            self.agents.add(phrase, self.agent_entries.len());
            self.agent_entries.push(Agent { kind, sectors, phrase: phrase.into(), proper: false });
        }
    }

    /// The phrases that a subject of government makes: "defence" gives "defence minister" and its kin.
    fn portfolio(&mut self, subject: &str, sectors: &[Sector]) {
        for (before, after) in [
            ("", " minister"),
            ("deputy ", " minister"),
            ("vice ", " minister"),
            ("", " secretary"),
            ("minister of ", ""),
            ("minister for ", ""),
            ("deputy minister of ", ""),
            ("secretary of ", ""),
            ("secretary for ", ""),
            ("minister of state for ", ""),
        ] {
            self.agent(&format!("{before}{subject}{after}"), AgentKind::Office, sectors.to_vec());
        }
        for (before, after) in
            [("", " ministry"), ("ministry of ", ""), ("ministry for ", ""), ("", " department"), ("department of ", "")]
        {
            self.agent(&format!("{before}{subject}{after}"), AgentKind::Institution, sectors.to_vec());
        }
    }

    fn finish(mut self, gazetteers: Vec<Gazetteer>) -> Result<Base, KnowledgeError> {
        // A shared name composes like an institution. They come after the agents' own table, which knows better.
        for (alias, sectors) in std::mem::take(&mut self.shared_agents) {
            self.agents.add(&alias, self.agent_entries.len());
            let phrase = alias.to_lowercase();
            self.agent_entries.push(Agent { kind: AgentKind::Institution, sectors, phrase, proper: true });
        }
        for person in &mut self.persons {
            person.roles.sort_by_key(|role| role.since);
        }
        Ok(Base {
            names: self.names.build()?,
            agents: self.agents.build()?,
            shared: self.shared.build()?,
            entries: self.entries,
            agent_entries: self.agent_entries,
            persons: self.persons,
            gazetteers,
            country_names: self.country_names,
            members: self.members,
        })
    }
}

/// The identifier of a person. Of the same name and nationality there is one.
pub(crate) fn person_id(country: Option<&str>, nationality: &str, name: &str) -> String {
    format!("per.{}.{}", country.map_or_else(|| nationality.to_lowercase(), slug), slug(name))
}

/// The identifier of a country.
pub(crate) fn country_id(code: &str) -> String {
    format!("cty.{}", code.to_lowercase())
}

/// A day, month or year; `last` takes the last day that the text may mean.
pub(crate) fn parse_date(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: i8 = match parts.next() {
        Some(month) => month.parse().ok()?,
        None if last => 12,
        None => 1,
    };
    match parts.next() {
        Some(day) => Date::new(year, month, day.parse().ok()?).ok(),
        None => Date::new(year, month, 1).ok().map(|date| if last { date.last_of_month() } else { date }),
    }
}

/// A name as part of an identifier.
pub(crate) fn slug(name: &str) -> String {
    fold(name).replace(' ', "-")
}

fn read_sectors(cell: &str) -> Vec<Sector> {
    cell.split_whitespace().map(|s| Sector(s.into())).collect()
}

fn read_date(table: &'static str, line: usize, cell: &str, last: bool) -> Result<Option<Date>, KnowledgeError> {
    if cell.is_empty() {
        return Ok(None);
    }
    parse_date(cell, last).map(Some).ok_or_else(|| value(table, line, "date", cell))
}

fn value(table: &'static str, line: usize, what: &'static str, cell: &str) -> KnowledgeError {
    KnowledgeError::Value { table, line, what, value: cell.to_owned() }
}
