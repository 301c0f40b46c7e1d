"""Makes actors/members-derived.tsv: members of wide organisations, undated, from the last state of the Factbook."""

from common import iso_codes, own, rows, write

LICENCE = [
    "Members of wide organisations, undated. Made by make/members.py.",
    "Source: CIA World Factbook via github.com/factbook/factbook.json (public domain, CC0 1.0), last state of February 2026.",
    "Organisations whose members are listed with dates in members.tsv are left out: the Factbook's lists are older.",
]
ORGANISATIONS = {
    "AU": "au", "OIC": "oic", "UN": "un", "IAEA": "iaea", "WTO": "wto", "ICCt": "icc", "OPCW": "opcw", "OSCE": "osce", "CE": "coe",
    "OECD": "oecd", "OAS": "oas", "C": "commonwealth", "Interpol": "interpol", "Caricom": "caricom", "CELAC": "celac", "PIF": "pif",
    "COMESA": "comesa", "IMF": "imf", "IBRD": "world-bank", "NAM": "nam", "G-77": "g77", "AfDB": "afdb", "ADB": "adb", "EBRD": "ebrd",
    "NSG": "nsg", "FATF": "fatf", "IOM": "iom", "ICAO": "icao", "IEA": "iea", "UNASUR": "unasur", "OIF": "francophonie", "CICA": "cica",
    "ECO": "eco", "OAPEC": "oapec", "WHO": "who", "UNESCO": "unesco", "FAO": "fao", "ILO": "ilo", "Schengen Convention": "schengen",
}


def main():
    gec, _, fold_into, codes = iso_codes()
    dated = {row["organisation"] for row in own("actors/members.tsv")}
    out = set()
    for row in rows("factbook-final/igo_participation.tsv"):
        code, org = gec.get(row["gec"], ""), "org." + ORGANISATIONS.get(row["org"], "")
        if code and code not in fold_into and org != "org." and org not in dated and not row["qualifier"]:
            out.add((org, code, "", "", "factbook"))
    write("actors/members-derived.tsv", LICENCE, ["organisation", "country", "since", "until", "source"], sorted(out))
    print(len(out), "memberships of", len({row[0] for row in out}))


main()
