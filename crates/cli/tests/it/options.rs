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
    let bad = run(&folder, "code a.txt --lexicon bad.tsv");
    assert!(bad.stderr.contains("bad.tsv:2") && bad.stderr.contains("SHOUT"), "{}", bad.stderr);
}
