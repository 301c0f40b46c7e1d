//! From inputs to pages, one after the other.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;

use demarche_ingest::Place;

use crate::detect::{self, What};
use crate::failure::{Failure, Reason};
use crate::listing::{Input, Location};
use crate::page::{Media, Page, Validators};
use crate::settings::Settings;
use crate::stream::Stream;
use crate::web::{Fetched, Fetcher};
use crate::{archive, feed, json, parquet, table, warc, web, wordpress, xml};

/// How many pages wait between the thread that reads and whoever takes them.
const WAITING: usize = 4;

/// Whether to go on.
pub(crate) type Flow = ControlFlow<()>;

/// Reads inputs.
#[derive(Debug)]
pub struct Reader {
    settings: Settings,
    fetcher: Option<Arc<Fetcher>>,
}

/// What became of an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Pages that were given.
    pub pages: u64,
    /// Pages that are known already, and were not given.
    pub known: u64,
    /// Failures that were given.
    pub failures: u64,
    /// What was passed over because it is no article, by what it is: "record of type request", "answer 404"; files in an
    /// archive by their endings, as [`crate::Listing::passed_over`] has them.
    pub passed_over: BTreeMap<String, u64>,
    /// Whether the input was read to its end; not if it broke off or whoever takes the pages had enough.
    pub complete: bool,
    /// Whether the server said that nothing changed since last time.
    pub unchanged: bool,
    /// What the server said for the next conditional request of this address.
    pub validators: Option<Validators>,
}

impl Reader {
    /// A reader that takes nothing from the web.
    pub fn new(settings: Settings) -> Self {
        Self { settings, fetcher: None }
    }

    /// Lets the reader fetch addresses that are named, and the pages of feeds if [`Settings::links`] says so.
    pub fn with_fetcher(mut self, fetcher: Arc<Fetcher>) -> Self {
        self.fetcher = Some(fetcher);
        self
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Reads an input in this thread and hands each page, or what kept it from being read, to `sink`, which says whether
    /// to go on. Memory holds one page at a time.
    pub fn visit(&self, input: &Input, sink: &mut dyn FnMut(Result<Page, Failure>) -> ControlFlow<()>) -> Outcome {
        let outcome = Outcome { complete: true, ..Outcome::default() };
        let fetcher = self.fetcher.as_deref();
        let mut out = Out { sink, settings: &self.settings, fetcher, fetched: None, outcome };
        let name = Name { key: input.key.clone(), origin: input.origin.clone() };
        let flow = match &input.location {
            Location::File(path) => file(&name, path, &mut out),
            Location::Web(address) => web::input(&name, address, input.validators.as_ref(), &mut out),
        };
        out.outcome.complete &= flow.is_continue();
        out.outcome
    }

    /// Reads an input in a thread of its own, which waits when the pages are not taken: at most five are in memory.
    pub fn pages(self: &Arc<Self>, input: Input) -> Pages {
        let (sender, receiver) = sync_channel(WAITING);
        let reader = Arc::clone(self);
        let thread = std::thread::spawn(move || {
            reader.visit(&input, &mut |page| match sender.send(page) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            })
        });
        Pages { receiver, thread: Some(thread) }
    }
}

/// The pages of an input as they are read.
#[derive(Debug)]
pub struct Pages {
    receiver: Receiver<Result<Page, Failure>>,
    thread: Option<JoinHandle<Outcome>>,
}

impl Pages {
    /// What became of the input. Pages that were not taken are let go.
    pub fn finish(self) -> Outcome {
        let Self { receiver, thread } = self;
        drop(receiver);
        match thread.map(JoinHandle::join) {
            Some(Ok(outcome)) => outcome,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Outcome::default(),
        }
    }
}

impl Iterator for Pages {
    type Item = Result<Page, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.receiver.recv().ok()
    }
}

/// Key and origin of what is read.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) key: String,
    pub(crate) origin: String,
}

impl Name {
    fn append(&self, tail: &str) -> Self {
        Self { key: format!("{}{tail}", self.key), origin: format!("{}{tail}", self.origin) }
    }

    /// A line or row, from 1.
    pub(crate) fn line(&self, line: u64) -> Self {
        self.append(&format!(":{line}"))
    }

    /// A record that stands on no line of its own.
    pub(crate) fn record(&self, id: impl std::fmt::Display) -> Self {
        self.append(&format!("#{id}"))
    }

    /// A file in an archive.
    pub(crate) fn inner(&self, path: &str) -> Self {
        self.append(&format!("!/{path}"))
    }

    pub(crate) fn place(&self) -> Place {
        Place::whole(&*self.origin)
    }
}

/// Where pages go, and what is counted on the way.
pub(crate) struct Out<'a> {
    sink: &'a mut dyn FnMut(Result<Page, Failure>) -> Flow,
    pub(crate) settings: &'a Settings,
    pub(crate) fetcher: Option<&'a Fetcher>,
    /// What is known of the address that is being read.
    pub(crate) fetched: Option<Fetched>,
    pub(crate) outcome: Outcome,
}

impl Out<'_> {
    /// Hands a page on, unless it is known.
    pub(crate) fn page(&mut self, mut page: Page) -> Flow {
        if self.settings.known.has(&page.key) {
            self.outcome.known += 1;
            return Flow::Continue(());
        }
        self.outcome.pages += 1;
        (page.dates, page.assumed) = (self.settings.dates, self.settings.published);
        (self.sink)(Ok(page))
    }

    /// Tells of a failure.
    pub(crate) fn fail(&mut self, failure: Failure) -> Flow {
        self.outcome.failures += 1;
        self.outcome.complete &= !failure.rest;
        (self.sink)(Err(failure))
    }

    /// Tells of one page that could not be read.
    pub(crate) fn skip(&mut self, name: &Name, reason: Reason) -> Flow {
        self.fail(Failure::new(&name.key, name.place(), reason))
    }

    /// Tells why the rest of an input is not read.
    pub(crate) fn give_up(&mut self, name: &Name, reason: Reason) -> Flow {
        self.fail(Failure::final_(&name.key, name.place(), reason))
    }

    /// The address of what is named, if it was fetched from one.
    pub(crate) fn address(&self, name: &Name) -> Option<String> {
        self.fetched.as_ref().filter(|fetched| fetched.key == name.key).map(|fetched| fetched.url.clone())
    }

    /// Counts what is no article.
    pub(crate) fn pass(&mut self, what: impl Into<String>) {
        *self.outcome.passed_over.entry(what.into()).or_default() += 1;
    }
}

fn file(name: &Name, path: &Path, out: &mut Out<'_>) -> Flow {
    let opened = File::open(path).and_then(|file| match file.metadata()?.is_dir() {
        true => Err(io::Error::from(ErrorKind::IsADirectory)),
        false => Ok(file),
    });
    match opened {
        Ok(file) => stream(name, &name.origin, Stream::new(file), Some(path), out),
        Err(error) if error.kind() == ErrorKind::NotFound => out.give_up(name, Reason::Vanished),
        Err(error) => out.give_up(name, Reason::Io { what: "opened", error }),
    }
}

/// Reads a stream as what it is. `title` ends as its format does, and `path` is where it stands on disk, as long as
/// nothing was unpacked.
pub(crate) fn stream(name: &Name, title: &str, mut stream: Stream, mut path: Option<&Path>, out: &mut Out<'_>) -> Flow {
    let limits = out.settings.limits;
    // The ending that counts is that before `.gz`.
    let mut title = title.to_owned();
    loop {
        let head = match stream.head() {
            Ok(head) => head,
            Err(error) => {
                let reason = stream.reason("file", error);
                return out.give_up(name, reason);
            }
        };
        let what = detect::detect(&title, &head, out.settings.kind);
        if matches!(what, What::Gzip | What::Zstd | What::Zip) && stream.layers >= limits.depth {
            return out.give_up(name, Reason::TooDeep { limit: limits.depth });
        }
        match what {
            What::Gzip => {
                stream = stream.gunzip(&limits);
                title = title.trim_end_matches(".gz").to_owned();
            }
            What::Zstd => {
                stream = stream.unzstd(&limits);
                title = title.trim_end_matches(".zst").to_owned();
            }
            What::Zip => return archive::read(name, stream, path, out),
            What::Parquet => return parquet::read(name, stream, path, out),
            What::Warc => return warc::read(name, stream, out),
            What::Table(delimiter) => return table::read(name, stream, delimiter, &head, out),
            What::JsonLines => return json::lines(name, stream, out),
            What::JsonDocument => return json::document(name, stream, out),
            What::Feed => return feed::read(name, stream, &head, out),
            What::WordPress => return wordpress::read(name, stream, out),
            What::NoFeed => return out.give_up(name, no_feed(&head)),
            What::Page(media) => return page(name, stream, media, out),
            What::Unsupported(what) => return out.give_up(name, Reason::Unsupported { what: what.to_owned() }),
        }
        path = None;
    }
}

fn page(name: &Name, mut stream: Stream, media: Media, out: &mut Out<'_>) -> Flow {
    let limit = out.settings.limits.page;
    match stream.whole(limit) {
        Ok(Some(bytes)) if bytes.iter().all(u8::is_ascii_whitespace) => out.skip(name, Reason::Empty { what: "file" }),
        Ok(Some(bytes)) => {
            let mut page = Page::new(name, bytes, media);
            if let Some(fetched) = out.fetched.take_if(|fetched| fetched.key == name.key) {
                (page.url, page.charset, page.validators) = (Some(fetched.url), fetched.charset, fetched.validators);
            }
            out.page(page)
        }
        Ok(None) => out.skip(name, Reason::TooLarge { what: "page", found: None, limit }),
        Err(error) => {
            let reason = stream.reason("file", error);
            out.give_up(name, reason)
        }
    }
}

/// What stands where a feed should be.
fn no_feed(head: &[u8]) -> Reason {
    let detail = match xml::root(head) {
        xml::Root::Html => "it is a web page".to_owned(),
        xml::Root::Other(name) => format!("its first element is <{name}>"),
        _ => "it is not XML".to_owned(),
    };
    Reason::NotAFeed { detail }
}
