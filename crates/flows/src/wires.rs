//! Which news agency an article was taken from, as byline or dateline name it.

/// Agencies and the marks by which print names them. A mark is looked for as a whole word in the byline, in brackets before the dash of a dateline
/// ("LAGOS (Reuters) -"), and in brackets at the very end ("(AFP)").
const AGENCIES: [(&str, &[&str]); 22] = [
    ("AFP", &["AFP", "Agence France-Presse", "Agence France Presse"]),
    ("AP", &["AP", "Associated Press", "The Associated Press"]),
    ("Reuters", &["Reuters", "Thomson Reuters"]),
    ("UPI", &["UPI", "United Press International"]),
    ("DPA", &["dpa", "DPA"]),
    ("EFE", &["EFE"]),
    ("ANSA", &["ANSA"]),
    ("TASS", &["TASS", "ITAR-TASS"]),
    ("Interfax", &["Interfax"]),
    ("RIA Novosti", &["RIA Novosti"]),
    ("Xinhua", &["Xinhua"]),
    ("Kyodo", &["Kyodo", "Kyodo News"]),
    ("Yonhap", &["Yonhap"]),
    ("PTI", &["PTI", "Press Trust of India"]),
    ("ANI", &["ANI"]),
    ("IRNA", &["IRNA"]),
    ("Anadolu", &["AA", "Anadolu", "Anadolu Agency"]),
    ("PA", &["PA", "PA Media", "Press Association"]),
    ("AAP", &["AAP"]),
    ("Canadian Press", &["The Canadian Press", "Canadian Press"]),
    ("Bloomberg", &["Bloomberg"]),
    ("NAN", &["NAN"]),
];

/// Characters of a first line that may be a dateline.
const DATELINE: usize = 120;

/// The agency that a byline, the first line of the story, or its end names.
pub fn agency(byline: Option<&str>, story: &str) -> Option<&'static str> {
    let bracketed = |text: &str, dash: bool| {
        let mut rest = text;
        while let Some(at) = rest.find('(') {
            let inside = &rest[at + 1..];
            let Some(end) = inside.find(')') else { break };
            let after = inside[end + 1..].trim_start();
            if let Some(name) = named(inside[..end].trim()).filter(|_| !dash || after.starts_with(['-', '–', '—'])) {
                return Some(name);
            }
            rest = &inside[end + 1..];
        }
        None
    };
    let first: &str = story.trim_start().lines().next().unwrap_or_default();
    let cut = first.char_indices().nth(DATELINE).map_or(first.len(), |(at, _)| at);
    let last = story.trim_end().rsplit('\n').next().unwrap_or_default();
    let end = last.ends_with(')').then(|| last.rfind('(')).flatten().map(|at| &last[at..]);
    byline.and_then(in_byline).or_else(|| bracketed(&first[..cut], true)).or_else(|| end.and_then(|end| bracketed(end, false)))
}

/// "By Reuters", "Reuters", "AFP, Nairobi", "Jane Doe | AP".
fn in_byline(byline: &str) -> Option<&'static str> {
    byline.split([',', '|', '/', ';', '(', ')', '–', '—']).find_map(|part| {
        let part = part.trim();
        let part = part.strip_prefix("By ").or(part.strip_prefix("by ")).unwrap_or(part);
        named(part.trim())
    })
}

fn named(text: &str) -> Option<&'static str> {
    AGENCIES.iter().find(|(_, marks)| marks.contains(&text)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::agency;

    #[test]
    fn bylines_datelines_and_ends_name_agencies() {
        for (byline, story, found) in [
            (Some("By Reuters"), "", Some("Reuters")),
            (Some("Ann Obi | AP"), "", Some("AP")),
            (Some("By Ann Obi"), "The army left.", None),
            (None, "LAGOS, Nigeria (AFP) - The army left.\nMore.", Some("AFP")),
            (None, "The army left.\nIt came back. (Xinhua)", Some("Xinhua")),
            (None, "The army (AP for short) left the town of Goma.", None),
            (None, "The African Party (AP) left. It came back.", None),
        ] {
            assert_eq!(agency(byline, story), found, "{byline:?} {story}");
        }
    }

    #[test]
    fn brackets_far_into_a_line_are_no_dateline() {
        let story = format!("{} (AP) - The army left.", "The town was calm. ".repeat(10));
        assert_eq!(agency(None, &story), None);
    }
}
