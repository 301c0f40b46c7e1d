//! Everything that can go wrong, in the user's words: what happened, because of what, and what to do next.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use demarche::ingest::ReadError;
use demarche::{Failure, PipelineError};

use crate::screen::{BAD, DIM, NOTE, STRONG, count};

/// At most this many failed inputs are told one by one.
const LISTED: usize = 20;

/// What a date of the command line must look like.
pub(crate) const NO_DATE: &str = "write the date as YYYY-MM-DD, for example 2025-06-26";

/// How many threads there can be.
pub(crate) const NO_THREADS: &str = "give a whole number, at least 1";

/// Of results without anything in them.
pub(crate) const NOTHING_FOUND: &str = "`demarche explain PATH` shows how each sentence was read, and which rules came near";

/// A failure as the user sees it.
#[derive(Debug)]
pub(crate) struct UserError {
    message: String,
    causes: Vec<String>,
    hint: Option<String>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The command line asks for something that cannot be: status 2.
    Usage,
    /// An input failed: status 1.
    Input,
    /// Whoever reads the output has enough: no message, status 0.
    Closed,
}

/// What became of a command.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// All went well.
    Done,
    /// These inputs failed; so many others were read.
    Failed(Vec<UserError>, usize),
    /// A check that was asked for did not hold, or something failed, and the output has said where: status 1.
    Unequal,
}

impl UserError {
    /// An input that failed.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self { message: message.into(), causes: vec![], hint: None, kind: Kind::Input }
    }

    /// A command line that cannot be obeyed.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, ..Self::input(message) }
    }

    /// A file that could not be opened, read or written.
    pub(crate) fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        let hint = match error.kind() {
            ErrorKind::NotFound => "check the path; relative paths start at the current folder",
            ErrorKind::PermissionDenied => "check the permissions of the file and its folder",
            ErrorKind::IsADirectory => "name a file in it",
            ErrorKind::StorageFull => "free some space, or choose another place with --output",
            _ => "see whether another program can open it",
        };
        Self::input(format!("{}: cannot be {what}", path.display())).because(plain(error)).hint(hint)
    }

    /// An input that would not fit into memory.
    pub(crate) fn too_large(path: &Path, limit: u64) -> Self {
        Self::input(format!("{}: over {} MB in one piece", path.display(), limit >> 20))
            .hint("put one record on each line of a .jsonl file: such files may have any size")
    }

    /// A web address where a file is wanted.
    pub(crate) fn web_address(path: &Path) -> Self {
        Self::usage(format!("{}: web addresses are not fetched", path.display()))
            .because("the program works offline")
            .hint("save the page in a browser or with curl, and give the file")
    }

    /// A file whose content is not what the command needs.
    pub(crate) fn content(path: &Path, error: &dyn Error, hint: &str) -> Self {
        Self::input(format!("{}: cannot be used", path.display())).because_of(error).hint(hint)
    }

    /// Adds a cause.
    pub(crate) fn because(mut self, cause: impl Into<String>) -> Self {
        self.causes.push(cause.into());
        self
    }

    /// Adds an error and all that caused it.
    pub(crate) fn because_of(mut self, error: &dyn Error) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            let text = error.to_string();
            // An error that repeats the message of its cause tells nothing new.
            if self.causes.last().is_none_or(|last| !last.ends_with(&text)) {
                self.causes.push(text);
            }
            next = error.source();
        }
        self
    }

    /// Adds the next step.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn print(&self, out: &mut impl Write, label: &str) -> io::Result<()> {
        writeln!(out, "{BAD}{label}{BAD:#} {STRONG}{}{STRONG:#}", self.message)?;
        for cause in &self.causes {
            writeln!(out, "  {DIM}because{DIM:#} {cause}")?;
        }
        if let Some(hint) = &self.hint {
            writeln!(out, "  {DIM}next:{DIM:#} {hint}")?;
        }
        Ok(())
    }
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<ReadError> for UserError {
    fn from(error: ReadError) -> Self {
        let mut next: Option<&dyn Error> = error.source().and_then(Error::source);
        let mut user = Self::input(error.to_string());
        while let Some(cause) = next {
            user.causes.push(cause.to_string());
            next = cause.source();
        }
        user.hint(error.hint)
    }
}

impl From<Failure> for UserError {
    fn from(failure: Failure) -> Self {
        Self::input(format!("{}: the program failed on this article", failure.origin))
            .because(failure.message)
            .hint("this is a fault of the program; please report it together with the article (RUST_BACKTRACE=1 tells where)")
    }
}

impl From<PipelineError> for UserError {
    fn from(error: PipelineError) -> Self {
        Self::input("the program cannot start").because_of(&error).hint("this build is faulty; install the program anew")
    }
}

/// Errors of writing the output. A reader that closed the pipe is no error.
impl From<io::Error> for UserError {
    fn from(error: io::Error) -> Self {
        let kind = if error.kind() == ErrorKind::BrokenPipe { Kind::Closed } else { Kind::Input };
        Self { kind, ..Self::input("the output cannot be written").because(plain(&error)) }
    }
}

/// Where a date of publication comes from, in words.
pub(crate) fn source_words(source: &str) -> &str {
    if source == "user" { "--published" } else { demarche::given::source_words(source) }
}

/// Tells warnings about articles on stderr: the first of them one by one. When nobody can read it, nothing is lost.
pub(crate) fn warn(warnings: &[String]) {
    let mut err = anstream::stderr().lock();
    for warning in warnings.iter().take(LISTED) {
        let _ = writeln!(err, "{NOTE}warning:{NOTE:#} {warning}");
    }
    if warnings.len() > LISTED {
        let _ = writeln!(err, "{DIM}... and {}{DIM:#}", count(warnings.len() - LISTED, "more warning"));
    }
}

/// Tells on stderr what failed while the work goes on. When nobody can read it, the exit status still says so.
#[cfg(feature = "store")]
pub(crate) fn tell(failure: &UserError) {
    let _ = failure.print(&mut anstream::stderr().lock(), "failed:");
}

/// Reports what failed on stderr and turns it into the exit status.
pub(crate) fn exit(result: Result<Outcome, UserError>) -> ExitCode {
    let mut err = anstream::stderr().lock();
    // When stderr is gone too, the exit status is all that is left to tell.
    let (told, code) = match result {
        Ok(Outcome::Done) => (Ok(()), 0),
        Ok(Outcome::Unequal) => (Ok(()), 1),
        Ok(Outcome::Failed(failures, read)) => (summary(&mut err, &failures, read), 1),
        Err(error) => match error.kind {
            Kind::Closed => (Ok(()), 0),
            Kind::Input => (error.print(&mut err, "error:"), 1),
            Kind::Usage => (error.print(&mut err, "error:"), 2),
        },
    };
    let _ = told.and_then(|()| err.flush());
    ExitCode::from(code)
}

fn summary(out: &mut impl Write, failures: &[UserError], read: usize) -> io::Result<()> {
    for failure in failures.iter().take(LISTED) {
        failure.print(out, "failed:")?;
    }
    if failures.len() > LISTED {
        writeln!(out, "{DIM}... and {} more{DIM:#}", failures.len() - LISTED)?;
    }
    if failures.len() + read > 1 {
        writeln!(out, "{STRONG}{} of {} failed{STRONG:#}", failures.len(), count(failures.len() + read, "input"))?;
    }
    Ok(())
}

impl Outcome {
    /// What became of a command that read `read` inputs and failed on others.
    pub(crate) fn of(failed: Vec<UserError>, read: usize) -> Self {
        if failed.is_empty() { Self::Done } else { Self::Failed(failed, read) }
    }
}

/// The words of an I/O error without the number of the operating system.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
