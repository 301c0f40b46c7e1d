//! A server on loopback that behaves as badly as it is told, and a clock that never waits.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use demarche_sources::{Clock, Fetcher, Manners};

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
}

/// What a server does with a request.
pub(crate) type Behaviour = dyn Fn(&Request, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

/// A server that ends with its owner.
pub(crate) struct Server {
    pub(crate) address: String,
    pub(crate) requests: Arc<Mutex<Vec<Request>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    pub(crate) fn start(behaviour: impl Fn(&Request, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let stop = Arc::<AtomicBool>::default();
        let behaviour: Arc<Behaviour> = Arc::new(behaviour);
        let server = Self { address, requests: requests.clone(), stop: stop.clone() };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(SeqCst) {
                    return;
                }
                let Ok(mut stream) = stream else { continue };
                let (behaviour, requests) = (behaviour.clone(), requests.clone());
                std::thread::spawn(move || {
                    let Some(request) = request(&stream) else { return };
                    requests.lock().expect("the list").push(request.clone());
                    // Whoever asked may have gone, which is no fault of the server.
                    let _ = behaviour(&request, &mut stream);
                });
            }
        });
        server
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The paths that were asked for, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.requests.lock().expect("the list").iter().map(|request| request.path.clone()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, SeqCst);
        let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
    }
}

fn request(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line.ok()?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some(Request { path, headers })
}

/// Answers with a status line, headers and a body of the length that it has.
pub(crate) fn send(stream: &mut TcpStream, head: &str, body: &[u8]) -> std::io::Result<()> {
    let lines = head.replace('\n', "\r\n");
    write!(stream, "HTTP/1.1 {lines}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    stream.write_all(body)
}

/// Answers with a page.
pub(crate) fn page(stream: &mut TcpStream, title: &str, text: &str) -> std::io::Result<()> {
    send(stream, "200 OK\nContent-Type: text/html; charset=utf-8", &crate::common::html(title, text))
}

pub(crate) fn not_found(stream: &mut TcpStream) -> std::io::Result<()> {
    send(stream, "404 Not Found\nContent-Type: text/html", b"<p>There is no such page.</p>")
}

/// A clock whose time passes when somebody sleeps.
#[derive(Debug, Default)]
pub(crate) struct FakeClock(Mutex<(Duration, Vec<Duration>)>);

impl FakeClock {
    /// How long it was slept, each time, in seconds.
    pub(crate) fn sleeps(&self) -> Vec<f64> {
        self.0.lock().expect("the time").1.iter().map(Duration::as_secs_f64).collect()
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.0.lock().expect("the time").0 += time;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Duration {
        self.0.lock().expect("the time").0
    }

    fn sleep(&self, time: Duration) {
        let mut state = self.0.lock().expect("the time");
        state.0 += time;
        state.1.push(time);
    }
}

/// A fetcher whose pauses take no time.
pub(crate) fn fetcher() -> (Arc<Fetcher>, Arc<FakeClock>) {
    patient(Manners::default().timeout)
}

/// The same with so much patience for one request.
pub(crate) fn patient(timeout: Duration) -> (Arc<Fetcher>, Arc<FakeClock>) {
    let clock = Arc::new(FakeClock::default());
    let manners = Manners { timeout, ..Manners::default() };
    (Arc::new(Fetcher::new(manners, clock.clone())), clock)
}
