//! Text that wants to be more than text: it shows as text, everywhere.

use scraper::{Html, Selector};
use serde_json::json;

use crate::pages::{all, sound};
use crate::{Desk, TOKEN};

/// What must never stand in a page as it is.
const RAW: [&str; 4] = ["<script>alert", "<img src=x", "<svg onload", "<iframe"];

/// Nothing turns the direction of writing but in a field, where it is what was typed.
fn straight(path: &str, text: &str) {
    let html = Html::parse_document(text);
    let turns = |text: &str| text.contains(['\u{202e}', '\u{2066}']);
    for element in html.select(&Selector::parse("*:not(textarea)").expect("a selector")) {
        let own = element.children().filter_map(|child| child.value().as_text().map(|text| turns(text)));
        assert!(!own.clone().any(|turned| turned), "{path} turns its direction: {}", element.html());
    }
    for element in html.select(&Selector::parse("*").expect("a selector")) {
        for (name, value) in element.value().attrs().filter(|(name, _)| *name != "value") {
            assert!(!turns(value), "{path}: {name}={value}");
        }
    }
}

fn lines() -> String {
    let said = "The minister \u{202e}of war\u{202c} said <script>alert(1)</script> that <img src=x onerror=alert(2)> Kenya attacked Uganda on Monday. \
                “We condemn the <svg onload=alert(3)> attack,” Uganda's president Amara <b>Okello</b> said in Nairobi.";
    let long = "a".repeat(1 << 20);
    let article = |title: &str, source: &str, text: &str| {
        json!({ "title": title, "source": source, "published": "2026-02-03", "text": text, "url": "javascript:alert(4)", "byline": "<iframe src=//evil.example>" }).to_string()
    };
    [
        article("</title><script>alert('title')</script> Kenya attacks Uganda", "\"><img src=x onerror=alert(5)>", said),
        article(
            "' onmouseover='alert(6)",
            "Paper {{ 7 * 7 }} {% raw %}",
            &format!("Kenyan troops shelled a village in Uganda on Tuesday. {long} was the word. {said}"),
        ),
        article(
            "\u{202e}\u{2066}\u{0000}\u{0007} rebels",
            "Öffentliche\u{200b} Zeitung",
            "Rebels in Uganda killed five soldiers near Gulu on Tuesday.</textarea></table><script>alert(8)</script>",
        ),
    ]
    .join("\n")
}

#[test]
fn hostile_text_is_only_text() {
    let desk = Desk::of(&lines(), Some(TOKEN));
    assert!(desk.get("/api/events").json()["total"].as_u64().is_some_and(|total| total > 2), "the texts tell events");
    let mut paths = all(&desk);
    for row in desk.get("/api/events?limit=50").json()["rows"].as_array().expect("rows") {
        paths.extend([
            format!("/events/{}", row["id"].as_str().expect("an id")),
            format!("/articles/{}", row["article"].as_str().expect("an id")),
        ]);
    }
    paths.push("/events?q=%3Cscript%3Ealert(9)%3C%2Fscript%3E&outlet=%22%3E%3Cimg%20src%3Dx%3E&actor_name=%E2%80%AE".to_owned());
    paths.push("/search?q=%22%3E%3Csvg%20onload%3Dalert(1)%3E".to_owned());
    paths.sort();
    paths.dedup();
    for path in paths {
        let page = desk.page(&path);
        sound(&path, &page);
        let text = page.text();
        for raw in RAW {
            assert!(!text.contains(raw), "{path} holds {raw:?}");
        }
        straight(&path, &text);
        assert!(!text.contains("Paper 49"), "{path} runs what a text says");
    }
    // A text that is only looked at is as harmless.
    let form = "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nKenya <script>alert(1)</script> attacked \u{202e}Uganda.\r\n--x--\r\n";
    let request =
        axum::http::Request::post("/try").header("host", "localhost").header("content-type", "multipart/form-data; boundary=x");
    let page = desk.send(request.body(axum::body::Body::from(form)).expect("a request"));
    sound("/try", &page);
    assert!(!page.text().contains("<script>alert"));
    straight("/try", &page.text());
    // Errors repeat what was asked; that too is only text.
    let page = desk.page("/events/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert!(page.status.is_client_error() && !page.text().contains("<script>alert"));
}
