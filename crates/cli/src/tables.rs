//! The user's own actors and places: opens the files, and tells what is wrong with them.

use std::path::{Path, PathBuf};

use demarche::knowledge::overlay::{Fault, OverlayFile, is_table};
use demarche::knowledge::{Catalog, KnowledgeError, Overlay, Tables};

use crate::error::UserError;

/// At most this many faults are told where a table is needed for something else; `kb lint` tells all.
const TOLD: usize = 10;

/// The rows of the tables that ship.
pub(crate) fn catalog() -> Result<Catalog, UserError> {
    Catalog::of(&Tables::embedded()).map_err(unusable)
}

/// Overlays, the lowest first. Faults are an error.
pub(crate) fn overlays(paths: &[PathBuf]) -> Result<Vec<Overlay>, UserError> {
    if paths.is_empty() {
        return Ok(vec![]);
    }
    let mut below = catalog()?;
    let mut overlays = vec![];
    for path in paths {
        let overlay = read(path, &below)?.map_err(|faults| faulty(path, &faults))?;
        below = below.with(std::slice::from_ref(&overlay));
        overlays.push(overlay);
    }
    Ok(overlays)
}

/// An overlay, or all that is wrong with it.
pub(crate) fn read(path: &Path, below: &Catalog) -> Result<Result<Overlay, Vec<Fault>>, UserError> {
    let mut contents = vec![];
    for file in files(path)? {
        let bytes = std::fs::read(&file).map_err(|error| UserError::file("read", &file, &error))?;
        contents.push((file.to_string_lossy().into_owned(), bytes));
    }
    let files: Vec<OverlayFile<'_>> = contents.iter().map(|(path, bytes)| OverlayFile { path, bytes }).collect();
    Ok(Overlay::read(&files, below))
}

/// The error of a table that is needed and faulty.
pub(crate) fn faulty(path: &Path, faults: &[Fault]) -> UserError {
    let mut error = UserError::input(format!("{}: the tables cannot be used", path.display()));
    for fault in faults.iter().take(TOLD) {
        error = error.because(fault.to_string());
    }
    if faults.len() > TOLD {
        error = error.because(format!("and {} more", faults.len() - TOLD));
    }
    error.hint(format!("put them right; `demarche kb lint {}` lists all faults", path.display()))
}

/// The error of a knowledge base that cannot be built.
pub(crate) fn unusable(error: KnowledgeError) -> UserError {
    UserError::input("the tables of actors and places cannot be used")
        .because_of(&error)
        .hint("if you gave tables with --kb, `demarche kb lint PATH` checks them; otherwise install the program anew")
}

/// The tables of a folder in the order of their names, or the file itself.
fn files(path: &Path) -> Result<Vec<PathBuf>, UserError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |error: std::io::Error| UserError::file("read", path, &error);
    let mut files = vec![];
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.file_name().is_some_and(|name| is_table(&name.to_string_lossy())) && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(UserError::input(format!("{}: no tables in this folder", path.display()))
            .hint("tables are called actors.csv, agents.csv, places.csv, media.csv, aliases.csv or removals.csv; `demarche kb add --help` makes one"));
    }
    Ok(files)
}
