//! `demarche kb import`: makes tables of what others have collected.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use demarche::knowledge::Catalog;
use demarche::knowledge::import::{Context, Remark, Sink, Tally, petrarch};
use demarche::knowledge::overlay::{Row, Table, csv_header, csv_row};
use flate2::read::MultiGzDecoder;

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::count;
use crate::tables;

const EXAMPLES: &str = "\
Examples:
  demarche kb import petrarch Phoenix.*.actors.txt Phoenix.agents.txt --into phoenix --report skipped.tsv
  demarche kb import geonames cities500.txt --into towns
  demarche kb import wikidata latest-all.json.gz --into office-holders --new-only
  demarche kb import ftm entities.ftm.json --into peps
  demarche code news/ --kb phoenix --kb mine        yours win over theirs

Each import writes a table of its own, such as actors-petrarch.csv; a table of that name is replaced. What was read,
written and left out is summed up on stderr.";

/// Makes tables of dictionaries and dumps: PETRARCH, Wikidata, GeoNames, FollowTheMoney
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Form of the files
    #[arg(value_enum)]
    format: Format,
    /// Files; those that end in .gz are unpacked while they are read
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder for the tables; it is made when it is not there
    #[arg(long, value_name = "FOLDER")]
    into: PathBuf,
    /// File for every line that was left out, whole or in part, with its number and the reason; tab-separated
    #[arg(long, value_name = "FILE.tsv")]
    report: Option<PathBuf>,
    /// Leaves out actors and agents whose name is known already, so that what ships is not replaced
    #[arg(long)]
    new_only: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Dictionaries of actors and agents for PETRARCH, TABARI and UniversalPetrarch
    Petrarch,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Petrarch => "petrarch",
        }
    }
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let catalog = tables::catalog()?;
    // All files are opened before anything is written.
    for file in &args.files {
        open(file)?;
    }
    std::fs::create_dir_all(&args.into).map_err(|error| UserError::file("written", &args.into, &error))?;
    let mut sheets = Sheets { folder: &args.into, format: args.format.name(), open: vec![], report: None, file: String::new() };
    if let Some(path) = &args.report {
        let mut report = Output::file(path)?;
        report.write_all(b"file\tline\tleft out\treason\ttext\n")?;
        sheets.report = Some(report);
    }
    let mut tally = Tally::default();
    for file in &args.files {
        sheets.file = file.to_string_lossy().into_owned();
        tally.add(&read(&args, file, &catalog, &mut sheets)?);
    }
    sheets.finish()?;
    let mut err = anstream::stderr().lock();
    // When nobody can read it, the tables are written all the same.
    let _ = summary(&mut err, &args, &tally);
    Ok(Outcome::Done)
}

fn read(args: &Args, file: &Path, catalog: &Catalog, sheets: &mut Sheets<'_>) -> Result<Tally, UserError> {
    let source = file.file_name().unwrap_or_default().to_string_lossy();
    let source = source.strip_suffix(".txt").unwrap_or(&source);
    let context = Context { catalog, new_only: args.new_only, source };
    let mut reader = open(file)?;
    let tally = match args.format {
        Format::Petrarch => petrarch::read(&mut reader, context, sheets),
    };
    tally.map_err(|error| UserError::file("imported", file, &error))
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, UserError> {
    let file = File::open(path).map_err(|error| UserError::file("read", path, &error))?;
    let mut reader: Box<dyn Read> = Box::new(file);
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz")) {
        reader = Box::new(MultiGzDecoder::new(BufReader::new(reader)));
    }
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    reader.fill_buf().map_err(|error| UserError::file("read", path, &error))?;
    Ok(Box::new(reader))
}

/// The tables in the making. Each appears under its name when it is whole.
struct Sheets<'a> {
    folder: &'a Path,
    format: &'static str,
    open: Vec<(Table, BufWriter<File>, PathBuf)>,
    report: Option<Output>,
    /// The file that is being read.
    file: String,
}

impl Sheets<'_> {
    fn partial(path: &Path) -> PathBuf {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".partial");
        path.with_file_name(name)
    }

    fn finish(self) -> Result<(), UserError> {
        for (_, mut writer, path) in self.open {
            let done = writer.flush().and_then(|()| std::fs::rename(Self::partial(&path), &path));
            done.map_err(|error| UserError::file("written", &path, &error))?;
        }
        self.report.map_or(Ok(()), Output::finish)
    }
}

impl Sink for Sheets<'_> {
    fn row(&mut self, row: Row) -> io::Result<()> {
        let at = match self.open.iter().position(|(table, ..)| *table == row.table) {
            Some(at) => at,
            None => {
                let path = self.folder.join(format!("{}-{}.csv", row.table.name(), self.format));
                let mut writer = BufWriter::new(File::create(Self::partial(&path))?);
                writer.write_all(csv_header(row.table).as_bytes())?;
                self.open.push((row.table, writer, path));
                self.open.len() - 1
            }
        };
        self.open[at].1.write_all(csv_row(&row).as_bytes())
    }

    fn remark(&mut self, remark: Remark<'_>) -> io::Result<()> {
        let Some(report) = &mut self.report else { return Ok(()) };
        let text = crate::screen::one_line(remark.text);
        let what = if remark.is_whole { "line" } else { "part" };
        writeln!(report, "{}\t{}\t{what}\t{}\t{text}", self.file, remark.line, remark.reason)
    }
}

fn summary(out: &mut impl Write, args: &Args, tally: &Tally) -> io::Result<()> {
    writeln!(out, "{} read", count(tally.lines as usize, "line"))?;
    for (kind, number) in &tally.kinds {
        writeln!(out, "  {number:>9}  {kind}")?;
    }
    let skipped: u64 = tally.skipped.values().sum();
    writeln!(out, "  {skipped:>9}  left out")?;
    for (reason, number) in &tally.skipped {
        writeln!(out, "             {number:>9}  {reason}")?;
    }
    if !tally.parts.is_empty() {
        writeln!(out, "left out of lines that were used, or told of those that were not")?;
        for (reason, number) in &tally.parts {
            writeln!(out, "             {number:>9}  {reason}")?;
        }
    }
    for (table, rows) in &tally.rows {
        writeln!(out, "{} written to {}", count(*rows as usize, "row"), args.into.join(format!("{}-{}.csv", table.name(), args.format.name())).display())?;
    }
    if args.report.is_none() && skipped > 0 {
        writeln!(out, "--report FILE.tsv tells each line that was left out")?;
    }
    Ok(())
}
