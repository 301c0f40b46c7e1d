"""Makes places/cities.tsv and places/admin1.tsv from GeoNames.

A city enters when it has 100,000 inhabitants, is a capital, is the largest of its first-order unit
and of some size, or has 15,000 inhabitants in a country where fighting makes small towns news.
"""

import re

from common import fold, iso_codes, own, rows, write

LICENCE = [
    "Contains data from GeoNames (geonames.org), CC BY 4.0. Made by make/places.py.",
]
# Countries whose small towns are often in the news.
NEWS = set("UA IL PS SY LB YE IQ AF SD SS SO LY ML NE HT GE AM AZ CY XK BA".split())
NEWS_HALF = set("IR PK MM CD NG BF ET TD CF CM MZ VE CO RU TR EG".split())
# Alternative names worth having: other spellings that English news uses.
ALTERNATIVES = {
    "Avdiyivka": "Avdiivka", "Janīn": "Jenin", "Mek'ele": "Mekelle|Mekele", "Al Fāshir": "El Fasher|El-Fasher|Al-Fashir|Fashir", "Nābulus": "Nablus",
    "Kyiv": "Kiev", "Kharkiv": "Kharkov", "Odesa": "Odessa", "Lviv": "Lvov", "Mykolayiv": "Mykolaiv|Nikolaev", "Zaporizhzhya": "Zaporizhzhia",
    "Dnipro": "Dnepropetrovsk|Dnipropetrovsk", "Luhansk": "Lugansk", "Bakhmut": "Artemivsk", "Mumbai": "Bombay", "Kolkata": "Calcutta",
    "Chennai": "Madras", "Bengaluru": "Bangalore", "Beijing": "Peking", "Guangzhou": "Canton", "Yangon": "Rangoon", "Tehran": "Teheran",
    "Ho Chi Minh City": "Saigon", "Pokrovsk": "Krasnoarmiisk", "Mecca": "Makkah", "Medina": "Madinah", "Hodeidah": "Hudaydah|Hodeida",
    "Al Ḩudaydah": "Hodeidah|Hudaydah|Hodeida", "Sanaa": "Sana'a", "Ta‘izz": "Taiz", "Ma'rib": "Marib", "Khān Yūnis": "Khan Younis|Khan Yunis",
    "Rafaḩ": "Rafah", "Jabālyā": "Jabalia|Jabaliya", "Dayr al Balaḩ": "Deir al-Balah|Deir al Balah", "Bayt Lāhyā": "Beit Lahiya|Beit Lahia", "Bayt Ḩānūn": "Beit Hanoun", "Al Fallūjah": "Fallujah|Falluja",
    "Ramadi": "Ramadi", "Al Mawşil al Jadīdah": "", "Homs": "Hims", "Dayr az Zawr": "Deir ez-Zor|Deir al-Zor|Deir Ezzor", "Ar Raqqah": "Raqqa",
    "As-Suwayda": "Sweida|Suwayda", "Ayn al-Arab": "Kobani|Kobane", "El Fasher": "Al-Fashir|el-Fasher|Al Fashir", "El Geneina": "El-Geneina|Geneina", "Nyala": "Nyala",
    "Mekele": "Mekelle|Makelle", "Ashkelon": "Ashqelon", "Be'er Sheva": "Beersheba|Beer Sheva", "Tel Aviv": "Tel Aviv-Yafo", "Yerushalayim": "Jerusalem",
    "Misratah": "Misrata|Misurata", "Surt": "Sirte", "Darnah": "Derna", "Erbil": "Irbil|Arbil", "Qandahar": "Kandahar", "Kandahār": "Kandahar", "Jalālābād": "Jalalabad",
    "Mazār-e Sharīf": "Mazar-i-Sharif|Mazar-e-Sharif", "Kunduz": "Kunduz", "Sittwe": "Sittwe", "Mersin": "Mersin", "Rostov-na-Donu": "Rostov-on-Don", "Saint Petersburg": "St. Petersburg|St Petersburg|Leningrad", "Groznyy": "Grozny",
    "Cartagena": "Cartagena", "Ciudad Juárez": "Juarez", "Mexico City": "Ciudad de Mexico", "São Paulo": "Sao Paulo", "Bogotá": "Bogota", "The Hague": "Hague", "Geneva": "Geneve", "Washington": "Washington, D.C.|Washington DC|Washington D.C.",
    "New York City": "New York", "Delhi": "Delhi", "Qingdao": "Tsingtao", "Xi’an": "Xian|Xi'an", "Ürümqi": "Urumqi", "Al Başrah": "Basra|Basrah", "Al Başrah al Qadīmah": "Basra|Basrah", "An Najaf": "Najaf", "Karbala": "Kerbala", "Sāmarrā’": "Samarra", "Bi'r as Sab'": "", "Eşfahān": "Isfahan|Esfahan", "Isfahan": "Esfahan", "Natanz": "Natanz", "Naţanz": "Natanz", "Arāk": "Arak", "Qom": "Qum", "Şūr": "Tyre", "Tyre": "Sour", "En Nâqoûra": "Naqoura", "Baalbek": "Baalbeck", "Sidon": "Saida",
}
BY_FOLD = {fold(name): alternatives for name, alternatives in ALTERNATIVES.items()}
# News places under the limits, or not populated places of the gazetteer: name, alternatives, country, lat, lon.
EXTRA = [
    ("Davos", "", "CHE", "Grisons", "46.80", "9.84"), ("Camp David", "", "USA", "Maryland", "39.65", "-77.46"),
    ("Guantanamo Bay", "Guantanamo|Gitmo", "CUB", "Guantánamo", "19.90", "-75.15"), ("Sharm el-Sheikh", "Sharm el Sheikh|Sharm al-Sheikh", "EGY", "South Sinai", "27.91", "34.33"),
    ("Srebrenica", "", "BIH", "Republika Srpska", "44.10", "19.30"), ("Fordow", "Fordo", "IRN", "Qom", "34.88", "50.99"),
    ("Natanz", "", "IRN", "Isfahan", "33.51", "51.92"), ("Bushehr", "", "IRN", "Bushehr", "28.97", "50.84"), ("Dimona", "", "ISR", "Southern District", "31.07", "35.03"),
    ("Chernobyl", "Chornobyl", "UKR", "Kyiv", "51.28", "30.22"), ("Bucha", "", "UKR", "Kyiv", "50.55", "30.21"), ("Sderot", "", "ISR", "Southern District", "31.52", "34.60"),
    ("Panmunjom", "", "KOR", "Gyeonggi", "37.96", "126.68"), ("Kobani", "Kobane|Ayn al-Arab", "SYR", "Aleppo", "36.89", "38.35"), ("Lockerbie", "", "GBR", "Scotland", "55.12", "-3.36"),
    ("Bretton Woods", "", "USA", "New Hampshire", "44.26", "-71.44"), ("Dayton", "", "USA", "Ohio", "39.76", "-84.19"), ("Ramstein", "", "DEU", "Rhineland-Palatinate", "49.45", "7.55"),
    ("Diego Garcia", "", "GBR", "", "-7.31", "72.41"), ("Incirlik", "", "TUR", "Adana", "37.00", "35.43"), ("Bagram", "", "AFG", "Parwan", "34.94", "69.26"),
    ("Tora Bora", "", "AFG", "Nangarhar", "34.12", "70.22"), ("Abu Ghraib", "", "IRQ", "Baghdad", "33.29", "44.06"), ("Halabja", "", "IRQ", "Sulaymaniyah", "35.18", "45.99"),
    ("Beslan", "", "RUS", "North Ossetia", "43.19", "44.54"), ("Waco", "", "USA", "Texas", "31.55", "-97.15"), ("Yongbyon", "", "PRK", "North Pyongan", "39.80", "125.75"),
    ("Hiroshima", "", "JPN", "Hiroshima", "34.39", "132.45"), ("Scarborough Shoal", "", "", "", "15.18", "117.76"), ("Chibok", "", "NGA", "Borno", "10.87", "12.85"),
    ("Masafer Yatta", "", "PSE", "", "31.39", "35.12"), ("Kerem Shalom", "Karam Abu Salem", "ISR", "Southern District", "31.23", "34.28"), ("Majdal Shams", "", "ISR", "Northern District", "33.27", "35.77"),
    ("Be'eri", "Beeri", "ISR", "Southern District", "31.42", "34.49"), ("Toretsk", "", "UKR", "Donetsk", "48.40", "37.85"), ("Chasiv Yar", "", "UKR", "Donetsk", "48.59", "37.83"),
    ("Vuhledar", "", "UKR", "Donetsk", "47.78", "37.25"), ("Sudzha", "", "RUS", "Kursk", "51.19", "35.27"), ("Cox's Bazar", "", "BGD", "Chattogram", "21.45", "91.97"),
]
GENERIC = set("""central north south east west northern southern eastern western north central capital center centre north west north east south east south west northwest northeast southeast southwest
 coast union island islands federal district capital district municipality region province littoral plateau lakes upper river delta rivers savannah highlands highland western highlands valley
 atlantic mountain la paz liberty victoria gold coast bay hope progress independence freedom st john st george st andrew st paul st peter st mary st michael st james st thomas st patrick
 saint john saint george saint andrew saint paul saint peter saint mary saint michael saint james saint thomas saint patrick saint david saint mark saint philip saint joseph saint lucy saint ann
 saint catherine saint elizabeth charlotte may santa maria man as is of best green police most same split nice reading mobile bath union black sea orange""".split("\n"))
GENERIC = set(" ".join(GENERIC).split()) | {"north west", "north east", "south east", "south west", "black sea", "gold coast", "la paz", "santa maria", "north central", "western highlands", "eastern highlands"} | {
    f"{s} {n}" for s in ("st", "saint") for n in "john george andrew paul peter mary michael james thomas patrick david mark philip joseph lucy ann catherine elizabeth".split()}


def plain(name):
    """The name as English news prints it: no diacritics, no gazetteer apostrophes."""
    import unicodedata
    text = unicodedata.normalize("NFD", name.replace("\u2018", "").replace("\u2019", "'").replace("\u02bc", "'").replace("đ", "d").replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("Ø", "O").replace("Ł", "L").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))


def main():
    _, two, fold_into, _ = iso_codes()
    names = {row["code"]: row["name"] for row in rows("geonames-cities15000/admin1.tsv")}
    capitals = {}
    for table in ("actors/countries.tsv", "actors/country-extras.tsv"):
        for row in own(table):
            if row["kind"] == "capital":
                capitals.setdefault(row["code"], set()).add(fold(row["alias"]))
    cities = list(rows("geonames-cities15000/cities15000.tsv"))
    largest = {}
    for city in cities:
        unit = (city["iso2"], city["admin1"])
        if unit not in largest or int(city["population"]) > int(largest[unit]["population"]):
            largest[unit] = city
    out = []
    for city in cities:
        code = two.get(city["iso2"], "")
        code = fold_into.get(code, code)
        population = int(city["population"])
        capital = fold(city["name"]) in capitals.get(code, ()) and population > 20000 and not any(
            fold(c["name"]) == fold(city["name"]) and c["iso2"] == city["iso2"] and int(c["population"]) > population for c in cities[:3000])
        seat = largest[(city["iso2"], city["admin1"])] is city and population >= 30000
        limit = 15000 if city["iso2"] in NEWS else 50000 if city["iso2"] in NEWS_HALF else 100000
        if not (population >= limit or capital or seat):
            continue
        name = city["name"]
        alternatives = [a for a in BY_FOLD.get(fold(name), "").split("|") if a]
        ascii_name = plain(name)
        if ascii_name != name:
            alternatives.insert(0, ascii_name)
        for wanted in re.findall(r"^(?:El|Al|An|As|Ash|Ar|At|Ad|Az) (\w+)$", ascii_name):
            if len(wanted) > 4:
                alternatives.append(wanted)
                alternatives.append("al-" + wanted)
        out.append((name, "|".join(dict.fromkeys(alternatives)), code, names.get(f"{city['iso2']}.{city['admin1']}", ""),
                    f"{float(city['lat']):.4f}", f"{float(city['lon']):.4f}", city["geonameid"], population, "C" if capital else "", "geonames"))
    have = {(fold(row[0]), row[2]) for row in out}
    for name, alternatives, code, unit, lat, lon in EXTRA:
        if code and (fold(name), code) not in have:
            out.append((name, alternatives, code, unit, lat, lon, "", "", "", "demarche"))
    out.sort(key=lambda row: (row[2], row[0], row[6]))
    columns = ["name", "alternatives", "country", "admin1", "lat", "lon", "geonames", "population", "capital", "source"]
    write("places/cities.tsv", LICENCE + ["Rows with source demarche were written for this project."], columns, out)

    countries = {fold(row["alias"]) for row in own("actors/countries.tsv")}
    units, count = [], {}
    for code, name in names.items():
        country = two.get(code.split(".")[0], "")
        country = fold_into.get(country, country)
        short = re.sub(r"^(?:Provincia de|Province of|Departamento de|Region of|Estado de|Wilayat|Muḩāfaz̧at)\s+|\s+(?:Oblast|Oblasts'ka|Province|Governorate|Region|State|County|District|Department|Prefecture|Krai|Kray|Raion|Parish|Municipality|Republic|Division|Canton|Sheng|Shi|Zizhiqu|Voivodeship|Special Administrative Region)$", "", name).strip()
        if not country or len(fold(short)) < 4 or fold(short) in GENERIC or fold(short) in countries or country in ("AND", "LIE", "SMR", "MCO", "SVN", "MLT", "LVA", "MKD", "BRB", "NRU", "MUS"):
            continue
        alternatives = [a for a in (plain(short), name if name != short else "", plain(name) if name != short else "") if a and a != short]
        count[fold(short)] = count.get(fold(short), 0) + 1
        units.append((short, "|".join(dict.fromkeys(alternatives)), country, code, "geonames"))
    units = [u for u in units if count[fold(u[0])] == 1 or u[2] in ("USA", "IND", "PAK", "UKR", "RUS", "CHN", "NGA", "ETH", "SDN", "SYR")]
    units.sort(key=lambda row: (row[2], row[0]))
    write("places/admin1.tsv", LICENCE, ["name", "alternatives", "country", "code", "source"], units)


main()
