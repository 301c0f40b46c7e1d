//! Gold as records of events and quotes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use demarche::ingest::{Source, read};
use demarche::{Article, Pipeline, Worker};
use demarche_eval::events::Unit;
use demarche_eval::records::{self, Records, by_source, read_words};
use demarche_eval::{events, quotes};
use demarche_measure::events as measured;

use super::{Gold, corpus};
use crate::error::UserError;
use crate::input;
use crate::output::Output;

pub(super) fn events(args: &Gold, output: &mut Output) -> Result<(), UserError> {
    if corpus::is_corpus(&args.file) {
        let report = corpus::report(args)?;
        return args.report.print(output, &[("events", report.to_string(), report.to_json())]);
    }
    let pairs = pairs(args)?;
    let units: Vec<Unit<'_>> = pairs.iter().map(Pair::unit).collect();
    let report = events::score(&units);
    args.report.print(output, &[("events", report.to_string(), report.to_json())])
}

pub(super) fn quotes(args: &Gold, output: &mut Output) -> Result<(), UserError> {
    let pairs = pairs(args)?;
    let units: Vec<Unit<'_>> = pairs.iter().map(Pair::unit).collect();
    let report = quotes::score(&units);
    args.report.print(output, &[("quotes", report.to_string(), report.to_json())])
}

/// What a reader and the program make of one text.
struct Pair {
    name: String,
    text: String,
    gold: Records,
    system: Records,
}

impl Pair {
    fn unit(&self) -> Unit<'_> {
        Unit { name: &self.name, text: Some(&self.text), gold: &self.gold, system: &self.system }
    }
}

fn pairs(args: &Gold) -> Result<Vec<Pair>, UserError> {
    let hint = "evals/README.md describes the format";
    let text = input::text(&args.file)?;
    let faulty = |error| UserError::content(&args.file, &error, hint);
    // Gold may hold words where a span is asked for; they are looked up in the articles that it names.
    let mut named: BTreeMap<String, Article> = BTreeMap::new();
    for name in records::articles(&text).map_err(faulty)? {
        let article = named_article(args, &name)?;
        named.insert(name, article);
    }
    let lines = read_words(&text, |name| named.get(name).map(|a| a.text.as_str())).map_err(faulty)?;
    if lines.is_empty() {
        return Err(UserError::input(format!("{}: no records in this file", args.file.display())).hint(hint));
    }
    let pipeline = Pipeline::embedded()?;
    let mut worker = Worker::default();
    let mut out = vec![];
    for (source, gold) in by_source(lines) {
        let (name, article) = match source {
            records::Source::Article(name) => {
                let article = named.remove(&name).map_or_else(|| named_article(args, &name), Ok)?;
                (name, article)
            }
            records::Source::Text(text) => (input_name(&text), demarche_measure::paragraph("text", &text, args.published)),
            records::Source::Unnamed => {
                let path = args.text.as_deref().ok_or_else(|| {
                    UserError::usage(format!("{}: these records name no article", args.file.display()))
                        .hint("say with --text which file they are about")
                })?;
                (path.display().to_string(), file(path, args)?)
            }
        };
        let problems = records::check(&gold, &article.text);
        if let Some(problem) = problems.first() {
            return Err(UserError::input(format!("{name}: gold does not fit the text")).because(problem.clone()).hint(
                "offsets count characters of the text as the program reads it; see that it is the same edition of the file",
            ));
        }
        let system = coded(&pipeline, &mut worker, &article)?;
        out.push(Pair { name, text: article.text, gold, system });
    }
    Ok(out)
}

fn coded(pipeline: &Pipeline, worker: &mut Worker, article: &Article) -> Result<Records, UserError> {
    measured::coded(pipeline, worker, article, &|_| true).map_err(|unmade| match unmade {
        measured::Unmade::Failed(failure) => failure.into(),
        measured::Unmade::Unwritten(error) => UserError::input("a record of the program cannot be written").because_of(&error),
        measured::Unmade::Unread(error) => UserError::input("the program's own records cannot be read back").because_of(&error),
    })
}

/// The article that gold names: a file, or the record at a line of one ("briefs.jsonl:2").
fn named_article(args: &Gold, name: &str) -> Result<Article, UserError> {
    let record = name.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse::<usize>().ok()?)));
    let Some((path, line)) = record else { return file(&find_beside(&args.file, name)?, args) };
    let path = find_beside(&args.file, path)?;
    let bytes = std::fs::read(&path).map_err(|error| UserError::file("read", &path, &error))?;
    let origin = path.to_string_lossy();
    let source = Source { published: args.published, ..Source::new(&origin, &bytes) };
    let found = line.checked_sub(1).and_then(|skipped| read(&source).nth(skipped));
    let missing = || UserError::input(format!("{name}: there is no such record")).hint("`article` counts records from 1");
    Ok(found.ok_or_else(missing)??)
}

fn file(path: &Path, args: &Gold) -> Result<Article, UserError> {
    let bytes = std::fs::read(path).map_err(|error| UserError::file("read", path, &error))?;
    let origin = path.to_string_lossy();
    let source = Source { published: args.published, ..Source::new(&origin, &bytes) };
    let mut articles = read(&source);
    match (articles.next(), articles.next()) {
        (Some(article), None) => Ok(article?),
        _ => {
            Err(UserError::input(format!("{}: holds several articles", path.display())).hint("gold is about one article a file"))
        }
    }
}

/// Gold names files from the root of its repository, so the file is looked for in every folder above it.
fn find_beside(gold: &Path, name: &str) -> Result<PathBuf, UserError> {
    let gold = gold.canonicalize().map_err(|error| UserError::file("read", gold, &error))?;
    let found = gold.ancestors().skip(1).map(|folder| folder.join(name)).find(|path| path.is_file());
    found.ok_or_else(|| {
        UserError::input(format!("{name}: the article is not there"))
            .because(format!("it was looked for in the folder of {} and every folder above", gold.display()))
            .hint("`article` names a file from the root of the repository that holds the gold file")
    })
}

/// The beginning of a text, to tell it from others in a report.
fn input_name(text: &str) -> String {
    crate::screen::shorten(&crate::screen::one_line(text), 40)
}
