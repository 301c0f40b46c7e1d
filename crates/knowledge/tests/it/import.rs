//! Imports: every folder of `tests/cases/import/FORMAT` holds inputs and what becomes of them, `expected.txt`: the rows of each table, what was
//! left out and why, and how much. An input whose name has `new` in it is read as with `--new-only`.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufReader, Cursor};
use std::path::{Path, PathBuf};

use demarche_knowledge::import::{Context, Remark, Sink, Tally, ftm, geonames, petrarch, wikidata};
use demarche_knowledge::overlay::{Row, Table, csv_header, csv_row};
use demarche_knowledge::{Catalog, Overlay, Tables};

use crate::{compare, entries};

/// Keeps everything.
#[derive(Default)]
struct Kept {
    rows: Vec<Row>,
    remarks: Vec<String>,
}

impl Sink for Kept {
    fn row(&mut self, row: Row) -> io::Result<()> {
        self.rows.push(row);
        Ok(())
    }

    fn remark(&mut self, remark: Remark<'_>) -> io::Result<()> {
        let what = if remark.is_whole { "line" } else { "part of line" };
        self.remarks.push(format!("{what} {}: {} ({})", remark.line, remark.reason, remark.text));
        Ok(())
    }
}

fn catalog() -> Catalog {
    Catalog::of(&Tables::embedded()).expect("the embedded tables are sound")
}

fn open(path: &Path) -> BufReader<File> {
    BufReader::new(File::open(path).expect("an input can be opened"))
}

fn import(format: &str, files: &[PathBuf], context: Context<'_>, kept: &mut Kept) -> Tally {
    let mut tally = Tally::default();
    let read = "an input can be read";
    match format {
        "petrarch" => {
            let mut importer = petrarch::Importer::new(context);
            for file in files {
                let source = file.file_stem().expect("a file has a name").to_string_lossy();
                tally.add(&importer.read(&mut open(file), &source, kept).expect(read));
            }
        }
        "ftm" => {
            let mut importer = ftm::Importer::new(context);
            files.iter().for_each(|file| importer.survey(&mut open(file)).expect(read));
            files.iter().for_each(|file| tally.add(&importer.read(&mut open(file), kept).expect(read)));
        }
        "geonames" => {
            let mut importer = geonames::Importer::default();
            let named = |name: &str| {
                files
                    .iter()
                    .filter(|f| f.file_name().is_some_and(|own| own.to_string_lossy().contains(name)))
                    .cloned()
                    .collect::<Vec<_>>()
            };
            if !named("alternate").is_empty() {
                named("places").iter().for_each(|file| importer.survey(&mut open(file)).expect(read));
            }
            named("alternate").iter().for_each(|file| tally.add(&importer.names(&mut open(file), kept).expect(read)));
            named("admin1").iter().for_each(|file| tally.add(&importer.units(&mut open(file), kept).expect(read)));
            named("places").iter().for_each(|file| tally.add(&importer.places(&mut open(file), kept).expect(read)));
        }
        "wikidata" => {
            let mut importer = wikidata::Importer::new(context);
            let mut spool = Vec::new();
            files.iter().for_each(|file| tally.add(&importer.first(&mut open(file), &mut spool, kept).expect(read)));
            files.iter().for_each(|file| importer.second(&mut open(file)).expect(read));
            tally.add(&importer.finish(&mut Cursor::new(spool), kept).expect(read));
        }
        other => panic!("there is no format {other}"),
    }
    tally
}

fn summed(tally: &Tally) -> String {
    let mut out = format!("{} lines", tally.lines);
    tally.kinds.iter().for_each(|(kind, number)| _ = write!(out, ", {number} {kind}"));
    let _ = write!(out, ", {} left out", tally.skipped.values().sum::<u64>());
    tally.rows.iter().for_each(|(table, number)| _ = write!(out, "; {number} rows of {}", table.name()));
    out + "\n"
}

#[test]
fn inputs_become_the_expected_tables() {
    let catalog = catalog();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import");
    let mut complaints = vec![];
    for case in entries(&folder).iter().flat_map(|format| entries(format)) {
        let format =
            case.parent().and_then(Path::file_name).expect("a case stands in the folder of its format").to_string_lossy();
        let files: Vec<PathBuf> = entries(&case).into_iter().filter(|file| !file.ends_with("expected.txt")).collect();
        let new_only = case.to_string_lossy().contains("new-only");
        let mut kept = Kept::default();
        let tally = import(&format, &files, Context { catalog: &catalog, new_only }, &mut kept);
        assert!(tally.adds_up(), "{}: {tally:?}", case.display());
        let mut seen = String::new();
        for table in Table::ALL {
            let rows: Vec<&Row> = kept.rows.iter().filter(|row| row.table == table).collect();
            if !rows.is_empty() {
                seen += &format!("=== {}\n{}", table.name(), csv_header(table));
                rows.iter().for_each(|row| seen += &csv_row(row));
            }
        }
        seen += "=== left out\n";
        kept.remarks.iter().for_each(|remark| seen += &format!("{remark}\n"));
        seen += &format!("=== sum\n{}", summed(&tally));
        complaints.extend(compare(&case.join("expected.txt"), &seen));
        let faults = Overlay::of_rows(kept.rows, &catalog).err().unwrap_or_default();
        assert!(faults.is_empty(), "{}: {}", case.display(), faults[0]);
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

/// The dictionaries of Phoenix beside the repository, all of them: every line is accounted for, and the tables are sound.
#[test]
#[expect(clippy::print_stdout, reason = "says that it was passed over")]
fn whole_dictionaries_are_accounted_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/knowledge/phoenix-dictionaries");
    let files: Vec<PathBuf> =
        ["Phoenix.Countries.actors", "Phoenix.International.actors", "Phoenix.MilNonState.actors", "Phoenix.agents"]
            .iter()
            .map(|name| folder.join(format!("{name}.txt")))
            .collect();
    if !folder.is_dir() {
        println!("passed over: {} is not there", folder.display());
        return;
    }
    let catalog = catalog();
    let mut kept = Kept::default();
    let tally = import("petrarch", &files, Context { catalog: &catalog, new_only: false }, &mut kept);
    let lines_of = |file: &PathBuf| {
        let bytes = std::fs::read(file).expect("it can be read");
        bytes.iter().filter(|&&b| b == b'\n').count() + usize::from(!bytes.ends_with(b"\n"))
    };
    let lines: usize = files.iter().map(lines_of).sum();
    assert_eq!(tally.lines as usize, lines);
    assert!(tally.adds_up(), "{tally:?}");
    let whole = kept.remarks.iter().filter(|remark| remark.starts_with("line ")).count() as u64;
    assert_eq!(whole, tally.skipped.values().sum::<u64>(), "each line that is left out is told");
    assert!(tally.skipped.values().sum::<u64>() * 20 < tally.lines, "{:?}", tally.skipped);
    assert!(tally.kinds["entry"] > 25_000 && tally.kinds["alias"] > 7_000, "{:?}", tally.kinds);
    let faults = Overlay::of_rows(kept.rows, &catalog).err().unwrap_or_default();
    assert!(faults.is_empty(), "{}", faults[0]);
}
