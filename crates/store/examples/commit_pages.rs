//! Commits numbered pages to a store, batch by batch; for tests that kill it and run two at once.
//!
//!     commit_pages STORE PAGES BATCH [reverse] [NAME=VALUE...]

use std::error::Error;
use std::io::Write as _;

use demarche_store::{Options, Store};

#[path = "../tests/common/pages.rs"]
#[expect(dead_code, reason = "tests use the rest")]
mod pages;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let location = arguments.next().ok_or("which store?")?;
    let pages: u64 = arguments.next().ok_or("how many pages?")?.parse()?;
    let size: u64 = arguments.next().ok_or("how many a batch?")?.parse()?;
    let mut reverse = false;
    let mut storage = Vec::new();
    for argument in arguments {
        match argument.split_once('=') {
            Some((name, value)) => storage.push((name.to_owned(), value.to_owned())),
            None => reverse = argument == "reverse",
        }
    }
    if let Err(error) = commit(&location, pages, size, reverse, storage) {
        writeln!(std::io::stderr(), "{error}")?;
        std::process::exit(1);
    }
    Ok(())
}

fn commit(
    location: &str,
    pages: u64,
    size: u64,
    reverse: bool,
    storage: Vec<(String, String)>,
) -> Result<(), demarche_store::StoreError> {
    let mut store = Store::create(location, Options { storage, threads: 2, ..Options::default() })?;
    let count = pages.div_ceil(size);
    for step in 0..count {
        let batch = if reverse { count - 1 - step } else { step };
        let numbers = (batch * size..((batch + 1) * size).min(pages)).map(pages::page);
        let fresh: Vec<_> = numbers.filter(|page| !store.known(&page.key, &page.fingerprint)).collect();
        if !fresh.is_empty() {
            store.commit(demarche_store::Batch { run: pages::run(), pages: fresh })?;
        }
        store.tidy()?;
    }
    Ok(())
}
