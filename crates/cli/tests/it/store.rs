//! A store from the outside: taken in once, whatever happens; asked, exported, coded again.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::{Run, command, fresh, run, write};

/// The files in `examples/`, without those of the folders in it.
fn examples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/*.*").display().to_string()
}

/// The line of `store check` that stands for the content of all tables.
#[track_caller]
fn content(folder: &Path, store: &str) -> String {
    let report = run(folder, &format!("store check --store {store}")).good();
    let line = report.lines().find(|line| line.contains("content of all tables")).expect("the report has a hash");
    line.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// The only cell of an answer.
#[track_caller]
fn number(folder: &Path, store: &str, sql: &str) -> u64 {
    let answer = command(folder).args(["query", sql, "--store", store, "--format", "csv"]).output().expect("the program starts");
    let answer = Run::of(answer).good();
    answer.lines().nth(1).and_then(|cell| cell.parse().ok()).unwrap_or_else(|| panic!("{sql} gave {answer}"))
}

/// Stories that differ, some of them copies, one in another language.
fn corpus(folder: &Path, articles: usize) {
    let towns = ["Goma", "Lima", "Oslo", "Quito", "Hanoi", "Accra", "Tbilisi"];
    let acts = [
        "soldiers arrested nine students after a march",
        "the foreign minister met her Chilean counterpart for talks on fishing",
        "rebels shelled a village and killed 12 people",
        "thousands marched against the new tax on bread",
        "the government recalled its ambassador from Ghana",
    ];
    let mut lines = String::new();
    for n in 0..articles {
        let (town, act) = (towns[n % towns.len()], acts[n % acts.len()]);
        let text = format!(
            "{} - In {town}, {act} on Monday, an official said. It was report number {n} of the week.\\n\\nThe opposition demanded an inquiry and \
             called a strike for Friday. Nobody from ministry {} answered the telephone.",
            town.to_uppercase(),
            n / 3
        );
        lines += &format!(
            "{{\"title\":\"Report {n}\",\"published\":\"2025-03-0{}\",\"source\":\"Paper {}\",\"text\":\"{text}\"}}\n",
            1 + n % 9,
            n % 4
        );
        if n % 10 == 0 {
            lines +=
                &format!("{{\"title\":\"Again\",\"published\":\"2025-03-09\",\"source\":\"Paper 9\",\"text\":\"{text}\"}}\n");
        }
    }
    lines += "{\"title\":\"Nota\",\"published\":\"2025-03-09\",\"text\":\"El gobierno anunció el lunes que las negociaciones se reanudarán en la \
              capital la próxima semana. Las dos partes acordaron un calendario, pero la oposición sigue pidiendo la renuncia del ministro.\"}\n";
    lines += "{\"text\": \"cut off in the mid\n";
    write(folder, "news/wire.jsonl", lines);
    write(folder, "news/empty.txt", "");
}

#[test]
fn the_examples_are_taken_in_once_and_can_be_asked_exported_and_corroborated() {
    let folder = fresh("store-examples");
    let first = run(&folder, &format!("ingest {} --store s", examples())).good();
    let events = number(&folder, "s", "SELECT count(*) FROM events");
    assert!(events > 100, "{first}");
    assert_eq!(events, number(&folder, "s", "SELECT count(DISTINCT id) FROM events"));
    let before = content(&folder, "s");
    let second = run(&folder, &format!("ingest {} --store s", examples())).good();
    assert!(second.starts_with("0 articles coded"), "{second}");
    assert_eq!(before, content(&folder, "s"), "the second run changed something");

    let actual = number(&folder, "s", "SELECT count(*) FROM events WHERE status = 'actual'");
    for format in ["polecat", "gdelt", "icews", "acled-like", "csv", "jsonl", "parquet", "gexf", "graphml", "geojson", "brat"] {
        run(&folder, &format!("export --store s --format {format} --to out/{format}")).good();
        let manifest =
            fs::read_to_string(folder.join(format!("out/{format}/{format}.manifest.json"))).expect("there is a manifest");
        assert!(manifest.contains("sha256"), "{format}: {manifest}");
    }
    let lines = fs::read_dir(folder.join("out/jsonl")).expect("the folder is there").filter_map(Result::ok);
    let lines =
        lines.map(|file| file.path()).find(|path| path.extension().is_some_and(|e| e == "jsonl")).expect("a file of records");
    assert_eq!(fs::read_to_string(lines).expect("it can be read").lines().count() as u64, actual);

    let told = run(&folder, "corroborate --store s").good();
    assert!(told.contains(&format!("{events} reports of")), "{told}");
    assert_eq!(events, number(&folder, "s", "SELECT count(*) FROM event_clusters"));
    let clusters = number(&folder, "s", "SELECT count(*) FROM clusters");
    assert!(clusters < events && told.contains(&format!("of {clusters} events")), "{told}");
    assert_eq!(events, number(&folder, "s", "SELECT sum(reports) FROM clusters"));
    assert_eq!(
        clusters,
        number(
            &folder,
            "s",
            "SELECT count(*) FROM clusters k JOIN event_clusters c ON k.lead = c.event AND k.cluster_id = c.cluster_id"
        )
    );
    let joined = run(&folder, "export --store s --format csv --joined --to out/joined").good();
    assert!(joined.contains("first report of each event"), "{joined}");
    let refused = run(&folder, "export --store s --format gdelt --joined --to out/joined");
    assert_eq!((refused.status, refused.stderr.contains("joined already")), (2, true), "{}", refused.stderr);
    run(&folder, "export --store s --format gdelt --to out/mentions").good();
    let rows = |ending: &str| {
        let files = fs::read_dir(folder.join("out/mentions")).expect("the folder is there").filter_map(Result::ok);
        let file =
            files.map(|file| file.path()).find(|path| path.to_string_lossy().ends_with(ending)).expect("the file is there");
        let text = fs::read_to_string(file).expect("it can be read");
        text.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let (told, named) = (rows(".export.CSV"), rows(".mentions.CSV"));
    assert!(
        told.len() < named.len() && named.iter().all(|id| told.contains(id)),
        "{} events, {} mentions",
        told.len(),
        named.len()
    );
    let plot = run(&folder, "series SDN --by month --store s").good();
    assert!(plot.lines().any(|line| line.starts_with("2025-09-01") && line.contains('x')), "{plot}");
}

#[test]
fn the_demo_is_a_sound_store_that_knows_nothing_of_where_it_was_made() {
    let folder = fresh("store-demo");
    let told = run(&folder, "demo").good();
    assert!(told.contains("demarche serve --store demo.store") && told.contains("General Eugenio A. Garay"), "{told}");
    run(&folder, "store check --store demo.store").good();
    for (sql, least) in [
        ("SELECT count(*) FROM articles", 350),
        ("SELECT count(DISTINCT site) FROM articles", 10),
        ("SELECT count(*) FROM articles WHERE near_duplicate_of IS NOT NULL", 30),
        ("SELECT count(*) FROM sources WHERE status = 'rejected' AND reason LIKE 'language: %'", 10),
        ("SELECT count(*) FROM events", 1500),
        ("SELECT count(DISTINCT event) FROM events", 14),
        ("SELECT count(DISTINCT status) FROM events", 5),
        ("SELECT count(*) FROM events WHERE lat IS NOT NULL", 150),
        ("SELECT count(*) FROM clusters WHERE sources > 2", 50),
        ("SELECT count(*) FROM clusters WHERE dead_low < dead_high", 4),
        ("SELECT count(*) FROM quotes WHERE kind = 'direct' AND speaker IS NOT NULL", 50),
    ] {
        let found = number(&folder, "demo.store", sql);
        assert!(found >= least, "{sql}: {found}");
    }
    // What the half-year turns on.
    for (event, actor, recipient, date) in [
        ("COERCE", "BOL", "PRY", "2026-01-15"),
        ("ASSAULT", "BOL", "PRY", "2026-02-13"),
        ("THREATEN", "IGO", "BOL", "2026-02-16"),
        ("SANCTION", "BOL", "PRY", "2026-04-02"),
        ("SANCTION", "IGO", "BOL", "2026-04-10"),
        ("SUPPORT", "BOL", "PRY", "2026-05-22"),
    ] {
        let sql = format!(
            "SELECT count(*) FROM clusters WHERE event = '{event}' AND actor = '{actor}' AND recipient = '{recipient}' AND date = DATE '{date}' AND sources > 1"
        );
        assert_eq!(number(&folder, "demo.store", &sql), 1, "{event} {actor} {recipient} {date}");
    }
    assert_eq!(number(&folder, "demo.store", "SELECT count(*) FROM sources WHERE key NOT LIKE 'demo/%'"), 0);

    let before = content(&folder, "demo.store");
    let again = run(&folder, "demo").good();
    assert!(again.starts_with("0 articles coded"), "{again}");
    assert_eq!(before, content(&folder, "demo.store"), "the second run changed something");

    write(&folder, "a.txt", "Peru condemned Chile on Tuesday.");
    run(&folder, "ingest a.txt --store news.store").good();
    let refused = run(&folder, "demo --store news.store");
    assert_eq!((refused.status, refused.stderr.contains("a store of other articles")), (1, true), "{}", refused.stderr);
    assert_eq!(number(&folder, "news.store", "SELECT count(*) FROM articles"), 1);
}

#[test]
fn decisions_of_the_user_hold_in_later_runs() {
    let folder = fresh("store-decisions");
    let lines = [
        ("Paper A", "Peru condemned Chile on Monday over fishing rights."),
        ("Paper B", "Kenya praised Ghana on Monday in a speech."),
    ];
    let line =
        |(source, text): (&str, &str)| format!("{{\"published\":\"2025-03-04\",\"source\":\"{source}\",\"text\":\"{text}\"}}\n");
    write(&folder, "two.jsonl", lines.map(line).concat());
    run(&folder, "ingest two.jsonl --store s").good();
    run(&folder, "corroborate --store s").good();
    let clusters = "SELECT count(*) FROM clusters";
    let apart = number(&folder, "s", clusters);
    let asked = ["query", "SELECT id FROM events ORDER BY outlet", "--store", "s", "--format", "csv"];
    let answer = Run::of(command(&folder).args(asked).output().expect("the program starts")).good();
    let events: Vec<&str> = answer.lines().skip(1).collect();
    let (first, last) = (events[0], events[events.len() - 1]);
    let told = run(&folder, &format!("merge {first} {last} --store s")).good();
    assert!(told.contains("1 decision"), "{told}");
    assert_eq!(number(&folder, "s", clusters), apart - 1);
    run(&folder, "corroborate --store s").good();
    assert_eq!(number(&folder, "s", clusters), apart - 1, "a later run forgot the merge");
    run(&folder, &format!("split {last} --store s")).good();
    run(&folder, "corroborate --store s").good();
    assert_eq!(number(&folder, "s", clusters), apart, "a later run forgot the split");

    let listed = run(&folder, "decisions --store s").good();
    assert!(listed.contains("merge 00000001-") && listed.contains("split 00000002-") && listed.contains("Paper"), "{listed}");
    let told = run(&folder, "decisions --forget 00000002 --store s").good();
    assert!(told.contains("1 decision"), "{told}");
    assert_eq!(number(&folder, "s", clusters), apart - 1, "the merge holds again");
    run(&folder, "decisions --forget 00000001 --store s").good();
    assert_eq!(number(&folder, "s", clusters), apart);
    let why = run(&folder, &format!("explain --store s --event {first}")).good();
    assert!(why.contains("Peru condemned Chile"), "{why}");
    for (arguments, words) in [
        (format!("merge {first} {first} --store s"), "is one event"),
        ("decisions --forget 7 --store s".to_owned(), "no decision"),
        ("merge zzzz 1 --store s".to_owned(), "no event"),
    ] {
        let told = run(&folder, &arguments);
        assert_eq!((told.status, told.stderr.contains(words)), (1, true), "{arguments}: {}", told.stderr);
    }
}

#[test]
fn a_folder_that_is_watched_gives_what_comes_later() {
    let folder = fresh("store-watched");
    write(&folder, "in/one.txt", "Peru condemned Chile on Tuesday.");
    let mut child = command(&folder)
        .args(["ingest", "in", "--store", "s", "--watch", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let until = Instant::now() + Duration::from_secs(90);
    let mut wait_for = |articles: u64| {
        let sql = "SELECT count(*) FROM articles";
        let there = || {
            let asked =
                command(&folder).args(["query", sql, "--store", "s", "--format", "csv"]).output().expect("the program starts");
            // The store may not be made yet.
            String::from_utf8_lossy(&asked.stdout).lines().nth(1).and_then(|cell| cell.parse().ok()) == Some(articles)
        };
        while !there() {
            assert!(Instant::now() < until, "{articles} articles were never there");
            assert!(child.try_wait().expect("the child can be asked").is_none(), "it ended by itself");
            std::thread::sleep(Duration::from_millis(200));
        }
    };
    wait_for(1);
    write(&folder, "in/two.txt", "Kenya praised Ghana on Tuesday.");
    wait_for(2);
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
}

#[test]
fn texts_are_coded_and_names_resolved_in_sql() {
    let folder = fresh("store-functions");
    write(&folder, "a.txt", "Peru condemned Chile on Tuesday.");
    run(&folder, "ingest a.txt --store s").good();
    for (sql, cells) in [
        ("SELECT resolve_actor('Kenyan police')['code'], resolve_actor('Kenyan police')['sectors']", "KEN,COP"),
        (
            "SELECT e['event'], e['actor'], e['recipient'] FROM (SELECT unnest(code_events(text)) AS e FROM articles)",
            "ACCUSE,PER,CHL",
        ),
        ("SELECT resolve_actor('Nobody of that name at all') IS NULL", "true"),
    ] {
        let asked =
            command(&folder).args(["query", sql, "--store", "s", "--format", "csv"]).output().expect("the program starts");
        let answer = Run::of(asked).good();
        assert_eq!(answer.lines().nth(1), Some(cells), "{sql}: {answer}");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_the_rest_is_taken_in() {
    let folder = fresh("store-broken");
    let article = "<html><body><h1>Talks</h1><p>Peru condemned Chile on Tuesday over fishing rights.</p></body></html>";
    write(&folder, "in/good.html", article);
    write(&folder, "in/huge.html", format!("<html><body><p>{}</p></body></html>", "Words. ".repeat(50 << 20 >> 3)));
    let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    let lines: String = (0..3000_u64)
        .map(|n| format!("{{\"text\":\"Kenya praised Ghana in speech {}.\"}}\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        .collect();
    packed.write_all(lines.as_bytes()).expect("it is packed");
    let packed = packed.finish().expect("it is packed");
    fs::write(folder.join("in/cut.jsonl.gz"), &packed[..packed.len() / 3]).expect("it is written");
    let mut bomb = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
    bomb.write_all(&vec![b' '; 100 << 20]).expect("it is packed");
    fs::write(folder.join("in/zeros.jsonl.gz"), bomb.finish().expect("it is packed")).expect("it is written");
    write(&folder, "in/feed.rss", "this is no feed");
    write(&folder, "in/crawl.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n");
    let told = run(&folder, "ingest in --store s");
    assert_eq!(told.status, 1, "{}{}", told.stdout, told.stderr);
    for words in [
        "huge.html: the page is over the limit of 16 MB",
        "--page-limit",
        "cut.jsonl.gz:993: the gzip data ends too early, after",
        "looks like a zip bomb",
        "feed.rss",
        "crawl.warc",
    ] {
        assert!(told.stderr.contains(words), "{words}: {}", told.stderr);
    }
    assert!(number(&folder, "s", "SELECT count(*) FROM articles") > 500, "{}", told.stdout);
    assert!(number(&folder, "s", "SELECT count(*) FROM sources WHERE status = 'failed' AND next_step IS NOT NULL") >= 5);
    // What failed is tried again; what was read whole is not opened.
    let again = run(&folder, "ingest in --store s");
    assert_eq!(again.status, 1, "{}{}", again.stdout, again.stderr);
    assert!(again.stdout.contains("1 input not opened"), "{}", again.stdout);
    write(&folder, "in/good.html", article.replace("Peru", "Bolivia"));
    assert!(run(&folder, "ingest in --store s").stdout.starts_with("1 article coded"), "a changed file was not read");
}

#[test]
fn a_lexicon_of_ones_own_recodes_and_the_difference_is_told() {
    let folder = fresh("store-recode");
    write(&folder, "a.txt", "Norway\n\nNorway applauded Chad on Monday. Peru condemned Chile on Tuesday.\n");
    run(&folder, "ingest a.txt --store s").good();
    write(
        &folder,
        "own.tsv",
        "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\napplaud.v\tactor=subj recipient=obj|of|by|poss\tACCUSE\tdisapprove\t111\tACCUSE\t\t{A:Norway} [applauded] {R:Chad}.\n",
    );
    let told = run(&folder, "recode --store s --lexicon own.tsv").good();
    assert!(told.starts_with("1 article coded"), "{told}");
    let asked = ["query", "SELECT run FROM runs ORDER BY position", "--store", "s", "--format", "csv"];
    let answer = Run::of(command(&folder).args(asked).output().expect("the program starts")).good();
    let runs: Vec<&str> = answer.lines().skip(1).collect();
    assert_eq!(runs.len(), 2, "{}", runs.join(" "));
    let difference = run(&folder, &format!("diff {} {} --store s", runs[0], runs[1])).good();
    assert!(difference.contains("lexicon") && difference.contains("ACCUSE"), "{difference}");
    // The earlier run can be made to count again, and joined reports are known to be out of date.
    let kind = "SELECT count(*) FROM events WHERE event = 'ACCUSE'";
    let accused = number(&folder, "s", kind);
    run(&folder, "corroborate --store s").good();
    let told = run(&folder, "recode --store s").good();
    assert!(told.contains("count again") && told.contains("demarche corroborate"), "{told}");
    assert_eq!(number(&folder, "s", kind), accused - 1, "the events are still those of the lexicon of one's own");
    let refused = run(&folder, "export --store s --format csv --joined --to out");
    assert_eq!((refused.status, refused.stderr.contains("coded anew since")), (1, true), "{}", refused.stderr);
    run(&folder, "recode --store s --lexicon own.tsv").good();
    assert_eq!(number(&folder, "s", kind), accused);
    let page = run(&folder, &format!("diff {} {} --store s --format html", runs[0], runs[1])).good();
    assert!(page.contains("</html>") && page.contains("applauded"), "{page}");
}

#[test]
fn killed_at_any_moment_the_same_command_ends_with_the_same_tables() {
    let folder = fresh("store-killed");
    corpus(&folder, 300);
    let told = run(&folder, "ingest news --store whole --threads 2");
    assert_eq!(told.status, 1, "{}{}", told.stdout, told.stderr);
    assert!(told.stderr.contains("empty.txt"), "{}", told.stderr);
    let whole = content(&folder, "whole");

    let mut kills = 0;
    for wait in [150_u64, 700, 90, 1500, 320, 2200, 60, 1100] {
        let mut child = command(&folder)
            .args(["ingest", "news", "--store", "cut", "--threads", "2"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(wait));
        kills += usize::from(child.try_wait().expect("the child can be asked").is_none());
        let _ = child.kill();
        child.wait().expect("the child ends");
    }
    assert!(kills > 0, "every run ended before it could be killed");
    run(&folder, "ingest news --store cut --threads 2");
    assert_eq!(whole, content(&folder, "cut"), "after {kills} kills");
}

#[test]
fn two_at_once_write_nothing_twice() {
    let folder = fresh("store-two");
    corpus(&folder, 120);
    let start = || {
        let mut command = command(&folder);
        command.args(["ingest", "news", "--store", "s", "--threads", "1"]).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program starts")
    };
    let (mut one, mut two) = (start(), start());
    // One page of the corpus is empty, which status 1 tells.
    assert_eq!(one.wait().expect("it ends").code(), Some(1));
    assert_eq!(two.wait().expect("it ends").code(), Some(1));
    run(&folder, "store check --store s").good();
    for (table, key) in [("articles", "id"), ("events", "id"), ("sources", "key"), ("quotes", "id")] {
        let all = number(&folder, "s", &format!("SELECT count(*) FROM {table}"));
        assert!(all > 0 || table == "quotes", "{table} is empty");
        assert_eq!(all, number(&folder, "s", &format!("SELECT count(DISTINCT {key}) FROM {table}")), "{table}");
    }
}

#[test]
fn what_cannot_be_is_told_with_a_next_step() {
    let folder = fresh("store-errors");
    write(&folder, "full/file.txt", "x");
    write(&folder, "a.txt", "Peru condemned Chile on Tuesday.");
    write(&folder, "t.csv", "headline,body\nNote,Peru condemned Chile on Tuesday.\n");
    run(&folder, "ingest a.txt --store s").good();
    for (arguments, status, words) in [
        ("query SELECT --store nowhere", 1, "there is no store at nowhere"),
        ("ingest a.txt --store full", 1, "holds other files and no store"),
        ("ingest t.csv --columns text=story --store s", 1, "headline"),
        ("ingest t.csv --columns story --store s", 2, "text=body"),
        ("ingest a.txt", 2, "--store"),
        ("diff 00 01 --store s", 1, "no run 00"),
        ("split 0000 --store s", 1, "no event \"0000\""),
        ("export --format polecat --to out", 2, "--store"),
        ("export --store s --format gdelt --codebook cameo --to out", 2, "codebook of its own"),
        ("export --store s --format csv --to out --where dates='x'", 1, "dates"),
        ("export e.jsonl --format csv --to out --where status='actual'", 2, "--where"),
        ("export --store s --format xls --to out", 2, "polecat"),
    ] {
        let told = run(&folder, arguments);
        assert_eq!(told.status, status, "{arguments}: {}{}", told.stdout, told.stderr);
        assert!(told.stderr.contains(words), "{arguments}: {}", told.stderr);
    }
}
