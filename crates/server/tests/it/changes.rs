//! Corrections, merges and splits: with a token only, and seen at once.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;

use crate::{Desk, SHOWN, TOKEN};

const NEWS: &str = r#"{"title":"Raid","source":"Paper One","published":"2026-02-03","text":"Kenyan police arrested 40 students in Nairobi on Monday. The opposition condemned the arrests."}
{"title":"Arrests","source":"Paper Two","published":"2026-02-03","text":"Police in Kenya arrested 40 students in Nairobi on Monday, witnesses said."}
{"title":"Talks","source":"Paper One","published":"2026-02-09","text":"Uganda's foreign minister met her Kenyan counterpart in Kampala on Friday."}"#;

#[test]
fn nothing_changes_without_a_token() {
    let body = json!({ "event": "0123456789abcdef", "action": "accept" });
    assert_eq!(SHOWN.post("/api/corrections", &body, Some("whatever")).fault(), (403, "read_only".to_owned()));
    let desk = Desk::of(NEWS, Some(TOKEN));
    for path in ["/api/corrections", "/api/clusters/merge", "/api/clusters/split"] {
        assert_eq!(desk.post(path, &body, None).fault(), (401, "token_needed".to_owned()), "{path}");
        assert_eq!(desk.post(path, &body, Some("wrong-token")).fault(), (401, "wrong_token".to_owned()), "{path}");
    }
    let delete =
        |path: &str| desk.send(Request::delete(path).header("host", "localhost").body(Body::empty()).expect("a request"));
    assert_eq!(delete("/api/corrections/00000001").fault().0, 401);
    assert_eq!(delete("/api/decisions/00000001").fault().0, 401);
    let foreign = Request::post("/api/corrections").header("host", "localhost").header("origin", "https://evil.example");
    let foreign = foreign.header("authorization", format!("Bearer {TOKEN}")).header("content-type", "application/json");
    assert_eq!(
        desk.send(foreign.body(Body::from(body.to_string())).expect("a request")).fault(),
        (403, "foreign_origin".to_owned())
    );
    // Who guesses is stopped.
    let last = (0..12).map(|_| desk.post("/api/corrections", &body, Some("a-guess")).status).last();
    assert_eq!(last, Some(StatusCode::TOO_MANY_REQUESTS));
    // And gains nothing by guessing right in the end.
    assert_eq!(desk.post("/api/corrections", &body, Some(TOKEN)).status, StatusCode::TOO_MANY_REQUESTS);
}

#[test]
fn a_correction_is_seen_at_once_and_can_be_taken_back() {
    let desk = Desk::of(NEWS, Some(TOKEN));
    let find = |query: &str| desk.get(&format!("/api/events?{query}")).json();
    let id = find("event=CONSULT")["rows"][0]["id"].as_str().expect("a meeting was coded").to_owned();
    let changed = desk
        .post(
            "/api/corrections",
            &json!({ "event": id, "action": "change", "changes": { "status": "future", "actor": "TZA GOV" }, "note": "seen" }),
            Some(TOKEN),
        )
        .json();
    let whole = desk.get(&format!("/api/events/{id}")).json();
    assert_eq!(
        (whole["row"]["status"].as_str(), whole["row"]["actors"][0]["code"].as_str()),
        (Some("future"), Some("TZA")),
        "{whole}"
    );
    assert_eq!(whole["corrections"].as_array().map(Vec::len), Some(1));
    assert_eq!(find("actor=TZA")["total"], json!(1));
    let bad =
        desk.post("/api/corrections", &json!({ "event": id, "action": "change", "changes": { "event": "ATTACK" } }), Some(TOKEN));
    assert_eq!(bad.fault().0, 422);
    let delete = Request::delete(format!("/api/corrections/{}", changed["id"].as_str().expect("an id")));
    let delete = delete.header("host", "localhost").header("authorization", format!("Bearer {TOKEN}"));
    assert_eq!(desk.send(delete.body(Body::empty()).expect("a request")).status, StatusCode::OK);
    assert_eq!(find("actor=TZA")["total"], json!(0));
    // A form does the same, and leads back.
    let form = format!("event={id}&action=reject&changes.event=&token={TOKEN}&back=%2Freview");
    let request =
        Request::post("/api/corrections").header("host", "localhost").header("content-type", "application/x-www-form-urlencoded");
    let answer = desk.send(request.body(Body::from(form)).expect("a request"));
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/review"));
    for back in ["//evil.example", "/\\evil.example", "/%09/evil.example", "https://evil.example/"] {
        let form = format!("event={id}&action=reject&token={TOKEN}&back={back}");
        let request = Request::post("/api/corrections")
            .header("host", "localhost")
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = desk.send(request.body(Body::from(form)).expect("a request"));
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{back}");
    }
    assert_eq!(desk.get(&format!("/api/events/{id}")).status, StatusCode::NOT_FOUND);
    assert!(desk.get("/api/corrections.jsonl").text().contains(&id));
}

#[test]
fn reports_are_split_and_merged() {
    let desk = Desk::of(NEWS, Some(TOKEN));
    let arrests = desk.get("/api/events?event=COERCE").json();
    let ids: Vec<&str> = arrests["rows"].as_array().expect("rows").iter().map(|row| row["id"].as_str().expect("an id")).collect();
    let [one, two] = ids.as_slice() else { panic!("two reports of the arrests: {arrests}") };
    let cluster = |id: &str| desk.get(&format!("/api/events/{id}")).json()["cluster"]["id"].clone();
    assert_eq!(cluster(one), cluster(two), "the two reports are of one event");
    desk.post("/api/clusters/split", &json!({ "event": two, "note": "another day" }), Some(TOKEN)).json();
    assert_ne!(cluster(one), cluster(two));
    desk.post("/api/clusters/merge", &json!({ "a": one, "b": two }), Some(TOKEN)).json();
    assert_eq!(cluster(one), cluster(two));
    assert_eq!(desk.get("/api/decisions").json()["rows"].as_array().map(Vec::len), Some(2));
}
