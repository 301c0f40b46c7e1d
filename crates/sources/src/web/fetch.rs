//! Fetching with manners: robots.txt, one request a host at a time, pauses, limits.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::fmt::rfc2822;
use texting_robots::Robot;
use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::{Agent, Body};
use url::Url;

use crate::failure::Reason;
use crate::page::Validators;
use crate::web::Clock;

/// How the program behaves towards servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manners {
    /// The name that servers see.
    pub agent: String,
    /// The name under which robots.txt may speak of the program.
    pub robot: String,
    /// The pause between two requests to a host; more if its robots.txt asks for more.
    pub delay: Duration,
    /// The longest pause that robots.txt can ask for.
    pub longest_delay: Duration,
    /// The time for one request, from the connection to the last byte.
    pub timeout: Duration,
    /// How many redirects are followed.
    pub redirects: usize,
    /// How often a server is asked that is too busy.
    pub tries: u32,
    /// The longest wait for a server that is too busy; one that wants more is left alone.
    pub longest_wait: Duration,
    /// For how long a server is left alone that did not answer three times in a row.
    pub rest: Duration,
    /// For how long what robots.txt said holds.
    pub robots_hold: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            agent: concat!("demarche/", env!("CARGO_PKG_VERSION"), " (news reader for research; obeys robots.txt)").to_owned(),
            robot: "demarche".to_owned(),
            delay: Duration::from_secs(1),
            longest_delay: Duration::from_secs(60),
            timeout: Duration::from_secs(60),
            redirects: 10,
            tries: 4,
            longest_wait: Duration::from_secs(120),
            rest: Duration::from_secs(600),
            robots_hold: Duration::from_secs(24 * 3600),
        }
    }
}

/// Network failures in a row after which a host is left alone.
const PATIENCE: u32 = 3;

/// As much of a robots.txt as is read.
const ROBOTS: u64 = 500 << 10;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing changed since last time.
    Unchanged,
    /// The content.
    Content(Content),
}

/// What a server gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Where it was in the end, after redirects.
    pub url: String,
    /// The content, unpacked.
    pub bytes: Vec<u8>,
    /// The declared type, without parameters, in lower case.
    pub media_type: Option<String>,
    /// The declared encoding.
    pub charset: Option<String>,
    /// For the next conditional request.
    pub validators: Option<Validators>,
}

/// Fetches. One is shared by all threads; it keeps the state of each host.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    manners: Manners,
    clock: Arc<dyn Clock>,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
}

/// What is known of a host. Whoever holds its lock may send it a request.
#[derive(Debug, Default)]
struct Host {
    /// When the next request may be sent.
    next: Duration,
    /// What robots.txt said, and until when that holds.
    rules: Option<(Rules, Duration)>,
    /// Network failures in a row.
    faults: u32,
    /// Until when it is left alone.
    rest: Duration,
}

#[derive(Debug)]
enum Rules {
    Some(Box<Robot>),
    Free,
    Unknown(String),
}

impl Fetcher {
    /// A fetcher. Proxies of the environment are not used.
    pub fn new(manners: Manners, clock: Arc<dyn Clock>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(manners.agent.as_str())
            .accept("text/html,application/xhtml+xml,application/rss+xml,application/atom+xml;q=0.9,*/*;q=0.5")
            .timeout_global(Some(manners.timeout))
            .build();
        Self { agent: config.new_agent(), manners, clock, hosts: Mutex::default() }
    }

    /// Fetches an address; content over `limit` bytes is refused. With validators the server is asked whether anything
    /// changed.
    pub fn fetch(&self, address: &str, validators: Option<&Validators>, limit: u64) -> Result<Answer, Reason> {
        let mut url = parse(address)?;
        let mut seen = vec![url.clone()];
        loop {
            let host = self.host(&url);
            let mut host = host.lock().unwrap_or_else(PoisonError::into_inner);
            self.obey(&mut host, &url)?;
            let answer = self.ask(&mut host, &url, validators)?;
            let status = answer.status();
            if status == StatusCode::NOT_MODIFIED && validators.is_some() {
                return Ok(Answer::Unchanged);
            }
            if let Some(next) = redirect(&url, &answer)? {
                if seen.contains(&next) {
                    return Err(Reason::RedirectLoop { to: next.to_string() });
                }
                if seen.len() > self.manners.redirects {
                    return Err(Reason::Redirects { limit: self.manners.redirects });
                }
                seen.push(next.clone());
                url = next;
                continue;
            }
            if !status.is_success() {
                return Err(Reason::Status { code: status.as_u16() });
            }
            let (media_type, charset) = content_type(answer.headers());
            let validators = validators_of(answer.headers());
            let told = answer.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
            if told.is_some_and(|told: u64| told > limit) {
                return Err(Reason::TooLarge { what: "page", found: told, limit });
            }
            let (bytes, is_whole) = self.body(&mut host, answer, limit)?;
            if !is_whole {
                return Err(Reason::TooLarge { what: "page", found: None, limit });
            }
            return Ok(Answer::Content(Content { url: url.to_string(), bytes, media_type, charset, validators }));
        }
    }

    fn host(&self, url: &Url) -> Arc<Mutex<Host>> {
        let name = format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(0));
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(name).or_default())
    }

    /// Asks robots.txt, at most once in a while.
    fn obey(&self, host: &mut Host, url: &Url) -> Result<(), Reason> {
        if host.rules.as_ref().is_none_or(|(_, until)| self.clock.now() >= *until) {
            let rules = self.rules(host, url)?;
            let hold = if matches!(rules, Rules::Unknown(_)) { self.manners.rest } else { self.manners.robots_hold };
            host.rules = Some((rules, self.clock.now() + hold));
        }
        match &host.rules {
            Some((Rules::Some(robot), _)) if !robot.allowed(url.as_str()) => Err(Reason::Robots),
            Some((Rules::Unknown(detail), _)) => Err(Reason::RobotsUnknown { detail: detail.clone() }),
            _ => Ok(()),
        }
    }

    /// What robots.txt says. A site without one has no rules; one that fails to give it is left alone (RFC 9309).
    fn rules(&self, host: &mut Host, url: &Url) -> Result<Rules, Reason> {
        let mut at = url.join("/robots.txt").map_err(|error| Reason::BadAddress { detail: error.to_string() })?;
        for _ in 0..5 {
            let answer = match self.ask(host, &at, None) {
                Ok(answer) => answer,
                Err(reason @ (Reason::Busy { .. } | Reason::BadAnswer { .. })) => {
                    return Ok(Rules::Unknown(reason.to_string()));
                }
                Err(reason) => return Err(reason),
            };
            let status = answer.status();
            if let Ok(Some(next)) = redirect(&at, &answer) {
                at = next;
                continue;
            }
            if status.is_server_error() {
                return Ok(Rules::Unknown(format!("the server answered {}", status.as_u16())));
            }
            if !status.is_success() {
                return Ok(Rules::Free);
            }
            let bytes = match self.body(host, answer, ROBOTS) {
                Ok((bytes, _)) => bytes,
                Err(reason @ (Reason::Timeout { .. } | Reason::Unreachable { .. })) => return Err(reason),
                Err(reason) => return Ok(Rules::Unknown(reason.to_string())),
            };
            return Ok(match Robot::new(&self.manners.robot, &bytes) {
                Ok(robot) => Rules::Some(Box::new(robot)),
                Err(_) => Rules::Free,
            });
        }
        Ok(Rules::Free)
    }

    /// Sends a request when it is time, again when the server is too busy.
    fn ask(&self, host: &mut Host, url: &Url, validators: Option<&Validators>) -> Result<Response<Body>, Reason> {
        let mut code = 0;
        for attempt in 1..=self.manners.tries {
            let now = self.clock.now();
            if now < host.rest {
                let detail = "it did not answer several times in a row, and is left alone for a while".to_owned();
                return Err(Reason::Unreachable { detail });
            }
            if let Some(wait) = host.next.checked_sub(now).filter(|wait| !wait.is_zero()) {
                self.clock.sleep(wait);
            }
            let mut request = self.agent.get(url.as_str());
            if let Some(etag) = validators.and_then(|validators| validators.etag.as_deref()) {
                request = request.header(header::IF_NONE_MATCH, etag);
            }
            if let Some(date) = validators.and_then(|validators| validators.last_modified.as_deref()) {
                request = request.header(header::IF_MODIFIED_SINCE, date);
            }
            let answer = request.call();
            host.next = self.clock.now() + self.pause(host);
            let answer = match answer {
                Ok(answer) => answer,
                Err(error) => return Err(self.fault(host, reason(&error, self.manners.timeout))),
            };
            host.faults = 0;
            if !matches!(answer.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
                return Ok(answer);
            }
            code = answer.status().as_u16();
            let backoff = Duration::from_secs(2).saturating_mul(1 << attempt.min(8));
            let wait = retry_after(answer.headers()).unwrap_or(backoff).max(self.pause(host));
            if wait > self.manners.longest_wait || attempt == self.manners.tries {
                return Err(Reason::Busy { tries: attempt, code });
            }
            host.next = self.clock.now() + wait;
        }
        Err(Reason::Busy { tries: self.manners.tries, code })
    }

    fn pause(&self, host: &Host) -> Duration {
        let asked = match &host.rules {
            Some((Rules::Some(robot), _)) => robot.delay.filter(|delay| delay.is_finite() && *delay > 0.0),
            _ => None,
        };
        let asked = asked.map_or(Duration::ZERO, |delay| Duration::try_from_secs_f32(delay).unwrap_or(Duration::MAX));
        self.manners.delay.max(asked.min(self.manners.longest_delay))
    }

    /// Reads up to `limit` bytes, and tells whether these were all.
    fn body(&self, host: &mut Host, answer: Response<Body>, limit: u64) -> Result<(Vec<u8>, bool), Reason> {
        let mut bytes = Vec::new();
        let body = answer.into_body().into_with_config().limit(u64::MAX).reader();
        if let Err(error) = body.take(limit + 1).read_to_end(&mut bytes) {
            let reason = io_reason(&error, self.manners.timeout, bytes.len() as u64);
            return Err(self.fault(host, reason));
        }
        host.next = host.next.max(self.clock.now() + self.pause(host));
        let is_whole = bytes.len() as u64 <= limit;
        bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok((bytes, is_whole))
    }

    /// Remembers that a host failed.
    fn fault(&self, host: &mut Host, reason: Reason) -> Reason {
        if matches!(reason, Reason::Timeout { .. } | Reason::Unreachable { .. }) {
            host.faults += 1;
            if host.faults >= PATIENCE {
                host.faults = 0;
                host.rest = self.clock.now() + self.manners.rest;
            }
        }
        reason
    }
}

fn parse(address: &str) -> Result<Url, Reason> {
    let mut url = Url::parse(address).map_err(|error| Reason::BadAddress { detail: error.to_string() })?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(Reason::BadAddress { detail: format!("{}: is not fetched", url.scheme()) });
    }
    url.set_fragment(None);
    Ok(url)
}

/// Where an answer leads, if it is a redirect.
fn redirect(url: &Url, answer: &Response<Body>) -> Result<Option<Url>, Reason> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = answer.headers().get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let Some(location) = location else {
        return Err(Reason::BadAnswer { detail: "a redirect that does not say where to".into() });
    };
    match url.join(location.trim()) {
        Ok(next) => parse(next.as_str()).map(Some),
        Err(error) => Err(Reason::BadAnswer { detail: format!("a redirect to an address that is none ({error})") }),
    }
}

/// How long a server wants to be left alone: seconds, or a date, which counts from the server's own.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok()).map(str::trim);
    let wanted = text(header::RETRY_AFTER)?;
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let time = |text: &str| rfc2822::parse(&text.replace("GMT", "+0000")).ok().map(|zoned| zoned.timestamp());
    let (until, now) = (time(wanted)?, time(text(header::DATE)?)?);
    Some(Duration::from_secs(u64::try_from(until.as_second() - now.as_second()).unwrap_or(0)))
}

fn content_type(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = declared.split(';').map(str::trim);
    let media_type = parts.next().filter(|part| !part.is_empty()).map(str::to_ascii_lowercase);
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    });
    (media_type, charset.filter(|charset| !charset.is_empty()))
}

fn validators_of(headers: &HeaderMap) -> Option<Validators> {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok()).map(str::to_owned);
    let validators = Validators { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) };
    (validators != Validators::default()).then_some(validators)
}

fn reason(error: &ureq::Error, after: Duration) -> Reason {
    match error {
        ureq::Error::Timeout(_) => Reason::Timeout { after },
        ureq::Error::Io(error) => io_reason(error, after, 0),
        ureq::Error::HostNotFound => Reason::Unreachable { detail: "its name is not known".into() },
        ureq::Error::ConnectionFailed => Reason::Unreachable { detail: "no connection".into() },
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Reason::Unreachable { detail: format!("no secure connection: {error}") },
        ureq::Error::BadUri(detail) => Reason::BadAddress { detail: detail.clone() },
        error => Reason::BadAnswer { detail: error.to_string() },
    }
}

fn io_reason(error: &io::Error, after: Duration, read: u64) -> Reason {
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        return match inner {
            // An error in an error would lead in a circle.
            ureq::Error::Io(inner) | ureq::Error::Decompress(_, inner) => plain_reason(inner, after, read),
            inner => reason(inner, after),
        };
    }
    plain_reason(error, after, read)
}

fn plain_reason(error: &io::Error, after: Duration, read: u64) -> Reason {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Reason::Timeout { after },
        ErrorKind::UnexpectedEof => Reason::Truncated { what: "answer", at: read },
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe if read > 0 => {
            Reason::Truncated { what: "answer", at: read }
        }
        ErrorKind::ConnectionRefused => Reason::Unreachable { detail: "it refuses the connection".into() },
        ErrorKind::InvalidData | ErrorKind::InvalidInput => Reason::BadAnswer { detail: error.to_string() },
        _ => Reason::Unreachable { detail: error.to_string() },
    }
}
