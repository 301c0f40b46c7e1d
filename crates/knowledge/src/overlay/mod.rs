//! The user's own knowledge: tables that lie upon those that ship, and win.

mod check;
mod fault;
mod feed;
mod files;
mod plan;
mod schema;
mod write;

pub use fault::Fault;
pub use files::OverlayFile;
pub use schema::{Column, Row, Table};
pub use write::{csv_header, csv_line, csv_row};

pub(crate) use feed::gazetteers;
pub(crate) use plan::Plan;

use crate::catalog::Catalog;
use crate::gazetteer::Gazetteer;

/// Whether a file of a folder is looked at, by the ending of its name: tables, and spreadsheets, of which the reader says what to do with them.
pub fn is_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["csv", "tsv", "tab", "toml", "xlsx", "xls", "ods"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The rows of one overlay, checked and in order of tables, files and lines.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    rows: Vec<Row>,
}

impl Overlay {
    /// Reads the files of an overlay. `below` is what it lies upon: the tables that ship, and the overlays under it.
    /// All faults of all files are told, in the order of files and lines.
    pub fn read(files: &[OverlayFile<'_>], below: &Catalog) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut rows: Vec<Row> = files.iter().flat_map(|file| files::read(*file, &mut faults)).collect();
        rows.sort_by_key(|row| row.table);
        check::check(&mut rows, below, &mut faults);
        if faults.is_empty() {
            return Ok(Self { rows });
        }
        let order = |fault: &Fault| files.iter().position(|file| file.path == fault.file);
        faults.sort_by_key(|fault| (order(fault), fault.line));
        Err(faults)
    }

    /// Checks rows that were made, such as those of an import.
    pub fn of_rows(mut rows: Vec<Row>, below: &Catalog) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        rows.sort_by_key(|row| row.table);
        check::check(&mut rows, below, &mut faults);
        if faults.is_empty() { Ok(Self { rows }) } else { Err(faults) }
    }

    /// The rows: actors, agents, places, media, aliases, removals.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Everything that decides what the overlay says, in a fixed order: for a hash. Where a row stands is no part of it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().flat_map(|row| std::iter::once(row.table.name()).chain(row.cells.iter().map(String::as_str)))
    }

    /// Hides what the overlay replaces or removes from a gazetteer below it.
    pub(crate) fn hide_places(&self, below: &mut Gazetteer) {
        for row in &self.rows {
            if row.table == Table::Places {
                if let Ok(id) = row.cell("geonames").parse() {
                    below.hide(Some(id), "");
                }
            } else if row.table == Table::Removals && row.cell("table") == "places" {
                below.hide(row.cell("id").parse().ok(), row.cell("alias"));
            }
        }
    }
}

/// The table whose name a file's name begins with, without folder and ending.
pub fn table_of(stem: &str) -> Option<Table> {
    files::table_of(stem)
}
