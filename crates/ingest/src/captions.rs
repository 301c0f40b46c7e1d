//! Picture captions, photo credits and agency names.

/// Whether a block reads as a picture's caption: it says where somebody stands in the picture, calls it a
/// picture, or ends in a photo credit.
pub(crate) fn is_caption(text: &str) -> bool {
    const POSITIONS: &[&str] = &[
        "(left)",
        "(right)",
        "(l)",
        "(r)",
        "(c)",
        "(center)",
        "(centre)",
        "(from left)",
        "(l-r)",
        "(front)",
        "(back)",
        "(second from",
        "(third from",
        "(fourth from",
        "(first from",
        "(far left)",
        "(far right)",
        "(top)",
        "(bottom)",
        ", left,",
        ", right,",
        ", center,",
        ", centre,",
        ", second from left",
        ", second from right",
        ", third from",
        "from left to right",
        "from left:",
        "(pictured",
        ", pictured ",
        "pictured above",
        "pictured here",
        "seen in this photo",
        "seen in this image",
        "in this photo",
        "in this picture",
        "in this image",
        "in this file",
        "in this handout",
        "in this undated",
        "in this screen",
        "group photo",
        "family photo",
        "poses for a photo",
        "pose for a photo",
    ];
    const OPENERS: &[&str] = &[
        "file photo",
        "file -",
        "file –",
        "file:",
        "file image",
        "photo:",
        "image:",
        "picture:",
        "a file photo",
        "an aerial view",
        "a satellite image",
        "a screenshot",
        "caption:",
    ];
    if text.len() > 700 {
        return false;
    }
    let sentences = text.matches(". ").count() + 1;
    let lower = text.to_lowercase();
    if sentences <= 2 && OPENERS.iter().any(|opener| lower.starts_with(opener)) {
        return true;
    }
    // Words about positions occur in stories as well; a quotation or a reporting verb marks a story.
    let told = text.contains(['“', '”', '"']) || lower.contains(" said") || lower.contains(" told ");
    if sentences <= 2 && !told && POSITIONS.iter().any(|cue| lower.contains(cue)) {
        return true;
    }
    sentences <= 4 && credit_start(text).is_some()
}

/// Whether a block is a photo credit and nothing more.
pub(crate) fn is_credit(text: &str) -> bool {
    if text.len() > 120 || text.split_whitespace().count() > 12 {
        return false;
    }
    let lower = text.to_lowercase();
    let opened = [
        "photo:",
        "photo by",
        "photos:",
        "photograph:",
        "photograph by",
        "image:",
        "image credit",
        "credit:",
        "picture:",
        "photo credit",
        "courtesy:",
        "photo courtesy",
    ];
    if opened.iter().any(|opener| lower.starts_with(opener)) {
        return !text.trim_end().ends_with('.') || text.split_whitespace().count() <= 5;
    }
    credit_start(text) == Some(0) || (lower.ends_with("getty images") && !text.contains(". "))
}

/// An agency's name or initials alone, as under the last paragraph of a wire story.
pub(crate) fn is_sign_off(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| "()[]—–-/. ".contains(c)).to_lowercase();
    bare == "ends" || bare == "end" || bare.split(['/', ',', '&']).all(|part| AGENCIES.contains(&part.trim()))
}

const AGENCIES: &[&str] = &[
    "afp",
    "agencies",
    "anadolu agency",
    "ani",
    "ans",
    "ansa",
    "ap",
    "associated press",
    "bernama",
    "bloomberg",
    "dpa",
    "efe",
    "epa",
    "irna",
    "interfax",
    "kyodo",
    "kyodo news",
    "pti",
    "reuters",
    "tass",
    "upi",
    "xinhua",
    "yonhap",
    "wire services",
    "news agencies",
    "staff",
    "ians",
    "saba",
    "sana",
    "wafa",
    "ukrinform",
    "pa",
    "pa media",
];

/// Where a photo credit that closes the text begins: `[A Name/Reuters]`, `(AP Photo/A Name)`, `REUTERS/A Name`,
/// `A Name/Getty Images`, `Photo: AFP`.
fn credit_start(text: &str) -> Option<usize> {
    let end = text.trim_end().trim_end_matches('.');
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some(inner) = end.strip_suffix(close) {
            let at = inner.rfind(open)?;
            let inside = inner[at + 1..].to_lowercase();
            let short = inside.split_whitespace().count() <= 8;
            let by_slash =
                inside.rsplit(['/', ',']).next().is_some_and(|last| is_picture_source(last.trim())) && inside.contains('/');
            let said = ["photo", "via ap", "via reuters", "handout", "getty", "file/", "credit", "image:"]
                .iter()
                .any(|cue| inside.contains(cue));
            return (short && (by_slash || said || (open == '[' && is_picture_source(inside.trim())))).then_some(at);
        }
    }
    // The rest is the last sentence or the last line.
    let at = end.rfind(". ").map_or(0, |at| at + 2);
    let tail = end[at..].trim();
    let lower = tail.to_lowercase();
    let few = tail.split_whitespace().count() <= 8;
    let openers =
        ["photo:", "photo by", "photograph:", "image:", "credit:", "picture:", "reuters/", "ap photo", "afp/", "photo credit"];
    if few && openers.iter().any(|opener| lower.starts_with(opener)) {
        return Some(at);
    }
    let slash = lower.rsplit('/').next().is_some_and(|last| is_picture_source(last.trim())) && lower.contains('/');
    (few && slash && (at > 0 || tail.split_whitespace().count() <= 5)).then_some(at)
}

fn is_picture_source(name: &str) -> bool {
    AGENCIES.contains(&name)
        || name.contains("getty")
        || matches!(
            name,
            "shutterstock"
                | "handout"
                | "file"
                | "pool"
                | "ap photo"
                | "afp photo"
                | "epa-efe"
                | "zuma"
                | "alamy"
                | "nurphoto"
                | "supplied"
                | "via reuters"
                | "via ap"
                | "via getty images"
                | "istock"
                | "unsplash"
                | "wikimedia commons"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_show_position_or_credit() {
        for text in [
            "The two ministers (second from right) at the signing in Ankara.",
            "Rescuers search a collapsed building in Kharkiv. [Ola Marsh/Reuters]",
            "Farmers block a road near Lyon (AP Photo/J. Blanc)",
            "FILE PHOTO: A guard stands at the court in The Hague",
            "Smoke over the port. Photo: AFP",
        ] {
            assert!(is_caption(text), "{text}");
        }
        for text in [
            "The party moved to the right, and the left split.",
            "The president said the photo was real.",
            "He left, right, and centre of the debate untouched. He said so.",
            "The ministry did not reply (see below).",
        ] {
            assert!(!is_caption(text), "{text}");
        }
        assert!(is_credit("REUTERS/Jane Doe"));
        assert!(is_credit("Photo: AFP"));
        assert!(!is_credit("Rescuers search a building. Photo: AFP"));
    }
}
