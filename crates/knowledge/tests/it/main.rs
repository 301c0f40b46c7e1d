//! The knowledge base as its users see it.

mod cases;
mod import;
mod overlay;
mod robust;
mod tables;

/// Compares, or writes the expectation anew with `UPDATE_CASES=1`. Returns the complaint, so that one run tells all differences.
fn compare(expected: &std::path::Path, seen: &str) -> Option<String> {
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(expected, seen).expect("the expectation can be written");
        return None;
    }
    let wanted = std::fs::read_to_string(expected).unwrap_or_default();
    (wanted != seen).then(|| format!("{}:\n--- expected\n{wanted}\n--- seen\n{seen}", expected.display()))
}

/// The entries of a folder in the order of their names.
fn entries(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    paths
}
