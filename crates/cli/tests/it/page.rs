//! The page for browsers: standalone, escaped, linked.

use crate::{case_folder, fresh, run, write};

#[test]
fn the_page_stands_alone() {
    let page = run(&case_folder(), "code coast-guard/input.html cup-visit/input.txt --format html").good();
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    for outside in [" src=", "<link", "@import", "url(", "<iframe", "<img"] {
        assert!(!page.contains(outside), "the page holds {outside}");
    }
    assert!(page.contains("default-src 'none'"));
    assert_eq!(page.matches("<section").count(), 2);
    assert!(page.contains("<span class=\"why\">"), "furniture is shown with its reason");
}

#[test]
fn several_articles_have_a_list_of_contents() {
    let page = run(&case_folder(), "code coast-guard/input.html cup-visit/input.txt --format html").good();
    assert!(page.contains("<title>2 articles \u{b7} coded events</title>"));
    let list = page.split("<ol class=\"contents\">").nth(1).and_then(|rest| rest.split("</ol>").next()).expect("a list");
    let links: Vec<&str> = list.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(links.len(), 2);
    for id in links {
        assert_eq!(page.matches(&format!("<section class=\"article\" id=\"{id}\">")).count(), 1, "the article of {id}");
    }
    assert!(list.contains("Two trawlers seized") && list.contains("events</span>"), "{list}");
    let page = run(&case_folder(), "code coast-guard/input.html --format html").good();
    assert!(page.contains("<title>Two trawlers seized off Cape Verde \u{b7} coded events</title>"));
    assert!(!page.contains("<ol class=\"contents\">") && page.contains("<dt>rule</dt><dd>coerce.tsv:"));
}

#[test]
fn reported_speech_gets_no_quotation_marks() {
    let page = run(&case_folder(), "code harbour-talks/input.txt --published 2024-09-12 --format html").good();
    assert!(page.contains("<li>\u{201c}remarkable patience\u{201d} (in part) \u{2014}"), "{page}");
    assert!(page.contains("<li>\u{201c}We will unload every ship by Sunday,\u{201d} \u{2014}"), "{page}");
    assert!(page.contains("<li>he had hidden the letters (reported) \u{2014}"), "{page}");
}

#[test]
fn triggers_and_events_link_to_each_other() {
    let page = run(&case_folder(), "code cup-visit/input.txt --format html --published 2024-05-07").good();
    let ids: Vec<&str> = page.split("<tr id=\"e-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(!ids.is_empty(), "the page has no events");
    for id in ids {
        assert_eq!(page.matches(&format!("id=\"t-{id}\"")).count(), 1, "the trigger of {id}");
        assert!(page.contains(&format!("href=\"#e-{id}\"")) && page.contains(&format!("href=\"#t-{id}\"")));
    }
}

#[test]
fn nothing_of_an_article_becomes_markup() {
    let folder = fresh("escape");
    let text = "Chile <script>alert(1)</script> condemned Peru & \"Bolivia\" <img src=x onerror=alert(2)> on Monday.";
    let record = serde_json::json!({"text": text, "title": "<b>\"x\"</b>", "source": "'><i>", "url": "javascript:alert(3)"});
    write(&folder, "a.jsonl", format!("{record}\n"));
    let page = run(&folder, "code a.jsonl --format html").stdout;
    for markup in ["<script>alert", "<img", "<b>", "<i>", "href=\"javascript"] {
        assert!(!page.contains(markup), "the page holds {markup}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn a_screen_is_not_steered_by_an_article() {
    let folder = fresh("control");
    write(
        &folder,
        "a.jsonl",
        "{\"title\":\"\\u001b[2J\\u001b]0;x\\u0007T\",\"text\":\"Chile \\u001b[31mcondemned Peru on Monday.\"}\n",
    );
    let table = run(&folder, "code a.jsonl").good();
    assert!(!table.chars().any(|c| c.is_control() && c != '\n'), "{table:?}");
}
