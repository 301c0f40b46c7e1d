//! Pages from the sources, each with what is to be done with it.

use super::*;

/// The next new page of the sources.
pub(super) struct Intake<'a, 's> {
    /// None when they have ended.
    pub(super) inputs: Option<demarche_sources::Listing<'a>>,
    pub(super) reader: &'a Arc<Reader>,
    pub(super) store: &'a Mutex<&'s mut Store>,
    pub(super) read: &'a Inputs,
    pub(super) open: Option<Open>,
}

/// An input that is being read.
pub(super) struct Open {
    key: String,
    fingerprint: Option<Fingerprint>,
    pages: Pages,
}

impl Iterator for Intake<'_, '_> {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        if let Some(open) = &mut self.open {
            return match open.pages.next() {
                Some(Ok(page)) => Some(self.page(&page)),
                Some(Err(failure)) => Some(failed(&failure, format!("failed-{}", failure.reason.code()), true)),
                None => self.open.take().map(Open::end),
            };
        }
        match self.inputs.as_mut()?.next() {
            Some(Ok(input)) if self.read.has(&input) => Some(Job::Ended(Outcome { unchanged: true, ..Outcome::default() }, None)),
            Some(Ok(input)) => {
                self.open(input);
                self.next()
            }
            Some(Err(failure)) => Some(failed(&failure, format!("failed-{}", failure.reason.code()), false)),
            None => self.inputs.take().map(|inputs| Job::Over(inputs.passed_over().clone())),
        }
    }
}

impl Seen {
    pub(super) fn of(page: &Page) -> Self {
        Self { key: page.key.clone(), fingerprint: fingerprint(page), bytes: page.bytes.len() as u64 }
    }
}

impl Open {
    fn end(self) -> Job {
        let outcome = self.pages.finish();
        let whole = outcome.complete && outcome.failures == 0;
        let state = State { fingerprint: self.fingerprint, validators: outcome.validators.clone() };
        Job::Ended(outcome, Some((self.key, whole.then_some(state))))
    }
}

impl Intake<'_, '_> {
    fn open(&mut self, mut input: Input) {
        input.validators = self.read.validators(&input.key);
        let (key, fingerprint) = (input.key.clone(), input.fingerprint);
        self.open = Some(Open { key, fingerprint, pages: self.reader.pages(input) });
    }

    fn page(&mut self, page: &Page) -> Job {
        let seen = Seen::of(page);
        if lock(self.store).known(&seen.key, &seen.fingerprint) {
            return Job::Known;
        }
        match read(page, seen) {
            // Whether an article under way is the same is decided in order by whoever writes.
            Job::Article(new) if lock(self.store).known_article(&new.article.id.0) => {
                Job::Duplicate(new.page, new.article.id.0.to_string())
            }
            job => job,
        }
    }
}

/// Reads a page; what cannot be read is a failure of its own.
pub(super) fn read(page: &Page, seen: Seen) -> Job {
    let read = match demarche::pipeline::caught(&page.origin, || page.read()) {
        Ok(Ok(read)) => read,
        Ok(Err(failure)) => return failed(&failure, failed_page(&seen.fingerprint), true),
        Err(failure) => return broken(seen, &page.origin, &failure, "read"),
    };
    let mut article = read.article;
    // What two outlets print is two articles, though every word is the same: who printed it counts. An address tells them apart by itself.
    if read.own_id || (article.url.is_none() && article.site.is_some()) {
        article.id = article_id(&article);
    }
    Job::Article(Box::new(New { page: seen, article, unread_date: read.unread_date }))
}

/// What the store calls an article that its source calls something, or of which the outlet and no address is known. Two exports may each number their
/// rows from 1, so the name alone tells nothing, and all that tells articles apart goes in. It is the same wherever the source lies.
fn article_id(article: &Article) -> ArticleId {
    let mut hash = Xxh3::new();
    let day = article.published.map(|published| published.date.to_string());
    for part in [
        Some(article.id.0.as_str()),
        article.url.as_deref(),
        article.title.as_deref(),
        article.site.as_deref(),
        day.as_deref(),
        Some(article.text.as_str()),
    ] {
        let part = part.unwrap_or_default();
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    ArticleId(format!("{:016x}", hash.digest()).into())
}

/// What tells whether a page is the same: its content, what it is taken to be, and what its container says of it.
fn fingerprint(page: &Page) -> String {
    let mut hash = Xxh3::new();
    let hints = &page.hints;
    let day = hints.published.map(|d| d.to_string());
    let media = match page.media {
        Media::Html => "html",
        Media::Text => "text",
        Media::Record(_) => "record",
    };
    for part in [
        Some(page.bytes.as_slice()),
        Some(media.as_bytes()),
        page.charset.as_deref().map(str::as_bytes),
        page.url.as_deref().map(str::as_bytes),
        hints.title.as_deref().map(str::as_bytes),
        day.as_deref().map(str::as_bytes),
        hints.outlet.as_deref().map(str::as_bytes),
    ] {
        let part = part.unwrap_or_default();
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    format!("{:032x}", hash.digest128())
}

/// The fingerprint under which the failure of a page is written: once, and not that of the page, which is tried again.
fn failed_page(fingerprint: &str) -> String {
    format!("failed-{fingerprint}")
}

fn failed(failure: &Failure, fingerprint: String, of_input: bool) -> Job {
    let row = Row {
        key: failure.key.clone(),
        fingerprint,
        status: PageStatus::Failed,
        reason: Some(failure.reason.to_string()),
        next_step: Some(failure.next_step().to_owned()),
        bytes: None,
        articles: vec![],
        repeats: vec![],
    };
    Job::Failed(Box::new(Failed { row, place: failure.place.to_string(), of_input }))
}

/// A page at which the program itself failed.
pub(super) fn broken(page: Seen, origin: &str, failure: &demarche::Failure, verb: &str) -> Job {
    let row = Row {
        fingerprint: failed_page(&page.fingerprint),
        reason: Some(format!("the program failed on this page: {}", failure.message)),
        next_step: Some(format!("report it with the page, which is tried again the next time; the others were {verb}")),
        ..row(page, PageStatus::Failed)
    };
    Job::Failed(Box::new(Failed { row, place: origin.to_owned(), of_input: true }))
}
