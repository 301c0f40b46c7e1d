//! Pages: each can be made, read without a script, and holds nothing that a script policy forbids.

use scraper::{Html, Selector};

use crate::{Answer, Desk, SHOWN};

/// All pages of a store.
pub(crate) fn all(desk: &Desk) -> Vec<String> {
    let event = &desk.get("/api/events?limit=1").json()["rows"][0];
    let (id, article) = (event["id"].as_str().expect("an id"), event["article"].as_str().expect("an id"));
    let network = desk.get("/api/network").json();
    let (a, b) = match network["edges"].get(0) {
        Some(edge) => (edge["source"].as_str().expect("a code").to_owned(), edge["target"].as_str().expect("a code").to_owned()),
        None => ("KEN".to_owned(), "SDN".to_owned()),
    };
    let mut paths: Vec<String> = [
        "/",
        "/events",
        "/events?rejects=yes&count=events&columns=date,text,scale",
        "/events?q=river&status=actual&event=-AID&sort=confidence",
        "/events?q=nothingatallmatchesthis",
        "/articles",
        "/articles?q=river",
        "/actors",
        "/map",
        "/map?from=2026-01-01",
        "/network",
        "/quotes",
        "/try",
        "/try?example=court-ruling",
        "/review",
        "/runs",
        "/search",
        "/search?q=minister",
        "/api",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend([format!("/events/{id}"), format!("/events/{id}?explain=1"), format!("/articles/{article}")]);
    paths.extend([format!("/dyads/{a}/{b}"), format!("/dyads/{a}/{b}?direction=from&by=week")]);
    if network["edges"].get(0).is_some() {
        paths.push(format!("/actors/{a}"));
    }
    paths
}

/// What every page must be.
#[track_caller]
pub(crate) fn sound(path: &str, page: &Answer) {
    let text = page.text();
    assert_eq!(page.status.as_u16(), 200, "{path}: {text}");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{path}: {policy}");
    let html = Html::parse_document(&text);
    let all = |selector: &str| html.select(&Selector::parse(selector).expect("a selector")).collect::<Vec<_>>();
    assert_eq!(all("h1").len(), 1, "{path} has one heading");
    assert_eq!(all("main").len(), 1, "{path} has one main part");
    assert!(!all("title")[0].text().collect::<String>().trim().is_empty(), "{path} has a title");
    for script in all("script") {
        assert!(script.value().attr("src").is_some_and(|src| src.starts_with("/static/")), "{path}: {}", script.html());
        assert!(script.text().collect::<String>().trim().is_empty(), "{path}: {}", script.html());
    }
    assert!(all("style, iframe, object, embed, base").is_empty(), "{path} holds what the policy forbids");
    for element in all("*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on") && name != "style", "{path}: {name}={value}");
            let leads = ["href", "src", "action", "formaction"].contains(&name);
            let lower = value.trim().to_ascii_lowercase();
            assert!(!leads || !(lower.starts_with("javascript:") || lower.starts_with("data:")), "{path}: {name}={value}");
        }
    }
    // Nothing is fetched from elsewhere.
    for element in all("script[src], link[href], img[src]") {
        let from = element.value().attr("src").or(element.value().attr("href")).unwrap_or_default();
        assert!(from.starts_with('/') && !from.starts_with("//"), "{path}: {from}");
    }
}

#[test]
fn every_page_is_sound() {
    for path in all(&SHOWN) {
        sound(&path, &SHOWN.page(&path));
    }
}

#[test]
fn links_of_pages_lead_somewhere() {
    let mut known = std::collections::BTreeSet::new();
    for path in all(&SHOWN) {
        let html = Html::parse_document(&SHOWN.page(&path).text());
        for element in html.select(&Selector::parse("a[href], link[href], script[src]").expect("a selector")) {
            let target = element.value().attr("href").or(element.value().attr("src")).unwrap_or_default();
            let whole = if target.starts_with('?') {
                format!("{}{target}", path.split('?').next().unwrap_or_default())
            } else {
                target.to_owned()
            };
            let whole = whole.split('#').next().unwrap_or_default().to_owned();
            if whole.starts_with('/') && known.len() < 400 && known.insert(whole.clone()) {
                let status = SHOWN.page(&whole).status.as_u16();
                assert_eq!(status, 200, "{path} links to {whole}");
            }
        }
    }
    assert!(known.len() > 50, "{} links", known.len());
}

#[test]
fn what_is_missing_is_told_on_a_page() {
    for path in ["/events/0123456789abcdef", "/nothing", "/dyads/xx/yy", "/events?from=soon"] {
        let page = SHOWN.page(path);
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.text().contains("<h1"), "{path}");
    }
}
