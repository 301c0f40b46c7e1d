//! Overlays: every folder of `tests/cases/overlay` holds the tables of one overlay, or a folder for each of several, the lowest first.
//! `names` lists what is looked up, with ` @ day` where a day is meant; `expected.txt` what comes, or all faults.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use demarche_knowledge::overlay::OverlayFile;
use demarche_knowledge::{Catalog, Knowledge, Known, Overlay, Tables};

use crate::{compare, entries};

fn catalog() -> Catalog {
    Catalog::of(&Tables::embedded()).expect("the embedded tables are sound")
}

fn read(folder: &Path, below: &Catalog) -> Result<Overlay, String> {
    let is_table =
        |path: &PathBuf| path.extension().is_some_and(|ending| ["csv", "tsv", "toml", "xlsx"].iter().any(|e| ending == *e));
    let files: Vec<(String, Vec<u8>)> = entries(folder)
        .into_iter()
        .filter(is_table)
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a table can be read"))
        })
        .collect();
    let files: Vec<OverlayFile<'_>> = files.iter().map(|(path, bytes)| OverlayFile { path, bytes }).collect();
    Overlay::read(&files, below).map_err(|faults| faults.iter().map(|fault| format!("{fault}\n")).collect())
}

fn told(known: &Known) -> String {
    match known {
        Known::Actor { actor, is_media } => {
            let sectors: Vec<&str> = actor.sectors.iter().map(|s| s.0.as_str()).collect();
            let code = actor.code.as_ref().map_or("-", |code| code.0.as_str());
            let kind = if *is_media { "outlet" } else { "actor" };
            let (id, office) = (actor.identifier_id.as_deref().unwrap_or_default(), actor.office.as_deref().unwrap_or_default());
            format!("{kind} {code} {} | {id} | {office}", sectors.join(" "))
        }
        Known::Agent { kind, phrase, sectors } => {
            let sectors: Vec<&str> = sectors.iter().map(|s| s.0.as_str()).collect();
            format!("agent {} | {phrase} | {kind}", sectors.join(" "))
        }
        Known::Place { place, population } => {
            let unit = place.unit.as_deref().unwrap_or_default();
            format!(
                "place {} | {} | {unit} | {:?} | {:?} | {population}",
                place.country.0, place.name, place.point, place.geonames
            )
        }
    }
}

/// What a case gives. Of places only the first two are told: the gazetteer has many namesakes.
fn seen(case: &Path) -> String {
    let layers: Vec<PathBuf> = entries(case).into_iter().filter(|path| path.is_dir()).collect();
    let layers = if layers.is_empty() { vec![case.to_owned()] } else { layers };
    let mut below = catalog();
    let mut overlays = vec![];
    for layer in &layers {
        match read(layer, &below) {
            Ok(overlay) => {
                below = below.with(std::slice::from_ref(&overlay));
                overlays.push(overlay);
            }
            Err(faults) => return faults,
        }
    }
    let knowledge = Knowledge::with_overlays(&Tables::embedded(), &overlays).expect("checked tables can be used");
    let mut out = String::new();
    for line in std::fs::read_to_string(case.join("names")).unwrap_or_default().lines() {
        let (name, day) = line.split_once(" @ ").map_or((line, None), |(name, day)| (name, Some(day)));
        let date = day.map(|day| day.parse().expect("the case has a day"));
        let _ = writeln!(out, "{line}");
        let known = knowledge.resolve_name(name, date);
        let (places, others): (Vec<&Known>, Vec<&Known>) = known.iter().partition(|known| matches!(known, Known::Place { .. }));
        others.iter().chain(places.iter().take(2)).for_each(|known| _ = writeln!(out, "  {}", told(known)));
        if known.is_empty() {
            out.push_str("  nothing\n");
        }
    }
    out
}

#[test]
fn overlays_win_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/overlay");
    let complaints: Vec<String> =
        entries(&folder).iter().filter_map(|case| compare(&case.join("expected.txt"), &seen(case))).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

/// The rows of what ships, written as an overlay, pass the checks and mean the same.
#[test]
fn what_ships_is_a_sound_overlay() {
    let catalog = catalog();
    let rows: Vec<_> = catalog.rows().iter().filter(|row| row.cell("kind") != "portfolio").cloned().collect();
    let overlay =
        Overlay::of_rows(rows, &catalog).unwrap_or_else(|faults| panic!("{} faults, first {}", faults.len(), faults[0]));
    let knowledge = Knowledge::with_overlays(&Tables::embedded(), &[overlay]).expect("checked tables can be used");
    let embedded = Knowledge::embedded().expect("the embedded tables are sound");
    for name in ["Hamas", "Iran", "Iranian", "Reuters", "Emmanuel Macron", "army", "Congress", "Kabul"] {
        let set = |knowledge: &Knowledge| {
            let mut told: Vec<String> = knowledge.resolve_name(name, None).iter().map(told).collect();
            told.sort();
            told.dedup();
            told
        };
        assert_eq!(set(&knowledge), set(&embedded), "{name}");
    }
}
