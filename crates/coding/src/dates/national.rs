//! What a country keeps in its own way: its days of independence and the like, its year of accounts, its Easter.

use demarche_types::{CountryCode, Document};
use jiff::civil::{Date, Weekday};

use super::calendar;
use super::expr::Holiday;

/// The country that an article is at home in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    code: [u8; 3],
    /// The article speaks of a federal government, whose year of accounts may be another than a town's.
    federal: bool,
}

/// Words that show that an American article speaks of the federal government.
const FEDERAL: &[&str] = &["congress", "federal", "pentagon", "treasury", "senate", "army", "navy"];

impl Home {
    /// The country of the dateline, else the one that places and actors name most often; of equals the one named first.
    pub(super) fn of(doc: &Document<'_>, line: Option<&super::Dateline>) -> Option<Self> {
        let state = |code: &&CountryCode| code.is_state() && code.0.len() == 3;
        let federal = || doc.tokens.iter().any(|t| FEDERAL.iter().any(|word| t.lemma.eq_ignore_ascii_case(word)));
        let home = |code: &CountryCode| {
            let federal = code.0 == "USA" && federal();
            let code = code.0.as_bytes().try_into().ok()?;
            Some(Self { code, federal })
        };
        if let Some(place) = line.and_then(|line| line.place)
            && let Some(found) = doc.places.iter().find(|p| place.contains(p.span) && state(&&p.place.country))
        {
            return home(&found.place.country);
        }
        let mut counts: Vec<(&CountryCode, u32)> = Vec::new();
        let places = doc.places.iter().map(|p| &p.place.country);
        let actors = doc.actors.iter().filter_map(|a| a.first_code());
        for code in places.chain(actors).filter(state) {
            match counts.iter_mut().find(|(known, _)| *known == code) {
                Some((_, n)) => *n += 1,
                None => counts.push((code, 1)),
            }
        }
        let most = counts.iter().map(|(_, n)| *n).max()?;
        counts.into_iter().find(|(_, n)| *n == most).and_then(|(code, _)| home(code))
    }

    fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// Whether "06/07/2024" is the seventh of June.
    pub(super) fn month_first(self) -> bool {
        matches!(self.code(), "USA" | "PHL" | "FSM" | "MHL" | "PLW" | "LBR")
    }

    /// Whether its summer is December to February.
    pub(super) fn is_southern(self) -> bool {
        SOUTHERN.contains(&self.code())
    }

    /// The month in which the year of accounts begins.
    fn first_month(self) -> i8 {
        match self.code() {
            "USA" if self.federal => 10,
            "THA" | "HTI" | "TTO" => 10,
            "GBR" | "IND" | "JPN" | "CAN" | "ZAF" | "HKG" | "SGP" | "MWI" | "BWA" | "NAM" | "LSO" | "SWZ" | "JAM" | "BRB"
            | "KWT" | "MMR" => 4,
            "USA" | "AUS" | "NZL" | "PAK" | "BGD" | "NPL" | "KEN" | "UGA" | "TZA" | "RWA" | "ETH" | "EGY" | "SSD" | "MUS"
            | "TON" | "WSM" | "BDI" => 7,
            _ => 1,
        }
    }

    /// "fiscal 2024" is the year that begins in 2024; elsewhere the one that ends in it.
    fn names_by_start(self) -> bool {
        matches!(self.code(), "JPN" | "SGP" | "CAN")
    }
}

/// The day of a feast as a country keeps it: Easter of the eastern churches, Christmas by the old calendar.
pub(super) fn feast(home: Option<Home>, day: Holiday) -> Holiday {
    let code = home.as_ref().map_or("", Home::code);
    match day {
        Holiday::Easter(days) if EASTERN.contains(&code) => Holiday::OrthodoxEaster(days),
        Holiday::Fixed(12, day @ (24 | 25)) if OLD_CALENDAR.contains(&code) => Holiday::Fixed(1, day - 18),
        // South Africa keeps a day of its own; so does Canada for its harvest.
        Holiday::National("women") if code != "ZAF" => Holiday::Fixed(3, 8),
        Holiday::Nth(11, Weekday::Thursday, 4) if code == "CAN" => Holiday::Nth(10, Weekday::Monday, 2),
        Holiday::National(name) => national(code, name).map_or(day, |(month, day)| Holiday::Fixed(month, day)),
        _ => day,
    }
}

/// The year of accounts named by `year`, or the one that the report stands in. `split` says that it was named by both its years, of
/// which `year` is the second. Where no country is known it begins in July, or in April as in Britain, where such names are common.
pub(super) fn fiscal(home: Option<Home>, published: Option<Date>, year: Option<i16>, split: bool) -> Option<(Date, Date)> {
    let opens = home.map_or(if split { 4 } else { 7 }, Home::first_month);
    let year = match year {
        // Where accounts run with the calendar two years are two years.
        Some(year) if split && opens == 1 => return calendar::years(year - 1, 2),
        Some(year) if opens == 1 || !split && home.is_some_and(Home::names_by_start) => year,
        Some(year) => year.checked_sub(1)?,
        None => published.map(|p| p.year() - i16::from(p.month() < opens))?,
    };
    calendar::months(year, opens, 12)
}

/// Countries south of the tropics, or of a climate with the seasons of the south.
const SOUTHERN: &[&str] = &["AUS", "NZL", "ZAF", "LSO", "SWZ", "NAM", "BWA", "ZWE", "ARG", "CHL", "URY", "PRY"];

/// Countries whose Easter is that of the eastern churches.
const EASTERN: &[&str] =
    &["GRC", "CYP", "BGR", "ROU", "SRB", "MNE", "MKD", "MDA", "UKR", "BLR", "RUS", "GEO", "ETH", "ERI", "EGY"];

/// Countries that keep Christmas on 7 January.
const OLD_CALENDAR: &[&str] = &["ETH", "ERI", "RUS", "BLR", "SRB", "MNE", "MKD", "GEO"];

/// Month and day of a day that every country has its own of.
fn national(country: &str, name: &str) -> Option<(i8, i8)> {
    let days = NATIONAL.iter().find(|(kind, _)| *kind == name).map(|(_, days)| *days)?;
    days.iter().find(|(code, ..)| *code == country).map(|&(_, month, day)| (month, day))
}

type Days = &'static [(&'static str, i8, i8)];

/// The names, with the countries that have such a day. Checked against the Python package `holidays` (MIT), which takes them from the countries'
/// laws; days of remembrance that are no days off (IND, KOR, NLD, IRQ) stand in none of its lists.
const NATIONAL: &[(&str, Days)] = &[
    ("independence", INDEPENDENCE),
    (
        "republic",
        &[
            ("IND", 1, 26),
            ("PAK", 3, 23),
            ("TUR", 10, 29),
            ("ITA", 6, 2),
            ("KAZ", 10, 25),
            ("GHA", 7, 1),
            ("TUN", 7, 25),
            ("TTO", 9, 24),
            ("MLT", 12, 13),
            ("PRT", 10, 5),
            ("ARM", 5, 28),
            ("NER", 12, 18),
            ("TCD", 11, 28),
            ("CAF", 12, 1),
            ("MDV", 11, 11),
        ],
    ),
    (
        "national",
        &[
            ("CHN", 10, 1),
            ("TWN", 10, 10),
            ("SGP", 8, 9),
            ("QAT", 12, 18),
            ("ARE", 12, 2),
            ("SAU", 9, 23),
            ("KWT", 2, 25),
            ("BHR", 12, 16),
            ("VNM", 9, 2),
            ("FRA", 7, 14),
            ("ESP", 10, 12),
            ("CHE", 8, 1),
            ("BEL", 7, 21),
            ("ROU", 12, 1),
            ("BGR", 3, 3),
            ("SWE", 6, 6),
            ("AUT", 10, 26),
            ("CMR", 5, 20),
        ],
    ),
    ("statehood", &[("SVN", 6, 25), ("HRV", 5, 30), ("MNE", 7, 13), ("BIH", 11, 25)]),
    ("women", &[("ZAF", 8, 9)]),
    ("heritage", &[("ZAF", 9, 24)]),
    ("freedom", &[("ZAF", 4, 27)]),
    ("youth", &[("ZAF", 6, 16)]),
    ("unity", &[("DEU", 10, 3), ("RUS", 11, 4), ("CMR", 5, 20), ("YEM", 5, 22)]),
    ("liberation", &[("ITA", 4, 25), ("NLD", 5, 5), ("KOR", 8, 15), ("KWT", 2, 26), ("RWA", 7, 4), ("LBN", 5, 25)]),
    (
        "constitution",
        &[
            ("ESP", 12, 6),
            ("NOR", 5, 17),
            ("JPN", 5, 3),
            ("KOR", 7, 17),
            ("POL", 5, 3),
            ("UKR", 6, 28),
            ("KAZ", 8, 30),
            ("THA", 12, 10),
            ("SVK", 9, 1),
            ("IND", 11, 26),
            ("UZB", 12, 8),
        ],
    ),
];

#[rustfmt::skip]
const INDEPENDENCE: Days = &[
    ("USA", 7, 4), ("IND", 8, 15), ("PAK", 8, 14), ("BGD", 3, 26), ("LKA", 2, 4), ("MMR", 1, 4), ("PHL", 6, 12), ("IDN", 8, 17),
    ("MYS", 8, 31), ("KEN", 12, 12), ("TZA", 12, 9), ("UGA", 10, 9), ("GHA", 3, 6), ("NGA", 10, 1), ("SLE", 4, 27),
    ("GMB", 2, 18), ("ZMB", 10, 24), ("MWI", 7, 6), ("ZWE", 4, 18), ("BWA", 9, 30), ("NAM", 3, 21), ("LSO", 10, 4),
    ("SWZ", 9, 6), ("MUS", 3, 12), ("SYC", 6, 29), ("SSD", 7, 9), ("SDN", 1, 1), ("SOM", 7, 1), ("DJI", 6, 27), ("ERI", 5, 24),
    ("RWA", 7, 1), ("BDI", 7, 1), ("COD", 6, 30), ("COG", 8, 15), ("GAB", 8, 17), ("GNQ", 10, 12), ("TCD", 8, 11),
    ("CAF", 8, 13), ("NER", 8, 3), ("BFA", 8, 5), ("MLI", 9, 22), ("CIV", 8, 7), ("BEN", 8, 1), ("TGO", 4, 27), ("SEN", 4, 4),
    ("GIN", 10, 2), ("GNB", 9, 24), ("MRT", 11, 28), ("LBR", 7, 26), ("CPV", 7, 5), ("STP", 7, 12), ("AGO", 11, 11),
    ("MOZ", 6, 25), ("MDG", 6, 26), ("COM", 7, 6), ("DZA", 7, 5), ("TUN", 3, 20), ("MAR", 11, 18), ("LBY", 12, 24),
    ("MEX", 9, 16), ("GTM", 9, 15), ("HND", 9, 15), ("SLV", 9, 15), ("NIC", 9, 15), ("CRI", 9, 15), ("PAN", 11, 28),
    ("COL", 7, 20), ("VEN", 7, 5), ("ECU", 8, 10), ("PER", 7, 28), ("BOL", 8, 6), ("PRY", 5, 15), ("URY", 8, 25), ("ARG", 7, 9),
    ("CHL", 9, 18), ("BRA", 9, 7), ("GUY", 5, 26), ("SUR", 11, 25), ("HTI", 1, 1), ("DOM", 2, 27), ("JAM", 8, 6), ("TTO", 8, 31),
    ("BRB", 11, 30), ("BHS", 7, 10), ("BLZ", 9, 21), ("ATG", 11, 1), ("DMA", 11, 3), ("GRD", 2, 7), ("KNA", 9, 19),
    ("LCA", 2, 22), ("VCT", 10, 27), ("UKR", 8, 24), ("MDA", 8, 27), ("BLR", 7, 3), ("EST", 2, 24), ("LVA", 11, 18),
    ("LTU", 2, 16), ("POL", 11, 11), ("FIN", 12, 6), ("GEO", 5, 26), ("ARM", 9, 21), ("KAZ", 12, 16), ("KGZ", 8, 31),
    ("UZB", 9, 1), ("TKM", 9, 27), ("TJK", 9, 9), ("MKD", 9, 8), ("SVN", 12, 26), ("MNE", 5, 21), ("XKX", 2, 17), ("ALB", 11, 28),
    ("BIH", 3, 1), ("CZE", 10, 28), ("BGR", 9, 22), ("GRC", 3, 25), ("ISL", 6, 17), ("CYP", 10, 1), ("MLT", 9, 21), ("JOR", 5, 25),
    ("LBN", 11, 22), ("SYR", 4, 17), ("IRQ", 10, 3), ("YEM", 11, 30), ("AFG", 8, 19), ("PNG", 9, 16), ("FJI", 10, 10),
    ("VUT", 7, 30), ("SLB", 7, 7), ("WSM", 6, 1), ("TON", 6, 4), ("KIR", 7, 12), ("TUV", 10, 1), ("FSM", 11, 3), ("NRU", 1, 31),
    ("TLS", 5, 20), ("KHM", 11, 9), ("MDV", 7, 26),
];

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn home(code: &str, federal: bool) -> Home {
        Home { code: code.as_bytes().try_into().expect("three letters"), federal }
    }

    #[test]
    fn years_of_accounts() {
        let whole = |home: Home, year, split| fiscal(Some(home), Some(date(2016, 4, 26)), year, split);
        assert_eq!(whole(home("IND", false), Some(2024), false), Some((date(2023, 4, 1), date(2024, 3, 31))));
        assert_eq!(whole(home("USA", true), Some(2025), false), Some((date(2024, 10, 1), date(2025, 9, 30))));
        assert_eq!(whole(home("KEN", false), Some(2025), true), Some((date(2024, 7, 1), date(2025, 6, 30))));
        assert_eq!(whole(home("JPN", false), Some(2024), false), Some((date(2024, 4, 1), date(2025, 3, 31))));
        assert_eq!(whole(home("AUS", false), None, false), Some((date(2015, 7, 1), date(2016, 6, 30))));
    }

    #[test]
    fn days_of_a_country() {
        assert_eq!(feast(Some(home("ZAF", false)), Holiday::National("women")), Holiday::Fixed(8, 9));
        assert_eq!(feast(None, Holiday::National("women")), Holiday::Fixed(3, 8));
        assert_eq!(feast(Some(home("CAN", false)), Holiday::Nth(11, Weekday::Thursday, 4)), Holiday::Nth(10, Weekday::Monday, 2));
        assert!(home("AUS", false).is_southern() && !home("GBR", false).is_southern());
        assert!(home("USA", false).month_first() && !home("GBR", false).month_first());
        assert_eq!(feast(Some(home("GHA", false)), Holiday::National("independence")), Holiday::Fixed(3, 6));
        assert_eq!(feast(Some(home("ETH", false)), Holiday::Fixed(12, 25)), Holiday::Fixed(1, 7));
        assert_eq!(feast(Some(home("EGY", false)), Holiday::Easter(1)), Holiday::OrthodoxEaster(1));
        assert_eq!(feast(Some(home("GBR", false)), Holiday::National("independence")), Holiday::National("independence"));
    }
}
