//! The marked text.

use demarche_types::Span;
use jiff::civil::Date;

use super::dates::Value;

/// An article with its marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    /// Day of publication.
    pub published: Date,
    /// Headline; it carries no marks.
    pub title: String,
    /// The text without marks, paragraphs separated by empty lines.
    pub text: String,
    /// The marks, in the order in which they end.
    pub marks: Vec<Mark>,
}

/// Marked words.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The words, in bytes of the text.
    pub span: Span,
    /// What they are.
    pub gold: Gold,
}

/// What words are.
#[derive(Clone, Debug, PartialEq)]
pub enum Gold {
    /// `A code sectors`.
    Actor(GoldActor),
    /// `P precision ...`.
    Place(GoldPlace),
    /// `T value`.
    Time(Value),
    /// `N`: looks like a place and is none.
    Trap,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldActor {
    /// Country or code of a body, if a reader can know it.
    pub code: Option<String>,
    /// Sectors, the main one first.
    pub sectors: Vec<String>,
}

/// Some place.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldPlace {
    /// Country, if it has one.
    pub country: Option<String>,
    /// Which place of it.
    pub at: Where,
}

/// How a place is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Where {
    /// A populated place: GeoNames identifier, degrees north and east.
    City(u32, (f64, f64)),
    /// A unit, by its GeoNames code.
    Unit(String),
    /// The country itself.
    Country,
    /// A part of one or several countries that no unit is.
    Region,
    /// A building, a crossing, a strait.
    Point((f64, f64)),
}

impl Where {
    /// The kind in the order of reports; parts of countries count as units.
    pub(crate) fn rank(&self) -> usize {
        match self {
            Self::City(..) => 0,
            Self::Unit(_) | Self::Region => 1,
            Self::Country => 2,
            Self::Point(_) => 3,
        }
    }
}

/// Why an annotated article cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnnotationError {
    /// The first lines are not `published: DATE` and `title: WORDS`.
    #[error("line 1: the article must begin with `published: YYYY-MM-DD`, a line `title: ...` and an empty line")]
    Header,
    /// A mark cannot be read.
    #[error("line {line}: `{mark}` is no mark; marks are `[words|A IRN GOV]`, `P`, `T` or `N`")]
    Mark {
        /// Line, counted from 1.
        line: usize,
        /// The mark.
        mark: String,
    },
    /// A bracket without its other.
    #[error("line {line}: a bracket is not closed or not opened")]
    Bracket {
        /// Line, counted from 1.
        line: usize,
    },
}

/// Reads an annotated article.
pub fn read(text: &str) -> Result<Annotated, AnnotationError> {
    let text = text.replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").ok_or(AnnotationError::Header)?;
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let published = field("published:").and_then(|day| day.parse().ok()).ok_or(AnnotationError::Header)?;
    let title = field("title:").ok_or(AnnotationError::Header)?.to_owned();
    let offset = head.len() + 2;
    let line = |at: usize| text[..offset + at].matches('\n').count() + 1;
    let (mut plain, mut marks, mut open) = (String::with_capacity(body.len()), Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(c) = body[at..].chars().next() {
        match c {
            '[' => open.push(plain.len()),
            '|' => {
                let start = open.pop().ok_or_else(|| AnnotationError::Bracket { line: line(at) })?;
                let end = body[at..].find(']').ok_or_else(|| AnnotationError::Bracket { line: line(at) })?;
                let mark = &body[at + 1..at + end];
                let gold = gold(mark).ok_or_else(|| AnnotationError::Mark { line: line(at), mark: mark.to_owned() })?;
                marks.push(Mark { span: Span::new(start, plain.len()), gold });
                at += end;
            }
            ']' => return Err(AnnotationError::Bracket { line: line(at) }),
            c => plain.push(c),
        }
        at += body[at..].chars().next().map_or(1, char::len_utf8);
    }
    if !open.is_empty() {
        return Err(AnnotationError::Bracket { line: line(body.len()) });
    }
    Ok(Annotated { published, title, text: plain, marks })
}

fn gold(mark: &str) -> Option<Gold> {
    let cells: Vec<&str> = mark.split(' ').collect();
    let code = |cell: &str| (cell != "-").then(|| cell.to_owned());
    let point = |cell: &str| {
        let (lat, lon) = cell.split_once(',')?;
        Some((lat.parse().ok()?, lon.parse().ok()?))
    };
    Some(match cells.as_slice() {
        ["A", actor, sectors @ ..] if !sectors.is_empty() => {
            let sectors = sectors.iter().filter(|s| **s != "-").map(|s| (*s).to_owned()).collect();
            Gold::Actor(GoldActor { code: code(actor), sectors })
        }
        ["P", "city", id, country, at] => {
            Gold::Place(GoldPlace { country: code(country), at: Where::City(id.parse().ok()?, point(at)?) })
        }
        ["P", "admin1" | "admin2", unit, country] => {
            Gold::Place(GoldPlace { country: code(country), at: Where::Unit((*unit).to_owned()) })
        }
        ["P", "country", country] => Gold::Place(GoldPlace { country: code(country), at: Where::Country }),
        ["P", "region", country] => Gold::Place(GoldPlace { country: code(country), at: Where::Region }),
        ["P", "point", at, country] => Gold::Place(GoldPlace { country: code(country), at: Where::Point(point(at)?) }),
        ["T", value] => Gold::Time(value.parse().ok()?),
        ["N"] => Gold::Trap,
        _ => return None,
    })
}
