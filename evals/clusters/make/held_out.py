"""Held-out part: other stories, other countries and other words than dev.py. Nothing is set on it.

Each kind of story is told by voices: an agency, a local paper, a tabloid, a broadcaster, a paper from abroad, a late paper that looks
back. All persons are invented.
"""
import datetime as dt
import pathlib
import sys

from common import MONTHS, WEEKDAYS, Press, day, month_day, run_coder

OUTLETS = ["The Interpreter", "Kontinent Daily", "Le Courrier du Sud", "Valley Tribune", "BBK World", "Northern Dispatch", "El Faro del Puerto", "The Straits Mail", "Pacific Telegraph", "Highland Voice",
           "Bosphorus Review", "Steppe Messenger", "The Quayside Paper", "Radio Libertad Norte", "Fourth Column", "The Delta Sun", "Evening Almanac", "The Crossroads Journal"]
AGENCIES = ["Triad News Agency", "Orient Press Service", "Southern Wire"]
SWAPS = [("authorities", "officials"), ("more than", "over"), ("The ", "the "), ("said", "stated"), ("people", "persons"), ("late on", "on"), (" also ", " "), ("according to", "citing")]
P = Press("held-out", 77190214, OUTLETS)
GIVEN = ["Bashir", "Oluwaseun", "Marta", "Dilnoza", "Henrik", "Ayumi", "Cristobal", "Farida", "Goran", "Thandiwe", "Rashida", "Emil", "Lucinda", "Tariq", "Ilse", "Mateus", "Zainab", "Stellan"]
FAMILY = ["Achterberg", "Mwansa", "Delacroix", "Ismailov", "Tanabe", "Quiroga", "Halloran", "Benyoucef", "Kaplanski", "Rautanen", "Sithole", "Moraru", "Yilmazer", "Abenov", "Castanheira", "Rahimzai", "Dragomir", "Fofana"]


def someone():
    return f"{P.pick(GIVEN)} {P.pick(FAMILY)}"


def any_day():
    return day("2025-09-01") + dt.timedelta(days=P.rng.randint(0, 60))


def d(date, n):
    return date + dt.timedelta(days=n)


def told(date, pub):
    """How this paper dates it. Each has its ways, and many leave it out."""
    gone = (pub - date).days
    weekday = WEEKDAYS[date.weekday()]
    if gone == 0:
        return P.pick([f"on {weekday}", f"on {weekday}", f"early {weekday}", f"late on {weekday}", "today", ""])
    if gone == 1:
        return P.pick([f"on {weekday}", f"on {weekday}", "yesterday", f"on {weekday} evening", f"on {month_day(date, True)}", ""])
    if gone <= 6:
        return P.pick([f"on {weekday}", f"last {weekday}", f"on {month_day(date, True)}", "this week", f"{['', '', 'two', 'three', 'four', 'five', 'six'][gone]} days ago"])
    if gone <= 45:
        return P.pick([f"on {month_day(date, True)}", f"on {month_day(date)}", "last month" if date.month != pub.month else "earlier this month"])
    return P.pick([f"on {month_day(date, True)} {date.year}", f"in {MONTHS[date.month - 1]} {date.year}"])


def number(n):
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return words[n] if n < len(words) and P.chance(0.6) else str(n)


def print_run(art, share=0.3, most=3):
    if P.chance(share):
        P.copies(art, P.pick(AGENCIES), P.rng.randint(1, most), SWAPS)


# --- attacks from the air and by guns, with the answer of the other side ------------------------
FRONTS = [
    dict(a=("SAU", "Saudi Arabia", "Saudi"), b=("YEM", "Yemen", "Yemeni"), towns=["Marib", "Taiz", "Saada"], doer="the Saudi-led coalition", side="Houthi"),
    dict(a=("ETH", "Ethiopia", "Ethiopian"), b=("ETH", "Ethiopia", "Ethiopian"), towns=["Mekelle", "Gondar", "Lalibela"], doer="the Ethiopian army", side="Fano"),
    dict(a=("SDN", "Sudan", "Sudanese"), b=("SDN", "Sudan", "Sudanese"), towns=["El Fasher", "Omdurman", "Nyala"], doer="the Rapid Support Forces", side="army"),
    dict(a=("IND", "India", "Indian"), b=("PAK", "Pakistan", "Pakistani"), towns=["Muzaffarabad", "Sialkot", "Kotli"], doer="Indian forces", side="Pakistani"),
    dict(a=("AZE", "Azerbaijan", "Azerbaijani"), b=("ARM", "Armenia", "Armenian"), towns=["Goris", "Kapan", "Jermuk"], doer="Azerbaijani forces", side="Armenian"),
    dict(a=("THA", "Thailand", "Thai"), b=("KHM", "Cambodia", "Cambodian"), towns=["Poipet", "Samraong"], doer="Thai troops", side="Cambodian"),
    dict(a=("RUS", "Russia", "Russian"), b=("UKR", "Ukraine", "Ukrainian"), towns=["Poltava", "Dnipro", "Chernihiv", "Mykolaiv"], doer="Russian forces", side="Ukrainian"),
    dict(a=("ISR", "Israel", "Israeli"), b=("PSE", "the Palestinians", "Palestinian"), towns=["Khan Younis", "Rafah", "Jenin"], doer="the Israeli army", side="Hamas"),
]


def assault(f, town, date, dead, means, target):
    a, b = f["a"], f["b"]
    e = P.event("assault", ([a[0]], [b[0]]), date, place=town, dead=dead, quads=[4])
    last = dead
    P.note(date, lambda pub: P.pick([f"{told(date, pub)} {a[2]} {means} [hit|{e}] a {target} in {town}, where {dead} people died.", f"{town} came under [attack|{e}] by {a[1]}; {number(dead)} people lost their lives."]))
    verb = {"air raid": "bombed", "rocket fire": "fired rockets at", "mortar fire": "shelled", "drone raid": "sent drones against"}[means]
    # The agency, with a first toll.
    pub = d(date, P.rng.randint(0, 1))
    art = P.article(pub, P.pick([f"{dead} killed as {means} [hits|{e}] {target} in {town}", f"{b[1]}: {means} on {town} [leaves|{e}] {dead} dead", f"{means} on {target} in {town} [kills|{e}] {number(dead)}"]), [
        P.pick([f"{town.upper()}, {MONTHS[pub.month - 1][:3]} {pub.day} - ", ""]) + P.pick([
            f"{f['doer']} [{verb}|{e}] a {target} in {town} {told(date, pub)}, killing {number(dead)} people and injuring dozens, {b[2]} health authorities said.",
            f"{number(dead)} people lost their lives and dozens were hurt {told(date, pub)} when a {target} in {town} [came|{e}] under {a[2]} {means}, the regional governor said.",
        ]), P.pick([f"Ambulances queued outside the {target} until nightfall.", f"Residents said the [{means}|{e}] had lasted more than an hour.", "It was not possible to verify the account independently."])])
    print_run(art)
    # The local paper names no country.
    if P.chance(0.8):
        pub = d(date, P.rng.randint(0, 1))
        P.article(pub, P.pick([f"{target.capitalize()} in ruins", f"Grief in {town}", f"\"We heard a whistle, then nothing\"", f"{town} counts its dead"]), [P.pick([
            f"The {target} on the east side of {town} was [destroyed|{e}] {told(date, pub)} by {means} that killed {number(dead)} of our neighbours.",
            f"{number(dead)} residents of {town} were [killed|{e}] {told(date, pub)} when {means} struck the {target}.",
        ]), P.pick([f"Among those who [died|{e}] were two nurses and a bus driver.", "The mayor has declared three days of mourning.", ""])])
    # The tabloid.
    if P.chance(0.6):
        pub = d(date, P.rng.randint(0, 1))
        P.article(pub, P.pick([f"Carnage at {town} {target}", f"Horror in {town}: {dead} [slain|{e}]", f"{a[2]} {means} [wipes|{e}] out {target}"]), [P.pick([
            f"At least {dead} people were [slaughtered|{e}] as {a[2]} {means} tore through a {target} in {town}.", f"{a[1]} [pounded|{e}] the {b[2]} town of {town} {told(date, pub)}, killing {dead} and reducing a {target} to rubble."])])
    # Abroad: the toll has grown.
    for _ in range(P.rng.randint(1, 2)):
        pub = d(date, P.rng.randint(1, 2))
        last += P.rng.randint(0, 4)
        P.article(pub, P.pick([f"Death toll from {town} {means} climbs to {last}", f"{b[1]} mourns after [attack|{e}] on {town}", f"What we know about the {means} on {town}"]), [P.pick([
            f"The number of people [killed|{e}] in {a[2]} {means} on a {target} in {town} {told(date, pub)} has risen to {last}, rescuers said.",
            f"{last} people are now known to have [died|{e}] when {f['doer']} attacked a {target} in the {b[2]} town of {town} {told(date, pub)}.",
            f"{b[2]} officials raised to {last} the toll of {told(date, pub) and 'the'} [{means}|{e}] on {town}, which they blamed on {f['doer']}.",
        ])])
    # The other side answers.
    if P.chance(0.45) and a[0] != b[0]:
        back = P.event("answer", ([b[0]], [a[0]]), d(date, 1), quads=[4])
        for _ in range(P.rng.randint(2, 3)):
            pub = d(date, P.rng.randint(1, 2))
            P.article(pub, P.pick([f"{b[1]} [hits|{back}] back at {a[1]}", f"{b[2]} guns [answer|{back}] after {town}", f"Second night of fire between {a[1]} and {b[1]}"]), [P.pick([
                f"{b[2]} forces [fired|{back}] on {a[2]} positions across the border {told(d(date, 1), pub)}, in what the army called a response.", f"{b[1]} [retaliated|{back}] against {a[1]} {told(d(date, 1), pub)} with a salvo of rockets.",
                f"{a[1]} said its border posts had been [shelled|{back}] by {b[2]} troops {told(d(date, 1), pub)}."]),
                P.pick(["", f"A day earlier {f['doer']} had [attacked|{e}] a {target} in {town}."])])
    # It is looked back on.
    if P.chance(0.15):
        after = d(date, 365)
        mark = P.event("wake", ([b[0]], []), after, place=town, quads=[1, 2, 3, 4])
        P.article(after, f"A year on, {town} has not forgotten", [f"Families [held|{mark}] a vigil in {town} on Sunday for the {number(dead)} people who were [killed|{e}] on {month_day(date, True)} {date.year} when {f['doer']} attacked the {target}."])


def assaults(n):
    for _ in range(n):
        f = P.pick(FRONTS)
        town, date = P.pick(f["towns"]), any_day()
        means, target = P.pick(["air raid", "rocket fire", "mortar fire", "drone raid"]), P.pick(["grain silo", "bakery", "maternity ward", "petrol station", "camp for displaced people", "prison", "bus depot"])
        assault(f, town, date, P.rng.randint(2, 45), means, target)
        twin = P.rng.random()
        if twin < 0.35:
            assault(f, town, d(date, P.rng.randint(1, 2)), P.rng.randint(2, 45), P.pick(["air raid", "rocket fire", "mortar fire"]), P.pick(["cattle market", "water tower", "wedding hall", "mosque"]))
        elif twin < 0.6:
            assault(f, P.pick([t for t in f["towns"] if t != town]), date, P.rng.randint(2, 45), means, P.pick(["cattle market", "water tower", "wedding hall", "mosque"]))


# --- killings and kidnaps by armed groups --------------------------------------------------------
LANDS = [("MEX", "Mexico", "Mexican", ["Culiacan", "Tijuana", "Acapulco"], "cartel gunmen"), ("BFA", "Burkina Faso", "Burkinabe", ["Djibo", "Fada N'Gourma", "Dori"], "jihadists"), ("PHL", "the Philippines", "Philippine", ["Jolo", "Marawi", "Cotabato"], "Abu Sayyaf militants"),
         ("IRQ", "Iraq", "Iraqi", ["Kirkuk", "Baqubah", "Mosul"], "Islamic State fighters"), ("MOZ", "Mozambique", "Mozambican", ["Pemba", "Palma"], "insurgents"), ("HTI", "Haiti", "Haitian", ["Port-au-Prince", "Gonaives"], "gang members"), ("AFG", "Afghanistan", "Afghan", ["Kunduz", "Herat", "Ghazni"], "gunmen")]


def violence(code, land, adjective, town, armed, date, kind):
    n = P.rng.randint(2, 25)
    e = P.event(kind, ([code], [code]), date, place=town, dead=n, quads=[4])
    P.note(date, lambda pub: f"{land} reported an [attack|{e}] by {armed} near {town} {told(date, pub)}." if kind != "kidnap" else f"{number(n)} people were [abducted|{e}] near {town} {told(date, pub)}, {adjective} police said.")
    victims = P.pick(["miners", "schoolgirls", "aid workers", "bus passengers", "villagers", "pilgrims"])
    for i in range(P.rng.randint(3, 6)):
        pub = d(date, P.rng.randint(0, 2))
        w = told(date, pub)
        who = P.pick([armed, "armed men", "unknown assailants", f"suspected {armed}"])
        if kind == "kidnap":
            lead = P.pick([
                f"{who} [abducted|{e}] {number(n)} {victims} near {town} {w}, the provincial police chief said.", f"{number(n)} {victims} were [kidnapped|{e}] by {who} on the road to {town} {w}.",
                f"Fear has gripped {town} since {who} [seized|{e}] a group of {victims} {w}.", f"A search was under way in northern {land} for {number(n)} {victims} [taken|{e}] hostage {w}."])
            head = P.pick([f"{victims} [kidnapped|{e}] near {town}", f"{land}: {who} [abduct|{e}] {n} {victims}", f"{town} waits for news of its {victims}", f"Hunt for {n} missing {victims}"])
        elif kind == "ambush":
            lead = P.pick([
                f"{who} [ambushed|{e}] a convoy of {adjective} troops outside {town} {w}, killing {number(n)} soldiers.", f"{number(n)} {adjective} soldiers were [killed|{e}] {w} in an ambush by {who} near {town}.",
                f"The army of {land} has lost {number(n)} men in an [ambush|{e}] close to {town}, the defence ministry disclosed.", f"{who} opened [fire|{e}] on an army patrol near {town} {w}; {number(n)} soldiers died."])
            head = P.pick([f"{n} soldiers [die|{e}] in ambush near {town}", f"{adjective} convoy [ambushed|{e}]", f"Bloodiest day of the year for {adjective} army", f"Ambush near {town} [kills|{e}] {n}"])
        else:
            lead = P.pick([
                f"A car packed with explosives [blew|{e}] up outside a police station in {town} {w}, killing {number(n)} people.", f"{number(n)} people were [killed|{e}] {w} when a car bomb went off in the centre of {town}.",
                f"{armed} [bombed|{e}] a police station in {town} {w}; {number(n)} people, most of them officers, died.", f"Police in {town} said a [blast|{e}] {w} had killed {number(n)} people and wounded {n * 3}."])
            head = P.pick([f"Car bomb [kills|{e}] {n} in {town}", f"{land} police station [bombed|{e}]", f"{town} rocked by explosion", f"Blast in {town} [claims|{e}] {n} lives"])
        art = P.article(pub, head, [lead, P.pick([f"President {someone()} called an emergency meeting of the cabinet.", f"{armed[0].upper() + armed[1:]} have stepped up their campaign since the spring.", "Nobody has said that it was behind the act.", "", f"The [attack|{e}] was the third of its kind this year."])])
        if i == 0:
            print_run(art)


def violences(n):
    for _ in range(n):
        code, land, adjective, towns, armed = P.pick(LANDS)
        town, date, kind = P.pick(towns), any_day(), P.pick(["kidnap", "ambush", "bombing"])
        violence(code, land, adjective, town, armed, date, kind)
        if P.chance(0.4):
            violence(code, land, adjective, P.pick([town, P.pick(towns)]), armed, d(date, P.rng.randint(1, 3)), P.pick([kind, "bombing"]))


# --- leaders meet, or plan to, or do not ---------------------------------------------------------
STATES = [("FIN", "Finland", "Finnish", "Helsinki"), ("EST", "Estonia", "Estonian", "Tallinn"), ("MAR", "Morocco", "Moroccan", "Rabat"), ("ESP", "Spain", "Spanish", "Madrid"), ("VNM", "Vietnam", "Vietnamese", "Hanoi"), ("IDN", "Indonesia", "Indonesian", "Jakarta"),
          ("KAZ", "Kazakhstan", "Kazakh", "Astana"), ("UZB", "Uzbekistan", "Uzbek", "Tashkent"), ("GHA", "Ghana", "Ghanaian", "Accra"), ("SEN", "Senegal", "Senegalese", "Dakar"), ("PER", "Peru", "Peruvian", "Lima"), ("ECU", "Ecuador", "Ecuadorian", "Quito"),
          ("JOR", "Jordan", "Jordanian", "Amman"), ("QAT", "Qatar", "Qatari", "Doha"), ("ROU", "Romania", "Romanian", "Bucharest"), ("MDA", "Moldova", "Moldovan", "Chisinau"), ("LKA", "Sri Lanka", "Sri Lankan", "Colombo"), ("NPL", "Nepal", "Nepali", "Kathmandu")]


def two():
    return P.rng.sample(STATES, 2)


def encounter(a, b, an, bn, office, place, date, matter):
    e = P.event("encounter", ([a[0], b[0]], []), date, place=place, quads=[1])
    visit = place == b[3]
    P.note(date, lambda pub: P.pick([f"{a[1]} and {b[1]} [negotiated|{e}] in {place} over {matter} {told(date, pub)}.", f"{an} of {a[1]} and {bn} of {b[1]} [met|{e}] in {place}."]))
    for i in range(P.rng.randint(3, 6)):
        pub = d(date, P.rng.randint(0, 2))
        w = told(date, pub)
        leads = [
            f"{office} {an} of {a[1]} sat [down|{e}] with {b[2]} {office} {bn} in {place} {w} for talks on {matter}.", f"{matter} topped the agenda as {an} and {bn} [met|{e}] in {place} {w}.",
            f"{an}, the {a[2]} {office}, [conferred|{e}] with {bn} {w}.", f"{w.capitalize() + ' ' if w else ''}{a[1]}'s {an} [met|{e}] his {b[2]} colleague {bn}, officials in {a[3]} said.",
            f"{a[1]} and {b[1]} [held|{e}] consultations on {matter} in {place} {w}, the first at this level since spring.",
        ]
        if visit:
            leads += [f"{bn} [received|{e}] {a[2]} {office} {an} in {place} {w}.", f"{a[2]} {office} {an} [travelled|{e}] to {place} {w}, where he met {bn}."]
        art = P.article(pub, P.pick([f"{an} and {bn} [meet|{e}] in {place}", f"{a[1]}, {b[1]} [talk|{e}] about {matter}", f"Cautious words on {matter}", f"{place} hosts [talks|{e}] on {matter}", f"{a[2]} {office} in {place}"]),
                        [P.pick([f"{place.upper()} - ", "", ""]) + P.pick(leads), P.pick([f"\"It was an honest conversation,\" {bn} said afterwards.", f"The [meeting|{e}] went on for two hours longer than planned.", "Neither side would say what comes next.", "", f"Relations between {a[1]} and {b[1]} have been strained for years."])])
        if i == 0:
            print_run(art, 0.3, 2)
    return e


def encounters(n):
    for _ in range(n):
        a, b = two()
        an, bn, office, date = someone(), someone(), P.pick(["foreign minister", "interior minister", "president", "prime minister", "trade minister"]), any_day()
        matter = P.pick(["maritime borders", "migration", "grain exports", "a gas pipeline", "river dams", "extraditions"])
        place = P.pick([a[3], b[3], b[3], "Istanbul", "Geneva", "New York"])
        encounter(a, b, an, bn, office, place, date, matter)
        if P.chance(0.4):
            ahead = P.event("schedule", ([a[0], b[0]], []), date, place=place, quads=[1])
            for _ in range(P.rng.randint(1, 3)):
                pub = d(date, -P.rng.randint(1, 5))
                when = P.pick([f"on {WEEKDAYS[date.weekday()]}", f"on {month_day(date, True)}"])
                P.article(pub, P.pick([f"{an} to [visit|{ahead}] {place}", f"{a[1]} and {b[1]} [plan|{ahead}] talks", f"Hopes rise before talks in {place}"]), [P.pick([
                    f"{a[1]}'s {office} {an} will [hold|{ahead}] talks with {bn} of {b[1]} in {place} {when}, a spokesman announced.", f"{b[2]} {office} {bn} is due to [meet|{ahead}] {an} of {a[1]} in {place} {when}.", f"{a[1]} and {b[1]} have agreed to [meet|{ahead}] in {place} {when}, diplomats said."])])
        r = P.rng.random()
        if r < 0.35:
            encounter(a, b, an, bn, office, P.pick([place, a[3]]), d(date, P.rng.randint(5, 25)), matter)
        elif r < 0.55:
            c = P.pick([s for s in STATES if s not in (a, b)])
            encounter(a, c, an, someone(), office, place, d(date, P.rng.randint(0, 1)), P.pick([matter, "tourism"]))
        elif r < 0.7:
            off = P.event("cancel", ([a[0]], [b[0]]), d(date, 12), quads=[3])
            for _ in range(P.rng.randint(2, 4)):
                pub = d(date, 12 + P.rng.randint(0, 1))
                w = told(d(date, 12), pub)
                P.article(pub, P.pick([f"{an} [calls|{off}] off trip to {b[1]}", f"{a[1]} [cancels|{off}] talks with {b[1]}", f"Chill between {a[3]} and {b[3]}"]), [P.pick([
                    f"{a[1]} [called|{off}] off a second round of talks with {b[1]} {w}.", f"{an} has [cancelled|{off}] a visit to {b[1]}, his office said {w}.", f"The {a[2]} government {w} [scrapped|{off}] a meeting with {b[2]} officials."])])


def phone(n):
    for _ in range(n):
        a, b = two()
        an, bn, date = someone(), someone(), any_day()
        e = P.event("phone", ([a[0], b[0]], []), date, quads=[1])
        for _ in range(P.rng.randint(2, 4)):
            pub = d(date, P.rng.randint(0, 1))
            w = told(date, pub)
            P.article(pub, P.pick([f"{an} [rings|{e}] {bn}", f"{a[1]} and {b[1]} leaders [confer|{e}] by phone", f"A call between {a[3]} and {b[3]}"]), [P.pick([
                f"{a[2]} leader {an} and {b[2]} leader {bn} [spoke|{e}] by phone {w}.", f"{b[2]} Prime Minister {bn} had a telephone [conversation|{e}] with {a[2]} Prime Minister {an} {w}.", f"In a video [call|{e}] {w}, the heads of government of {a[1]} and {b[1]} went over the dispute."])])


# --- blows short of force ------------------------------------------------------------------------
def measures(n):
    for _ in range(n):
        a, b = two()
        date = any_day()
        kind = P.pick(["tariff", "border", "recall", "ban"])
        goods = P.pick(["tomatoes", "steel", "poultry", "cement", "flowers"])
        e = P.event(kind, ([a[0]], [b[0]]), date, quads=[4])
        protest = P.event("complaint", ([b[0]], [a[0]]), d(date, 1), quads=[3]) if P.chance(0.5) else None
        for i in range(P.rng.randint(3, 6)):
            pub = d(date, P.rng.randint(0, 2))
            w = told(date, pub)
            lead = {
                "tariff": [f"{a[1]} [slapped|{e}] a tariff of 30 percent on {b[2]} {goods} {w}.", f"{b[2]} {goods} became dearer in {a[1]} {w} after {a[3]} [imposed|{e}] a punitive duty.", f"{a[3]} has [imposed|{e}] import duties on {goods} from {b[1]}, the trade ministry announced {w}."],
                "border": [f"{a[1]} [closed|{e}] its border with {b[1]} {w}.", f"All crossings to {b[1]} were [shut|{e}] by {a[1]} {w}, stranding hundreds of lorries.", f"{a[2]} guards [sealed|{e}] the frontier with {b[1]} {w}."],
                "recall": [f"{a[1]} [recalled|{e}] its ambassador from {b[3]} {w}.", f"The {a[2]} ambassador to {b[1]} was [called|{e}] home {w} for consultations, the foreign ministry said.", f"{a[3]} [withdrew|{e}] its envoy to {b[1]} {w} in protest."],
                "ban": [f"{a[1]} [banned|{e}] imports of {goods} from {b[1]} {w}.", f"{b[2]} {goods} may no longer be sold in {a[1]}, where the government [banned|{e}] them {w}.", f"{a[3]} {w} put an [embargo|{e}] on {goods} from {b[1]}."],
            }[kind]
            body = [P.pick(lead)]
            if protest and P.chance(0.6):
                pub = max(pub, d(date, 1))
                body.append(P.pick([f"{b[1]} [lodged|{protest}] a protest with {a[1]} {told(d(date, 1), pub)}.", f"{b[2]} officials {told(d(date, 1), pub)} [attacked|{protest}] the decision of {a[1]} as arbitrary.", f"{b[3]} [complained|{protest}] to {a[3]} about the decision."]))
            head = {
                "tariff": [f"{a[1]} [taxes|{e}] {b[2]} {goods}", f"Trade war looms over {goods}"], "border": [f"{a[1]} [shuts|{e}] border with {b[1]}", "Lorries stranded at frontier"],
                "recall": [f"{a[1]} [recalls|{e}] ambassador to {b[1]}", f"Diplomatic crisis between {a[1]} and {b[1]}"], "ban": [f"{a[1]} [bans|{e}] {b[2]} {goods}", f"No more {goods} from {b[1]}"],
            }[kind]
            art = P.article(pub, P.pick(head), body)
            if i == 0:
                print_run(art, 0.3, 2)
        if P.chance(0.35):
            c = P.pick([s for s in STATES if s not in (a, b)])
            other = P.event(kind, ([c[0]], [b[0]]), d(date, P.rng.randint(0, 1)), quads=[4])
            for _ in range(P.rng.randint(2, 3)):
                pub = d(date, P.rng.randint(1, 2))
                w = told(day(P.events[other]["date"]), pub)
                P.article(pub, P.pick([f"{c[1]} [joins|{other}] pressure on {b[1]}", f"{b[1]} isolated further"]), [{
                    "tariff": f"{c[1]} [imposed|{other}] a duty of its own on {b[2]} {goods} {w}.", "border": f"{c[1]} also [closed|{other}] its crossings to {b[1]} {w}.", "recall": f"{c[1]} [recalled|{other}] its ambassador from {b[3]} {w}.", "ban": f"{c[1]} {w} [banned|{other}] {goods} from {b[1]} as well."}[kind]])


# --- streets, courts, offices --------------------------------------------------------------------
NATIONS = [("COL", "Colombia", "Colombian", ["Bogota", "Medellin", "Cali"]), ("GRC", "Greece", "Greek", ["Athens", "Thessaloniki"]), ("SRB", "Serbia", "Serbian", ["Belgrade", "Novi Sad", "Nis"]), ("IDN", "Indonesia", "Indonesian", ["Jakarta", "Surabaya"]), ("LKA", "Sri Lanka", "Sri Lankan", ["Colombo", "Kandy"]),
           ("UGA", "Uganda", "Ugandan", ["Kampala", "Gulu"]), ("PER", "Peru", "Peruvian", ["Lima", "Arequipa", "Cusco"]), ("IRN", "Iran", "Iranian", ["Tehran", "Isfahan", "Mashhad"]), ("MDG", "Madagascar", "Malagasy", ["Antananarivo", "Toamasina"])]


def unrest(code, land, adjective, city, date, crowd, grievance):
    e = P.event("unrest", ([code], [code]), date, place=city, quads=[4])
    held = P.event("roundup", ([code], [code]), date, place=city, quads=[4]) if P.chance(0.4) else None
    n = P.rng.randint(12, 200)
    P.note(date, lambda pub: f"In {city}, {crowd} [marched|{e}] {told(date, pub)} because of {grievance}.")
    for i in range(P.rng.randint(3, 5)):
        pub = d(date, P.rng.randint(0, 1))
        w = told(date, pub)
        size = P.pick(["Some 20,000", "Tens of thousands of", "Large numbers of", "Around 15,000"])
        body = [P.pick([
            f"{size} {crowd} [poured|{e}] into the streets of {city} {w} in anger over {grievance}.", f"Chanting slogans and waving flags, {crowd} [marched|{e}] through the centre of {city} {w}.", f"{city} saw its largest [demonstration|{e}] in years {w} as {crowd} vented their fury at {grievance}.",
            f"{crowd} [blocked|{e}] the main roads into {city} {w} to protest against {grievance}.", f"Work stopped in much of {city} {w} when {crowd} [walked|{e}] out over {grievance}."])]
        if held and P.chance(0.7):
            body.append(P.pick([f"Police [detained|{held}] {n} {crowd} by evening.", f"At least {n} {crowd} were [arrested|{held}], a lawyers' group said.", f"Officers [took|{held}] {n} of the {crowd} away in vans."]))
        art = P.article(pub, P.pick([f"{crowd} [flood|{e}] {city}", f"{land}: fury over {grievance}", f"{city} [protest|{e}] draws thousands", f"{crowd} [take|{e}] to streets of {city}", f"\"Enough is enough\""]), body)
        if i == 0:
            print_run(art, 0.25, 2)


def unrests(n):
    for _ in range(n):
        code, land, adjective, cities = P.pick(NATIONS)
        city, date, crowd, grievance = P.pick(cities), any_day(), P.pick(["miners", "bus drivers", "doctors", "dock workers", "opposition supporters", "women"]), P.pick(["bread prices", "a stolen election", "power cuts", "wage arrears", "a mining concession"])
        unrest(code, land, adjective, city, date, crowd, grievance)
        r = P.rng.random()
        if r < 0.3:
            unrest(code, land, adjective, city, d(date, P.pick([2, 3, 7])), crowd, grievance)
        elif r < 0.5:
            unrest(code, land, adjective, P.pick([c for c in cities if c != city]), date, crowd, grievance)


def justice(n):
    for _ in range(n):
        code, land, adjective, cities = P.pick(NATIONS)
        date = any_day()
        for k in range(2 if P.chance(0.4) else 1):
            name, was = someone(), P.pick(["editor", "senator", "human rights lawyer", "retired general", "mayor", "singer"])
            when = d(date, P.rng.randint(0, 1) if k else 0)
            kind = P.pick(["arrest", "verdict", "fired"])
            e = P.event(kind, ([code], [code]), when, place=cities[0], quads=[4] if kind != "fired" else [2, 4])
            for i in range(P.rng.randint(3, 5)):
                pub = d(when, P.rng.randint(0, 2))
                w = told(when, pub)
                years = 7
                lead, head = {
                    "arrest": ([f"Plainclothes agents [seized|{e}] {was} {name} outside a hotel in {cities[0]} {w}.", f"{name}, the {adjective} {was}, has been [arrested|{e}], the family said {w}.", f"The interior ministry of {land} confirmed {w} that {was} {name} had been taken into [custody|{e}].", f"Security forces [detained|{e}] {name}, a {was} and critic of the government, {w}."],
                               [f"{was} {name} [arrested|{e}]", f"{land} [jails|{e}] critic", f"Where is {name}?", f"{adjective} police [seize|{e}] {name}"]),
                    "verdict": ([f"A judge in {cities[0]} [handed|{e}] {was} {name} a seven-year prison term {w}.", f"{name}, once a {was}, was [convicted|{e}] of embezzlement {w} and given seven years.", f"{adjective} {was} {name} was [sentenced|{e}] to seven years behind bars {w}."],
                                [f"Seven years for {name}", f"{was} {name} [convicted|{e}]", f"{adjective} court [sentences|{e}] {was}"]),
                    "fired": ([f"Minister of Health {name} of {land} [resigned|{e}] {w} amid a row over contracts.", f"{land}'s health minister {name} [stepped|{e}] down {w}.", f"{name} [quit|{e}] as health minister of {land} {w}, bowing to weeks of criticism."],
                              [f"{adjective} health minister [resigns|{e}]", f"{name} [quits|{e}]", f"Cabinet shaken in {cities[0]}"]),
                }[kind]
                P.article(pub, P.pick(head), [P.pick(lead), P.pick(["Supporters gathered outside through the night.", "", "Rights groups voiced alarm.", "The government gave no further details."])])


# --- deals, help, releases, words ----------------------------------------------------------------
def bargains(n):
    for _ in range(n):
        a, b = two()
        date, what = any_day(), P.pick(["a fisheries accord", "a treaty on river water", "a memorandum on nuclear safety", "a border agreement", "a contract for patrol boats", "an air transport deal"])
        place = P.pick([a[3], b[3]])
        e = P.event("bargain", ([a[0], b[0]], []), date, place=place, quads=[1])
        for i in range(P.rng.randint(3, 5)):
            pub = d(date, P.rng.randint(0, 3))
            w = told(date, pub)
            art = P.article(pub, P.pick([f"{a[1]} and {b[1]} [sign|{e}] {what}", f"Ink dries on {what}", f"{b[1]}, {a[1]} [conclude|{e}] {what}"]), [P.pick([
                f"Ministers of {a[1]} and {b[1]} put their [signatures|{e}] to {what} in {place} {w}.", f"After three years of haggling, {b[1]} [signed|{e}] {what} with {a[1]} {w}.", f"{what.capitalize()} between {b[1]} and {a[1]} was [signed|{e}] in {place} {w}.", f"{a[2]} and {b[2]} officials [initialled|{e}] {what} {w}."])])
            if i == 0:
                print_run(art, 0.3, 2)


def relief(n):
    for _ in range(n):
        a = P.pick(STATES[:8])
        code, land, town = P.pick([("SYR", "Syria", "Latakia"), ("PHL", "the Philippines", "Tacloban"), ("MMR", "Myanmar", "Mandalay"), ("TCD", "Chad", "Abeche"), ("LBY", "Libya", "Derna")])
        date, what = any_day(), P.pick(["blankets", "a field hospital", "water filters", "flour", "vaccines"])
        e = P.event("relief", ([a[0]], [code]), date, place=town, quads=[2])
        for _ in range(P.rng.randint(3, 5)):
            pub = d(date, P.rng.randint(0, 2))
            w = told(date, pub)
            P.article(pub, P.pick([f"{a[2]} plane [brings|{e}] {what} to {land}", f"{a[1]} [helps|{e}] {land}", f"Help arrives in {town}"]), [P.pick([
                f"A cargo plane from {a[1]} [brought|{e}] {what} to {town} {w}.", f"{a[1]} [donated|{e}] {what} to {land} {w}, where an earthquake has killed hundreds.", f"Survivors in {town} [received|{e}] {what} from {a[1]} {w}.", f"The {a[2]} Red Cross [delivered|{e}] {what} to {land} {w}."])])


def releases(n):
    for _ in range(n):
        (code, land, adjective, cities), b = P.pick(NATIONS), P.pick(STATES)
        date, k = any_day(), P.rng.randint(2, 40)
        e = P.event("release", ([code], [b[0]]), date, quads=[2])
        for _ in range(P.rng.randint(3, 5)):
            pub = d(date, P.rng.randint(0, 2))
            w = told(date, pub)
            P.article(pub, P.pick([f"{land} [frees|{e}] {b[2]} fishermen", f"{b[2]} fishermen [released|{e}]", "Tears and hugs at the quay"]), [P.pick([
                f"{land} [released|{e}] {number(k)} {b[2]} fishermen {w} after eight months in detention.", f"{number(k)} fishermen from {b[1]} were set [free|{e}] by {land} {w}.", f"{adjective} authorities [freed|{e}] {number(k)} {b[2]} sailors {w}."])])


def words(n):
    for _ in range(n):
        a, b = two()
        date = any_day()
        kind = P.pick(["charge", "demand", "threat"])
        e = P.event(kind, ([a[0]], [b[0]]), date, quads=[3])
        reply = P.event("rebuff", ([b[0]], [a[0]]), date, quads=[3]) if P.chance(0.6) else None
        what = P.pick(["poaching in its waters", "sheltering separatists", "hacking its parliament", "moving border stones"])
        for i in range(P.rng.randint(3, 5)):
            pub = d(date, P.rng.randint(0, 1))
            w = told(date, pub)
            lead, head = {
                "charge": ([f"{a[1]} {w} [accused|{e}] {b[1]} of {what}.", f"The {a[2]} foreign ministry [charged|{e}] {b[3]} with {what} {w}.", f"In a sharply worded note, {a[3]} [blamed|{e}] {b[1]} {w} for {what}."], [f"{a[1]} [accuses|{e}] {b[1]}", f"Tempers fray between {a[1]} and {b[1]}"]),
                "demand": ([f"{a[1]} {w} [demanded|{e}] that {b[1]} withdraw its patrols.", f"{a[3]} [called|{e}] on {b[1]} {w} to pull back its patrols.", f"{a[2]} officials [urged|{e}] {b[1]} {w} to pull its boats back."], [f"{a[1]} [demands|{e}] that {b[1]} pull back", f"Standoff at sea"]),
                "threat": ([f"{a[1]} {w} [threatened|{e}] to cut off gas to {b[1]}.", f"{a[3]} [warned|{e}] {b[1]} {w} that it would halt gas deliveries.", f"The government of {a[1]} [threatened|{e}] {b[1]} with an end of gas supplies {w}."], [f"{a[1]} [threatens|{e}] {b[1]} over gas", f"Cold winter ahead for {b[1]}"]),
            }[kind]
            body = [P.pick(lead)]
            if reply and P.chance(0.7):
                body.append(P.pick([f"{b[1]} [rejected|{reply}] the {kind}.", f"{b[3]} flatly [dismissed|{reply}] what {a[1]} said.", f"A spokeswoman for the {b[2]} government [rebuffed|{reply}] {a[3]}."]))
            art = P.article(pub, P.pick(head), body)
            if i == 0:
                print_run(art, 0.25, 2)


if __name__ == "__main__":
    assaults(30), violences(22), encounters(24), phone(10), measures(20), unrests(16), justice(18), bargains(16), relief(12), releases(10), words(22)
    P.round_ups(0.7, ["Around the globe", "Seven days", "Noticed elsewhere", "Briefly", "From our correspondents"])
    run_coder(sys.argv[1], P, pathlib.Path(__file__).resolve().parent.parent)
