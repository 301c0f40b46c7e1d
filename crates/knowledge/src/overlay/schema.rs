//! The tables of an overlay and their columns.

/// A table of an overlay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Bodies, groups, persons and their roles, names of countries.
    Actors,
    /// What somebody is, to be composed with a country or a body.
    Agents,
    /// Towns, points, units.
    Places,
    /// Outlets.
    Media,
    /// Further spellings of actors and outlets that are there already.
    Aliases,
    /// What no longer counts.
    Removals,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the first line.
    pub name: &'static str,
    /// Whether the table must have it.
    pub needed: bool,
    /// What stands in it.
    pub holds: &'static str,
}

const fn needed(name: &'static str, holds: &'static str) -> Column {
    Column { name, needed: true, holds }
}

const fn free(name: &'static str, holds: &'static str) -> Column {
    Column { name, needed: false, holds }
}

const ID: Column = free("id", "identifier; that of an entry that ships puts the row in its place; made of the name when empty");
const SOURCE: Column = free("source", "where the row comes from");
const ALIASES: Column = free("aliases", "other spellings, parted by |");
const SECTORS: Column = free("sectors", "PLOVER sectors, the main one first, parted by spaces");

const ACTORS: &[Column] = &[
    ID,
    free(
        "kind",
        "body, person, country, adjective, people, capital, metonym or region; when empty, person where there is an office, else body",
    ),
    needed("name", "the name as it is printed"),
    ALIASES,
    needed("code", "ISO 3166 alpha-3 code, or UNO EUR IGO NGO ISM IMG MNC"),
    SECTORS,
    free("country", "nationality of a person, where it is not the code"),
    free("office", "office of a person; one row for each that was held"),
    free("since", "first day, month or year"),
    free("until", "last day, month or year"),
    SOURCE,
];

const AGENTS: &[Column] = &[
    needed("phrase", "lower case, singular"),
    SECTORS,
    free("kind", "group (when empty), office, institution, role, envoy or portfolio"),
    SOURCE,
];

const PLACES: &[Column] = &[
    needed("name", "the name as it is printed"),
    ALIASES,
    needed("country", "ISO 3166 alpha-3 code"),
    free("unit", "code of the unit that it lies in, such as UA.14; of a unit, its own"),
    free("lat", "degrees north; needed but for units"),
    free("lon", "degrees east; needed but for units"),
    free("geonames", "GeoNames identifier; that of a place that ships puts the row in its place"),
    free("population", "inhabitants"),
    free(
        "spellings",
        "in how many spellings it is known; a row without is meant wherever its name stands, one with joins its namesakes",
    ),
    free("kind", "city (when empty), capital, point or unit"),
    SOURCE,
];

const MEDIA: &[Column] = &[
    ID,
    needed("name", "the name as it is printed"),
    ALIASES,
    needed("code", "ISO 3166 alpha-3 code of the country where it is made"),
    free("sectors", "PLOVER sectors; JRN when empty"),
    SOURCE,
];

const ALIAS_ROWS: &[Column] =
    &[needed("id", "identifier of an actor or outlet, as `kb lookup` shows it"), needed("alias", "the further spelling"), SOURCE];

const REMOVALS: &[Column] = &[
    needed("table", "actors (outlets too), agents or places"),
    free("id", "identifier of what goes; of places the GeoNames identifier; empty when a spelling goes, whatever it names"),
    free("alias", "spelling or phrase that goes; empty when the whole entry goes"),
    SOURCE,
];

impl Table {
    /// All tables.
    pub const ALL: [Self; 6] = [Self::Actors, Self::Agents, Self::Places, Self::Media, Self::Aliases, Self::Removals];

    /// The name: that of its files, and of its tables in TOML.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Agents => "agents",
            Self::Places => "places",
            Self::Media => "media",
            Self::Aliases => "aliases",
            Self::Removals => "removals",
        }
    }

    /// The table of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// The columns, in the order in which they are written.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Actors => ACTORS,
            Self::Agents => AGENTS,
            Self::Places => PLACES,
            Self::Media => MEDIA,
            Self::Aliases => ALIAS_ROWS,
            Self::Removals => REMOVALS,
        }
    }

    /// The position of a column.
    pub(crate) fn position(self, column: &str) -> Option<usize> {
        self.columns().iter().position(|c| c.name == column)
    }
}

/// A row of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The table that it stands in.
    pub table: Table,
    /// Its cells, in the order of the table's columns.
    pub cells: Vec<String>,
    /// The file that it was read from; empty for rows that were made.
    pub file: std::sync::Arc<str>,
    /// Its line, from 1.
    pub line: usize,
}

impl Row {
    /// A row of given cells. Columns that the table lacks are passed over.
    pub fn new(table: Table, cells: &[(&str, &str)]) -> Self {
        let mut row = Self { table, cells: vec![String::new(); table.columns().len()], file: "".into(), line: 0 };
        for (column, value) in cells {
            row.set(column, value);
        }
        row
    }

    /// The cell of a column; empty when the table has no such column.
    pub fn cell(&self, column: &str) -> &str {
        self.table.position(column).map_or("", |at| self.cells[at].as_str())
    }

    /// Fills a cell. White space becomes single spaces: no cell spreads over lines.
    pub fn set(&mut self, column: &str, value: &str) {
        if let Some(at) = self.table.position(column) {
            self.cells[at] = value.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }

    /// The name and the aliases of an actor, outlet or place; the phrase of an agent.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let name = match self.table {
            Table::Agents => self.cell("phrase"),
            Table::Aliases | Table::Removals => self.cell("alias"),
            _ => self.cell("name"),
        };
        std::iter::once(name).chain(self.cell("aliases").split('|')).map(str::trim).filter(|s| !s.is_empty())
    }

    /// Where it stands: "mine/actors.csv:7".
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}
