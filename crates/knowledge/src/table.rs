//! The tables that make a knowledge base.

/// The texts of the tables that make a knowledge base. Each field may hold several tables of one form;
/// later ones add to earlier ones.
#[derive(Clone, Debug, Default)]
pub struct Tables<'a> {
    /// Names of countries: code, kind, alias, sectors, since, until, source.
    pub countries: Vec<&'a str>,
    /// Organisations, groups, bodies, companies: id, code, sectors, name, aliases, source.
    pub bodies: Vec<&'a str>,
    /// What bodies were at a time: id, code, sectors, since, until, source.
    pub terms: Vec<&'a str>,
    /// Members of organisations: organisation, country, since, until, source.
    pub members: Vec<&'a str>,
    /// Persons and their roles: name, nationality, aliases, office, code, sectors, since, until, precision, source.
    pub roles: Vec<&'a str>,
    /// Outlets: id, code, sectors, name, aliases, source.
    pub media: Vec<&'a str>,
    /// Agents: phrase, sectors, kind, source.
    pub agents: Vec<&'a str>,
    /// Places beside the gazetteer: name, alternatives, country, unit, lat, lon, geonames, population, spellings, kind, source.
    pub places: Vec<&'a str>,
    /// Units beside the gazetteer: name, alternatives, country, code, source.
    pub units: Vec<&'a str>,
    /// Whether the places that ship with the program belong to it.
    pub gazetteer: bool,
}

impl Tables<'static> {
    /// The tables that ship with the program.
    pub fn embedded() -> Self {
        Self {
            countries: vec![
                include_str!("../../../data/actors/countries.tsv"),
                include_str!("../../../data/actors/country-extras.tsv"),
            ],
            bodies: vec![
                include_str!("../../../data/actors/organisations.tsv"),
                include_str!("../../../data/actors/bodies.tsv"),
                include_str!("../../../data/actors/groups.tsv"),
                include_str!("../../../data/actors/companies.tsv"),
            ],
            terms: vec![include_str!("../../../data/actors/terms.tsv")],
            members: vec![
                include_str!("../../../data/actors/members.tsv"),
                include_str!("../../../data/actors/members-derived.tsv"),
            ],
            roles: vec![include_str!("../../../data/actors/roles.tsv"), include_str!("../../../data/actors/roles-derived.tsv")],
            media: vec![include_str!("../../../data/media.tsv")],
            agents: vec![include_str!("../../../data/agents.tsv")],
            places: vec![],
            units: vec![],
            gazetteer: true,
        }
    }
}

/// The files of the embedded tables in their order, each with the field that holds it.
const FILES: [(&str, &str); 13] = [
    ("countries", "data/actors/countries.tsv"),
    ("countries", "data/actors/country-extras.tsv"),
    ("bodies", "data/actors/organisations.tsv"),
    ("bodies", "data/actors/bodies.tsv"),
    ("bodies", "data/actors/groups.tsv"),
    ("bodies", "data/actors/companies.tsv"),
    ("terms", "data/actors/terms.tsv"),
    ("members", "data/actors/members.tsv"),
    ("members", "data/actors/members-derived.tsv"),
    ("roles", "data/actors/roles.tsv"),
    ("roles", "data/actors/roles-derived.tsv"),
    ("media", "data/media.tsv"),
    ("agents", "data/agents.tsv"),
];

impl<'a> Tables<'a> {
    /// The files that the embedded tables were read from, each after the name of its field, in the order of the field.
    pub fn files(&self) -> &'static [(&'static str, &'static str)] {
        &FILES
    }

    /// The texts of all tables, in a fixed order. The gazetteer is no text: [`crate::Knowledge::fingerprint`] tells it.
    pub fn texts(&self) -> impl Iterator<Item = &'a str> {
        let Self { countries, bodies, terms, members, roles, media, agents, places, units, gazetteer: _ } = self;
        [countries, bodies, terms, members, roles, media, agents, places, units].into_iter().flatten().copied()
    }
}
