//! Time and memory on records made up: `cargo run --release -p demarche-corroborate --example scale -- 10000 [BATCH]`.
//!
//! Events lie in one year, so that ten times the records are ten times as dense. How often an event is reported follows a power law
//! (most of them once or twice, a few by hundreds); a fourth of the reports lack a party, a third the place, a third the date.

#![allow(missing_docs, clippy::allow_attributes, clippy::print_stdout, reason = "a tool, not the library")]

use demarche_corroborate::{Corroborator, Report};
use demarche_records::Event;
use serde_json::json;

const TYPES: &[(&str, &str, &str, u8)] = &[
    ("ASSAULT", "assault-aerial", "aerial", 4),
    ("ASSAULT", "assault-heavy-weapons", "heavy-weapons", 4),
    ("ASSAULT", "assault-firearms", "firearms", 4),
    ("CONSULT", "consult-general", "", 1),
    ("CONSULT", "consult-visit", "visit", 1),
    ("SANCTION", "sanction-economic", "", 4),
    ("COERCE", "coerce-arrest", "arrest", 4),
    ("PROTEST", "protest-demo", "demo", 4),
    ("ACCUSE", "accuse-criticise", "disapprove", 3),
    ("REQUEST", "request-yield", "yield", 3),
    ("SUPPORT", "support-praise", "", 1),
    ("AID", "aid-humanitarian", "", 2),
];

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Small numbers are likelier: of n, with odds that fall as 1 over the rank.
    fn ranked(&mut self, n: usize) -> usize {
        ((n as f64).powf(self.share()) as usize).min(n) - 1
    }
}

/// An event of the made-up world.
struct World {
    kind: usize,
    actor: usize,
    recipient: usize,
    town: usize,
    day: usize,
    dead: usize,
    words: Vec<usize>,
}

fn code(at: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    [letter(at / 26), letter(at), 'X'].iter().collect()
}

fn report(world: &World, id: usize, random: &mut Random) -> Event {
    let (event, act, mode, quad) = TYPES[world.kind];
    let published = world.day + random.below(3);
    let date = |day: usize| jiff::civil::date(2025, 1, 1).saturating_add(jiff::Span::new().days(day as i64)).to_string();
    let party = |at: usize, gap: bool| {
        if gap {
            return vec![];
        }
        vec![
            json!({ "code": code(at), "sector": ["GOV"], "entity_text": "officials", "identifier_id": null, "identifier_text": null,
            "office": null, "span": [0, 1], "basis": "composed" }),
        ]
    };
    let gap = random.share();
    let (from, basis) = match random.share() {
        s if s < 0.66 => (Some(date(world.day)), "expression"),
        s if s < 0.85 => (Some(date(published)), "publication"),
        _ => (None, "unknown"),
    };
    let place = (random.share() < 0.66).then(|| {
        json!({ "name": format!("Town {}", world.town), "country": code(world.recipient), "admin1": format!("Region {}", world.town / 4),
            "lat": (world.recipient % 120) as f64 - 60.0 + (world.town % 5) as f64 * 0.7, "lon": (world.recipient * 7 % 360) as f64 - 180.0 + (world.town / 5) as f64 * 0.7,
            "geonames": world.recipient * 100 + world.town + 1, "precision": "city", "basis": "sentence", "unit": null, "chosen": null, "alternatives": [] })
    });
    let mut words: Vec<String> =
        world.words.iter().filter(|_| random.share() < 0.6).map(|w| format!("word{}", number_word(*w))).collect();
    words.extend((0..6).map(|_| format!("word{}", number_word(random.ranked(20_000)))));
    let dead = world.dead + random.below(2);
    let figures = if world.dead > 0 {
        vec![
            json!({ "kind": "dead", "value": dead, "low": dead, "high": dead, "hedge": null, "unit": "person", "part": false, "source": null, "text": "", "span": [0, 1] }),
        ]
    } else {
        vec![]
    };
    serde_json::from_value(json!({
        "id": format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&id.to_le_bytes())),
        "article": { "id": format!("article {id}"), "url": null, "title": null, "published": date(published), "source": format!("Outlet {}", random.ranked(500)),
            "language": "en", "published_basis": "record", "origin": "" },
        "event": event, "mode": [mode], "context": [], "quad_code": quad, "event_scale": 0.0, "act": act, "cameo": "",
        "actor": party(world.actor, gap < 0.15), "recipient": party(world.recipient, gap > 0.9), "status": "actual", "date": from, "enddate": from,
        "date_precision": from.as_ref().map(|_| "day"), "date_basis": basis, "date_text": null, "event_loc": place, "attribution": [],
        "magnitude": { "dead": (world.dead > 0).then_some(dead), "figures": figures }, "text": words.join(" "),
        "spans": { "sentence": [0, 1], "trigger": [0, 1], "date": null, "place": null }, "confidence": 0.9,
        "coder": { "version": "", "model": "", "ontology": "", "lexicon": "", "knowledge": "", "rule": "" },
    }))
    .expect("a record")
}

/// A number as letters, the first ones first, for words are known by their beginnings.
fn number_word(mut n: usize) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
        if n == 0 {
            break word.chars().chain("xyzq".chars()).collect();
        }
    }
}

fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}

/// Seconds of the processor, which a busy machine does not change much.
fn now() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

fn main() {
    let number = |at: usize| std::env::args().nth(at).and_then(|n| n.parse::<usize>().ok());
    let records = number(1).unwrap_or(10_000);
    let batch = number(2).unwrap_or(records);
    let mut random = Random(42);
    let mut all = Corroborator::default();
    let (mut made, mut events, mut longest, mut last) = (0, 0, 0.0f64, 0.0);
    let mut seconds = 0.0;
    let before = memory();
    let mut waiting: Vec<Event> = vec![];
    while made < records {
        let world = World {
            kind: random.below(TYPES.len()),
            actor: random.ranked(150),
            recipient: random.ranked(150),
            town: random.ranked(40),
            day: random.below(365),
            dead: random.ranked(40),
            words: (0..8).map(|_| random.ranked(20_000)).collect(),
        };
        events += 1;
        let reports = (1.0 / (1.0 - random.share()).powf(0.8)) as usize;
        for _ in 0..reports.clamp(1, 500).min(records - made) {
            waiting.push(report(&world, made, &mut random));
            made += 1;
            if waiting.len() == batch.min(5000) || made == records {
                let start = now();
                all.add(waiting.iter().map(Report::from));
                if made % batch == 0 || made == records {
                    all.settle();
                }
                last = now() - start;
                longest = longest.max(last);
                seconds += last;
                waiting.clear();
            }
        }
    }
    let start = now();
    let clusters = all.clusters().len();
    let out = now() - start;
    println!(
        "records {records}  events {events}  clusters {clusters}  batches of {batch}  seconds {seconds:.2}  us/record {:.1}  longest batch {longest:.2} s  last {last:.2} s  clusters with reasons {out:.2} s  MB {}  bytes/record {}",
        seconds * 1e6 / records as f64,
        memory() / 1024,
        (memory() - before) * 1024 / records,
    );
}
