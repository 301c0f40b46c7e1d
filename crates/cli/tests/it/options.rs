//! Options of `code` that change what is told: another codebook, own rows of the lexicon.

use crate::{fresh, run, write};

const TEXT: &str = "A Chilean court jailed two army officers on Monday.";

#[test]
fn every_form_tells_events_in_the_codebook_that_is_asked_for() {
    let folder = fresh("codebooks");
    write(&folder, "a.txt", TEXT);
    for (codebook, label) in [("plover-2", "SANCTION"), ("plover-2016", "ACCUSE"), ("cameo", "116")] {
        for form in ["jsonl", "table", "html"] {
            let out = run(&folder, &format!("code a.txt --codebook {codebook} --format {form}")).good();
            assert!(out.contains(label), "{form} in {codebook} has no {label}: {out}");
            assert!(
                codebook == "plover-2" || !out.contains("SANCTION-convict") && !out.contains("SANCTION convict"),
                "{form} in {codebook} has a mode"
            );
        }
    }
}

#[test]
fn own_rows_win_and_a_faulty_one_is_named() {
    let folder = fresh("own-rows");
    let head = "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\n";
    write(&folder, "a.txt", TEXT);
    write(&folder, "mine.tsv", format!("{head}jail.v\tactor=subj recipient=obj\tCOERCE\tarrest\t173\t\t\t\n"));
    write(&folder, "bad.tsv", format!("{head}jail.v\tactor=subj\tSHOUT\t\t\t\t\t\n"));
    let out = run(&folder, "code a.txt --lexicon mine.tsv --format jsonl").good();
    assert!(out.contains("\"event\":\"COERCE\"") && out.contains("\"rule\":\"mine:jail.v\""), "{out}");
    write(&folder, "headless.tsv", "jail.v\tactor=subj recipient=obj\tCOERCE\tarrest\t173\t\t\t\n");
    let headless = run(&folder, "code a.txt --lexicon headless.tsv");
    assert!(headless.stderr.contains("headless.tsv:1") && headless.stderr.contains("pattern, frame"), "{}", headless.stderr);
    let bad = run(&folder, "code a.txt --lexicon bad.tsv");
    assert!(bad.stderr.contains("bad.tsv:2") && bad.stderr.contains("SHOUT"), "{}", bad.stderr);
    // What would be told with the events, or never be found, is a fault as well.
    for (row, fault) in [
        ("jail.v\tactor=subj\tCOERCE\tfoo\t173\t\t\t", "no mode `foo`; it has "),
        ("jail.v\tactor=subj\tCOERCE\t\t999\t\t\t", "`999` is no CAMEO code"),
        ("jail.v\tactor=subj\tCOERCE\t\t173\t\tfoobar\t", "no context `foobar`"),
        ("jail.v\tactor=subject\tCOERCE\t\t173\t\t\t", "`subject` is no slot"),
        ("jail.v objekt:editor\tactor=subj\tCOERCE\t\t173\t\t\t", "`objekt` is no slot"),
    ] {
        write(&folder, "bad.tsv", format!("{head}{row}\n"));
        let bad = run(&folder, "code a.txt --lexicon bad.tsv");
        assert!(bad.status == 1 && bad.stderr.contains("bad.tsv:2") && bad.stderr.contains(fault), "{}", bad.stderr);
    }
}

#[test]
fn examples_of_own_rows_are_checked() {
    let folder = fresh("own-check");
    let head = "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\n";
    let row = |example: &str| format!("{head}jail.v\tactor=subj recipient=obj\tCOERCE\tarrest\t173\t\t\t{example}\n");
    write(&folder, "good.tsv", row("{A:Chile} [jailed] {R:Peruvian editors} on Monday."));
    write(&folder, "wrong.tsv", row("{A:Chile} [met] {R:Peruvian editors} on Monday."));
    let good = run(&folder, "lexicon check good.tsv").good();
    assert!(good.contains("1 example right, 0 wrong"), "{good}");
    let wrong = run(&folder, "lexicon check wrong.tsv");
    assert!(wrong.status != 0 && wrong.stdout.contains("wrong.tsv:2"), "{}", wrong.stdout);
}

#[test]
fn a_date_with_two_readings_is_read_as_told_or_not_at_all() {
    let folder = fresh("two-readings");
    write(&folder, "a.jsonl", "{\"text\":\"Chile jailed Peruvian editors on Monday.\",\"published\":\"03/11/2026\"}\n");
    let open = run(&folder, "code a.jsonl --format jsonl");
    assert!(
        open.stdout.contains("\"date\":null") && open.stderr.contains("day first or month first"),
        "{}{}",
        open.stdout,
        open.stderr
    );
    for (order, day) in [("dmy", "2026-11-02"), ("mdy", "2026-03-09")] {
        let told = run(&folder, &format!("code a.jsonl --format jsonl --dates {order}")).good();
        assert!(told.contains(&format!("\"date\":\"{day}\"")), "{told}");
        let id = told.split('"').nth(3).expect("a record begins with its identifier").to_owned();
        assert!(run(&folder, &format!("explain a.jsonl --dates {order} --event {id}")).good().contains(day));
    }
}

#[test]
fn tables_and_archives_are_not_coded_as_texts() {
    let folder = fresh("tables");
    write(&folder, "news.csv", "text,published\nChile jailed Peruvian editors.,2026-03-10\n");
    let refused = run(&folder, "code news.csv --format jsonl");
    assert!(refused.stdout.is_empty() && refused.status != 0, "{}", refused.stdout);
    assert!(refused.stderr.contains("news.csv") && refused.stderr.contains("demarche ingest"), "{}", refused.stderr);
}

#[test]
fn a_sentence_that_the_gate_holds_back_is_told_and_can_be_read_all_the_same() {
    let folder = fresh("gate");
    let calm = "The food was great and the staff were very friendly, so we will definitely be back.";
    write(&folder, "a.txt", format!("{TEXT} {calm}\n"));
    let held = run(&folder, "explain a.txt --sentence 2").good();
    assert!(held.contains("Held back by the gate") && held.contains("--every-sentence"), "{held}");
    assert!(!run(&folder, "explain a.txt --sentence 1").good().contains("Held back"));
    let model = |options: &str| {
        let out = run(&folder, &format!("code a.txt --format jsonl {options}")).good();
        assert_eq!(out.lines().count(), 1, "{out}");
        let record: serde_json::Value = serde_json::from_str(out.trim()).expect("a record is JSON");
        record["coder"]["model"].as_str().expect("the coder is stamped").to_owned()
    };
    assert_eq!(format!("{}-every", model("")), model("--every-sentence"), "what was read belongs to the stamp");
}

#[test]
fn own_rows_are_tried_on_every_sentence() {
    let folder = fresh("own-rows-gate");
    let head = "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\n";
    write(&folder, "a.txt", "Norway was friendly to Chile, and the food at the long table was great.\n");
    write(&folder, "mine.tsv", format!("{head}friendly.a\tactor=subj recipient=to\tSUPPORT\t\t051\t\t\t\n"));
    assert_eq!(run(&folder, "code a.txt --format jsonl").stdout, "", "nobody else sees an event in it");
    assert!(run(&folder, "code a.txt --lexicon mine.tsv --format jsonl").good().contains("\"event\":\"SUPPORT\""));
}
