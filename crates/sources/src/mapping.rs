//! Which column or field of a table holds what.

use std::fmt;
use std::str::FromStr;

use demarche_ingest::is_known_field;
use serde_json::{Map, Value};

use crate::failure::Reason;

/// Which column holds what: `text=body,url=link,published=date`. Without a mapping, columns are known by the names
/// that JSON records have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(Vec<(Field, String)>);

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The article's text, plain or HTML.
    Text,
    /// The article's page.
    Html,
    /// Headline.
    Title,
    /// Address.
    Url,
    /// Day of publication.
    Published,
    /// Outlet.
    Outlet,
    /// Language tag.
    Language,
    /// Writer.
    Byline,
    /// Section.
    Section,
    /// Identifier.
    Id,
}

/// A mapping that cannot be obeyed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// Not `field=column`.
    #[error("\u{201c}{0}\u{201d} does not say which column a field is; write for example text=body,url=link,published=date")]
    NoPair(String),
    /// A field that does not exist.
    #[error("there is no field \u{201c}{0}\u{201d}; the fields are {names}", names = Field::names())]
    NoField(String),
    /// A field that is given twice.
    #[error("the field {0} is given twice")]
    Twice(Field),
}

impl Field {
    /// All fields.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Html,
        Self::Title,
        Self::Url,
        Self::Published,
        Self::Outlet,
        Self::Language,
        Self::Byline,
        Self::Section,
        Self::Id,
    ];

    /// Its name in a mapping.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Title => "title",
            Self::Url => "url",
            Self::Published => "published",
            Self::Outlet => "outlet",
            Self::Language => "language",
            Self::Byline => "byline",
            Self::Section => "section",
            Self::Id => "id",
        }
    }

    fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Mapping {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        let pairs = text.split(',').filter(|pair| !pair.trim().is_empty());
        let pairs = pairs.map(|pair| {
            let no_pair = || MappingError::NoPair(pair.trim().to_owned());
            let (field, column) = pair.split_once('=').ok_or_else(no_pair)?;
            if column.trim().is_empty() { Err(no_pair()) } else { Ok((field.trim(), column.trim())) }
        });
        Self::of(pairs.collect::<Result<Vec<_>, _>>()?)
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (field, column)) in self.0.iter().enumerate() {
            write!(f, "{}{field}={column}", if at > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

impl Mapping {
    /// Of fields with their columns, whose names may hold anything.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, MappingError> {
        let mut known: Vec<(Field, String)> = Vec::new();
        for (name, column) in pairs {
            let field = Field::ALL.into_iter().find(|field| field.name() == name);
            let field = field.ok_or_else(|| MappingError::NoField(name.to_owned()))?;
            if known.iter().any(|(other, _)| *other == field) {
                return Err(MappingError::Twice(field));
            }
            known.push((field, column.to_owned()));
        }
        Ok(Self(known))
    }

    /// Both mappings in one.
    pub fn join(mut self, other: Self) -> Result<Self, MappingError> {
        for (field, column) in other.0 {
            if self.0.iter().any(|(known, _)| *known == field) {
                return Err(MappingError::Twice(field));
            }
            self.0.push((field, column));
        }
        Ok(self)
    }

    /// Whether nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Which of a table's columns are read, and under which field name of a record. Columns that the mapping does not
    /// name are known by their names, unless another column was given for what they hold.
    pub(crate) fn plan<'a>(&self, columns: &'a [String]) -> Result<Vec<(usize, Named<'a>)>, Reason> {
        let mut plan = Vec::new();
        for (field, column) in &self.0 {
            let Some(at) = columns.iter().position(|name| name == column) else {
                return Err(Reason::NoColumn {
                    wanted: Some((field.name().to_owned(), column.clone())),
                    there: columns.to_vec(),
                });
            };
            plan.push((at, Named::Field(*field)));
        }
        for (at, name) in columns.iter().enumerate() {
            let is_taken = self.0.iter().any(|(field, column)| column == name || is_known_field(field.name(), name));
            if !is_taken {
                plan.push((at, Named::Own(name)));
            }
        }
        let is_text = |named: &Named<'_>| match named {
            Named::Field(field) => matches!(field, Field::Text | Field::Html),
            Named::Own(name) => is_known_field("text", name) || is_known_field("html", name),
        };
        if plan.iter().any(|(_, named)| is_text(named)) {
            Ok(plan)
        } else {
            Err(Reason::NoColumn { wanted: None, there: columns.to_vec() })
        }
    }

    /// Renames the fields of a record. A record without a mapped text is an error; other fields may be missing.
    pub(crate) fn rename(&self, record: Map<String, Value>) -> Result<Map<String, Value>, Reason> {
        let columns: Vec<String> = record.keys().cloned().collect();
        for (field, column) in &self.0 {
            if matches!(field, Field::Text | Field::Html) && !record.contains_key(column) {
                return Err(Reason::NoColumn { wanted: Some((field.name().to_owned(), column.clone())), there: columns });
            }
        }
        let mut renamed = Map::new();
        for (name, value) in record {
            let mapped = self.0.iter().filter(|(_, column)| *column == name);
            let mut is_mapped = false;
            for (field, _) in mapped {
                is_mapped = true;
                renamed.insert(field.name().to_owned(), value.clone());
            }
            if !is_mapped && !self.0.iter().any(|(field, _)| is_known_field(field.name(), &name)) {
                renamed.insert(name, value);
            }
        }
        Ok(renamed)
    }
}

/// What a column is called in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named<'a> {
    /// By the mapping.
    Field(Field),
    /// By its own name.
    Own(&'a str),
}

impl Named<'_> {
    pub(crate) fn name(&self) -> &str {
        match self {
            Named::Field(field) => field.name(),
            Named::Own(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mappings_are_read_and_refused() {
        let mapping: Mapping = "text=body, url=link".parse().expect("a mapping");
        assert_eq!(mapping.to_string(), "text=body,url=link");
        let both = mapping.clone().join("published=when".parse().expect("a mapping without a text")).expect("two mappings");
        assert_eq!(both.to_string(), "text=body,url=link,published=when");
        assert_eq!(mapping.clone().join(mapping), Err(MappingError::Twice(Field::Text)));
        for (text, message) in [
            ("text", "\u{201c}text\u{201d} does not say which column"),
            ("text=", "\u{201c}text=\u{201d} does not say which column"),
            ("body=text", "there is no field \u{201c}body\u{201d}; the fields are text, html, title"),
            ("text=a,text=b", "the field text is given twice"),
        ] {
            let error = text.parse::<Mapping>().expect_err(text).to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn a_mapped_column_takes_the_place_of_one_known_by_name() {
        let columns = ["body", "content", "date"].map(str::to_owned);
        let mapping: Mapping = "text=content".parse().expect("a mapping");
        let plan = mapping.plan(&columns).expect("a plan");
        let names: Vec<(usize, &str)> = plan.iter().map(|(at, named)| (*at, named.name())).collect();
        assert_eq!(names, [(1, "text"), (2, "date")]);
    }

    #[test]
    fn a_column_that_is_missing_is_told_with_those_that_are_there() {
        let columns = ["id", "story"].map(str::to_owned);
        let mapping: Mapping = "text=body".parse().expect("a mapping");
        let error = mapping.plan(&columns).expect_err("no such column").to_string();
        assert_eq!(
            error,
            "there is no column \u{201c}body\u{201d} for the text; the columns are \u{201c}id\u{201d}, \u{201c}story\u{201d}"
        );
        let error = Mapping::default().plan(&columns).expect_err("no text").to_string();
        assert_eq!(error, "no column is known to hold the text; the columns are \u{201c}id\u{201d}, \u{201c}story\u{201d}");
    }
}
