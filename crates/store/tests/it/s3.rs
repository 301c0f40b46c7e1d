//! Stores in buckets: moto's server on loopback, and servers that refuse.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use demarche_store::{Options, Store, StoreError};

use crate::helpers::{committer, content, filled, have};
use crate::pages::batch;

fn settings(port: u16) -> Vec<(String, String)> {
    [
        ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}").as_str()),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ALLOW_HTTP", "true"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn options(port: u16) -> Options {
    Options { storage: settings(port), ..Options::default() }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// moto's server with a bucket `news`, for as long as this lives.
struct Moto {
    child: Child,
    port: u16,
}

impl Moto {
    fn start() -> Option<Self> {
        if !have("moto_server", &["--help"]) {
            return None;
        }
        let port = free_port();
        let child = Command::new("moto_server")
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto runs");
        let moto = Self { child, port };
        let begin = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begin.elapsed() < Duration::from_secs(60), "moto does not answer");
            std::thread::sleep(Duration::from_millis(100));
        }
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("moto answers");
        write!(stream, "PUT /news HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        assert!(answer.contains(" 200 "), "{answer}");
        Some(moto)
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server that answers everything with that status and text.
fn answering(status: &'static str, body: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream, status, body));
        }
    });
    port
}

fn answer(mut stream: TcpStream, status: &str, body: &str) {
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        seen.extend_from_slice(&buffer[..count]);
        if seen.windows(4).any(|window| window == b"\r\n\r\n") {
            break;
        }
    }
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

#[test]
fn a_bucket_is_as_good_as_a_folder() {
    let Some(moto) = Moto::start() else { return };
    let straight = tempfile::tempdir().expect("a folder");
    let straight = filled(straight.path(), 40).check().expect("a check");
    let place = "s3://news/demarche/store";
    let mut one = Store::create(place, options(moto.port)).expect("a store");
    one.commit(batch(0..20)).expect("a commit");
    let mut two = Store::open(place, options(moto.port)).expect("a store");
    // Each finds the other's number taken, which conditional puts alone can tell.
    let done = one.commit(batch(15..30)).expect("a commit");
    assert_eq!((done.number, done.pages), (Some(2), 10));
    let done = two.commit(batch(0..40)).expect("a commit");
    assert_eq!((done.number, done.pages, done.known_pages), (Some(3), 10, 30));
    two.compact().expect("compacted");
    let report = Store::open(place, options(moto.port)).expect("a store").check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(content(&report), content(&straight));
}

#[test]
fn two_processes_share_a_bucket() {
    let Some(moto) = Moto::start() else { return };
    let straight = tempfile::tempdir().expect("a folder");
    let straight = filled(straight.path(), 24).check().expect("a check");
    let place = "s3://news/shared";
    let settings: Vec<String> = settings(moto.port).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut writers: Vec<Child> =
        [12, 8].into_iter().map(|size| committer(place, 24, size).args(&settings).spawn().expect("the example runs")).collect();
    for writer in &mut writers {
        assert!(writer.wait().expect("a child").success());
    }
    let report = Store::open(place, options(moto.port)).expect("a store").check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(content(&report), content(&straight));
}

#[test]
fn a_bucket_that_refuses_says_so() {
    let refusal = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
    let port = answering("403 Forbidden", refusal);
    let error = Store::create("s3://news/store", options(port)).expect_err("refused");
    assert!(matches!(error, StoreError::Refused { .. }), "{error}");
    let told = error.to_string();
    assert!(told.starts_with("the storage refused s3://news/store/_demarche/store.json: "), "{told}");
    assert!(told.contains("Check AWS_ACCESS_KEY_ID"), "{told}");
}

#[test]
fn a_bucket_that_is_nowhere_says_so() {
    let error = Store::create("s3://news/store", options(free_port())).expect_err("nobody answers");
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error}");
    assert!(error.to_string().contains("Check AWS_ENDPOINT_URL and the network"), "{error}");
}

#[test]
fn a_bucket_without_conditional_writes_is_refused() {
    let Some(moto) = Moto::start() else { return };
    let mut options = options(moto.port);
    options.storage.push(("AWS_CONDITIONAL_PUT".into(), "disabled".into()));
    let error = Store::create("s3://news/plain", options).expect_err("refused");
    assert!(matches!(error, StoreError::NoConditionalPut { .. }), "{error}");
}
