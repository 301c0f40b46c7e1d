//! Pages into a store: each once, whatever stops it, and nothing lost.

use std::fs;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use demarche::Pipeline;
use demarche_flows::{Ingest, Progress, Session, Summary};
use demarche_sources::{Kind, OpenDates, Reader, Settings, Source};
use demarche_store::arrow::array::AsArray as _;
use demarche_store::arrow::compute::cast;
use demarche_store::arrow::datatypes::DataType;
use demarche_store::{Options, Store};
use tempfile::TempDir;

pub(crate) static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::embedded().expect("the data that ship with the program are sound"));

/// A folder with sources and a store.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    settings: Settings,
    session: Session,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("in")).expect("a folder");
        let settings = Settings { base: Some(folder.path().to_owned()), ..Settings::default() };
        Self { folder, settings, session: Session::default() }
    }

    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.folder.path().join("in").join(name), content).expect("it is written");
    }

    pub(crate) fn store(&self, name: &str) -> Store {
        let path: &Path = &self.folder.path().join(name);
        Store::create(&path.to_string_lossy(), Options::default()).expect("a store")
    }

    /// Takes in what is in the folder, in small batches.
    fn ingest(&mut self, store: &mut Store, halt: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Summary {
        self.batches(8, store, halt)
    }

    fn batches(&mut self, pages: usize, store: &mut Store, halt: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Summary {
        let reader = Arc::new(Reader::new(self.settings.clone()));
        let sources = [Source::Path(self.folder.path().join("in"))];
        let ingest = Ingest { threads: 2, pages, ..Ingest::default() };
        ingest.run(&PIPELINE, store, &reader, &sources, &mut self.session, halt).expect("the store can be written")
    }

    /// The same as another program would: nothing is remembered.
    pub(crate) fn afresh(&mut self, store: &mut Store) -> Summary {
        self.session = Session::default();
        self.ingest(store, &mut on)
    }
}

fn on(_: &Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The content of a store in which nothing is wrong.
#[track_caller]
pub(crate) fn content(store: &mut Store) -> String {
    let report = store.check().expect("it can be checked");
    assert!(report.sound(), "{report}");
    report.hash()
}

/// The first column of an answer.
#[track_caller]
pub(crate) fn cells(store: &Store, sql: &str) -> Vec<String> {
    let rows = store.rows(sql).expect("a question");
    let texts = rows.iter().map(|rows| cast(rows.column(0), &DataType::Utf8).expect("text"));
    texts
        .flat_map(|column| column.as_string::<i32>().iter().map(|cell| cell.unwrap_or("none").to_owned()).collect::<Vec<_>>())
        .collect()
}

/// Stories, every fifth of which stands in it twice, and lines that are none.
fn lines(from: usize, to: usize) -> String {
    let mut lines = String::new();
    for n in from..to {
        let line = format!("{{\"text\":\"Peru condemned Chile on Monday. It was report number {n} on the matter.\"}}\n");
        lines += &line;
        if n % 5 == 0 {
            lines += &line;
        }
        if n % 7 == 0 {
            lines += "{\"text\":\"cut off in the\n";
        }
    }
    lines
}

#[test]
fn stopped_or_killed_anywhere_it_ends_with_the_same_rows() {
    let mut desk = Desk::new();
    desk.put("a.jsonl", lines(0, 30));
    desk.put("b.jsonl", lines(20, 50));
    let mut whole = desk.store("whole");
    desk.afresh(&mut whole);
    let whole = content(&mut whole);
    for pages in [3, 9, 20, 41] {
        let name = format!("cut{pages}");
        let mut left = pages;
        let mut countdown = || {
            left -= 1;
            left == 0
        };
        // An unwinding ends it without a last commit, as a signal would.
        let killed = catch_unwind(AssertUnwindSafe(|| {
            let mut store = desk.store(&name);
            desk.ingest(&mut store, &mut |_| if countdown() { resume_unwind(Box::new(())) } else { ControlFlow::Continue(()) })
        }));
        assert!(killed.is_err(), "it was over before it could be killed");
        let mut left = pages;
        let mut stop = |_: &Progress| {
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        desk.session = Session::default();
        let mut store = desk.store(&name);
        assert!(desk.ingest(&mut store, &mut stop).stopped);
        desk.afresh(&mut store);
        assert_eq!(content(&mut store), whole, "cut off after {pages} pages");
    }
}

#[test]
fn numbers_that_two_sources_give_alike_lose_no_article() {
    let mut desk = Desk::new();
    let rows = |country: &str| {
        let row = |n: u32| format!("{n},{country} condemned Chile on Monday. It was report number {n}.\n");
        format!("id,text\n{}", (1..=5).map(row).collect::<String>())
    };
    desk.put("a.csv", rows("Peru"));
    desk.put("b.csv", rows("Kenya"));
    let mut store = desk.store("s");
    let first = desk.afresh(&mut store).progress;
    assert_eq!((first.coded, first.duplicate), (10, 0));
    assert_eq!(cells(&store, "SELECT count(DISTINCT text) FROM articles"), ["10"]);
    let events = cells(&store, "SELECT count(*) FROM events e JOIN articles a ON e.article = a.id");
    assert_eq!(events, cells(&store, "SELECT count(*) FROM events"), "records have the names of the articles");
    let whole = content(&mut store);
    // Files that changed in nothing but their time are read again, and their articles are known.
    desk.put("a.csv", rows("Peru"));
    let second = desk.afresh(&mut store).progress;
    assert_eq!((second.coded, second.duplicate), (0, 0));
    // The same row elsewhere is the same article.
    desk.put("c.csv", rows("Kenya"));
    let third = desk.afresh(&mut store).progress;
    assert_eq!((third.coded, third.duplicate), (0, 5));
    assert_ne!(content(&mut store), whole, "the rows seen are written down");
}

#[test]
fn the_same_words_under_another_name_are_kept_and_linked() {
    let mut desk = Desk::new();
    let text = "Peru condemned Chile on Monday over fishing rights.";
    desk.put("a.csv", format!("id,outlet,text\n1,Paper A,{text}\n"));
    desk.put("b.csv", format!("id,outlet,text\n9,Paper B,{text}\n"));
    desk.put("c.txt", text);
    desk.put("d.txt", text);
    // Without identifiers who printed it counts, and how often the same outlet gives it does not.
    desk.put(
        "e.jsonl",
        ["C", "D", "D"].map(|outlet| format!("{{\"source\":\"Paper {outlet}\",\"text\":\"{text}\"}}\n")).concat(),
    );
    let mut store = desk.store("s");
    let done = desk.afresh(&mut store).progress;
    assert_eq!((done.coded, done.near, done.duplicate), (5, 4, 2));
    let linked = "SELECT similarity FROM articles a JOIN (SELECT id FROM articles) b ON a.near_duplicate_of = b.id";
    assert_eq!(cells(&store, linked), ["1.0"; 4]);
    let pointed = "SELECT count(*) FROM sources WHERE status = 'duplicate' AND articles[1] IN (SELECT id FROM articles)";
    assert_eq!(cells(&store, pointed), ["2"]);
    content(&mut store);
}

#[test]
fn what_failed_is_tried_again_and_written_once() {
    let mut desk = Desk::new();
    desk.put("a.jsonl", lines(1, 8));
    let mut store = desk.store("s");
    let first = desk.afresh(&mut store);
    assert_eq!((first.progress.failed, first.progress.unchanged, first.failures.len()), (1, 0, 1));
    let told = &first.failures[0];
    assert!(told.place.contains("a.jsonl:"), "{}", told.place);
    assert!(!told.reason.contains("a.jsonl"), "the place is told twice: {}", told.reason);
    assert_eq!(cells(&store, "SELECT count(*) FROM sources WHERE status = 'failed' AND fingerprint LIKE 'failed-%'"), ["1"]);
    let whole = content(&mut store);
    let second = desk.ingest(&mut store, &mut on);
    assert_eq!((second.progress.failed, second.progress.unchanged), (1, 0), "the file was not opened");
    assert_eq!((second.failures.len(), second.more_failures), (0, 0), "told before in this session");
    assert_eq!(content(&mut store), whole);
    assert_eq!(desk.afresh(&mut store).failures.len(), 1, "a new session does not know");
    // As docs/sources.md has it.
    let left = "SELECT key FROM sources f WHERE status = 'failed' AND key NOT IN (SELECT key FROM inputs) \
                AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.key = f.key AND s.status <> 'failed')";
    assert_eq!(cells(&store, left).len(), 1);
    desk.put(
        "a.jsonl",
        lines(1, 7) + "{\"text\":\"Ghana thanked Kenya on Friday.\"}\n{\"text\":\"Kenya thanked Ghana on Friday.\"}\n",
    );
    assert_eq!(desk.afresh(&mut store).progress.failed, 0);
    assert!(cells(&store, left).is_empty());
    assert_eq!(desk.afresh(&mut store).progress.unchanged, 1);
}

#[test]
fn what_a_page_is_taken_for_is_part_of_it() {
    let mut desk = Desk::new();
    desk.put("page.txt", "<html><body><h1>Talks</h1><p>Peru condemned Chile on Monday over fishing rights.</p></body></html>");
    let mut store = desk.store("s");
    assert_eq!(desk.afresh(&mut store).progress.coded, 1);
    desk.settings.kind = Some(Kind::Html);
    let again = desk.afresh(&mut store).progress;
    assert_eq!((again.coded, again.known), (1, 0), "it was not read anew");
}

#[test]
fn a_file_that_changed_is_read_and_its_old_version_kept() {
    let mut desk = Desk::new();
    desk.put("a.txt", "Peru condemned Chile on Monday.");
    desk.put("b.txt", "Kenya praised Ghana on Tuesday in a speech.");
    let mut store = desk.store("s");
    assert_eq!(desk.afresh(&mut store).progress.changed, 0);
    desk.put("a.txt", "Peru condemned Bolivia on Monday, and Chile too.");
    let done = desk.afresh(&mut store).progress;
    assert_eq!((done.coded, done.changed, done.unchanged), (1, 1, 1));
    assert_eq!(cells(&store, "SELECT count(*) FROM articles"), ["3"]);
    content(&mut store);
}

#[test]
fn who_looks_again_and_again_does_nothing_as_long_as_nothing_changes() {
    let mut desk = Desk::new();
    let text = "Peru condemned Chile on Monday over fishing rights.";
    desk.put("a.txt", text);
    let mut store = desk.store("s");
    desk.ingest(&mut store, &mut on);
    let (commits, whole) = (store.last_commit(), content(&mut store));
    for _ in 0..3 {
        let done = desk.ingest(&mut store, &mut on).progress;
        assert_eq!((done.inputs, done.unchanged, done.commits), (0, 1, 0));
    }
    assert_eq!((store.last_commit(), content(&mut store)), (commits, whole));
    // What an earlier round brought is still known to later ones, and what another program brought too.
    let mut other = desk.store("s");
    desk.put("b.csv", "id,text\n1,Kenya praised Ghana on Tuesday in a speech.\n");
    let session = std::mem::take(&mut desk.session);
    desk.afresh(&mut other);
    desk.session = session;
    desk.put("c.csv", format!("id,text\n1,{text}\n2,Kenya praised Ghana on Tuesday in a speech.\n"));
    let done = desk.ingest(&mut store, &mut on).progress;
    assert_eq!((done.coded, done.near), (2, 2));
    content(&mut store);
}

#[test]
fn two_at_once_count_what_each_has_done() {
    let mut desk = Desk::new();
    desk.put("a.jsonl", lines(1, 5));
    desk.put("b.txt", "Kenya praised Ghana on Tuesday in a speech.");
    let mut store = desk.store("s");
    let (mut other, mut twin) = (desk.store("s"), Desk::new());
    twin.put("a.jsonl", lines(1, 5));
    let mut theirs = None;
    let done = desk.batches(1000, &mut store, &mut |_| {
        // The same articles from elsewhere come first.
        theirs.get_or_insert_with(|| twin.afresh(&mut other).progress);
        ControlFlow::Continue(())
    });
    let theirs = theirs.expect("it was asked");
    assert_eq!((theirs.coded, theirs.commits), (4, 1));
    assert_eq!((done.progress.coded, done.progress.duplicate, done.progress.commits), (1, 4, 1));
    let events = cells(&store, "SELECT count(*) FROM events");
    assert_eq!(events, [(theirs.events + done.progress.events).to_string()]);
    content(&mut store);
}

#[test]
fn dates_that_cannot_be_read_are_counted() {
    let mut desk = Desk::new();
    let rows = "date,text\n03/04/2025,Peru condemned Chile.\n03/28/2025,Peru thanked Chile.\nsometime,Peru left Chile alone.\n,Kenya praised Ghana.\n";
    desk.put("odd.csv", rows);
    let dates = "SELECT published FROM articles ORDER BY origin";
    let mut store = desk.store("open");
    let done = desk.afresh(&mut store);
    assert_eq!(done.progress.unread_dates, 2);
    let [date, origin] = done.unread_date.expect("one of them");
    assert_eq!(date, "03/04/2025");
    assert!(origin.ends_with("odd.csv:2"), "{origin}");
    assert_eq!(cells(&store, dates), ["none", "2025-03-28", "none", "none"]);
    desk.settings.dates = OpenDates::MonthFirst;
    desk.settings.published = Some("2025-01-02".parse().expect("a day"));
    let mut store = desk.store("told");
    assert_eq!(desk.afresh(&mut store).progress.unread_dates, 1);
    assert_eq!(cells(&store, dates), ["2025-03-04", "2025-03-28", "2025-01-02", "2025-01-02"]);
}
