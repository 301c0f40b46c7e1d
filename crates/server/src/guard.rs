//! Who may do what: hosts, origins, tokens, how often.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use subtle::ConstantTimeEq as _;

use crate::Settings;
use crate::fault::Fault;
use crate::state::App;

/// Guards the doors.
pub(crate) struct Guard {
    token: Option<String>,
    /// Only these hosts are answered, so that no page from elsewhere can speak to a server on this machine by a name of its own.
    hosts: Option<Vec<String>>,
    reads: DefaultKeyedRateLimiter<IpAddr>,
    works: DefaultKeyedRateLimiter<IpAddr>,
    tries: DefaultKeyedRateLimiter<IpAddr>,
    /// Until when no token of an address is looked at.
    shut: Mutex<HashMap<IpAddr, Instant>>,
}

/// Reads a second from one address, other than of this machine.
const READS: NonZeroU32 = NonZeroU32::new(50).expect("not zero");
/// Texts coded and exports begun a second from one address.
const WORKS: NonZeroU32 = NonZeroU32::new(5).expect("not zero");
/// Wrong tokens a minute from one address.
const TRIES: NonZeroU32 = NonZeroU32::new(10).expect("not zero");
/// How long an address that guessed has to wait.
const WAIT: Duration = Duration::from_secs(60);
/// The longest question.
const QUERY: usize = 4_096;
const PARAMETERS: usize = 100;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Guard {
    pub(crate) fn new(settings: &Settings) -> Self {
        let local = settings.listen.ip().is_loopback();
        let hosts = (local || !settings.hosts.is_empty()).then(|| {
            let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
            hosts.push(settings.listen.ip().to_string());
            hosts.extend(settings.hosts.iter().cloned());
            hosts
        });
        Self {
            token: settings.token.clone(),
            hosts,
            reads: RateLimiter::keyed(
                Quota::per_second(READS).allow_burst(READS.saturating_mul(NonZeroU32::MIN.saturating_add(5))),
            ),
            works: RateLimiter::keyed(
                Quota::per_second(WORKS).allow_burst(WORKS.saturating_mul(NonZeroU32::MIN.saturating_add(3))),
            ),
            tries: RateLimiter::keyed(Quota::per_minute(TRIES)),
            shut: Mutex::default(),
        }
    }

    /// Whether a change is allowed: by the header, or by a field of a form.
    pub(crate) fn allow(&self, peer: IpAddr, headers: &HeaderMap, field: Option<&str>) -> Result<(), Fault> {
        let peer = counted(peer);
        let Some(token) = &self.token else { return Err(Fault::read_only()) };
        let given =
            headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
        let given = given.or(field).map(str::trim).filter(|given| !given.is_empty());
        let Some(given) = given else { return Err(Fault::token()) };
        let wait = || Fault::too_many("too many wrong tokens; wait a minute");
        let mut shut = self.shut.lock().unwrap_or_else(PoisonError::into_inner);
        if shut.get(&peer).is_some_and(|until| *until > Instant::now()) {
            return Err(wait());
        }
        if bool::from(given.as_bytes().ct_eq(token.as_bytes())) {
            return Ok(());
        }
        if self.tries.check_key(&peer).is_err() {
            shut.insert(peer, Instant::now() + WAIT);
            return Err(wait());
        }
        Err(Fault::wrong_token())
    }

    /// Whether there is room for work of this address.
    pub(crate) fn room(&self, peer: IpAddr) -> Result<(), Fault> {
        self.works.check_key(&counted(peer)).map_err(|_| Fault::too_many("too many texts and exports at once; wait a second"))
    }

    /// Forgets addresses that have not asked for a while.
    pub(crate) fn tidy(&self) {
        for limiter in [&self.reads, &self.works, &self.tries] {
            limiter.retain_recent();
        }
        self.shut.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, until| *until > Instant::now());
    }

    fn enter(&self, peer: IpAddr, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Fault> {
        // Pages repeat the question in each of their links, so that a long one makes a page of many megabytes.
        let long = uri.query().is_some_and(|query| query.len() > QUERY || query.matches('&').count() > PARAMETERS);
        if long {
            return Err(Fault::parameter(format!("the question is too long: {QUERY} bytes and {PARAMETERS} parameters at most")));
        }
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let host = text(HOST).unwrap_or_default();
        if let Some(hosts) = &self.hosts {
            let name = host
                .rsplit_once(':')
                .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
                .map_or(host, |(name, _)| name);
            if !hosts.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                return Err(Fault::origin(
                    "this server does not answer to that name; start it with --host NAME to answer to another",
                ));
            }
        }
        if method != Method::GET && method != Method::HEAD {
            let from = text(ORIGIN).filter(|origin| *origin != "null").and_then(|origin| origin.split_once("://"));
            if text(ORIGIN).is_some() && from.is_none_or(|(_, from)| !from.eq_ignore_ascii_case(host)) {
                return Err(Fault::origin("pages of other sites may not change anything here"));
            }
        }
        if !peer.is_loopback() && self.reads.check_key(&counted(peer)).is_err() {
            return Err(Fault::too_many("too many requests; wait a second"));
        }
        Ok(())
    }
}

/// By what addresses are counted: of IPv6 the network, as one subscriber has all of its addresses.
fn counted(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !0 << 64).into(),
        address => address,
    }
}

/// Lets requests in, and sends answers out with the headers that keep browsers from harm.
pub(crate) async fn stand(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let entered = app.guard.enter(peer.ip(), request.method(), request.uri(), request.headers());
    let mut response = match entered {
        Ok(()) => next.run(request).await,
        Err(fault) => fault.into_response(),
    };
    let headers = response.headers_mut();
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ("x-frame-options", "DENY"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_is_counted_once() {
        let same = |a: &str, b: &str| counted(a.parse().expect(a)) == counted(b.parse().expect(b));
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(same("::ffff:192.0.2.7", "192.0.2.7"));
        assert!(!same("192.0.2.7", "192.0.2.8"));
    }
}
