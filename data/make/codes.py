"""Makes import/countries.tsv: the codes that other sources have for our countries. `demarche kb import` needs them."""

import common

SOURCE = "country-codes/country-codes.csv"

LICENCE = [
    "Codes of countries in other sources: ISO 3166 alpha-2, and items of Wikidata. Made by make/codes.py.",
    "Source: github.com/datasets/country-codes (ODC-PDDL 1.0).",
]

# What the source lacks: Wikidata has several items of some states, and some codes are not of ISO 3166.
EXTRAS = [
    ("XKX", "XK", "Q1246"),
    ("TWN", "TW", "Q865"),
    ("CHN", "", "Q29520"),
    ("DNK", "", "Q756617"),
    ("NLD", "", "Q29999"),
    ("RUS", "", "Q15180"),
    ("GBR", "UK", ""),
    ("RUS", "SU", ""),
    ("EUR", "EU", "Q458"),
]


def main():
    known = {row["code"] for table in ("countries", "country-extras") for row in common.own(f"actors/{table}.tsv")} | {"EUR"}
    found = [
        (row["ISO3166-1-Alpha-3"].strip(), row["ISO3166-1-Alpha-2"].strip(), row["wikidata_id"].rsplit("/", 1)[-1])
        for row in common.rows(SOURCE, delimiter=",")
    ]
    seen, body = set(), []
    for code, *others in found + EXTRAS:
        others = ["" if other in seen else other for other in others]
        if code in known and any(others):
            seen.update(others)
            body.append((code, *others))
    common.write("import/countries.tsv", LICENCE, ["code", "iso2", "wikidata"], sorted(body))


if __name__ == "__main__":
    main()
