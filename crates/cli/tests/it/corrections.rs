//! Corrections on the command line.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::{Run, command, fresh, run, write};

fn filled(name: &str) -> std::path::PathBuf {
    let folder = fresh(name);
    write(&folder, "a.txt", "Norway\n\nNorway applauded Chad on Monday. Peru condemned Chile on Tuesday.\n");
    run(&folder, "ingest a.txt --store s").good();
    folder
}

fn cells(folder: &Path, sql: &str) -> Vec<String> {
    let asked = command(folder).args(["query", sql, "--store", "s", "--format", "csv"]).output().expect("the program starts");
    Run::of(asked).good().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn corrections_are_made_seen_exported_recoded_and_taken_back() {
    let folder = filled("corrections");
    let event = cells(&folder, "SELECT id FROM events WHERE event = 'ACCUSE'").remove(0);
    let now = format!("SELECT event, actor1_code, recipient1_code, date, place_name FROM events WHERE id = '{event}'");
    let before = cells(&folder, &now);
    let options =
        "--type PROTEST --mode riot --actor CHL/OPP --recipient PER/GOV=Peru --date 2025-06-24..2025-06-26 --place Oslo/NOR";
    let told = run(&folder, &format!("correct {} {options} --store s", &event[..8])).good();
    assert!(told.starts_with("corrected: change 00000001-") && told.contains("PROTEST-riot CHL -> PER"), "{told}");
    assert_eq!(cells(&folder, &now), ["PROTEST,CHL,PER,2025-06-24,Oslo"]);
    let again = run(&folder, &format!("correct {event} {options} --store s")).good();
    assert!(again.starts_with("known already"), "{again}");
    run(&folder, "export --store s --format jsonl --to out").good();
    let file = fs::read_dir(folder.join("out")).expect("a folder").filter_map(Result::ok).map(|file| file.path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|end| end == "jsonl")).expect("a file of events");
    assert!(fs::read_to_string(file).expect("text").contains("corrected event,mode,actor,recipient,date,place by 00000001-"));
    let series = run(&folder, "series CHL PER --by month --store s --format csv").good();
    assert!(series.lines().any(|line| line.starts_with("2025-06-01,1,")), "{series}");

    write(
        &folder,
        "own.tsv",
        "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\napplaud.v\tactor=subj recipient=obj|of|by|poss\tACCUSE\tdisapprove\t111\tACCUSE\t\t{A:Norway} [applauded] {R:Chad}.\n",
    );
    let lauded = cells(&folder, "SELECT id FROM events WHERE event = 'SUPPORT'").remove(0);
    run(&folder, &format!("correct {lauded} --reject --note irony --store s")).good();
    assert!(run(&folder, &format!("explain --store s --event {lauded}")).good().contains("applauded"));
    let told = run(&folder, "recode --store s --lexicon own.tsv").good();
    assert!(told.contains("1 correction applied again") && told.contains("no longer matches: reject 00000002-"), "{told}");
    assert_eq!(cells(&folder, &now), ["PROTEST,CHL,PER,2025-06-24,Oslo"]);
    run(&folder, "recode --store s").good();
    assert!(cells(&folder, &format!("SELECT id FROM events WHERE id = '{lauded}'")).is_empty());

    let listed = run(&folder, "corrections --store s").good();
    assert!(listed.contains("change 00000001-") && listed.contains("holds: irony"), "{listed}");
    let lines = run(&folder, "corrections --store s --format jsonl").good();
    assert!(lines.lines().count() == 2 && lines.contains("\"action\":\"reject\"") && lines.contains("\"after\":null"), "{lines}");
    run(&folder, "corrections --store s --format brat --to brat").good();
    let notes = fs::read_dir(folder.join("brat")).expect("a folder").filter_map(Result::ok).map(|file| file.path());
    let notes = notes.into_iter().find(|path| path.extension().is_some_and(|end| end == "ann")).expect("annotations");
    let notes = fs::read_to_string(notes).expect("text");
    assert!(notes.contains("PROTEST") && notes.contains("Mode E1 riot") && !notes.contains("SUPPORT"), "{notes}");

    run(&folder, "corrections --forget 00000001 --store s").good();
    assert_eq!(cells(&folder, &now), before);
    run(&folder, "store check --store s").good();
    for (arguments, status, words) in [
        (format!("correct {event} --store s"), 2, "--accept"),
        (format!("correct {event} --accept --type AID --store s"), 2, "cannot be used with"),
        (format!("correct {event} --type PROTST --store s"), 2, "did you mean PROTEST?"),
        (format!("correct {event} --status actuall --store s"), 2, "did you mean actual?"),
        (format!("correct {event} --actor PRU --store s"), 2, "no code of a country"),
        (format!("correct {event} --date soon --store s"), 2, "write 2025-06-26"),
        (format!("correct {event} --place Nowhereatall --store s"), 2, "kb lookup"),
        ("correct 0000 --accept --store s".to_owned(), 1, "no event \"0000\""),
        ("corrections --forget 7 --store s".to_owned(), 1, "no correction"),
        ("corrections --format brat --store s".to_owned(), 2, "--to FOLDER"),
    ] {
        let told = run(&folder, &arguments);
        assert_eq!((told.status, told.stderr.contains(words)), (status, true), "{arguments}: {}{}", told.stdout, told.stderr);
    }
}

#[test]
fn a_correction_that_is_killed_is_there_whole_or_not_at_all() {
    let folder = filled("corrections-killed");
    let event = cells(&folder, "SELECT id FROM events WHERE event = 'ACCUSE'").remove(0);
    let correct = ["correct", &event, "--type", "THREATEN", "--store", "s"];
    for wait in [40_u64, 90, 160, 240, 330, 60, 120, 200] {
        let mut child =
            command(&folder).args(correct).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().expect("the child ends");
        let both = "SELECT (SELECT count(*) FROM corrections) = (SELECT count(*) FROM events WHERE event = 'THREATEN')";
        run(&folder, "store vacuum --dry-run --store s").good();
        assert_eq!(cells(&folder, both), ["true"], "killed after {wait} ms");
    }
    Run::of(command(&folder).args(correct).output().expect("the program starts")).good();
    assert_eq!(cells(&folder, "SELECT count(*) FROM corrections"), ["1"]);
    run(&folder, "store check --store s").good();
}
