//! A store that grows while it is served.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use demarche_server::Server;
use serde_json::Value;

use crate::{PIPELINE, settings, take_in};

const FIRST: &str =
    r#"{"title":"Raid","published":"2026-02-03","text":"Kenyan police arrested 40 students in Nairobi on Monday."}"#;
const LATER: &str = r#"{"title":"Talks","published":"2026-02-09","text":"Uganda's foreign minister met her Kenyan counterpart in Kampala on Friday."}"#;

/// What is told of the server.
fn status(address: SocketAddr) -> Value {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(b"GET /api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let json = body.find('{').zip(body.rfind('}')).map_or("", |(first, last)| &body[first..=last]);
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

#[test]
fn what_is_taken_in_is_shown_within_seconds() {
    let folder = tempfile::tempdir().expect("a folder");
    take_in(folder.path(), "first", FIRST);
    let settings = settings(folder.path(), None, Duration::from_millis(100));
    let server = Server::open(settings, Arc::clone(&PIPELINE), &|_, _| {}).expect("it can be served");
    let (told, heard) = mpsc::channel();
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let serving = std::thread::spawn(move || {
        let ready = move |address| told.send(address).expect("somebody waits");
        server.run(ready, move || stopped.load(Ordering::Relaxed))
    });
    let address = heard.recv_timeout(Duration::from_secs(30)).expect("it listens");
    let before = status(address);
    take_in(folder.path(), "later", LATER);
    let (taken, mut now) = (Instant::now(), status(address));
    while now["articles"] == before["articles"] && taken.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(50));
        now = status(address);
    }
    assert_eq!((before["articles"].as_u64(), now["articles"].as_u64()), (Some(1), Some(2)), "{now}");
    assert!(now["events"].as_u64() > before["events"].as_u64() && now["commit"].as_u64() > before["commit"].as_u64(), "{now}");
    stop.store(true, Ordering::Relaxed);
    serving.join().expect("it ends").expect("it ends well");
}
