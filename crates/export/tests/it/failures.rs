//! What the user is told when it does not work, and that nothing is left behind.

use std::fs;
use std::path::Path;

use demarche_export::{Document, ExportError, Exporter, Format, Options, export, export_brat};

use crate::{documents, events, everything};

fn left_in(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn a_file_in_place_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    fs::write(&path, "").unwrap();
    let error = export(events().into_iter().map(Ok::<_, std::io::Error>), Options::new(Format::Csv), &path).unwrap_err();
    let message = format!("cannot write {}: a file stands where the folder should be; choose another folder", path.display());
    assert_eq!(error.to_string(), message);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // Whoever may do everything may write there too; then the system's own folder that nobody may write to serves.
    let barred = if fs::write(folder.path().join("x"), "").is_ok() { Path::new("/proc/sys") } else { folder.path() };
    let error = export(events().into_iter().map(Ok::<_, std::io::Error>), Options::new(Format::Csv), barred).unwrap_err();
    let told = error.to_string();
    assert!(told.starts_with(&format!("cannot write {}", barred.display())), "{told}");
    assert!(told.contains("permission") || barred == Path::new("/proc/sys"), "{told}");
}

#[test]
fn an_input_that_breaks_off_leaves_nothing() {
    let lines = fs::read_to_string(crate::cases().join("events.jsonl")).unwrap();
    let cut = &lines[..lines.len() - 200];
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Brat) {
        let folder = tempfile::tempdir().unwrap();
        let error = export(demarche_export::events(cut.as_bytes()), everything(format), folder.path()).unwrap_err();
        let told = error.to_string();
        assert!(told.starts_with("cannot read event 25: line 25 is no record ("), "{told}");
        assert!(told.ends_with("`demarche code --format jsonl` writes lines that are"), "{told}");
        assert_eq!(left_in(folder.path()), 0, "{}", format.name());
    }
}

#[test]
fn an_export_that_is_given_up_leaves_nothing() {
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Brat) {
        let folder = tempfile::tempdir().unwrap();
        let mut exporter = Exporter::create(everything(format), folder.path()).unwrap();
        for event in events() {
            exporter.event(&event).unwrap();
        }
        drop(exporter);
        assert_eq!(left_in(folder.path()), 0, "{}", format.name());
    }
}

#[test]
fn a_code_that_no_table_has_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut event = events().remove(0);
    event.cameo = "999".to_owned();
    let error = export([Ok::<_, std::io::Error>(event.clone())], everything(Format::Gdelt), folder.path()).unwrap_err();
    let told = format!("event {}: its CAMEO code 999 is in no table; code its article again, or leave it out", event.id);
    assert_eq!(error.to_string(), told);
}

#[test]
fn brat_needs_the_texts_and_the_right_ones() {
    let folder = tempfile::tempdir().unwrap();
    let error = export(events().into_iter().map(Ok::<_, std::io::Error>), everything(Format::Brat), folder.path()).unwrap_err();
    assert!(matches!(error, ExportError::NeedsText));
    let short = documents(events()).into_iter().map(|d| Ok::<_, std::io::Error>(Document { text: "Short.".to_owned(), ..d }));
    let error = export_brat(short, everything(Format::Brat), folder.path()).unwrap_err();
    assert!(error.to_string().contains("lie outside the text that was given"), "{error}");
    let twice = documents(events()).into_iter().chain(documents(events())).map(Ok::<_, std::io::Error>);
    let error = export_brat(twice, everything(Format::Brat), folder.path()).unwrap_err();
    assert!(error.to_string().contains("its article a1b2c3d4e5f60718 was given twice"), "{error}");
    assert_eq!(left_in(folder.path()), 0);
}
