"""Dev part: stories on which scores and thresholds are set. All persons are invented."""
import datetime as dt
import pathlib
import re
import sys

from common import MONTHS, WEEKDAYS, Press, day, month_day, run_coder

OUTLETS = ["Continental Press", "The Morning Ledger", "Daily Compass", "Harbour Times", "Capital Post", "Meridian News", "The Evening Star",
           "Lakeside Gazette", "North Road Herald", "Plain Record", "City Bulletin", "The Observer Weekly", "Radio Front", "Channel Seven", "The Standard Mail"]
AGENCIES = ["Unity Press Agency", "Globe Wire"]
SWAPS = [("on Monday", "Monday"), ("on Tuesday", "Tuesday"), (" said.", " said in a statement."), ("officials", "authorities"), ("at least", "no fewer than"), ("killed", "left dead"), ("several", "a number of")]
P = Press("dev", 20250301, OUTLETS)
FIRST = ["Anna", "Karim", "Leila", "Tomas", "Pavel", "Rosa", "Idris", "Mikhail", "Sofia", "Yusuf", "Nadia", "Jorge", "Helen", "Samir", "Viktor", "Amina"]
LAST = ["Veltman", "Haddouri", "Kosarev", "Obeng", "Marquina", "Tellier", "Bakradze", "Nyambo", "Ferrand", "Sahin", "Qadiri", "Lindholm", "Orlenko", "Castells", "Zubeir", "Prochazka"]


article = P.article
P.article = lambda published, title, body, **more: article(published, vary(title), [vary(p) for p in body], **more)


def person():
    return f"{P.pick(FIRST)} {P.pick(LAST)}"


def on(date, published, vague=0.15):
    """A phrase that dates an event, as this paper on this day would have it; often none."""
    gone = (published - date).days
    if P.chance(vague):
        return ""
    if 0 <= gone <= 5:
        options = [f"on {WEEKDAYS[date.weekday()]}"] * 4 + [f"on {month_day(date)}"]
        options += ["yesterday", "the day before"] if gone == 1 else []
        options += [f"{['', '', 'two', 'three', 'four', 'five'][gone]} days earlier", f"last {WEEKDAYS[date.weekday()]}", "in the past days"] if gone > 1 else [f"{WEEKDAYS[date.weekday()]} night", f"before dawn on {WEEKDAYS[date.weekday()]}"]
        return P.pick(options)
    if gone <= 40:
        return P.pick([f"on {month_day(date)}", f"on {month_day(date)}", "earlier this month" if date.month == published.month else "last month"])
    return P.pick([f"on {month_day(date)}, {date.year}", f"in {MONTHS[date.month - 1]} {date.year}"])


SAME = {
    "people": ["people", "persons", "men, women and children", "residents"], "officials said": ["officials said", "according to officials", "local authorities reported", "officials told reporters"],
    "police said": ["police said", "a police spokesman said", "the police reported"], "in a": ["in a", "in a", "in what was a"], "city": ["city", "town", "provincial centre"],
    "at least": ["at least", "no fewer than", "a minimum of"], "government": ["government", "cabinet", "authorities"], "market": ["market", "bazaar", "marketplace"], "talks": ["talks", "discussions"],
    "army base": ["army base", "military camp", "garrison"], "soldiers": ["soldiers", "troops", "servicemen"], "fuel depot": ["fuel depot", "oil store"], "warehouse": ["warehouse", "storehouse"],
    "residential block": ["residential block", "block of flats", "apartment building"], "power station": ["power station", "electricity plant"], "school": ["school", "primary school"], "hospital": ["hospital", "clinic"],
    "charges": ["charges", "accusations", "suspicion"], "prison": ["prison", "jail"], "tons of": ["tons of", "tonnes of"], "the crisis": ["the crisis", "the situation", "the standoff"], "diplomats": ["diplomats", "embassy staff", "envoys"],
    "sanctions": ["sanctions", "penalties", "punitive measures"], "ministry": ["ministry", "department"], "leader": ["leader", "chief"], "well-known": ["well-known", "prominent", "outspoken"],
}
ASIDES = [", in the latest turn of a long dispute", ", an episode that caught many by surprise", ", as rain fell over the region", ", a move that had been rumoured for days", ", raising fears of worse to come", ", witnesses and local media reported",
          ", the third such case since winter", ", just hours after a calm night", ", while markets were closed", ", in a step that observers called overdue", ", as the harvest season began", ", amid tight security",
          ", despite earlier assurances", ", according to a statement seen by this newspaper", ", a development that analysts had expected", ", though details remained scarce", ", and phones went unanswered for hours"]


def vary(text):
    """Other papers, other words: no two of them print the same sentence unless they copy."""
    parts = re.split(r"(\[[^\]]*\])", text)
    for at in range(0, len(parts), 2):
        for word, others in SAME.items():
            if word in parts[at] and P.chance(0.6):
                parts[at] = parts[at].replace(word, P.pick(others), 1)
    text = "".join(parts)
    if text.endswith(".") and text.count(" ") > 6 and P.chance(0.45):
        text = text[:-1] + P.pick(ASIDES) + "."
    return text


def later(date, most=1):
    return date + dt.timedelta(days=P.rng.randint(0, most))


def some_day():
    return day("2025-03-03") + dt.timedelta(days=P.rng.randint(0, 60))


def dateline(city, published):
    return P.pick([f"{city.upper()} - ", f"{city.upper()}, {MONTHS[published.month - 1][:3]} {published.day} - ", "", ""])


def condemn(who, whom, about, date):
    return P.event("condemn", ([who[0]], [whom[0]]), date, quads=[3], about=about)


ABROAD = [("FRA", "France", "French", "Paris"), ("JPN", "Japan", "Japanese", "Tokyo"), ("BRA", "Brazil", "Brazilian", "Brasilia"), ("CAN", "Canada", "Canadian", "Ottawa"),
          ("NOR", "Norway", "Norwegian", "Oslo"), ("EGY", "Egypt", "Egyptian", "Cairo"), ("ZAF", "South Africa", "South African", "Pretoria"), ("AUS", "Australia", "Australian", "Canberra")]

# --- strikes of one state on another, or on a group there ---------------------------------------
STRIKES = [
    (("ISR", "Israel", "Israeli"), ("LBN", "Lebanon", "Lebanese"), ["Nabatieh", "Tyre", "Baalbek", "Sidon"], "Hezbollah"),
    (("ISR", "Israel", "Israeli"), ("SYR", "Syria", "Syrian"), ["Daraa", "Homs", "Quneitra"], None),
    (("RUS", "Russia", "Russian"), ("UKR", "Ukraine", "Ukrainian"), ["Kharkiv", "Sumy", "Zaporizhzhia", "Kherson", "Odesa"], None),
    (("UKR", "Ukraine", "Ukrainian"), ("RUS", "Russia", "Russian"), ["Belgorod", "Kursk", "Bryansk"], None),
    (("TUR", "Turkey", "Turkish"), ("IRQ", "Iraq", "Iraqi"), ["Dohuk", "Sinjar", "Zakho"], "PKK"),
    (("PAK", "Pakistan", "Pakistani"), ("AFG", "Afghanistan", "Afghan"), ["Khost", "Jalalabad", "Kunar"], None),
    (("USA", "United States", "American"), ("YEM", "Yemen", "Yemeni"), ["Hodeidah", "Sanaa", "Saada"], "Houthi"),
    (("IRN", "Iran", "Iranian"), ("PAK", "Pakistan", "Pakistani"), ["Panjgur", "Turbat"], None),
]


def strike(actor, target, town, date, dead, weapon, target_kind):
    event = P.event("strike", ([actor[0]], [target[0]]), date, place=town, dead=dead, quads=[4])
    toll = dead
    critic = P.pick([a for a in ABROAD if a[0] not in (actor[0], target[0])])
    P.note(date, lambda pub: P.pick([f"{actor[2]} fire [killed|{event}] {dead} people in {town} {on(date, pub)}.", f"In {town}, {dead} people were [killed|{event}] in an attack by {actor[1]} {on(date, pub)}."]))
    reaction, anniversary = None, None
    for i in range(P.rng.randint(3, 6)):
        published = later(date, 1 if i < 3 else 3)
        if i >= 2 and P.chance(0.5):
            toll += P.rng.randint(1, 3)
        w = on(date, published)
        m = {
            "drones": (f"{actor[2]} drones", "drone strike", "hit"),
            "aircraft": (P.pick([f"{actor[2]} warplanes", f"{actor[2]} jets", f"The {actor[2]} air force"]), "air strike", P.pick(["bombed", "struck", "hit"])),
            "missiles": (P.pick([f"{actor[2]} missiles", f"A {actor[2]} missile"]), "missile attack", P.pick(["struck", "hit"])),
            "shells": (P.pick([f"{actor[2]} artillery", f"{actor[2]} forces"]), "shelling", "shelled"),
        }[weapon]
        killed = P.pick([f"killing {toll} people", f"killing at least {toll} people", f"leaving {toll} dead", f"killing {toll} and wounding {toll * 2 + 1}"])
        heads = [
            f"{actor[2]} {m[1]} [kills|{event}] {toll} in {town}", f"{toll} [killed|{event}] in {actor[2]} {m[1]} on {town}", f"{m[0]} [{m[2]}|{event}] {target_kind} in {town}",
            f"{target[1]}: death toll of {town} rises to {toll}" if toll != dead else f"{target[1]} says {toll} dead after {actor[2]} [{m[1]}|{event}]",
            f"Rescuers search ruins in {town}",
        ]
        where = P.pick([f"in {town}", f"in the {target[2]} city of {town}", f"near {town}", f"in {town}, {target[1]}"])
        leads = [
            f"{m[0]} [{m[2]}|{event}] a {target_kind} {where} {w}, {killed}, {target[2]} officials said.",
            f"At least {toll} people were [killed|{event}] {w} when {m[0]} {m[2]} a {target_kind} {where}, according to rescue workers.",
            f"A {actor[2]} {m[1]} [killed|{event}] {toll} people {where} {w}.",
            f"{target[1]} said that {actor[1]} had [attacked|{event}] a {target_kind} {where} {w}, {killed}.",
            f"{target[2]} authorities said {toll} people [died|{event}] in a {actor[2]} {m[1]} {where} {w}.",
        ]
        body = [dateline(town, published) + P.pick(leads)]
        if P.chance(0.25):
            # The paper of the town names no country.
            heads = [f"Our {target_kind} is gone", f"Funerals begin in {town}", f"{town} after the [{m[1]}|{event}]"]
            body = [P.pick([f"Only walls are left of the {target_kind} in the north of {town} that was [hit|{event}] {w}; {toll} of us are dead.", f"The mayor of {town} named the {toll} people who were [killed|{event}] {w} when the {target_kind} was struck.", f"The [{m[1]}|{event}] on the {target_kind} {w} cost {toll} lives, the fire service of {town} said."])]
        body.append(P.pick([
            f"The {m[1]} also [wounded|{event}] several passers-by, a doctor at the town's hospital said.", "Smoke could be seen for hours.",
            f"The {actor[2]} military said it had [targeted|{event}] a command post in {town}.", "Power was cut in two districts.", "",
        ]))
        if i >= 2 and P.chance(0.5):
            reaction = reaction or condemn(critic, actor, event, date + dt.timedelta(days=1))
            w2 = on(date + dt.timedelta(days=1), max(published, date + dt.timedelta(days=1)))
            published = max(published, date + dt.timedelta(days=1))
            body.append(P.pick([
                f"{critic[1]} [condemned|{reaction}] {actor[1]} over the attack {w2}.", f"The {critic[2]} foreign ministry [denounced|{reaction}] {actor[1]} {w2} for what it called a reckless act.",
                f"{critic[3]} sharply [criticised|{reaction}] {actor[1]} {w2}.",
            ]))
        a = P.article(published, P.pick(heads), body)
        if i == 0 and P.chance(0.35):
            P.copies(a, P.pick(AGENCIES), P.rng.randint(1, 3), SWAPS)
    if P.chance(0.12):
        past = date + dt.timedelta(days=365)
        anniversary = P.event("memorial", ([target[0]], []), past, place=town, quads=[1, 2, 3, 4])
        P.article(past, f"{town} remembers the dead of {date.year}", [
            f"Hundreds of people [gathered|{anniversary}] in {town} to mark a year since the {actor[2]} {m[1]} that [killed|{event}] {toll} people there on {month_day(date)}, {date.year}."])


def strikes(n):
    for _ in range(n):
        actor, target, towns, group = P.pick(STRIKES)
        town, date = P.pick(towns), some_day()
        weapon, kind = P.pick(["drones", "aircraft", "missiles", "shells"]), P.pick(["fuel depot", "bus station", "warehouse", "residential block", "power station", "market", "school", "checkpoint"])
        strike(actor, target, town, date, P.rng.randint(2, 30), weapon, kind)
        twin = P.rng.random()
        if twin < 0.45:
            # The same weapon, another town, much the same words and numbers.
            for other in P.rng.sample([t for t in towns if t != town], min(len(towns) - 1, P.rng.randint(1, 2))):
                strike(actor, target, other, date, P.rng.randint(2, 12), weapon, kind)
        elif twin < 0.7:
            strike(actor, target, town, date + dt.timedelta(days=P.rng.randint(1, 3)), P.rng.randint(2, 30), P.pick(["drones", "aircraft", "missiles"]), P.pick(["bridge", "railway depot", "clinic", "barracks"]))
        elif twin < 0.8:
            strike(actor, target, P.pick([t for t in towns if t != town]), date, P.rng.randint(2, 30), weapon, P.pick(["farm", "railway depot", "port", "barracks"]))


# --- bombs and raids of armed groups -----------------------------------------------------------
GROUPS = [
    ("NGA", "Nigeria", "Boko Haram", "Islamist", ["Maiduguri", "Damaturu", "Gwoza"]), ("SOM", "Somalia", "al-Shabaab", "Islamist", ["Mogadishu", "Kismayo", "Baidoa"]),
    ("COD", "Congo", "the M23", "rebel", ["Goma", "Bukavu", "Beni"]), ("MLI", "Mali", "JNIM", "jihadist", ["Gao", "Mopti", "Timbuktu"]),
    ("COL", "Colombia", "the ELN", "guerrilla", ["Cucuta", "Arauca", "Tumaco"]), ("PAK", "Pakistan", "the Pakistani Taliban", "militant", ["Quetta", "Peshawar", "Bannu"]),
]


def raid(code, country, group, adjective, town, date, dead, form):
    event = P.event("raid", ([code], [code]), date, place=town, dead=dead, quads=[4])
    P.note(date, lambda pub: f"{group} fighters [killed|{event}] {dead} people in {town} {on(date, pub)}.")
    claim = None
    for i in range(P.rng.randint(3, 6)):
        published = later(date, 2)
        toll = dead + (P.rng.randint(0, 4) if i > 1 else 0)
        w = on(date, published)
        unknown = P.chance(0.4)
        who = P.pick(["gunmen", "attackers", "unidentified armed men"]) if unknown else P.pick([f"{group} fighters", f"{adjective} fighters", f"{group}"])
        if form == "bomb":
            leads = [
                f"A bomb [exploded|{event}] at a market in {town} {w}, killing {toll} people, police said.", f"A bomb planted by {who} [killed|{event}] {toll} people in the {country} city of {town} {w}.",
                f"A suicide bomber [blew|{event}] himself up in a crowded street in {town} {w}, killing at least {toll}.", f"{toll} people [died|{event}] in a bomb blast in {town} {w}, hospital staff said.",
            ]
            heads = [f"Bomb [kills|{event}] {toll} in {town}", f"{country}: blast in {town} [kills|{event}] {toll}", f"Market [bombing|{event}] in {town}", f"Many dead in {town} blast"]
        else:
            leads = [
                f"{who} [attacked|{event}] an army base in {town} {w}, killing {toll} soldiers, the army said.", f"{toll} soldiers were [killed|{event}] {w} when {who} stormed their base in {town}.",
                f"{who} [raided|{event}] a military post near {town} {w} and killed {toll} soldiers.", f"{country}'s army said {w} that it lost {toll} men in an [attack|{event}] by {who} on its base in {town}.",
            ]
            heads = [f"{who} [attack|{event}] base in {town}", f"{toll} soldiers [killed|{event}] in {country} raid", f"{country} army base [attacked|{event}]", f"Deadly day for {country}'s army"]
        body = [dateline(town, published) + P.pick(leads)]
        if i > 0 and P.chance(0.5):
            claim = claim or True
            body.append(P.pick([f"{group} claimed the [attack|{event}] in an online statement.", f"Officials blamed {group} for the [attack|{event}].", "No group claimed responsibility.", "Schools in the town stayed closed."]))
        a = P.article(published, P.pick(heads), body)
        if i == 0 and P.chance(0.3):
            P.copies(a, P.pick(AGENCIES), P.rng.randint(1, 3), SWAPS)


def raids(n):
    for _ in range(n):
        code, country, group, adjective, towns = P.pick(GROUPS)
        town, date, form = P.pick(towns), some_day(), P.pick(["bomb", "raid"])
        raid(code, country, group, adjective, town, date, P.rng.randint(3, 40), form)
        if P.chance(0.35):
            raid(code, country, group, adjective, town if P.chance(0.6) else P.pick(towns), date + dt.timedelta(days=P.rng.randint(1, 4)), P.rng.randint(3, 40), P.pick(["bomb", "raid"]))


# --- meetings ----------------------------------------------------------------------------------
PAIRS = [
    (("TUR", "Turkey", "Turkish", "Ankara"), ("GRC", "Greece", "Greek", "Athens")), (("IND", "India", "Indian", "New Delhi"), ("CHN", "China", "Chinese", "Beijing")),
    (("EGY", "Egypt", "Egyptian", "Cairo"), ("ETH", "Ethiopia", "Ethiopian", "Addis Ababa")), (("ARM", "Armenia", "Armenian", "Yerevan"), ("AZE", "Azerbaijan", "Azerbaijani", "Baku")),
    (("DEU", "Germany", "German", "Berlin"), ("POL", "Poland", "Polish", "Warsaw")), (("JPN", "Japan", "Japanese", "Tokyo"), ("KOR", "South Korea", "South Korean", "Seoul")),
    (("SAU", "Saudi Arabia", "Saudi", "Riyadh"), ("IRN", "Iran", "Iranian", "Tehran")), (("BRA", "Brazil", "Brazilian", "Brasilia"), ("ARG", "Argentina", "Argentine", "Buenos Aires")),
    (("KEN", "Kenya", "Kenyan", "Nairobi"), ("UGA", "Uganda", "Ugandan", "Kampala")), (("SRB", "Serbia", "Serbian", "Belgrade"), ("XKX", "Kosovo", "Kosovan", "Pristina")),
]


def meeting(a, b, an, bn, office, city, date, topic, planned):
    event = P.event("meeting", ([a[0], b[0]], []), date, place=city, quads=[1])
    P.note(date, lambda pub: f"The {office}s of {a[1]} and {b[1]} [met|{event}] in {city} {on(date, pub)}.")
    plan = None
    for i in range(P.rng.randint(3, 6)):
        published = later(date, 2)
        w = on(date, published)
        A, B = P.pick([f"{a[2]} {office} {an}", f"{a[1]}'s {office} {an}", f"the {a[2]} {office}", f"{office} {an} of {a[1]}"]), P.pick([f"{b[2]} {office} {bn}", f"his {b[2]} counterpart {bn}", f"the {b[2]} {office}", f"{b[1]}'s {bn}"])
        leads = [
            f"{A} [met|{event}] {B} in {city} {w} to discuss {topic}.", f"{A} and {B} [held|{event}] talks on {topic} in {city} {w}.", f"The {office}s of {a[1]} and {b[1]} [met|{event}] in {city} {w}, the first such talks this year.",
            f"{topic} was at the centre of [talks|{event}] between {A} and {B} {w}.", f"{A} [discussed|{event}] {topic} with {B} {w} in {city}.",
        ]
        heads = [f"{a[1]} and {b[1]} [discuss|{event}] {topic}", f"{office}s of {a[1]} and {b[1]} [meet|{event}] in {city}", f"{a[2]} and {b[2]} {office}s [hold|{event}] talks", f"No breakthrough on {topic}", f"{an} [meets|{event}] {bn}"]
        body = [dateline(city, published) + P.pick(leads), P.pick(["Both sides called the mood constructive.", f"The [talks|{event}] lasted three hours.", "No date was set for another round.", "", f"\"We have found a common language,\" {an} told reporters."])]
        art = P.article(published, P.pick(heads), body)
        if i == 0 and P.chance(0.3):
            P.copies(art, P.pick(AGENCIES), P.rng.randint(1, 2), SWAPS)
    if planned:
        plan = P.event("plan", ([a[0], b[0]], []), date, place=city, quads=[1])
        for _ in range(P.rng.randint(1, 3)):
            published = date - dt.timedelta(days=P.rng.randint(1, 4))
            ahead = P.pick([f"on {WEEKDAYS[date.weekday()]}", f"on {month_day(date)}"])
            P.article(published, P.pick([f"{a[1]} and {b[1]} to [meet|{plan}] in {city}", f"{topic} on the agenda in {city}"]), [P.pick([
                f"The {a[2]} {office} {an} will [meet|{plan}] {bn}, the {b[2]} {office}, in {city} {ahead}, the ministry said.", f"{a[1]} and {b[1]} are to [hold|{plan}] talks on {topic} in {city} {ahead}.",
                f"{an} is expected to [hold|{plan}] talks with the {b[2]} {office} {bn} in {city} {ahead}."])])


def meetings(n):
    for _ in range(n):
        a, b = P.pick(PAIRS)
        office, date = P.pick(["foreign minister", "defence minister", "energy minister", "prime minister", "president"]), some_day()
        an, bn, city = person(), person(), P.pick([a[3], b[3], b[3], "Geneva", "Vienna"])
        topic = P.pick(["border security", "gas supplies", "water sharing", "trade barriers", "a prisoner exchange", "fishing rights"])
        meeting(a, b, an, bn, office, city, date, topic, P.chance(0.4))
        if P.chance(0.4):
            meeting(a, b, an, bn, office, P.pick([city, a[3]]), date + dt.timedelta(days=P.rng.randint(6, 30)), topic if P.chance(0.6) else "visas", False)
        elif P.chance(0.3):
            c = P.pick([x for x in ABROAD if x[0] not in (a[0], b[0])])
            meeting(a, c, an, person(), office, city, date + dt.timedelta(days=P.rng.randint(0, 1)), topic, False)


def calls(n):
    for _ in range(n):
        a, b = P.pick(PAIRS)
        date, an, bn = some_day(), person(), person()
        call(a, b, an, bn, date)
        if P.chance(0.4):
            call(a, P.pick([x for x in ABROAD if x[0] not in (a[0], b[0])]), an, person(), date)


def call(a, b, an, bn, date):
        event = P.event("call", ([a[0], b[0]], []), date, quads=[1])
        for _ in range(P.rng.randint(2, 5)):
            published = later(date, 1)
            w = on(date, published)
            P.article(published, P.pick([f"{an} and {bn} [speak|{event}] by phone", f"{a[2]} and {b[2]} leaders [talk|{event}]", f"Leaders' [call|{event}] eases tension"]), [P.pick([
                f"{a[2]} President {an} [spoke|{event}] by telephone with {b[2]} President {bn} {w}.", f"President {an} of {a[1]} [called|{event}] {b[1]}'s President {bn} {w} to discuss the crisis.",
                f"The presidents of {a[1]} and {b[1]} [discussed|{event}] the crisis in a phone call {w}, the {b[2]} presidency said.", f"In a telephone [call|{event}] {w}, {an} and {bn} agreed to keep channels open."])])


# --- measures of states ------------------------------------------------------------------------
def sanctions(n):
    makers = [("USA", "United States", "Washington", "the US Treasury"), ("GBR", "Britain", "London", "the British government"), ("CAN", "Canada", "Ottawa", "the Canadian government"), ("EUR", "European Union", "Brussels", "the EU")]
    targets = [("RUS", "Russia", "Russian"), ("IRN", "Iran", "Iranian"), ("BLR", "Belarus", "Belarusian"), ("MMR", "Myanmar", "Myanmar"), ("VEN", "Venezuela", "Venezuelan")]
    for _ in range(n):
        a, b, date = P.pick(makers), P.pick(targets), some_day()
        what = P.pick(["banks", "oil tankers", "arms makers", "airlines", "officials"])
        event = P.event("sanction", ([a[0]], [b[0]]), date, quads=[4])
        other = P.pick([m for m in makers if m[0] != a[0]])
        reply = P.event("reply", ([b[0]], [a[0]]), date + dt.timedelta(days=1), quads=[3]) if P.chance(0.5) else None
        twin = P.event("sanction", ([other[0]], [b[0]]), date, quads=[4]) if P.chance(0.7) else None
        for i in range(P.rng.randint(3, 6)):
            published = later(date, 2)
            w = on(date, published)
            number = P.rng.randint(3, 30)
            body = [P.pick([
                f"{a[3]} [imposed|{event}] sanctions on {number} {b[2]} {what} {w}.", f"The {a[1]} [sanctioned|{event}] {b[2]} {what} {w} in response to the crackdown." if a[0] in ("USA", "EUR") else f"{a[1]} [sanctioned|{event}] {b[2]} {what} {w} in response to the crackdown.",
                f"{a[2]} [blacklisted|{event}] {number} {b[2]} {what} {w}.", f"New sanctions were [imposed|{event}] by {a[2]} on {b[1]} {w}, aimed at its {what}."])]
            if twin and P.chance(0.7):
                body.append(P.pick([f"{other[2]} [imposed|{twin}] similar sanctions on {b[1]} the same day." if published == date else f"{other[2]} also [imposed|{twin}] sanctions on {b[1]} {w}."]))
            if reply and P.chance(0.6):
                published = max(published, date + dt.timedelta(days=1))
                w2 = on(date + dt.timedelta(days=1), published)
                body.append(P.pick([f"{b[1]} [denounced|{reply}] {a[2]} {w2} over the measures.", f"The {b[2]} foreign ministry [criticised|{reply}] {a[2]} {w2} for what it called an unfriendly step."]))
            art = P.article(published, P.pick([f"{a[2]} [sanctions|{event}] {b[2]} {what}", f"{b[2]} {what} [hit|{event}] by new sanctions of {a[2]}", f"Fresh pressure on {b[1]}"]), body)
            if i == 0 and P.chance(0.3):
                P.copies(art, P.pick(AGENCIES), P.rng.randint(1, 3), SWAPS)


def expulsions(n):
    for _ in range(n):
        a, b = P.pick([(("CZE", "the Czech Republic", "Czech", "Prague"), ("RUS", "Russia", "Russian", "Moscow")), (("POL", "Poland", "Polish", "Warsaw"), ("BLR", "Belarus", "Belarusian", "Minsk")), (("MLI", "Mali", "Malian", "Bamako"), ("FRA", "France", "French", "Paris")), (("PER", "Peru", "Peruvian", "Lima"), ("MEX", "Mexico", "Mexican", "Mexico City"))])
        date, number = some_day(), P.pick(["two", "three", "five", "eight"])
        out = P.event("expel", ([a[0]], [b[0]]), date, quads=[4])
        back = P.event("expel", ([b[0]], [a[0]]), date + dt.timedelta(days=P.rng.randint(1, 3)), quads=[4]) if P.chance(0.6) else None
        for _ in range(P.rng.randint(3, 5)):
            published = later(date, 1)
            w = on(date, published)
            P.article(published, P.pick([f"{a[1]} [expels|{out}] {number} {b[2]} diplomats", f"{b[2]} diplomats told to leave {a[3]}", f"{a[3]} [throws|{out}] out {b[2]} envoys"]), [P.pick([
                f"{a[1]} [expelled|{out}] {number} {b[2]} diplomats {w} for spying.", f"The {a[2]} government [ordered|{out}] {number} {b[2]} diplomats to leave the country {w}.", f"{a[3]} {w} [declared|{out}] {number} members of the {b[2]} embassy personae non gratae."])])
        if back:
            d2 = day(P.events[back]["date"])
            for _ in range(P.rng.randint(2, 4)):
                published = later(d2, 1)
                w = on(d2, published)
                P.article(published, P.pick([f"{b[1]} [expels|{back}] {a[2]} diplomats in return", f"{b[3]} hits back at {a[3]}"]), [P.pick([
                    f"{b[1]} [expelled|{back}] {number} {a[2]} diplomats {w} in a tit-for-tat move.", f"{b[3]} {w} [told|{back}] {number} {a[2]} diplomats to leave."]),
                    P.pick([f"{a[1]} had [expelled|{out}] {number} {b[2]} diplomats {on(date, published, 0.0)}.", ""])])


# --- inside one country ------------------------------------------------------------------------
HOMES = [("KEN", "Kenya", "Kenyan", ["Nairobi", "Mombasa", "Kisumu"]), ("FRA", "France", "French", ["Paris", "Lyon", "Marseille"]), ("CHL", "Chile", "Chilean", ["Santiago", "Valparaiso"]), ("THA", "Thailand", "Thai", ["Bangkok", "Chiang Mai"]),
         ("GEO", "Georgia", "Georgian", ["Tbilisi", "Batumi"]), ("NGA", "Nigeria", "Nigerian", ["Lagos", "Abuja", "Kano"]), ("TUN", "Tunisia", "Tunisian", ["Tunis", "Sfax"]), ("BGD", "Bangladesh", "Bangladeshi", ["Dhaka", "Chittagong"])]


def protest(code, country, adjective, city, date, who, cause):
    event = P.event("protest", ([code], [code]), date, place=city, quads=[4])
    gas = P.event("crowd", ([code], [code]), date, place=city, quads=[4]) if P.chance(0.4) else None
    size = P.pick(["Thousands of", "Tens of thousands of", "Hundreds of"])
    P.note(date, lambda pub: f"{who} [demonstrated|{event}] in {city} {on(date, pub)} over {cause}.")
    for i in range(P.rng.randint(3, 5)):
        published = later(date, 1)
        w = on(date, published)
        body = [dateline(city, published) + P.pick([
            f"{size} {who} [marched|{event}] through {city} {w} against {cause}.", f"{adjective} {who} took to the streets of {city} {w} to [protest|{event}] against {cause}.", f"{who} [rallied|{event}] in {city} {w}, demanding an end to {cause}.",
            f"{who} [protested|{event}] against the government in {city} {w} over {cause}."])]
        if gas and P.chance(0.7):
            body.append(P.pick([f"Police [fired|{gas}] tear gas at the {who} near the parliament.", f"Riot police used water cannon to [disperse|{gas}] the {who}.", f"Officers [fired|{gas}] rubber bullets at the {who}, witnesses said."]))
        art = P.article(published, P.pick([f"{who} [march|{event}] in {city}", f"{country}: {who} [protest|{event}] against {cause}", f"{city} comes to a halt", f"{size} {who} [rally|{event}] in {city}"]), body)
        if i == 0 and P.chance(0.25):
            P.copies(art, P.pick(AGENCIES), 1, SWAPS)


def protests(n):
    for _ in range(n):
        code, country, adjective, cities = P.pick(HOMES)
        city, date, who, cause = P.pick(cities), some_day(), P.pick(["students", "farmers", "nurses", "teachers", "taxi drivers", "pensioners"]), P.pick(["fuel prices", "pension cuts", "corruption", "a new tax", "police violence"])
        protest(code, country, adjective, city, date, who, cause)
        r = P.rng.random()
        if r < 0.25:
            protest(code, country, adjective, city, date + dt.timedelta(days=P.rng.choice([2, 7])), who, cause)
        elif r < 0.7:
            protest(code, country, adjective, P.pick([c for c in cities if c != city]), date, who, cause)


def arrests(n):
    for _ in range(n):
        code, country, adjective, cities = P.pick(HOMES)
        for k in range(P.rng.randint(2, 3) if P.chance(0.6) else 1):
            city, date, name = cities[0], some_day() if k == 0 else date + dt.timedelta(days=P.rng.randint(0, 1)), person()
            job, charge = P.pick(["journalist", "opposition leader", "union leader", "former minister", "blogger"]), P.pick(["fraud", "incitement", "treason", "bribery"])
            event = P.event("arrest", ([code], [code]), date, place=city, quads=[4])
            trial = P.event("sentence", ([code], [code]), date + dt.timedelta(days=60), quads=[4]) if P.chance(0.35) else None
            for _ in range(P.rng.randint(3, 5)):
                published = later(date, 2)
                w = on(date, published)
                P.article(published, P.pick([f"{adjective} police [arrest|{event}] {job} {name}", f"{name} [detained|{event}]", f"{job} {name} [held|{event}] in {city}", f"Outcry in {country} over arrest"]), [P.pick([
                    f"{adjective} police [arrested|{event}] {job} {name} in {city} {w} on charges of {charge}.", f"{name}, a {job}, was [detained|{event}] by police at his home in {city} {w}.", f"Police in {city} {w} [took|{event}] {job} {name} into custody.",
                    f"Authorities in {country} [arrested|{event}] {name}, a well-known {job}, {w}."])])
            if trial:
                d2 = date + dt.timedelta(days=60)
                years = P.rng.randint(2, 15)
                for _ in range(P.rng.randint(2, 4)):
                    published = later(d2, 1)
                    w = on(d2, published)
                    P.article(published, P.pick([f"{name} [jailed|{trial}] for {years} years", f"Court [sentences|{trial}] {name}"]), [P.pick([
                        f"A court in {city} [sentenced|{trial}] {job} {name} to {years} years in prison for {charge} {w}.", f"{job} {name} was [sentenced|{trial}] to {years} years in prison {w}.", f"{name} was [found|{trial}] guilty of {charge} {w} by a {adjective} court and jailed for {years} years."]),
                        P.pick([f"Police had [arrested|{event}] {name} {on(date, published, 0.0)}.", ""])])


# --- help and deals ----------------------------------------------------------------------------
def deals(n):
    for _ in range(n):
        a, b = P.pick(PAIRS)
        date, what, city = some_day(), P.pick(["a free trade agreement", "a defence pact", "an extradition treaty", "an energy deal", "a visa accord"]), P.pick([a[3], b[3]])
        event = P.event("deal", ([a[0], b[0]], []), date, place=city, quads=[1])
        critic = P.pick([x for x in ABROAD if x[0] not in (a[0], b[0])])
        praise = P.event("praise", ([critic[0]], [a[0], b[0]]), date + dt.timedelta(days=1), quads=[1]) if P.chance(0.3) else None
        for _ in range(P.rng.randint(3, 6)):
            published = later(date, 2)
            w = on(date, published)
            body = [P.pick([f"{a[1]} and {b[1]} [signed|{event}] {what} in {city} {w}.", f"{a[1]} {w} [signed|{event}] {what} with {b[1]}.", f"{what} was [signed|{event}] by {a[1]} and {b[1]} in {city} {w}.", f"The governments of {a[1]} and {b[1]} [sealed|{event}] {what} {w} after two years of talks."])]
            if praise and P.chance(0.6):
                published = max(published, date + dt.timedelta(days=1))
                body.append(f"{critic[1]} [welcomed|{praise}] the step by {a[1]} and {b[1]} {on(date + dt.timedelta(days=1), published)}.")
            P.article(published, P.pick([f"{a[1]} and {b[1]} [sign|{event}] {what}", f"{a[1]}, {b[1]} [seal|{event}] deal", f"New chapter for {a[1]} and {b[1]}"]), body)


def aid(n):
    for _ in range(n):
        a = P.pick(ABROAD)
        b = P.pick([("SDN", "Sudan", "Port Sudan"), ("HTI", "Haiti", "Port-au-Prince"), ("AFG", "Afghanistan", "Kabul"), ("MOZ", "Mozambique", "Beira"), ("NPL", "Nepal", "Kathmandu")])
        date, tons, goods = some_day(), P.rng.randint(20, 300), P.pick(["food", "medicine", "tents", "wheat"])
        event = P.event("aid", ([a[0]], [b[0]]), date, place=b[2], quads=[2])
        for _ in range(P.rng.randint(3, 5)):
            published = later(date, 2)
            w = on(date, published)
            P.article(published, P.pick([f"{a[1]} [sends|{event}] {goods} to {b[1]}", f"{a[2]} aid [reaches|{event}] {b[2]}", f"Relief for {b[1]}"]), [P.pick([
                f"{a[1]} [delivered|{event}] {tons} tons of {goods} to {b[1]} {w}.", f"A {a[2]} ship [carried|{event}] {tons} tons of {goods} to {b[2]} {w}.", f"{b[1]} [received|{event}] {tons} tons of {goods} from {a[1]} {w}.", f"{a[1]} {w} [sent|{event}] {goods} to {b[1]}, where floods have left thousands homeless."])])
        if P.chance(0.4):
            pledge = P.event("pledge", ([a[0]], [b[0]]), date - dt.timedelta(days=7), quads=[1])
            d0 = date - dt.timedelta(days=7)
            for _ in range(P.rng.randint(1, 3)):
                published = later(d0, 1)
                w = on(d0, published)
                P.article(published, P.pick([f"{a[1]} [pledges|{pledge}] help for {b[1]}", f"{a[1]} [promises|{pledge}] {goods} to {b[1]}"]), [P.pick([f"{a[1]} [promised|{pledge}] {w} to send {goods} to {b[1]}.", f"{a[3]} [pledged|{pledge}] {tons} tons of {goods} for {b[1]} {w}."])])


def swaps(n):
    for _ in range(n):
        a, b = P.pick([(("RUS", "Russia", "Russian"), ("UKR", "Ukraine", "Ukrainian")), (("ARM", "Armenia", "Armenian"), ("AZE", "Azerbaijan", "Azerbaijani")), (("YEM", "the Houthis", "Houthi"), ("SAU", "Saudi Arabia", "Saudi"))])
        date, number = some_day(), P.rng.randint(10, 200)
        event = P.event("release", ([a[0]], [b[0]]), date, quads=[2])
        for _ in range(P.rng.randint(3, 5)):
            published = later(date, 1)
            w = on(date, published)
            P.article(published, P.pick([f"{a[1]} [frees|{event}] {number} {b[2]} prisoners", f"{number} {b[2]} prisoners [freed|{event}] by {a[1]}", f"Prisoners return home"]), [P.pick([
                f"{a[1]} [released|{event}] {number} {b[2]} prisoners {w}.", f"{number} {b[2]} captives were [freed|{event}] by {a[1]} {w}.", f"{a[1]} {w} [handed|{event}] over {number} prisoners of war to {b[1]}."])])


def accusations(n):
    for _ in range(n):
        a, b = P.pick(PAIRS)
        if P.chance(0.5):
            a, b = b, a
        date, what = some_day(), P.pick(["violating its airspace", "spying on its ministers", "arming rebels", "breaking the truce", "dumping steel"])
        event = P.event("accuse", ([a[0]], [b[0]]), date, quads=[3])
        deny = P.event("deny", ([b[0]], [a[0]]), date, quads=[3])
        for _ in range(P.rng.randint(3, 5)):
            published = later(date, 1)
            w = on(date, published)
            P.article(published, P.pick([f"{a[1]} [accuses|{event}] {b[1]} of {what}", f"{b[1]} [rejects|{deny}] {a[2]} charge", f"New row between {a[1]} and {b[1]}"]), [P.pick([
                f"{a[1]} [accused|{event}] {b[1]} {w} of {what}.", f"The {a[2]} defence ministry {w} [accused|{event}] {b[3]} of {what}.", f"{a[3]} [blamed|{event}] {b[1]} {w} for {what}."]),
                P.pick([f"{b[1]} [denied|{deny}] the accusation.", f"The {b[2]} foreign ministry [rejected|{deny}] the charge from {a[3]}.", "", "There was no comment from the other side."])])


def hostages(n):
    for _ in range(n):
        code, country, group, adjective, towns = P.pick(GROUPS)
        town, date, number = P.pick(towns), some_day(), P.rng.randint(2, 20)
        who = P.pick(["engineers", "doctors", "pupils", "truck drivers"])
        event = P.event("hostages", ([code], [code]), date, place=town, quads=[4])
        free = P.event("rescue", ([code], [code]), date + dt.timedelta(days=P.rng.randint(3, 9)), place=town, quads=[2, 4]) if P.chance(0.4) else None
        for _ in range(P.rng.randint(3, 5)):
            published = later(date, 2)
            w = on(date, published)
            P.article(published, P.pick([f"{group} [kidnaps|{event}] {who}", f"{who} [abducted|{event}] in {town}", f"Anguish of the families"]), [P.pick([
                f"{group} fighters [kidnapped|{event}] {number} {who} in {town} {w}.", f"{number} {who} have been missing since gunmen [took|{event}] them from their homes in {town} {w}.", f"Gunmen on motorcycles [abducted|{event}] {number} {who} near {town} {w}, the army said."])])
        if free:
            d2 = day(P.events[free]["date"])
            for _ in range(P.rng.randint(2, 4)):
                published = later(d2, 1)
                P.article(published, P.pick([f"{who} [freed|{free}] in {country}", f"Army [rescues|{free}] {who}"]), [P.pick([f"The army of {country} [rescued|{free}] {number} {who} near {town} {on(d2, published)}.", f"{number} {who} were [freed|{free}] by troops {on(d2, published)} in an operation near {town}."]), P.pick([f"They had been [kidnapped|{event}] {on(date, published, 0.0)}.", ""])])


def borders(n):
    for _ in range(n):
        a, b = P.pick(PAIRS)
        if P.chance(0.5):
            a, b = b, a
        date = some_day()
        event = P.event("blockade", ([a[0]], [b[0]]), date, quads=[4])
        summon = P.event("summon", ([b[0]], [a[0]]), date + dt.timedelta(days=1), quads=[3]) if P.chance(0.5) else None
        for _ in range(P.rng.randint(3, 5)):
            published = later(date, 2)
            w = on(date, published)
            body = [P.pick([f"{a[1]} [blocked|{event}] shipments to {b[1]} {w}, and hundreds of trucks had to turn back.", f"Trade between the two came to a halt {w} when {a[2]} customs officers [closed|{event}] the crossings to {b[1]}.", f"Nothing moves on the road to {b[3]} since {a[1]} [shut|{event}] its border with {b[1]} {w}."])]
            if summon and P.chance(0.6):
                published = max(published, date + dt.timedelta(days=1))
                body.append(P.pick([f"{b[1]} [summoned|{summon}] the {a[2]} ambassador {on(date + dt.timedelta(days=1), published)}.", f"The {a[2]} ambassador in {b[3]} was [summoned|{summon}] to the foreign ministry {on(date + dt.timedelta(days=1), published)}."]))
            P.article(published, P.pick([f"{a[1]} [closes|{event}] border to {b[1]}", f"Trucks turn back", f"{a[3]} [cuts|{event}] off {b[3]}"]), body)


def departures(n):
    for _ in range(n):
        code, country, adjective, cities = P.pick(HOMES)
        for k in range(2 if P.chance(0.3) else 1):
            date = some_day() if k == 0 else date + dt.timedelta(days=P.rng.randint(0, 2))
            name, post = person(), P.pick(["finance minister", "central bank governor", "army chief", "justice minister"])
            event = P.event("departure", ([code], [code]), date, quads=[2, 4])
            for _ in range(P.rng.randint(3, 5)):
                published = later(date, 2)
                w = on(date, published)
                P.article(published, P.pick([f"{adjective} {post} [resigns|{event}]", f"{name} [steps|{event}] down", f"Shake-up in {cities[0]}"]), [P.pick([f"{country}'s {post} {name} [resigned|{event}] {w}.", f"{name} [gave|{event}] up his post as {post} of {country} {w} after a week of pressure.", f"The {adjective} {post}, {name}, handed in his [resignation|{event}] {w}."])])


if __name__ == "__main__":
    hostages(10), borders(10), departures(10)
    strikes(26), raids(16), meetings(22), calls(12), sanctions(12), expulsions(8), protests(16), arrests(14), deals(12), aid(12), swaps(8), accusations(12)
    P.round_ups(0.7, ["The week in brief", "World round-up", "In other news", "News in short", "What happened"])
    run_coder(sys.argv[1], P, pathlib.Path(__file__).resolve().parent.parent)
