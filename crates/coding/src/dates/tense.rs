//! Whether the clause around an expression looks back or ahead.

use demarche_types::{BlockKind, Deprel, Document, Number, Sentence, Tense, TokenId, Upos, VerbForm};

use super::expr::Bound;
use super::grammar::Found;
use super::sides::Direction;
use super::words::{Kind, Word};
use crate::tree;

/// Words that make what follows lie ahead.
const AHEAD: &[&str] = &[
    "will",
    "'ll",
    "’ll",
    "shall",
    "would",
    "scheduled",
    "expected",
    "planned",
    "plans",
    "plan",
    "due",
    "slated",
    "upcoming",
    "intends",
    "intend",
    "hopes",
    "aims",
    "poised",
    "deadline",
    "going",
    "ahead",
    "tomorrow",
    "must",
    "should",
    "may",
    "might",
    "could",
    "agreed",
    "vowed",
    "promised",
    "set",
];

/// Words that tell that something has happened and end in neither "ed" nor "d".
const BACK: &[&str] = &[
    "was",
    "were",
    "had",
    "has",
    "have",
    "been",
    "did",
    "said",
    "told",
    "met",
    "held",
    "began",
    "broke",
    "came",
    "went",
    "took",
    "gave",
    "hit",
    "struck",
    "shot",
    "won",
    "lost",
    "left",
    "fell",
    "rose",
    "saw",
    "made",
    "sent",
    "spoke",
    "wrote",
    "fought",
    "fled",
    "flew",
    "sank",
    "brought",
    "caught",
    "drove",
    "found",
    "got",
    "grew",
    "kept",
    "led",
    "paid",
    "ran",
    "stood",
    "threw",
    "withdrew",
    "swore",
    "shut",
    "cut",
    "became",
    "blew",
    "built",
    "bought",
    "chose",
    "dealt",
    "drew",
    "forbade",
    "froze",
    "heard",
    "hid",
    "knew",
    "laid",
    "lay",
    "meant",
    "overthrew",
    "quit",
    "sold",
    "shook",
    "slew",
    "sought",
    "spent",
    "split",
    "spread",
    "stole",
    "swept",
    "taught",
    "thought",
    "tore",
    "understood",
    "undertook",
    "upheld",
    "woke",
];

/// Verbs of what is on a calendar: with a day, their present tense announces.
const SCHEDULED: &[&str] =
    &["resumes", "opens", "begins", "starts", "meets", "ends", "expires", "closes", "reopens", "reconvenes", "convenes", "votes"];

/// Looks at the tree when there is one, else at the words around.
pub(super) fn direction(
    doc: &Document<'_>,
    sentence: &Sentence,
    head: Option<TokenId>,
    words: &[Word<'_>],
    found: &Found,
) -> Direction {
    let ends = matches!(found.bound, Bound::Until | Bound::By | Bound::Before);
    let denied = found.bound == Bound::After && found.start > 0 && words[found.start - 1].is("before");
    // What "starting Monday" opens may lie ahead.
    if found.bound == Bound::Since && words[..found.start].iter().rev().take(6).any(|w| w.is("since")) {
        return Direction::Past;
    }
    // "the hearing due on the 14th"
    let awaited = |w: &Word<'_>| matches!(w.lower.as_str(), "due" | "scheduled" | "planned" | "expected" | "slated");
    if found.start > 1
        && matches!(words[found.start - 1].lower.as_str(), "on" | "for" | "in" | "at")
        && awaited(&words[found.start - 2])
    {
        let past = words[..found.start - 2].iter().rev().take(2).any(|w| matches!(w.lower.as_str(), "was" | "were" | "been"));
        return if past { Direction::Awaited } else { Direction::Future };
    }
    let owned =
        words.get(found.end).is_some_and(|w| w.is("'") || w.is("’")) && words.get(found.end + 1).is_some_and(|w| w.is("s"));
    let told = match head.filter(|&h| doc.token(h).head.is_some() || is_predicate(doc, h)) {
        // "His next hearing is on September 23"
        Some(head) if is_predicate(doc, head) => Some((head, of_verb(doc, sentence.kind, head))),
        Some(head) => by_tree(doc, sentence.kind, head).map(|direction| (head, direction)),
        None => None,
    };
    if let Some((head, direction)) = told {
        let article = usize::from(found.start > 0 && words[found.start - 1].is("the"));
        let from = found.start > article && words[found.start - 1 - article].is("from") && !is_moved(doc, head);
        let put_off = ends || from || found.start > 0 && words[found.start - 1].is("to");
        return match direction {
            _ if put_off && is_aim(doc, head) => Direction::Present,
            // "not to Savusavu before Tuesday": what is denied until then is still to come.
            _ if denied => Direction::Future,
            // "asked what Thursday’s figures mean": the day is that of the noun.
            Direction::Present if owned => Direction::Unknown,
            // "figures are as of Tuesday", "unemployment, at 20.9 percent in April, is high": what is measured has been.
            Direction::Present | Direction::Future if is_measured(doc, head, words, found) && !is_foreseen(words) => {
                Direction::Past
            }
            direction => direction,
        };
    }
    // An end that no verb before it places lies ahead: "the curfew holds until Friday".
    let behind = if ends && found.bound != Bound::By { words.len() } else { found.end };
    match by_words(words, found.start, behind) {
        Direction::Unknown if ends => Direction::Future,
        direction => direction,
    }
}

/// Whether an expression is what a copula says of something.
fn is_predicate(doc: &Document<'_>, head: TokenId) -> bool {
    let mut children = doc.children(head);
    let subject = |c: TokenId| matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::Expl);
    children.any(|c| doc.token(c).deprel == Deprel::Cop) && doc.children(head).any(subject)
}

/// "Inflation is expected to reach 5 percent in December": a figure of what is to come.
fn is_foreseen(words: &[Word<'_>]) -> bool {
    const FORESEEN: [&str; 8] = ["will", "would", "expected", "forecast", "projected", "predicted", "likely", "target"];
    words.iter().any(|w| FORESEEN.contains(&w.lower.as_str()))
}

/// Whether a figure is told of the day or month: "data as of Tuesday", "at 20 percent in April".
fn is_measured(doc: &Document<'_>, head: TokenId, words: &[Word<'_>], found: &Found) -> bool {
    const MEASURES: &[&str] = &["percent", "cent", "%", "point"];
    const DATA: &[&str] =
        &["data", "figure", "figures", "numbers", "number", "information", "total", "totals", "count", "toll", "tally"];
    let of = words[..found.start].iter().rposition(|w| w.is("of")).filter(|&of| of > 0 && words[of - 1].is("as"));
    let as_of = of.is_some_and(|of| of + 8 > found.start && words[..of].iter().any(|w| DATA.contains(&w.lower.as_str())));
    let governor = doc.token(head).head.filter(|&g| matches!(doc.token(g).upos, Upos::Noun | Upos::Sym | Upos::Num));
    as_of || governor.is_some_and(|g| MEASURES.contains(&doc.token(g).lemma.as_str()))
}

/// Verbs whose object lies ahead: an end told with them is the end of what was promised or put off.
const AIMS: &[&str] = &[
    "agree", "promise", "pledge", "vow", "urge", "demand", "want", "ask", "call", "order", "expect", "plan", "request",
    "require", "seek", "hope", "warn", "threaten", "propose", "offer", "give", "set", "extend", "postpone", "delay", "adjourn",
    "suspend", "defer", "prolong", "renew", "remand", "grant", "allow", "commit", "intend", "aim", "instruct", "direct", "tell",
    "ban", "bar", "prohibit", "forbid", "bail", "impose", "schedule", "waive", "exempt", "adjourn", "book",
];

/// Verbs with which "from" tells an origin: "postponed from Saturday", "dates from 1 May".
pub(super) const MOVES: &[&str] = &[
    "postpone",
    "move",
    "delay",
    "reschedule",
    "switch",
    "bring",
    "shift",
    "put",
    "date",
    "come",
    "stem",
    "differ",
    "recover",
    "count",
];

/// Verbs that look ahead with the verb that they govern: "plans to reopen in August".
const PLANS: &[&str] = &[
    "plan", "hope", "aim", "intend", "expect", "agree", "promise", "vow", "pledge", "want", "threaten", "prepare", "decide",
    "schedule", "set", "be", "due", "go", "propose", "offer",
];

/// "postponed from Saturday": the day that was left.
fn is_moved(doc: &Document<'_>, head: TokenId) -> bool {
    let verb = tree::ancestors(doc, head).skip(1).find(|&t| doc.token(t).upos == Upos::Verb);
    verb.is_some_and(|verb| MOVES.contains(&doc.token(verb).lemma.as_str()))
}

/// "promised a review by June", "urged talks by Friday", "suspended flights until March".
fn is_aim(doc: &Document<'_>, head: TokenId) -> bool {
    let mut verbs = tree::ancestors(doc, head).skip(1).filter(|&t| doc.token(t).upos == Upos::Verb);
    // What is aimed at stands behind its verb: "By the end of July they asked about rents".
    let aims = |verb: TokenId| verb < head && AIMS.contains(&doc.token(verb).lemma.as_str());
    // "agreed to keep the road open until February"
    let bare = |verb: TokenId| doc.token(verb).feats.verb_form == VerbForm::Inf;
    verbs.next().is_some_and(|verb| aims(verb) || bare(verb) && verbs.next().is_some_and(aims))
}

/// Whether the clause looks back from what is told: "had met on Monday".
pub(super) fn is_pluperfect(doc: &Document<'_>, head: Option<TokenId>, words: &[Word<'_>], start: usize) -> bool {
    let had = |verb: TokenId| {
        doc.children(verb)
            .any(|c| matches!(doc.token(c).deprel, Deprel::Aux | Deprel::AuxPass) && doc.form(c).eq_ignore_ascii_case("had"))
    };
    if let Some(head) = head.filter(|&h| doc.token(h).head.is_some()) {
        let clause = tree::ancestors(doc, head).skip(1).find(|&t| {
            let subject = |c| matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Cop);
            doc.token(t).upos == Upos::Verb || doc.children(t).any(subject)
        });
        return clause.is_some_and(had);
    }
    words[..start].iter().rev().take(8).take_while(|w| !w.is(";")).any(|w| w.is("had"))
}

fn by_tree(doc: &Document<'_>, kind: BlockKind, head: TokenId) -> Option<Direction> {
    let mut at = doc.token(head).head?;
    // A cycle cannot be ruled out in a tree that a model wrote, so the climb is bounded.
    for _ in 0..24 {
        let token = doc.token(at);
        let predicate = matches!(token.upos, Upos::Verb | Upos::Aux)
            || doc.children(at).any(|c| matches!(doc.token(c).deprel, Deprel::Cop | Deprel::Aux | Deprel::Nsubj));
        if predicate && token.deprel != Deprel::Amod {
            return Some(of_verb(doc, kind, at));
        }
        if token.upos == Upos::Adj && AHEAD.contains(&token.lemma.as_str()) {
            return Some(Direction::Future);
        }
        at = match token.head {
            Some(next) if next != at => next,
            _ => return None,
        };
    }
    None
}

/// What a verb with its auxiliaries and governing verb says of its time.
fn of_verb(doc: &Document<'_>, kind: BlockKind, verb: TokenId) -> Direction {
    let token = doc.token(verb);
    let form = doc.form(verb).to_lowercase();
    let auxiliaries: Vec<String> = doc
        .children(verb)
        .filter(|&c| matches!(doc.token(c).deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
        .map(|c| doc.form(c).to_lowercase())
        .collect();
    let has = |words: &[&str]| auxiliaries.iter().any(|a| words.contains(&a.as_str()));
    if has(&["have", "has", "had", "’ve", "'ve", "having"]) {
        return Direction::Past;
    }
    if has(&["would"]) {
        return Direction::Present;
    }
    if has(&["will", "'ll", "’ll", "wo", "shall", "must", "should", "may", "might", "could", "can"]) {
        return Direction::Future;
    }
    let awaited = [
        "scheduled",
        "expected",
        "planned",
        "slated",
        "set",
        "due",
        "forecast",
        "billed",
        "timed",
        "foreseen",
        "envisaged",
        "anticipated",
        "intended",
    ];
    if awaited.contains(&form.as_str()) && !auxiliaries.is_empty() {
        return if has(&["was", "were"]) { Direction::Awaited } else { Direction::Future };
    }
    if matches!(form.as_str(), "scheduled" | "expected" | "planned" | "slated") && token.deprel == Deprel::Acl {
        return Direction::Future;
    }
    // A parser may take "due to" for one mark.
    let to = doc.children(verb).any(|c| {
        doc.token(c).deprel == Deprel::Mark && matches!(doc.form(c).to_lowercase().as_str(), "to" | "due" | "set" | "about")
    });
    // "She was to name a cabinet on Saturday", "was due to join on Thursday".
    let governor = || token.head.filter(|&h| h != verb);
    let was = |t: TokenId| {
        let past = |c: TokenId| matches!(doc.form(c).to_lowercase().as_str(), "was" | "were");
        past(t) || doc.children(t).any(past)
    };
    let awaiting =
        |t: TokenId| matches!(doc.token(t).lemma.as_str(), "be" | "due" | "schedule" | "expect" | "plan" | "set" | "slate");
    if to && (has(&["was", "were"]) || governor().is_some_and(|g| awaiting(g) && was(g))) {
        return Direction::Awaited;
    }
    if to || (token.feats.verb_form == VerbForm::Inf && token.deprel == Deprel::Xcomp) {
        // "began to meet on Monday" looks back with its verb, "plans to meet" ahead.
        return match token.head.map(|h| doc.token(h)) {
            Some(governor)
                if matches!(
                    governor.lemma.as_str(),
                    "begin" | "start" | "continue" | "fail" | "manage" | "appear" | "seem" | "refuse" | "help"
                ) =>
            {
                if governor.feats.tense == Tense::Past {
                    Direction::Past
                } else {
                    Direction::Future
                }
            }
            // "to" of purpose: "travelled to Paris to meet him on Monday" happened with the verb.
            Some(governor) if token.deprel == Deprel::Advcl && governor.feats.tense == Tense::Past => Direction::Past,
            Some(governor) if PLANS.contains(&governor.lemma.as_str()) => Direction::Future,
            _ => Direction::Present,
        };
    }
    if has(&["was", "were", "did", "been", "got"]) || token.feats.tense == Tense::Past {
        return Direction::Past;
    }
    if has(&["is", "are", "’re", "'re", "’s", "'s"]) {
        // "are meeting on Friday" and "is due on Friday" announce; "is seen on Friday" in a caption shows.
        return if token.feats.passive || kind == BlockKind::Caption { Direction::Past } else { Direction::Future };
    }
    if token.upos == Upos::Verb && token.feats.verb_form == VerbForm::Fin && token.feats.tense == Tense::Pres {
        // Headlines and captions tell the past in the present.
        return match kind {
            BlockKind::Title | BlockKind::Deck | BlockKind::Caption => Direction::Past,
            _ if tree::is_speech_lemma(&token.lemma) && !is_due(doc, verb) || lacks_ending(doc, verb) => Direction::Past,
            _ => Direction::Present,
        };
    }
    if token.feats.verb_form != VerbForm::Fin
        && let Some(governor) = token.head.filter(|&h| h != verb)
        && matches!(token.deprel, Deprel::Acl | Deprel::Advcl | Deprel::Conj | Deprel::Xcomp)
        && matches!(doc.token(governor).upos, Upos::Verb)
        && doc.token(governor).head != Some(verb)
        && governor < verb
    {
        // "will face questions on Wednesday and announce a plan on Thursday", "reopen in April and close in August"
        if token.deprel == Deprel::Conj && doc.token(governor).feats.tense != Tense::Past {
            return of_verb(doc, kind, governor);
        }
        return if doc.token(governor).feats.tense == Tense::Past { Direction::Past } else { Direction::Unknown };
    }
    // "Starting in May there will be two"
    if token.deprel == Deprel::Advcl
        && let Some(main) = token.head.filter(|&h| h > verb && doc.token(h).head.is_none())
        && matches!(doc.form(verb).to_lowercase().as_str(), "starting" | "beginning" | "effective")
    {
        return of_verb(doc, kind, main);
    }
    // "Ask me again in October"
    let order = token.deprel == Deprel::Root
        && token.upos == Upos::Verb
        && form == token.lemma
        && auxiliaries.is_empty()
        && doc.children(verb).all(|c| !matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj));
    if order { Direction::Present } else { Direction::Unknown }
}

/// "The committee reports on Tuesday", "On Friday the court rules": a report that tells nothing here is still to come.
fn is_due(doc: &Document<'_>, verb: TokenId) -> bool {
    matches!(doc.token(verb).lemma.as_str(), "report" | "rule")
        && doc.children(verb).all(|c| !matches!(doc.token(c).deprel, Deprel::Obj | Deprel::Ccomp | Deprel::Parataxis))
}

/// "Israel hit two hospitals": one who acts in the present "hits", so a form without the ending is a past that is spelt alike.
fn lacks_ending(doc: &Document<'_>, verb: TokenId) -> bool {
    let one = |&c: &TokenId| {
        // "the company, which in May cut its forecast"
        let named =
            doc.token(verb).head.filter(|_| doc.token(c).upos == Upos::Pron && doc.token(verb).deprel == Deprel::AclRelcl);
        let c = named.unwrap_or(c);
        let token = doc.token(c);
        let joined = || doc.children(c).any(|g| doc.token(g).deprel == Deprel::Conj);
        (token.deprel == Deprel::Nsubj || named.is_some())
            && matches!(token.upos, Upos::Noun | Upos::Propn)
            && token.feats.number == Number::Sing
            && !joined()
    };
    doc.form(verb).eq_ignore_ascii_case(&doc.token(verb).lemma) && doc.children(verb).any(|c| one(&c))
}

/// The nearest telling word to the left, else to the right, inside the sentence.
fn by_words(words: &[Word<'_>], start: usize, end: usize) -> Direction {
    let left = (0..start).rev().take(14).find_map(|i| judge(words, i));
    let right = || (end..words.len()).take(14).find_map(|i| judge(words, i));
    left.or_else(right).unwrap_or(Direction::Unknown)
}

fn judge(words: &[Word<'_>], at: usize) -> Option<Direction> {
    let word = &words[at];
    if word.kind != Kind::Alpha || (word.is_capitalised() && at > 0) {
        return None;
    }
    let lower = word.lower.as_str();
    // In "will be held" and "has been postponed" the auxiliary tells.
    if at > 0 && matches!(words[at - 1].lower.as_str(), "be" | "been") {
        return None;
    }
    if lower == "set" && !words.get(at + 1).is_some_and(|w| w.is("for") || w.is("to")) {
        return None;
    }
    if AHEAD.contains(&lower) {
        // "would have met" and "had been scheduled" look back.
        let undone = words.get(at + 1).is_some_and(|w| w.is("have"));
        let past = at > 0 && matches!(words[at - 1].lower.as_str(), "was" | "were");
        // "had promised on Friday"
        let undone = undone || at > 0 && lower.ends_with("ed") && matches!(words[at - 1].lower.as_str(), "had" | "has" | "have");
        return Some(match (undone, past) {
            (true, _) => Direction::Past,
            (_, true) => Direction::Awaited,
            _ => Direction::Future,
        });
    }
    if lower == "to" && at > 0 && matches!(words[at - 1].lower.as_str(), "is" | "are" | "agrees" | "wants" | "want") {
        return Some(Direction::Future);
    }
    if matches!(lower, "was" | "were" | "is" | "are")
        && words.get(at + 1).is_some_and(|w| AHEAD.contains(&w.lower.as_str()) || w.is("to"))
    {
        return Some(if matches!(lower, "was" | "were") { Direction::Awaited } else { Direction::Future });
    }
    if SCHEDULED.contains(&lower) {
        return Some(Direction::Present);
    }
    let regular = lower.len() > 4
        && lower.ends_with("ed")
        && !matches!(lower, "united" | "alleged" | "armed" | "hundred" | "indeed" | "need" | "speed");
    (regular || BACK.contains(&lower)).then_some(Direction::Past)
}
