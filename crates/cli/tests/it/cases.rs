//! Cases are folders: `tests/cases/<name>/` holds `input.*`, `args` (what follows `code input.*`), and what the program
//! makes of them: `expected.txt`, the table, and `expected.jsonl`, all records without what changes with every model.
//! Run with `UPDATE_CASES=1` to write the expected files anew; then read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{case_folder, run};

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(case_folder()).expect("the folder of cases exists");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "there are no cases");
    cases
}

fn input(case: &Path) -> String {
    let entries = fs::read_dir(case).expect("the case is a folder").map(|entry| entry.expect("it can be listed").file_name());
    let mut names = entries.map(|name| name.to_string_lossy().into_owned());
    names.find(|name| name.starts_with("input.")).expect("every case has an input")
}

/// Compares, or writes the expectation anew. Returns the complaint, so that one run tells all differences.
fn compare(expected: &Path, seen: &str) -> Option<String> {
    if std::env::var_os("UPDATE_CASES").is_some() {
        fs::write(expected, seen).expect("the expectation can be written");
        return None;
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    (wanted != seen).then(|| format!("{}:\n--- expected\n{wanted}\n--- seen\n{seen}", expected.display()))
}

#[test]
fn cases_are_coded_as_expected() {
    let mut complaints = vec![];
    for case in cases() {
        let arguments = fs::read_to_string(case.join("args")).expect("every case has its arguments, if only an empty file");
        let input = input(&case);
        let table = run(&case, &format!("code {input} {arguments}")).good();
        complaints.extend(compare(&case.join("expected.txt"), &table));
        let records =
            run(&case, &format!("code {input} --format jsonl --emit events,quotes,relations,facts,rejects {arguments}")).good();
        complaints.extend(compare(&case.join("expected.jsonl"), &stable(&records)));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

/// Records without scores, and with the rule as all that is left of the coder.
fn stable(records: &str) -> String {
    let mut out = String::new();
    for line in records.lines() {
        let mut record: Value = serde_json::from_str(line).expect("every line is JSON");
        let object = record.as_object_mut().expect("every record is an object");
        object.remove("confidence");
        if let Some(coder) = object.remove("coder") {
            object.insert("rule".into(), coder["rule"].clone());
        }
        out += &record.to_string();
        out.push('\n');
    }
    out
}

/// Whatever is coded, its offsets count characters of the text and lead to the words that the record holds.
#[test]
fn offsets_lead_to_the_words() {
    let mut checked = 0;
    for case in cases() {
        let input = input(&case);
        if !input.ends_with(".txt") {
            // Only of copied text is the article's own text the file itself.
            continue;
        }
        let text: Vec<char> = fs::read_to_string(case.join(&input)).expect("the input is text").chars().collect();
        let records = run(&case, &format!("code {input} --format jsonl --emit events,quotes,facts,rejects")).good();
        for line in records.lines() {
            let record: Value = serde_json::from_str(line).expect("every line is JSON");
            let mut check = |span: &Value, words: &Value| {
                let ends: Vec<usize> =
                    span.as_array().expect("a span").iter().map(|n| n.as_u64().expect("an offset") as usize).collect();
                assert_eq!(text[ends[0]..ends[1]].iter().collect::<String>(), words.as_str().expect("words"));
                checked += 1;
            };
            if record.get("event").is_some() {
                check(&record["spans"]["sentence"], &record["text"]);
                for party in record["actor"].as_array().into_iter().chain(record["recipient"].as_array()).flatten() {
                    check(&party["span"], &party["entity_text"]);
                }
                if !record["spans"]["date"].is_null() {
                    check(&record["spans"]["date"], &record["date_text"]);
                }
            } else {
                check(&record["span"], &record["text"]);
            }
        }
    }
    assert!(checked > 5, "only {checked} spans were checked");
}

/// Programs that read the lines by eye or by column rely on the order of the fields.
#[test]
fn fields_keep_their_order() {
    const FIELDS: [&str; 22] = [
        "id",
        "article",
        "event",
        "mode",
        "context",
        "quad_code",
        "event_scale",
        "cameo",
        "actor",
        "recipient",
        "status",
        "date",
        "enddate",
        "date_precision",
        "date_basis",
        "date_text",
        "event_loc",
        "attribution",
        "magnitude",
        "text",
        "spans",
        "confidence",
    ];
    let records = run(&case_folder(), "code coast-guard/input.html --format jsonl").good();
    assert!(!records.is_empty());
    for line in records.lines() {
        let mut at = 0;
        for field in FIELDS.iter().chain(&["coder"]) {
            let key = format!("\"{field}\":");
            at += line[at..].find(&key).unwrap_or_else(|| panic!("{field} is not in its place: {line}")) + key.len();
        }
    }
}
