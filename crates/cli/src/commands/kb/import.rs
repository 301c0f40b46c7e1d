//! `demarche kb import`: makes tables of what others have collected.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use demarche::knowledge::import::{Context, Remark, Sink, Tally, ftm, geonames, petrarch, wikidata};
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
    /// The JSON dump of Wikidata, or lines of it: people with positions held, organisations, countries
    Wikidata,
    /// Dumps of GeoNames: places, admin1CodesASCII, admin2Codes, alternateNames
    Geonames,
    /// FollowTheMoney entities as OpenSanctions and Aleph export them, one a line
    Ftm,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Petrarch => "petrarch",
            Self::Wikidata => "wikidata",
            Self::Geonames => "geonames",
            Self::Ftm => "ftm",
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
    let context = Context { catalog: &catalog, new_only: args.new_only };
    let tally = match args.format {
        Format::Petrarch => petrarch(&args, context, &mut sheets),
        Format::Wikidata => wikidata(&args, context, &mut sheets),
        Format::Geonames => geonames(&args, &mut sheets),
        Format::Ftm => ftm(&args, context, &mut sheets),
    }?;
    sheets.finish()?;
    let mut err = anstream::stderr().lock();
    // When nobody can read it, the tables are written all the same.
    let _ = summary(&mut err, &args, &tally);
    Ok(Outcome::Done)
}

/// Calls `read` on each file and sums up.
fn each(
    files: &[PathBuf],
    sheets: &mut Sheets<'_>,
    mut read: impl FnMut(&Path, &mut dyn BufRead, &mut Sheets<'_>) -> io::Result<Tally>,
) -> Result<Tally, UserError> {
    let mut tally = Tally::default();
    for file in files {
        sheets.file = file.to_string_lossy().into_owned();
        let mut reader = open(file)?;
        let one = read(file, &mut reader, sheets).map_err(|error| UserError::file("imported", file, &error))?;
        tally.add(&one);
    }
    Ok(tally)
}

fn petrarch(args: &Args, context: Context<'_>, sheets: &mut Sheets<'_>) -> Result<Tally, UserError> {
    let mut importer = petrarch::Importer::new(context);
    each(&args.files, sheets, |file, reader, sheets| {
        let source = file.file_name().unwrap_or_default().to_string_lossy();
        importer.read(reader, source.strip_suffix(".txt").unwrap_or(&source), sheets)
    })
}

fn ftm(args: &Args, context: Context<'_>, sheets: &mut Sheets<'_>) -> Result<Tally, UserError> {
    let mut importer = ftm::Importer::new(context);
    each(&args.files, sheets, |_, reader, _| importer.survey(reader).map(|()| Tally::default()))?;
    each(&args.files, sheets, |_, reader, sheets| importer.read(reader, sheets))
}

fn geonames(args: &Args, sheets: &mut Sheets<'_>) -> Result<Tally, UserError> {
    let mut kinds = vec![];
    for file in &args.files {
        let mut line = String::new();
        open(file)?.read_line(&mut line).map_err(|error| UserError::file("read", file, &error))?;
        kinds.push(geonames::dump_of(line.trim_end_matches(['\n', '\r'])).ok_or_else(|| {
            UserError::input(format!("{}: not a dump of GeoNames", file.display()))
                .because("places have 19 columns, codes of units 4, alternate names 8 to 10, parted by tabs")
                .hint("unpack the .zip from download.geonames.org/export/dump, and give the .txt")
        })?);
    }
    let of = |kind| -> Vec<PathBuf> {
        args.files.iter().zip(&kinds).filter(|(_, k)| **k == kind).map(|(file, _)| file.clone()).collect()
    };
    let mut importer = geonames::Importer::default();
    let (places, units, names) = (of(geonames::Dump::Places), of(geonames::Dump::Units), of(geonames::Dump::Names));
    if !names.is_empty() {
        each(&places, sheets, |_, reader, _| importer.survey(reader).map(|()| Tally::default()))?;
    }
    let mut tally = each(&names, sheets, |_, reader, sheets| importer.names(reader, sheets))?;
    tally.add(&each(&units, sheets, |_, reader, sheets| importer.units(reader, sheets))?);
    tally.add(&each(&places, sheets, |_, reader, sheets| importer.places(reader, sheets))?);
    Ok(tally)
}

fn wikidata(args: &Args, context: Context<'_>, sheets: &mut Sheets<'_>) -> Result<Tally, UserError> {
    let mut importer = wikidata::Importer::new(context);
    let path = args.into.join("wikidata-spool.partial");
    let failed = |error: io::Error| UserError::file("written", &path, &error);
    let mut spool = BufWriter::new(File::create(&path).map_err(failed)?);
    let mut tally = each(&args.files, sheets, |_, reader, sheets| importer.first(reader, &mut spool, sheets))?;
    spool.flush().map_err(failed)?;
    each(&args.files, sheets, |_, reader, _| importer.second(reader).map(|()| Tally::default()))?;
    let mut spool = BufReader::new(File::open(&path).map_err(failed)?);
    tally.add(&importer.finish(&mut spool, sheets).map_err(failed)?);
    std::fs::remove_file(&path).map_err(failed)?;
    Ok(tally)
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
        writeln!(out, "parts of lines left out")?;
        for (reason, number) in &tally.parts {
            writeln!(out, "             {number:>9}  {reason}")?;
        }
    }
    for (table, rows) in &tally.rows {
        writeln!(
            out,
            "{} written to {}",
            count(*rows as usize, "row"),
            args.into.join(format!("{}-{}.csv", table.name(), args.format.name())).display()
        )?;
    }
    if args.report.is_none() && skipped > 0 {
        writeln!(out, "--report FILE.tsv tells each line that was left out")?;
    }
    Ok(())
}
