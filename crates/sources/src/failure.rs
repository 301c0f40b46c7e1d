//! What can go wrong, where, and what to do. One bad page never stops the others.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use demarche_ingest::{Place, ReadErrorKind};

/// Something that could not be read.
#[derive(Debug)]
pub struct Failure {
    /// The key of the page, or of the input that it is in.
    pub key: String,
    /// Where, as the user named it.
    pub place: Place,
    /// What went wrong.
    pub reason: Box<Reason>,
    /// Whether what follows in the same input was not read either.
    pub rest: bool,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The system refused to open, list or read.
    #[error("cannot be {what}: {}", plain(.error))]
    Io {
        /// "opened", "listed", "read".
        what: &'static str,
        /// What the system said.
        error: io::Error,
    },
    /// A path that names nothing.
    #[error("there is no such file or folder")]
    Missing,
    /// It was listed, and was gone when it was to be read.
    #[error("it was there when it was listed, and is gone")]
    Vanished,
    /// A pattern that cannot be read.
    #[error("not a pattern: {detail}")]
    BadPattern {
        /// What is wrong with it.
        detail: String,
    },
    /// A pattern without matches.
    #[error("this pattern matches no file")]
    NoMatch,
    /// A folder without anything that is read.
    #[error("nothing in this folder can be read as articles")]
    EmptyFolder,
    /// Nothing in it.
    #[error("the {what} is empty")]
    Empty {
        /// "file", "page", "table".
        what: &'static str,
    },
    /// It ends too early.
    #[error("the {what} ends too early, after {at} bytes")]
    Truncated {
        /// "gzip data", "WARC record".
        what: &'static str,
        /// Bytes of the input that were there.
        at: u64,
    },
    /// It is broken.
    #[error("the {what} is damaged{}: {detail}", at_byte(.at))]
    Corrupt {
        /// "gzip data", "WARC record".
        what: &'static str,
        /// What was noticed.
        detail: String,
        /// Bytes of the input before it, where that is known.
        at: Option<u64>,
    },
    /// Over a limit.
    #[error("the {what} is over the limit of {}{}", size(.limit), told(.found))]
    TooLarge {
        /// "page", "record", "document", "archive".
        what: &'static str,
        /// Its size, where it is told.
        found: Option<u64>,
        /// The limit in bytes.
        limit: u64,
    },
    /// Packed data that unpack to far more than any text does.
    #[error("{} unpack to more than {}: this looks like a zip bomb, and was not read further", size(.packed), size(.unpacked))]
    Bomb {
        /// Packed bytes.
        packed: u64,
        /// What came out of them.
        unpacked: u64,
    },
    /// Archives in archives.
    #[error("packed more than {limit} times over")]
    TooDeep {
        /// How many layers are taken.
        limit: usize,
    },
    /// A table or record lacks what the mapping names, or the text.
    #[error("{}", no_column(.wanted, .there))]
    NoColumn {
        /// Field and column of the mapping; nothing where no mapping was given and no column holds a text.
        wanted: Option<(String, String)>,
        /// The columns that are there.
        there: Vec<String>,
    },
    /// A row with more or fewer fields than the header.
    #[error("the row has {found} fields, but the header has {expected}")]
    Ragged {
        /// Fields of the row.
        found: u64,
        /// Fields of the header.
        expected: u64,
    },
    /// A feed or export was wanted.
    #[error("this is no feed: {detail}")]
    NotAFeed {
        /// What it is instead.
        detail: String,
    },
    /// A format that is not read.
    #[error("{what} cannot be read")]
    Unsupported {
        /// "bzip2-compressed data", "an encrypted file".
        what: String,
    },
    /// The reader of pages refused the content.
    #[error("{kind}")]
    Content {
        /// What was wrong.
        kind: ReadErrorKind,
        /// What to do.
        hint: &'static str,
    },
    /// An address that cannot be one.
    #[error("not a web address: {detail}")]
    BadAddress {
        /// What is wrong with it.
        detail: String,
    },
    /// `robots.txt` does not allow it.
    #[error("the site's robots.txt does not allow programs to fetch this")]
    Robots,
    /// `robots.txt` could not be asked, so nothing is fetched.
    #[error("the site's robots.txt could not be fetched ({detail}), so nothing of the site was")]
    RobotsUnknown {
        /// Why.
        detail: String,
    },
    /// The server answered that it won't, or can't.
    #[error("the server answered {code}{}", meaning(.code))]
    Status {
        /// HTTP status.
        code: u16,
    },
    /// Too busy, again and again.
    #[error("the server was still busy after {tries} tries (it answered {code})")]
    Busy {
        /// Requests that were made.
        tries: u32,
        /// The last HTTP status.
        code: u16,
    },
    /// Redirects that lead nowhere.
    #[error("redirects lead in a circle, back to {to}")]
    RedirectLoop {
        /// The address that came twice.
        to: String,
    },
    /// Too many redirects.
    #[error("more than {limit} redirects")]
    Redirects {
        /// How many are followed.
        limit: usize,
    },
    /// The server took too long.
    #[error("no complete answer within {} seconds", .after.as_secs_f32())]
    Timeout {
        /// The time that was given.
        after: Duration,
    },
    /// The server could not be reached.
    #[error("the server cannot be reached: {detail}")]
    Unreachable {
        /// What the network said.
        detail: String,
    },
    /// An answer that is not HTTP, or breaks off.
    #[error("the answer cannot be understood: {detail}")]
    BadAnswer {
        /// What is wrong.
        detail: String,
    },
    /// The user did not allow to fetch.
    #[error("web addresses are not fetched here")]
    Offline,
}

impl Failure {
    /// A failure of one page; what follows is read.
    pub fn new(key: &str, place: Place, reason: Reason) -> Self {
        Self { key: key.to_owned(), place, reason: Box::new(reason), rest: false }
    }

    /// A failure after which the input was given up.
    pub(crate) fn final_(key: &str, place: Place, reason: Reason) -> Self {
        Self { rest: true, ..Self::new(key, place, reason) }
    }

    /// What the user can do.
    pub fn next_step(&self) -> &'static str {
        self.reason.next_step(self.rest)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &*self.reason {
            Reason::Io { error, .. } => error.source(),
            _ => None,
        }
    }
}

impl Reason {
    /// A short name that stays the same, for tables and counts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { error, .. } if error.kind() == io::ErrorKind::PermissionDenied => "permission",
            Self::Io { .. } => "io",
            Self::Missing => "missing",
            Self::Vanished => "vanished",
            Self::BadPattern { .. } => "bad-pattern",
            Self::NoMatch => "no-match",
            Self::EmptyFolder => "empty-folder",
            Self::Empty { .. } => "empty",
            Self::Truncated { .. } => "truncated",
            Self::Corrupt { .. } => "damaged",
            Self::TooLarge { .. } => "too-large",
            Self::Bomb { .. } => "bomb",
            Self::TooDeep { .. } => "too-deep",
            Self::NoColumn { .. } => "no-column",
            Self::Ragged { .. } => "ragged-row",
            Self::NotAFeed { .. } => "no-feed",
            Self::Unsupported { .. } => "unsupported",
            Self::Content { .. } => "content",
            Self::BadAddress { .. } => "bad-address",
            Self::Robots => "robots",
            Self::RobotsUnknown { .. } => "robots-unknown",
            Self::Status { .. } => "status",
            Self::Busy { .. } => "busy",
            Self::RedirectLoop { .. } => "redirect-loop",
            Self::Redirects { .. } => "redirects",
            Self::Timeout { .. } => "timeout",
            Self::Unreachable { .. } => "unreachable",
            Self::BadAnswer { .. } => "bad-answer",
            Self::Offline => "offline",
        }
    }

    /// Whether another try at another time may succeed with nothing changed by the user.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy { .. } | Self::Timeout { .. } | Self::Unreachable { .. } | Self::RobotsUnknown { .. } => true,
            Self::BadAnswer { .. } => true,
            Self::Status { code } => *code >= 500,
            _ => false,
        }
    }

    fn next_step(&self, rest: bool) -> &'static str {
        match self {
            Self::Io { error, .. } => match error.kind() {
                io::ErrorKind::PermissionDenied => "check the permissions of the file and its folder",
                io::ErrorKind::NotFound => "check the path; relative paths start at the current folder",
                _ => "see whether another program can open it",
            },
            Self::Missing => "check the path; relative paths start at the current folder",
            Self::Vanished => "run the command again when nothing else moves these files",
            Self::BadPattern { .. } => "`*` stands for any part of a name, `?` for a character, `**` for folders",
            Self::NoMatch => "check the pattern, or give the folder: all articles in it are read",
            Self::EmptyFolder => "see docs/sources.md for the endings that are read, or name files one by one",
            Self::Empty { .. } => "check that the file was saved or downloaded completely",
            Self::Truncated { .. } => "what stands before was read; download or copy the file again for the rest",
            Self::Corrupt { .. } if rest => "what stands before was read; download or copy the file again for the rest",
            Self::Corrupt { .. } => "download or copy it again; the others were read",
            Self::TooLarge { what: "document" | "archive", .. } => {
                "split it, or unpack it first; files with one record a line may have any size"
            }
            Self::TooLarge { .. } if rest => {
                "what stands before was read, what follows was not: a quote or an element may be left open here; close it, or raise the \
                 limit (--page-limit) if this is an article"
            }
            Self::TooLarge { .. } => "raise the limit (--page-limit) if this is an article; what follows is read all the same",
            Self::Bomb { .. } => "if you trust the file, unpack it first and give the folder",
            Self::TooDeep { .. } => "unpack it first and give the folder",
            Self::NoColumn { wanted: None, .. } => {
                "say which column holds what, for example --columns text=COLUMN,published=COLUMN"
            }
            Self::NoColumn { .. } => "correct the mapping; names are told apart by capitals",
            Self::Ragged { .. } => "check quotes and delimiters around this row; the other rows were read",
            Self::NotAFeed { .. } => "open the address in a browser; give a feed's own address, not that of the page about it",
            Self::Unsupported { .. } => "unpack or convert it first, for example to HTML, text, JSON Lines or CSV",
            Self::Content { hint, .. } => hint,
            Self::BadAddress { .. } => "write it as https://example.org/path",
            Self::Robots => "ask the site for permission, or for a feed or export of its articles",
            Self::RobotsUnknown { .. } | Self::Busy { .. } | Self::Timeout { .. } => "try again later",
            Self::Status { code: 401 | 403 } => "the site wants a login or does not let programs in; ask for a feed or export",
            Self::Status { code: 404 | 410 } => "check the address; the page may have moved",
            Self::Status { .. } | Self::BadAnswer { .. } => "try again later; if it stays, tell the site",
            Self::RedirectLoop { .. } | Self::Redirects { .. } => {
                "open the address in a browser, and give the one where it ends up"
            }
            Self::Unreachable { .. } => "check the address and the connection",
            Self::Offline => "name the address on the command line if it shall be fetched",
        }
    }
}

/// An error of the system without its number.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error ").next().unwrap_or(&text).to_lowercase()
}

fn at_byte(at: &Option<u64>) -> String {
    at.map(|at| format!(" at byte {at}")).unwrap_or_default()
}

fn size(bytes: &u64) -> String {
    match *bytes {
        bytes @ 0..10_240 => format!("{bytes} bytes"),
        bytes @ 10_240..10_485_760 => format!("{} KB", bytes >> 10),
        bytes => format!("{} MB", bytes >> 20),
    }
}

fn told(found: &Option<u64>) -> String {
    found.as_ref().map(|found| format!(": it has {}", size(found))).unwrap_or_default()
}

fn no_column(wanted: &Option<(String, String)>, there: &[String]) -> String {
    const NAMED: usize = 30;
    let mut names = there.iter().take(NAMED).map(|name| format!("\u{201c}{name}\u{201d}")).collect::<Vec<_>>().join(", ");
    if there.len() > NAMED {
        names.push_str(&format!(" and {} more", there.len() - NAMED));
    }
    if there.is_empty() {
        names.push_str("none");
    }
    match wanted {
        Some((field, column)) => {
            format!("there is no column \u{201c}{column}\u{201d} for the {field}; the columns are {names}")
        }
        None => format!("no column is known to hold the text; the columns are {names}"),
    }
}

fn meaning(code: &u16) -> &'static str {
    match *code {
        401 => " (login wanted)",
        402 => " (payment wanted)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone)",
        429 => " (too many requests)",
        451 => " (withheld for legal reasons)",
        500..=599 => " (a fault of the server)",
        _ => "",
    }
}
