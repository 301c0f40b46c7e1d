"""Makes export/countries.tsv: what our countries are called in the columns of other people's files."""

import common

SOURCE = "country-codes/country-codes.csv"

LICENCE = [
    "Countries in other people's files. Made by make/export.py.",
    "name: as GDELT's and plain files print it. number: ISO 3166-1 numeric (ACLED's `iso`). fips: FIPS 10-4 (GDELT's geography).",
    "cameo: CAMEO's code (GDELT's actors). icews: name in ICEWS' files. region: region of ACLED.",
    "Sources: github.com/datasets/country-codes (ODC-PDDL 1.0; FIPS 10-4 is a standard of the United States, public domain); names of ICEWS and",
    "CAMEO codes: countrynames.txt of github.com/openeventdata/text_to_CAMEO (MIT, Philip Schrodt 2014). Regions by the project, after ACLED's list.",
]
# Where the source has two codes, one of a neighbour, or none.
FIPS = {"SRB": "RI", "XKX": "KV", "PSE": "WE"}
NUMBERS = {"XKX": "0"}
# CAMEO's codes that are not ISO's.
CAMEO = {"TLS": "TMP", "ROU": "ROM", "XKX": "KSV"}
# Names by which text_to_CAMEO's list knows a country of ours, where ours is not one of them; of several the one in ICEWS' files.
ICEWS = {
    "RUS": "Russian Federation", "PSE": "Occupied Palestinian Territory", "CIV": "Cote d'Ivoire", "COD": "Democratic Republic of Congo",
    "COG": "Congo", "CPV": "Cape Verde", "CZE": "Czech Republic", "MKD": "Macedonia", "SWZ": "Swaziland", "TUR": "Turkey", "GNB": "Guinea-Bissau",
    "TLS": "Timor-Leste", "VAT": "Holy See", "STP": "Sao Tome and Principe", "BIH": "Bosnia and Herzegovina",
    "VCT": "Saint Vincent and the Grenadines",
}
MIDDLE_EAST = set("ARE BHR IRN IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM".split())
EAST = set("CHN HKG JPN KOR MNG PRK TWN".split())
CAUCASUS = set("AFG ARM AZE GEO KAZ KGZ TJK TKM UZB".split())
SOUTH = set("BGD BTN IND LKA MDV NPL PAK".split())
NORTHERN_AFRICA = set("DZA EGY ESH LBY MAR SDN TUN".split())


def region(code, row):
    """ACLED's region of a country."""
    for countries, name in (
        (MIDDLE_EAST, "Middle East"), (EAST, "East Asia"), (CAUCASUS, "Caucasus and Central Asia"), (SOUTH, "South Asia"),
        (NORTHERN_AFRICA, "Northern Africa"), ({"ATA"}, "Antarctica"), ({"XKX", "CYP"}, "Europe"), ({"MEX"}, "North America"),
    ):
        if code in countries:
            return name
    inner, sub, outer = row["Intermediate Region Name"], row["Sub-region Name"], row["Region Name"]
    if inner:
        return {"Channel Islands": "Europe"}.get(inner, inner)
    return {"South-eastern Asia": "Southeast Asia", "Northern America": "North America"}.get(sub) or {"Europe": "Europe", "Oceania": "Oceania"}[outer]


def main():
    names = {row["code"]: row["alias"] for row in common.own("actors/countries.tsv") if row["kind"] == "name"}
    names.update({row["code"]: row["alias"] for row in common.own("actors/country-extras.tsv") if row["kind"] == "name"})
    rows = {row["ISO3166-1-Alpha-3"]: row for row in common.rows(SOURCE, ",")}
    icews = {}
    with open(common.SOURCES / "text-to-cameo/countrynames.txt", encoding="utf-8") as file:
        for line in file:
            name, code = line.rstrip("\n").split("\t")[:2]
            icews.setdefault(code, set()).add(name)
    body = []
    for code, name in sorted(names.items()):
        row = rows.get(code, {})
        name = common.plain(name).replace("Turkiye", "Turkey")
        theirs = ICEWS.get(code, name)
        listed = icews.get(CAMEO.get(code, code)) or icews.get(code)
        if listed and theirs not in listed:
            print(f"{code}: ICEWS' list has {listed}, not {theirs}")
        fips = FIPS.get(code) or row["FIPS"].strip()
        number = NUMBERS.get(code) or row["ISO3166-1-numeric"]
        body.append((code, name, number, fips, CAMEO.get(code, code), theirs, region(code, row)))
    common.write("export/countries.tsv", LICENCE, ["code", "name", "number", "fips", "cameo", "icews", "region"], body)


if __name__ == "__main__":
    main()
