//! What comes out: pages, with what their container says of them.

use demarche_ingest::{Format, OpenDates, Place, Source, read, read_json_record_whole};
use demarche_types::{Article, DateSource, Diagnostic, Published};
use jiff::civil::Date;

use crate::failure::{Failure, Reason};

/// One article's bytes, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Stable identity: the same page has the same key in every run. A path and what leads on inside it
    /// (`/news/a.zip!/b.html`, `/news/c.jsonl:12`), an address, or the identifier of a WARC record.
    pub key: String,
    /// Where it stands, for messages. Paths are as the user wrote them.
    pub origin: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// What the content is.
    pub media: Media,
    /// The address of the page, when known.
    pub url: Option<String>,
    /// The encoding, when something outside the bytes declares it.
    pub charset: Option<String>,
    /// What the container says of the page.
    pub hints: Hints,
    /// When it was fetched, as the crawl says it. Never told for pages that are fetched now: whoever fetches has the clock.
    pub retrieved: Option<String>,
    /// What the server said for the next conditional request.
    pub validators: Option<Validators>,
    /// What was noticed on the way: repairs, cuts.
    pub notices: Vec<String>,
    /// How a record's date is read of which either part may be the day.
    pub dates: OpenDates,
    /// The day of publication where nothing else tells one.
    pub assumed: Option<Date>,
}

/// A page that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadPage {
    /// The article.
    pub article: Article,
    /// Whether its identifier is the source's own. Two sources may number different articles alike.
    pub own_id: bool,
    /// A date that a record gives and that could not be read.
    pub unread_date: Option<String>,
}

/// What a page's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// A web page.
    Html,
    /// Plain text.
    Text,
    /// A JSON object with the fields that [`demarche_ingest::read_json_record`] reads. The line, from 1, where it
    /// stands on a line of its own.
    Record(Option<u64>),
}

/// What a feed, an export or a crawl says of a page. Records carry this in their own fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Writer.
    pub byline: Option<String>,
}

/// What a server says of an answer, so that the next request can ask whether it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// The name of the server in an address, without `www.`.
fn server(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned())
}

impl Page {
    /// A record that no source gives, but the caller: `key` must be the same whenever the record comes again.
    pub fn record(key: String, bytes: Vec<u8>, dates: OpenDates) -> Self {
        Self { dates, ..Self::bare(key.clone(), key, bytes, Media::Record(None)) }
    }

    /// A page of which only name and content are known.
    pub(crate) fn new(name: &crate::read::Name, bytes: Vec<u8>, media: Media) -> Self {
        Self::bare(name.key.clone(), name.origin.clone(), bytes, media)
    }

    fn bare(key: String, origin: String, bytes: Vec<u8>, media: Media) -> Self {
        Self {
            key,
            origin,
            bytes,
            media,
            url: None,
            charset: None,
            hints: Hints::default(),
            retrieved: None,
            validators: None,
            notices: Vec::new(),
            dates: OpenDates::default(),
            assumed: None,
        }
    }

    /// Reads the page. What the page says of itself wins over hints, but for a date that was only found in its
    /// text or address.
    pub fn article(&self) -> Result<Article, Failure> {
        self.read().map(|page| page.article)
    }

    /// Reads the page as [`Page::article`] does, with what a caller must know who keeps many.
    pub fn read(&self) -> Result<ReadPage, Failure> {
        let failed = |error: demarche_ingest::ReadError| Failure {
            key: self.key.clone(),
            place: error.place,
            reason: Box::new(Reason::Content { kind: error.kind, hint: error.hint }),
            rest: false,
        };
        let mut source = Source::new(&self.origin, &self.bytes);
        source.url = self.url.as_deref();
        source.charset = self.charset.as_deref();
        source.dates = self.dates;
        let (mut own_id, mut unread_date) = (false, None);
        let read = match self.media {
            Media::Record(line) => {
                // The place of a record ends in its line, which the reader adds.
                let suffix = line.map(|line| format!(":{line}")).unwrap_or_default();
                source.origin = self.origin.strip_suffix(&suffix).unwrap_or(&self.origin);
                read_json_record_whole(&source, line).map(|record| {
                    (own_id, unread_date) = (record.own_id, record.unread_date);
                    record.article
                })
            }
            Media::Html | Media::Text => {
                source.format = Some(if self.media == Media::Html { Format::Html } else { Format::Text });
                match read(&source).next() {
                    Some(article) => article,
                    None => {
                        let place = Place::whole(&*self.origin);
                        return Err(Failure::new(&self.key, place, Reason::Empty { what: "page" }));
                    }
                }
            }
        };
        let mut article = read.map_err(failed)?;
        article.origin.clone_from(&self.origin);
        if let Some(date) = self.hints.published {
            let weak = |own: &Published| matches!(own.source, DateSource::Text | DateSource::Url);
            if article.published.as_ref().is_none_or(weak) {
                article.published = Some(Published { date, source: DateSource::Record });
            }
        }
        let assumed = self.assumed.map(|date| Published { date, source: DateSource::User });
        article.published = article.published.or(assumed);
        let hint = |own: Option<String>, hint: &Option<String>| own.or_else(|| hint.clone());
        article.title = hint(article.title, &self.hints.title);
        // A site that is only the name of the server says less than the feed does.
        let is_server = |site: &str| self.url.as_deref().is_some_and(|url| server(url).as_deref() == Some(site));
        article.site = hint(article.site.filter(|site| self.hints.outlet.is_none() || !is_server(site)), &self.hints.outlet);
        article.byline = hint(article.byline, &self.hints.byline);
        article.url = hint(article.url, &self.url);
        article.language = article.language.or_else(|| self.hints.language.as_deref().map(Into::into));
        article.diagnostics.extend(self.notices.iter().map(|notice| Diagnostic::warning(notice.clone())));
        Ok(ReadPage { article, own_id, unread_date })
    }
}
