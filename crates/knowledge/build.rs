//! Packs the tables of places into the gazetteer that the program carries.

#[path = "src/error.rs"]
mod error;
#[path = "src/fold.rs"]
#[expect(dead_code, reason = "the program needs more of it")]
mod fold;
#[path = "src/gazetteer/pack.rs"]
mod pack;
#[path = "src/rows.rs"]
mod rows;

use std::path::{Path, PathBuf};

pub use error::KnowledgeError;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/places");
    let text = |name: &str| {
        let path = folder.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    println!("cargo::rerun-if-changed=src");
    let places = [text("cities.tsv")?, text("towns.tsv")?];
    let units = [text("admin1.tsv")?, text("admin2.tsv")?];
    let packed = pack::pack(&places.each_ref().map(String::as_str), &units.each_ref().map(String::as_str))?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("places.bin");
    std::fs::write(out, packed)?;
    Ok(())
}
