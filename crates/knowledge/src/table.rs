//! Reading tab-separated tables: comment lines begin with `#`, the first other line names the columns.

use crate::KnowledgeError;

/// The texts of the tables that make a knowledge base. Each field may hold several tables of one form;
/// later ones add to earlier ones.
#[derive(Clone, Debug, Default)]
pub struct Tables<'a> {
    /// Names of countries: code, kind, alias, sectors, since, until, source.
    pub countries: Vec<&'a str>,
    /// Organisations, groups, bodies, companies: id, code, sectors, name, aliases, source.
    pub bodies: Vec<&'a str>,
    /// Members of organisations: organisation, country, since, until, source.
    pub members: Vec<&'a str>,
    /// Persons and their roles: name, nationality, aliases, office, code, sectors, since, until, precision, source.
    pub roles: Vec<&'a str>,
    /// Outlets: id, code, sectors, name, aliases, source.
    pub media: Vec<&'a str>,
    /// Agents: phrase, sectors, kind, source.
    pub agents: Vec<&'a str>,
    /// Cities: name, alternatives, country, admin1, lat, lon, geonames, population, capital, source.
    pub cities: Vec<&'a str>,
    /// First-order units: name, alternatives, country, code, source.
    pub units: Vec<&'a str>,
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
            members: vec![
                include_str!("../../../data/actors/members.tsv"),
                include_str!("../../../data/actors/members-derived.tsv"),
            ],
            roles: vec![include_str!("../../../data/actors/roles.tsv"), include_str!("../../../data/actors/roles-derived.tsv")],
            media: vec![include_str!("../../../data/media.tsv")],
            agents: vec![include_str!("../../../data/agents.tsv")],
            cities: vec![include_str!("../../../data/places/cities.tsv")],
            units: vec![include_str!("../../../data/places/admin1.tsv")],
        }
    }
}

impl<'a> Tables<'a> {
    /// The texts of all tables, in a fixed order.
    pub fn texts(&self) -> impl Iterator<Item = &'a str> {
        let Self { countries, bodies, members, roles, media, agents, cities, units } = self;
        [countries, bodies, members, roles, media, agents, cities, units].into_iter().flatten().copied()
    }
}

/// Calls `each` with the line number and the wanted cells of every row, in the order of `columns`.
pub(crate) fn read<'t, const N: usize>(
    table: &'static str,
    text: &'t str,
    columns: [&'static str; N],
    mut each: impl FnMut(usize, [&'t str; N]) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let (_, header) = lines.next().ok_or(KnowledgeError::Empty { table })?;
    let names: Vec<&str> = header.split('\t').collect();
    let mut wanted = [0; N];
    for (slot, column) in wanted.iter_mut().zip(columns) {
        *slot = names.iter().position(|n| *n == column).ok_or(KnowledgeError::Column { table, column })?;
    }
    let mut cells = Vec::with_capacity(names.len());
    for (index, line) in lines {
        cells.clear();
        cells.extend(line.split('\t'));
        if cells.len() != names.len() {
            return Err(KnowledgeError::Cells { table, line: index + 1, found: cells.len(), expected: names.len() });
        }
        each(index + 1, wanted.map(|at| cells[at]))?;
    }
    Ok(())
}
