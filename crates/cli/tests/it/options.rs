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
    write(
        &folder,
        "mine.tsv",
        format!(
            "{head}be.v pred:friendly\tactor=subj recipient=to\tSUPPORT\t\t051\t\t\t\nfriendly.a\tactor=subj recipient=to\tSUPPORT\t\t051\t\t\t\n"
        ),
    );
    assert_eq!(run(&folder, "code a.txt --format jsonl").stdout, "", "nobody else sees an event in it");
    assert!(run(&folder, "code a.txt --lexicon mine.tsv --format jsonl").good().contains("\"event\":\"SUPPORT\""));
}
