//! The API: lists, filters, forms, faults.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use demarche_store::arrow::ipc::reader::StreamReader;
use demarche_store::{SeriesQuery, Step};
use serde_json::{Value, json};

use crate::{Desk, SHOWN};

fn total(desk: &Desk, query: &str) -> u64 {
    desk.get(&format!("/api/events?{query}")).json()["total"].as_u64().expect("a number")
}

#[test]
fn pages_hold_every_event_once_in_any_order() {
    let all = total(&SHOWN, "");
    assert!(all > 30, "{all} events are too few to say anything");
    for sort in ["-date", "date", "confidence", "-reports", "-published"] {
        let (mut seen, mut cursor) = (BTreeSet::new(), String::new());
        loop {
            let page = SHOWN.get(&format!("/api/events?limit=7&sort={sort}&cursor={cursor}")).json();
            let rows = page["rows"].as_array().expect("rows");
            for row in rows {
                assert!(seen.insert(row["id"].as_str().expect("an id").to_owned()), "{row} comes twice, sorted by {sort}");
            }
            match page["next"].as_str() {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(seen.len() as u64, all, "sorted by {sort}");
    }
}

#[test]
fn facets_count_what_the_filter_then_finds() {
    let facets = SHOWN.get("/api/facets?status=actual&values=1000").json();
    assert_eq!(facets["total"], json!(total(&SHOWN, "status=actual")));
    let mut checked = 0;
    for facet in facets["facets"].as_array().expect("facets") {
        let field = facet["field"].as_str().expect("a name");
        for value in facet["values"].as_array().expect("values").iter().take(4) {
            let word = value["value"].as_str().expect("a word");
            let pair = url::form_urlencoded::Serializer::new(String::new()).append_pair(field, word).finish();
            // The facet of a field counts as if nothing were chosen of that field.
            let query = if field == "status" { pair } else { format!("status=actual&{pair}") };
            assert_eq!(value["count"], json!(total(&SHOWN, &query)), "{query}");
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked} values");
}

#[test]
fn a_value_with_a_minus_leaves_out() {
    let with = total(&SHOWN, "quad=4");
    assert!(with > 0);
    assert_eq!(total(&SHOWN, "quad=-4"), total(&SHOWN, "") - with);
    assert_eq!(total(&SHOWN, "located=yes") + total(&SHOWN, "located=no"), total(&SHOWN, ""));
    assert!(total(&SHOWN, "count=events") <= total(&SHOWN, "count=reports"));
}

#[test]
fn what_is_drawn_adds_up() {
    let all = total(&SHOWN, "");
    for by in ["day", "week", "month", "year"] {
        let histogram = SHOWN.get(&format!("/api/histogram?by={by}")).json();
        let bins: u64 = histogram["bins"].as_array().expect("bins").iter().map(|bin| bin["count"].as_u64().unwrap_or(0)).sum();
        assert_eq!(bins + histogram["undated"].as_u64().unwrap_or(0), all, "by {by}");
    }
    let places = SHOWN.get("/api/places?zoom=3").json();
    let shown: u64 =
        places["clusters"].as_array().expect("clusters").iter().map(|spot| spot["count"].as_u64().unwrap_or(0)).sum();
    assert_eq!(json!(shown), places["located"]);
    assert_eq!(shown + places["unlocated"].as_u64().unwrap_or(0), all);
    // Each symbol leads to as many events as it says.
    for spot in places["clusters"].as_array().expect("clusters").iter().take(5) {
        assert_eq!(spot["count"], json!(total(&SHOWN, &format!("bbox={}", spot["key"].as_str().expect("a box")))), "{spot}");
    }
    let network = SHOWN.get("/api/network").json();
    let edge = &network["edges"][0];
    let (a, b) = (edge["source"].as_str().expect("a code"), edge["target"].as_str().expect("a code"));
    let series = SHOWN.get(&format!("/api/series?actor={a}&recipient={b}&direction=both&by=year")).json();
    let told: u64 = series["points"].as_array().expect("points").iter().map(|point| point["events"].as_u64().unwrap_or(0)).sum();
    let rest = series["undated"].as_u64().unwrap_or(0) + series["coarse"].as_u64().unwrap_or(0);
    assert_eq!(json!(told + rest), edge["events"], "{a} {b}");
}

#[test]
fn series_are_those_of_the_store() {
    let store = SHOWN.store();
    let network = SHOWN.get("/api/network").json();
    let edges = network["edges"].as_array().expect("edges");
    assert!(edges.len() > 3, "{network}");
    for (edge, step) in
        edges.iter().take(6).flat_map(|edge| [Step::Day, Step::Week, Step::Month, Step::Year].map(|step| (edge, step)))
    {
        let (a, b) = (edge["source"].as_str().expect("a code"), edge["target"].as_str().expect("a code"));
        for both_ways in [false, true] {
            let query = SeriesQuery { both_ways, ..SeriesQuery::new(a, Some(b), step) };
            let asked = store.series(&query).expect("a series");
            let direction = if both_ways { "both" } else { "from" };
            let shown =
                SHOWN.get(&format!("/api/series?actor={a}&recipient={b}&direction={direction}&status=actual&by={step}")).json();
            let of = |point: &demarche_store::Point| {
                json!({
                    "begin": point.begin, "events": point.events, "articles": point.articles, "outlets": point.outlets, "quads": point.quads,
                    "intensity": (point.intensity * 100.0).round() / 100.0, "all_articles": point.all_articles, "all_outlets": point.all_outlets,
                })
            };
            assert_eq!(shown["points"], json!(asked.points.iter().map(of).collect::<Vec<_>>()), "{a} {b} {direction} by {step}");
            assert_eq!(
                (&shown["undated"], &shown["coarse"]),
                (&json!(asked.undated), &json!(asked.coarse)),
                "{a} {b} {direction} by {step}"
            );
        }
    }
}

#[test]
fn the_same_rows_come_in_every_form() {
    let all = total(&SHOWN, "status=actual");
    let csv = SHOWN.get("/api/events.csv?status=actual").text();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().expect("a head").len();
    assert_eq!(reader.records().filter(|row| row.as_ref().is_ok_and(|row| row.len() == columns)).count() as u64, all);
    let lines = SHOWN.get("/api/events?status=actual&format=jsonl").text();
    assert_eq!(
        lines.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok_and(|row| row["id"].is_string())).count() as u64,
        all
    );
    let by_score = SHOWN.get("/api/events.csv?status=actual&sort=-scale").text();
    assert_eq!(csv::Reader::from_reader(by_score.as_bytes()).records().count() as u64, all);
    let arrow = SHOWN.get("/api/events.arrow?status=actual");
    let batches = StreamReader::try_new(arrow.bytes.as_slice(), None).expect("a stream of Arrow");
    assert_eq!(batches.map(|batch| batch.expect("a batch").num_rows() as u64).sum::<u64>(), all);
    for path in ["/api/histogram", "/api/series", "/api/places", "/api/network", "/api/articles", "/api/quotes", "/api/actors"] {
        let csv = SHOWN.get(&format!("{path}?format=csv"));
        assert!(csv.header("content-type").starts_with("text/csv"), "{path}");
        assert!(csv.text().lines().count() > 1, "{path}");
    }
}

#[test]
fn an_event_tells_all_that_is_known_of_it() {
    let row = &SHOWN.get("/api/events?limit=1&located=yes").json()["rows"][0];
    let id = row["id"].as_str().expect("an id");
    let whole = SHOWN.get(&format!("/api/events/{id}")).json();
    assert_eq!(&whole["row"], row);
    assert_eq!(whole["record"]["id"], row["id"]);
    assert_eq!(whole["article"]["id"], row["article"]);
    let explained = SHOWN.get(&format!("/api/events/{id}/explain")).json();
    assert!(explained["sections"].as_array().is_some_and(|sections| sections.len() > 3), "{explained}");
    let article = SHOWN.get(&format!("/api/articles/{}", row["article"].as_str().expect("an id"))).json();
    let text: Vec<char> = article["text"].as_str().expect("a text").chars().collect();
    for span in article["spans"].as_array().expect("spans") {
        let (start, end) = (span["start"].as_u64().expect("a place") as usize, span["end"].as_u64().expect("a place") as usize);
        assert!(start < end && end <= text.len(), "{span}");
    }
    // Cut into pieces, no word of the story is lost.
    let pieces: String = article["pieces"]
        .as_array()
        .expect("pieces")
        .iter()
        .flat_map(|piece| piece["parts"].as_array().expect("parts"))
        .map(|part| part["text"].as_str().expect("words"))
        .collect();
    let words = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(words(&pieces), words(article["text"].as_str().expect("a text")));
}

#[test]
fn who_has_an_answer_is_not_sent_it_again() {
    let first = SHOWN.get("/api/facets");
    let request = Request::get("/api/facets").header("host", "localhost").header("if-none-match", first.header("etag"));
    let again = SHOWN.send(request.body(Body::empty()).expect("a request"));
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let other = Request::get("/api/facets?quad=1").header("host", "localhost").header("if-none-match", first.header("etag"));
    assert_eq!(SHOWN.send(other.body(Body::empty()).expect("a request")).status, StatusCode::OK);
}

#[test]
fn faults_name_their_place() {
    for (path, status, code) in [
        ("/api/events?colour=red", 400, "bad_parameter"),
        ("/api/events?from=yesterday", 400, "bad_parameter"),
        ("/api/events?limit=0", 400, "bad_parameter"),
        ("/api/events?cursor=zz", 400, "bad_parameter"),
        ("/api/events?sort=colour", 400, "bad_parameter"),
        ("/api/events?format=xls", 400, "bad_parameter"),
        ("/api/events/0123456789abcdef", 404, "not_found"),
        ("/api/events/..%2f..%2fetc%2fpasswd", 404, "not_found"),
        ("/api/articles/'%20OR%201=1--", 404, "not_found"),
        ("/api/actors/XXX", 404, "not_found"),
        ("/api/nothing", 404, "no_such_page"),
        ("/static/../Cargo.toml", 404, "no_such_page"),
        ("/static/%2e%2e/Cargo.toml", 404, "no_such_page"),
        ("/api/runs/diff", 400, "bad_parameter"),
    ] {
        assert_eq!(SHOWN.get(path).fault(), (status, code.to_owned()), "{path}");
    }
    for path in ["/events/%ff", "/dyads?a=%ff&a=2", "/api/status?limit=7"] {
        let (status, _) = SHOWN.get(path).fault();
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    let many = (0..200).map(|n| format!("&event=a{n}")).collect::<String>();
    assert_eq!(SHOWN.get(&format!("/events?q=x{many}")).fault(), (400, "bad_parameter".to_owned()));
    assert_eq!(
        SHOWN.send(Request::post("/events").header("host", "localhost").body(Body::empty()).expect("a request")).fault().0,
        405
    );
    let elsewhere = Request::get("/api/status").header("host", "evil.example").body(Body::empty()).expect("a request");
    assert_eq!(SHOWN.send(elsewhere).fault(), (403, "foreign_origin".to_owned()));
    let large = Request::post("/api/code").header("host", "localhost").header("content-type", "application/json");
    let large = large.body(Body::from(format!("{{\"text\":\"{}\"}}", "a ".repeat(3 << 20)))).expect("a request");
    assert_eq!(SHOWN.send(large).fault().0, 413);
}

#[test]
fn a_posted_text_is_coded_and_not_kept() {
    let before = SHOWN.get("/api/status").json();
    let asked = json!({ "text": "Kenya condemned the attack on its embassy in Khartoum on Monday, the foreign minister said.", "published": "2026-03-05" });
    let coded = SHOWN.post("/api/code", &asked, None).json();
    let event = &coded["events"][0];
    assert_eq!((event["event"].as_str(), event["actor"][0]["code"].as_str()), (Some("ACCUSE"), Some("KEN")), "{coded}");
    assert!(coded["sentences"][0]["sections"].as_array().is_some_and(|sections| !sections.is_empty()));
    assert_eq!(SHOWN.get("/api/status").json(), before);
    for (body, status) in [
        (json!({}), 422),
        (json!({ "text": "x", "html": "y" }), 422),
        (json!({ "text": "x", "published": "soon" }), 422),
        (json!({ "colour": 1 }), 422),
    ] {
        assert_eq!(SHOWN.post("/api/code", &body, None).status.as_u16(), status, "{body}");
    }
}

#[test]
fn an_export_can_be_fetched() {
    let job = SHOWN.post("/api/exports", &json!({ "format": "polecat", "filters": "status=actual" }), None);
    assert_eq!(job.status, StatusCode::ACCEPTED, "{}", job.text());
    let job: Value = serde_json::from_slice(&job.bytes).expect("a job");
    let path = format!("/api/exports/{}", job["id"].as_str().expect("an id"));
    let mut state = job;
    for _ in 0..600 {
        state = SHOWN.get(&path).json();
        if state["state"] != "working" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(state["state"], "done", "{state}");
    let file = SHOWN.get(&format!("{path}/file"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file.bytes)).expect("an archive");
    let names: Vec<String> =
        (0..zip.len()).map(|n| zip.by_index(n).expect("a file").name().expect("a name").into_owned()).collect();
    assert!(names.iter().any(|name| name.contains("manifest")), "{names:?}");
    assert_eq!(SHOWN.post("/api/exports", &json!({ "format": "xls" }), None).status.as_u16(), 422);
}

#[test]
fn random_questions_are_answered_or_refused() {
    // Pieces that questions and filters are made of, and pieces that they are not.
    let pieces = [
        "attack", "\"", "(", ")", "AND", "OR", "NOT", "-", "+", ":", "title:", "outlet:", "row:", "id:[", "TO", "]", "*", "~2",
        "^9", "\\", "'", "é", "\u{202e}", "💥", "{", "}", "/", "0", "[a TO", "..", ">", "<=", "IN [", "\0", "%",
    ];
    let names =
        ["q", "from", "bbox", "cursor", "sort", "limit", "event", "min_dead", "count", "article", "by", "fields", "zoom", "most"];
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut roll = |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % sides as u64) as usize
    };
    let paths =
        ["events", "facets", "histogram", "series", "places", "network", "articles", "quotes", "search", "rejects", "actors"];
    for round in 0..600 {
        let text: String = (0..=roll(8)).map(|_| format!("{}{}", pieces[roll(pieces.len())], [" ", ""][roll(2)])).collect();
        let name = if round % 2 == 0 { "q" } else { names[roll(names.len())] };
        let pair = url::form_urlencoded::Serializer::new(String::new()).append_pair(name, &text).finish();
        let path = format!("/api/{}?{pair}", paths[roll(paths.len())]);
        let answer = SHOWN.get(&path);
        assert!(
            answer.status == StatusCode::OK || answer.status == StatusCode::BAD_REQUEST,
            "{path}: {} {}",
            answer.status,
            answer.text()
        );
    }
}

#[test]
fn random_texts_are_coded_or_refused() {
    let pieces = [
        "soldiers ",
        "attacked ",
        "Iran ",
        "\"",
        "“",
        "<p>",
        "</p><script>",
        ". ",
        "\n\n",
        "\u{0}",
        "\u{202e}",
        "12 ",
        "on Monday ",
        "�",
        "𐍈",
        "&amp;",
        "<!--",
        "said ",
        "((((",
        "U.S. ",
    ];
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let mut roll = |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % sides as u64) as usize
    };
    for round in 0..40 {
        let text: String = (0..roll(40)).map(|_| pieces[roll(pieces.len())]).collect();
        let body = if round % 2 == 0 { json!({ "text": text }) } else { json!({ "html": text }) };
        let answer = SHOWN.post("/api/code", &body, None);
        let status = answer.status.as_u16();
        assert!([200, 422, 429].contains(&status), "{body}: {status} {}", answer.text());
        if status == 429 {
            std::thread::sleep(std::time::Duration::from_millis(250));
        }
    }
}

#[test]
fn the_description_tells_every_address() {
    let description = SHOWN.get("/api/openapi.json").json();
    let paths = description["paths"].as_object().expect("paths");
    assert!(paths.len() > 30, "{} addresses", paths.len());
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("operations") {
            assert!(
                operation["summary"].as_str().is_some_and(|words| !words.is_empty()),
                "{method} {path} says nothing of itself"
            );
            assert!(
                operation["responses"]["200"].is_object() || operation["responses"]["202"].is_object(),
                "{method} {path} has no good answer"
            );
        }
    }
}
