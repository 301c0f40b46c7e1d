//! Who may do what: hosts, origins, tokens, how often.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN};
use axum::http::{HeaderMap, Method};
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
}

/// Reads a second from one address, other than of this machine.
const READS: NonZeroU32 = NonZeroU32::new(50).expect("not zero");
/// Texts coded and exports begun a second from one address.
const WORKS: NonZeroU32 = NonZeroU32::new(5).expect("not zero");
/// Wrong tokens a minute from one address.
const TRIES: NonZeroU32 = NonZeroU32::new(10).expect("not zero");

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Guard {
    pub(crate) fn new(settings: &Settings) -> Self {
        let local = settings.listen.ip().is_loopback();
        let hosts = local.then(|| {
            let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
            hosts.push(settings.listen.ip().to_string());
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
        }
    }

    /// Whether a change is allowed: by the header, or by a field of a form.
    pub(crate) fn allow(&self, peer: IpAddr, headers: &HeaderMap, field: Option<&str>) -> Result<(), Fault> {
        let Some(token) = &self.token else { return Err(Fault::read_only()) };
        let given =
            headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
        let given = given.or(field).map(str::trim).filter(|given| !given.is_empty());
        if given.is_some_and(|given| bool::from(given.as_bytes().ct_eq(token.as_bytes()))) {
            return Ok(());
        }
        if given.is_some() && self.tries.check_key(&peer).is_err() {
            return Err(Fault::too_many("too many wrong tokens; wait a minute"));
        }
        Err(Fault::token())
    }

    /// Whether there is room for work of this address.
    pub(crate) fn room(&self, peer: IpAddr) -> Result<(), Fault> {
        self.works.check_key(&peer).map_err(|_| Fault::too_many("too many texts and exports at once; wait a second"))
    }

    fn enter(&self, peer: IpAddr, method: &Method, headers: &HeaderMap) -> Result<(), Fault> {
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let host = text(HOST).unwrap_or_default();
        if let Some(hosts) = &self.hosts {
            let name = host
                .rsplit_once(':')
                .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
                .map_or(host, |(name, _)| name);
            if !hosts.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                return Err(Fault::origin("this server answers to localhost only; start it with --listen to answer to others"));
            }
        }
        if method != Method::GET && method != Method::HEAD {
            let from = text(ORIGIN).filter(|origin| *origin != "null").and_then(|origin| origin.split_once("://"));
            if text(ORIGIN).is_some() && from.is_none_or(|(_, from)| !from.eq_ignore_ascii_case(host)) {
                return Err(Fault::origin("pages of other sites may not change anything here"));
            }
        }
        if !peer.is_loopback() && self.reads.check_key(&peer).is_err() {
            return Err(Fault::too_many("too many requests; wait a second"));
        }
        Ok(())
    }
}

/// Lets requests in, and sends answers out with the headers that keep browsers from harm.
pub(crate) async fn stand(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    let entered = app.guard.enter(peer.ip(), request.method(), request.headers());
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
