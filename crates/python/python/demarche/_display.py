"""Coded articles as marked text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._coded import Coded

# Of Okabe and Ito's palette for the colour-blind; what is meant is written beside the colour as well.
COLOURS = {"actor": "#56b4e9", "recipient": "#e69f00", "trigger": "#f0e442", "quote": "#cccccc"}

Mark = tuple[int, int, str, str]


def marks(coded: Coded) -> list[Mark]:
    """Begin, end, role and label of all that is marked, in the order of the text."""
    found: set[Mark] = set()
    for event in coded.events:
        begin, end = event["spans"]["trigger"]
        found.add((begin, end, "trigger", event["event"]))
        for role, parties in (("actor", event["actor"]), ("recipient", event["recipient"])):
            for party in parties:
                label = " ".join(filter(None, [party["code"], *party["sector"]]))
                found.add((party["span"][0], party["span"][1], role, f"{role} {label}".strip()))
    for quote in coded.quotes:
        found.add((quote["span"][0], quote["span"][1], "quote", f"quote: {quote.get('speaker') or 'nobody named'}"))
    return sorted(found, key=lambda mark: (mark[0], -mark[1], mark[2], mark[3]))


def displacy(coded: Coded) -> dict[str, Any]:
    """The marks as displaCy takes them. It draws spans over tokens, so these are given too."""
    import re

    text = coded.text
    words = [(match.start(), match.end()) for match in re.finditer(r"\w+|[^\w\s]", text)]
    spans = []
    for begin, end, _, label in marks(coded):
        inside = [n for n, (first, last) in enumerate(words) if first < end and last > begin]
        if inside:
            spans.append({"start": begin, "end": end, "start_token": inside[0], "end_token": inside[-1] + 1, "label": label})
    return {
        "text": text,
        "tokens": [text[first:last] for first, last in words],
        "spans": spans,
        "ents": [{"start": span["start"], "end": span["end"], "label": span["label"]} for span in spans],
        "title": coded.article.get("title"),
    }


def html(coded: Coded) -> str:
    """The article with its events and quotes, for notebooks. Text of articles is escaped."""
    if coded.error is not None:
        return f"<p><b>Not coded.</b> {escape(str(coded.error))}</p>"
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td style='text-align:left'>{escape(cell)}</td>"
            for cell in (
                event["event"] + "".join(f" / {mode}" for mode in event["mode"]),
                _names(event["actor"]),
                _names(event["recipient"]),
                event["status"],
                event["date"] or "",
                event["event_loc"]["name"] if event["event_loc"] else "",
                f"{event['confidence']:.2f}",
            )
        )
        + "</tr>"
        for event in coded.events
    )
    heads = "".join(f"<th style='text-align:left'>{head}</th>" for head in ("Event", "Actor", "Recipient", "Status", "Date", "Place", "Confidence"))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else "<p>No events.</p>"
    return f"<div><p style='line-height:2;white-space:pre-wrap'>{_marked(coded)}</p>{table}</div>"


def _names(parties: list[Any]) -> str:
    return ", ".join(str(party.get("identifier_text") or party["entity_text"]) for party in parties)


def _marked(coded: Coded) -> str:
    """The text cut where a mark begins or ends; each piece has the colour of the narrowest mark on it, and tells all of them."""
    text, all_marks = coded.text, marks(coded)
    cuts = sorted({0, len(text), *(cut for begin, end, _, _ in all_marks for cut in (begin, end))})
    out = []
    for begin, end in zip(cuts, cuts[1:]):
        piece = escape(text[begin:end])
        over = [mark for mark in all_marks if mark[0] <= begin and end <= mark[1]]
        if not over:
            out.append(piece)
            continue
        narrowest = min(over, key=lambda mark: mark[1] - mark[0])
        told = escape("; ".join(mark[3] for mark in over), quote=True)
        first = "".join(f"<sub style='font-size:.65em'>{escape(mark[3])}</sub>" for mark in over if mark[1] == end and mark[2] != "quote")
        out.append(f"<mark title=\"{told}\" style='background:{COLOURS[narrowest[2]]};color:#000'>{piece}</mark>{first}")
    return "".join(out)
