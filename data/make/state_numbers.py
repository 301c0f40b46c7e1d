"""Makes actors/state-numbers.tsv: the numbers that states have in the Correlates of War and in Gleditsch and Ward's list."""

import common

LICENCE = [
    "Numbers of states: Correlates of War, and Gleditsch and Ward (International Interactions 25, 1999). Made by make/state_numbers.py.",
    "Source: countrynames.txt of github.com/openeventdata/text_to_CAMEO (MIT, Philip Schrodt 2014). Where the second list differs: Gleditsch and Ward.",
]
# Gleditsch and Ward's number where it is another than that of the Correlates of War.
DIFFERENT = {"DEU": "260", "YEM": "678", "SRB": "340", "KIR": "970", "NRU": "971", "TON": "972", "TUV": "973"}
# What the source lacks, by the Correlates of War's list of states of 2016.
MORE = {"SRB": "345", "MNE": "341", "XKX": "347", "SSD": "626", "DEU": "255", "YEM": "679"}


def main():
    known = {row["code"] for row in common.own("actors/countries.tsv") if row["kind"] == "name"}
    numbers = {}
    with open(common.SOURCES / "text-to-cameo/countrynames.txt", encoding="utf-8") as file:
        for line in file:
            _, code, number = (line.rstrip("\n").split("\t") + ["", ""])[:3]
            if code in known and number.strip("0"):
                numbers.setdefault(code, str(int(number)))
    numbers.update(MORE)
    body = [(code, cow, DIFFERENT.get(code, cow), "text-to-cameo") for code, cow in sorted(numbers.items())]
    common.write("actors/state-numbers.tsv", LICENCE, ["code", "cow", "gw", "source"], body)


main()
