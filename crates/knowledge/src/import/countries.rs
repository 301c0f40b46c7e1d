//! Codes of countries in other sources.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../../data/import/countries.tsv");

type Codes = BTreeMap<&'static str, &'static str>;

/// Codes by ISO 3166 alpha-2 code, and by item of Wikidata.
static CODES: LazyLock<(Codes, Codes)> = LazyLock::new(|| {
    let (mut iso2, mut items) = (Codes::new(), Codes::new());
    for line in TABLE.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let mut cells = line.split('\t');
        if let (Some(code), Some(two), Some(item)) = (cells.next(), cells.next(), cells.next()) {
            iso2.insert(two, code);
            items.insert(item, code);
        }
    }
    (iso2, items)
});

/// The code of an ISO 3166 alpha-2 code in capitals ("DE").
pub(crate) fn by_iso2(code: &str) -> Option<&'static str> {
    CODES.0.get(code).copied().filter(|_| !code.is_empty())
}

/// The code of an item of Wikidata ("Q183").
pub(crate) fn by_item(item: &str) -> Option<&'static str> {
    CODES.1.get(item).copied().filter(|_| !item.is_empty())
}
