//! The other commands.

use std::fs;

use crate::{case_folder, fresh, run, run_with, write};

#[test]
fn help_teaches_by_example() {
    for command in
        ["", "code", "explain", "eval", "bench", "lexicon check", "kb", "kb add", "kb import", "kb lint", "kb lookup", "kb diff"]
    {
        let seen = run(&case_folder(), &format!("{command} --help")).good();
        assert!(seen.contains("Examples:\n  demarche"), "{command}: {seen}");
    }
}

#[test]
fn explain_leads_from_the_list_to_the_rule() {
    let folder = case_folder().join("cup-visit");
    let list = run(&folder, "explain input.txt --published 2024-05-07").good();
    let is_id = |word: &&str| word.len() == 16 && word.chars().all(|c| c.is_ascii_hexdigit());
    let ids: Vec<&str> = list.split_whitespace().filter(is_id).collect();
    assert!(!ids.is_empty(), "the list holds identifiers of events:\n{list}");
    let mut rows = 0;
    for id in &ids {
        let event = run(&folder, &format!("explain input.txt --published 2024-05-07 --event {}", &id[..12])).good();
        for heading in ["Sentence", &format!("Event {id}"), "Rule", "Derivation", "Words", "Tree"] {
            assert!(event.lines().any(|line| line.starts_with(heading)), "{heading} is missing from:\n{event}");
        }
        let by_row = event.contains("its example: ");
        assert!(by_row || event.contains("the model read the act "), "{event}");
        rows += usize::from(by_row);
    }
    assert!(rows > 0, "a row of the lexicon is named with its example");
    let id = ids[0];
    let same = run(&folder, "code input.txt --published 2024-05-07 --format jsonl").good();
    assert!(same.contains(&format!("\"id\":\"{id}\"")), "explain and code name events alike");
    let seen = run(&folder, "explain input.txt --event=");
    assert_eq!(seen.status, 2);
    assert!(seen.stderr.contains("beginning of several events"), "{}", seen.stderr);
}

#[test]
fn a_sentence_from_a_pipe_can_be_explained() {
    let seen = run_with(&case_folder(), "explain - --sentence 1", "Chile condemned Peru on Monday.\n").good();
    assert!(seen.contains("condemned  VERB root"), "{seen}");
}

#[test]
fn a_sentence_without_events_says_which_rows_came_near() {
    let text = "The mayor received a parcel and laminated the letter.\n";
    let seen = run_with(&case_folder(), "explain - --sentence 1", text).good();
    let near = seen.split("Near rows\n").nth(1).unwrap_or_else(|| panic!("there is no section of near rows in:\n{seen}"));
    assert!(near.contains("no row for laminate.v"), "{near}");
    let received = near.lines().find(|line| line.contains("\u{201c}received\u{201d}")).expect("the verb is told");
    assert!(received.contains(".tsv:") && received.contains("receive.v ("), "{received}");
}

#[test]
fn help_names_the_form_of_dates() {
    for command in ["code", "explain", "eval events"] {
        let seen = run(&case_folder(), &format!("{command} --help")).good();
        assert!(seen.contains("--published <YYYY-MM-DD>"), "{command}: {seen}");
    }
}

#[test]
fn parsing_is_measured_on_words_and_on_text() {
    let folder = fresh("parse");
    let rows = [
        "1 Chile Chile PROPN 2 nsubj",
        "2 condemned condemn VERB 0 root",
        "3 Peru Peru PROPN 2 obj SpaceAfter=No",
        "4 . . PUNCT 2 punct",
    ];
    let line = |row: &str| {
        let cells: Vec<&str> = row.split(' ').collect();
        let misc = cells.get(6).copied().unwrap_or("_");
        format!("{}\t{}\t{}\t{}\t_\t_\t{}\t{}\t_\t{misc}\n", cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])
    };
    write(&folder, "gold.conllu", format!("# newdoc id = d\n{}\n", rows.map(line).concat()));
    let seen = run(&folder, "eval parse gold.conllu --json").good();
    let report: serde_json::Value = serde_json::from_str(&seen).expect("the report is JSON");
    for mode in ["gold words", "raw text"] {
        let scores = report[mode]["scores"].as_array().expect("scores are listed");
        let las = scores.iter().find(|row| row["name"] == "LAS").expect("LAS is there");
        assert_eq!(las["f1"], 1.0, "{mode}: {seen}");
    }
}

#[test]
fn relations_are_predicted_a_row_each() {
    let folder = fresh("relations");
    let rows = [
        ("a", "Chile condemned Peru on Monday.", "<s>Chile</s> condemned <t>Peru</t> on Monday.", "ACCUSE", 3),
        ("b", "“Café” is shut.", "“Café” is shut.", "AID", 2),
    ];
    let lines = rows.map(|(id, sentence, marked, root, quad)| format!("{id}\t{sentence}\t{marked}\t{root}\t{quad}\n"));
    write(&folder, "gold.tsv", format!("id\tsentence\tmarked_sentence\troot\tquad\n{}", lines.concat()));
    let seen = run(&folder, "eval relations gold.tsv --predictions out.tsv --errors").good();
    assert!(seen.contains("macro-F1") && seen.contains("for AID"), "{seen}");
    let predictions = fs::read_to_string(folder.join("out.tsv")).expect("the predictions are written");
    assert!(predictions.starts_with("id\troot\tquad\na\tACCUSE\t3\nb\t"), "{predictions}");
}

#[test]
fn gold_events_find_their_article_above_them() {
    let folder = fresh("events");
    write(&folder, "pages/a.txt", "Chile condemned Peru on Monday.\n");
    let event = r#"{"article":"pages/a.txt","kind":"event","trigger":[6,15],"sentence":[0,31],"event":"ACCUSE","mode":["disapprove"],"actor":[{"span":[0,5],"code":"CHL","sector":[]}],"recipient":[{"span":[16,20],"code":"PER","sector":[]}],"status":"actual"}"#;
    write(&folder, "evals/gold.jsonl", format!("{event}\n"));
    let seen = run(&folder, "eval events evals/gold.jsonl --published 2024-05-07 --json").good();
    let report: serde_json::Value = serde_json::from_str(&seen).expect("the report is JSON");
    assert_eq!(report["scores"][1]["f1"], 1.0, "{seen}");
    write(&folder, "evals/bare.jsonl", event.replace("\"article\":\"pages/a.txt\",", ""));
    let seen = run(&folder, "eval events evals/bare.jsonl");
    assert_eq!(seen.status, 2);
    assert!(seen.stderr.contains("say with --text"), "{}", seen.stderr);
    run(&folder, "eval events evals/bare.jsonl --text pages/a.txt").good();
}

#[test]
fn bench_measures_every_stage() {
    let seen = run(&case_folder(), "bench coast-guard cup-visit/input.txt --json").good();
    let report: serde_json::Value = serde_json::from_str(&seen).expect("the report is JSON");
    let stages = report["stages"].as_array().expect("stages are listed");
    let beside = report["beside"].as_array().expect("what the whole is compared with is listed");
    assert_eq!((stages.len(), beside.len()), (6, 3));
    assert!(stages.iter().chain(beside).all(|stage| stage["seconds"].as_f64().is_some_and(|s| s >= 0.0)), "{seen}");
    assert!(report["whole_to_encoder"].as_f64().is_some_and(|ratio| ratio > 0.2), "{seen}");
}

#[test]
fn events_are_exported_in_the_formats_of_others() {
    let folder = fresh("export");
    write(&folder, "a.txt", "Peru condemned Chile on Monday. Kenya's police arrested nine students in Nairobi on Tuesday.");
    run(&folder, "code a.txt --published 2025-03-05 --format jsonl -o events.jsonl").good();
    let events = std::fs::read_to_string(folder.join("events.jsonl")).expect("events are there");
    let actual = events.lines().filter(|line| line.contains("\"status\":\"actual\"")).count();
    assert!(actual >= 2, "{events}");
    for format in ["polecat", "gdelt", "icews", "acled-like", "csv", "jsonl", "parquet", "gexf", "graphml", "geojson"] {
        let told = run(&folder, &format!("export events.jsonl --format {format} --to out/{format}")).good();
        assert!(told.contains(&format!("out/{format}")), "{told}");
        let manifest =
            std::fs::read_to_string(folder.join(format!("out/{format}/{format}.manifest.json"))).expect("there is a manifest");
        assert!(manifest.contains("sha256"), "{format}: {manifest}");
    }
    let lines = std::fs::read_to_string(folder.join("out/jsonl/events.jsonl")).expect("the records are there");
    assert_eq!(lines.lines().count(), actual);
    for (arguments, status, words) in [
        ("export events.jsonl --format xls --to out", 2, "polecat"),
        ("export events.jsonl --format csv --to out --status past", 2, "hypothetical"),
        ("export nothing.jsonl --format csv --to out", 1, "nothing.jsonl"),
        ("export a.txt --format csv --to out", 1, "code PATH --format jsonl"),
        ("export events.jsonl --format brat --to out", 2, "texts"),
    ] {
        let told = run(&folder, arguments);
        assert_eq!(told.status, status, "{arguments}: {}{}", told.stdout, told.stderr);
        assert!(told.stderr.contains(words), "{arguments}: {}", told.stderr);
    }
}
