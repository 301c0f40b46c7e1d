//! Writes a corpus for tests of size: `make_corpus FOLDER ARTICLES [SEED]`.
//!
//! Articles are put together from sentences written for this project: stories of several sentences with dateline, quotes and background. Of
//! a hundred, about seventy stand in JSON Lines (some packed), twenty-five are web pages with furniture, five are plain texts; ten are copies of
//! an earlier one with another headline and small edits, four the same text again, three in another language, and one file in two hundred is broken.
//! The same seed gives the same bytes.

use std::fs::{File, create_dir_all};
use std::io::{BufWriter, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

const RECORDS: usize = 500;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.roll(list.len())]
    }
}

#[derive(Clone)]
struct Story {
    title: String,
    date: String,
    outlet: &'static str,
    paragraphs: Vec<String>,
}

const COUNTRIES: &[(&str, &str, &str)] = &[
    ("Kenya", "Kenyan", "Nairobi"),
    ("Peru", "Peruvian", "Lima"),
    ("Chad", "Chadian", "N'Djamena"),
    ("Nepal", "Nepali", "Kathmandu"),
    ("Georgia", "Georgian", "Tbilisi"),
    ("Bolivia", "Bolivian", "La Paz"),
    ("Mali", "Malian", "Bamako"),
    ("Serbia", "Serbian", "Belgrade"),
    ("Jordan", "Jordanian", "Amman"),
    ("Vietnam", "Vietnamese", "Hanoi"),
    ("Sudan", "Sudanese", "Khartoum"),
    ("Iraq", "Iraqi", "Baghdad"),
    ("Chile", "Chilean", "Santiago"),
    ("Norway", "Norwegian", "Oslo"),
    ("Ghana", "Ghanaian", "Accra"),
    ("Turkey", "Turkish", "Ankara"),
    ("Myanmar", "Burmese", "Naypyidaw"),
    ("Colombia", "Colombian", "Bogota"),
    ("Armenia", "Armenian", "Yerevan"),
    ("Uganda", "Ugandan", "Kampala"),
    ("Pakistan", "Pakistani", "Islamabad"),
    ("Lebanon", "Lebanese", "Beirut"),
    ("Poland", "Polish", "Warsaw"),
    ("Fiji", "Fijian", "Suva"),
    ("Ecuador", "Ecuadorean", "Quito"),
    ("Zambia", "Zambian", "Lusaka"),
    ("Ukraine", "Ukrainian", "Kyiv"),
    ("Morocco", "Moroccan", "Rabat"),
    ("Laos", "Laotian", "Vientiane"),
    ("Haiti", "Haitian", "Port-au-Prince"),
    ("Yemen", "Yemeni", "Sanaa"),
    ("Malta", "Maltese", "Valletta"),
];
const TOWNS: &[&str] = &[
    "the harbour",
    "the old market",
    "a village near the border",
    "the northern province",
    "the airport road",
    "a mining town",
    "the university",
    "the river crossing",
    "a camp outside the capital",
    "the southern hills",
    "the railway station",
    "a suburb of the capital",
];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const OUTLETS: &[&str] = &[
    "The Harbour Post",
    "Daily Courier",
    "Evening Register",
    "Northern Observer",
    "River Times",
    "Capital Gazette",
    "The Plainsman",
    "Coast Weekly",
];
const NAMES: &[&str] = &[
    "Obi",
    "Sarkan",
    "Velasco",
    "Thapa",
    "Moreau",
    "Lindqvist",
    "Haddad",
    "Nguyen",
    "Kovac",
    "Mwangi",
    "Castell",
    "Baran",
    "Ferrier",
    "Okello",
    "Rahimi",
    "Silva",
];

/// {A} and {B} are countries, {a} and {b} their adjectives, {C} the capital of A, {N} a name, {T} a place, {D} a day, {K} a number.
const LEADS: &[&str] = &[
    "{a} troops shelled {T} on {D}, killing at least {K} people, residents said.",
    "{A} and {B} signed a trade agreement in {C} on {D} after two years of talks.",
    "Thousands of people marched through {C} on {D} to demand the resignation of the government.",
    "{A} recalled its ambassador from {B} on {D} in a dispute over fishing rights.",
    "The {a} foreign minister arrived in {B} on {D} for talks on the return of refugees.",
    "Gunmen killed {K} soldiers in an ambush near {T} on {D}, the {a} army said.",
    "A court in {C} sentenced {K} opposition politicians to prison on {D}.",
    "{A} will send {K} tonnes of wheat to {B} next month, the agriculture ministry announced on {D}.",
    "The {a} government lifted a state of emergency on {D} after {K} days of curfew.",
    "{A} accused {B} on {D} of arming rebels in {T}.",
    "Police in {C} arrested {K} students on {D} after clashes at {T}.",
    "Rebels released {K} hostages to the Red Cross near {T} on {D}.",
    "{A} closed its border with {B} on {D}, leaving hundreds of lorries stranded.",
    "Lawmakers in {C} rejected a bill on {D} that would have extended the president's term.",
    "{A} and {B} held joint naval exercises off {T} on {D}.",
    "The {a} central bank froze the accounts of {K} companies on {D}.",
];
const MIDDLES: &[&str] = &[
    "\"We will not give in to threats,\" Interior Minister {N} told reporters in {C}.",
    "The {b} embassy declined to comment.",
    "A spokesman for the army said that {K} vehicles had been destroyed and that the operation was continuing.",
    "The opposition called on the president to resign and announced a general strike for {D}.",
    "Witnesses at {T} said that shops had been closed since the morning.",
    "The United Nations urged both sides to return to talks.",
    "{N}, who leads the farmers' union, said prices had doubled since the spring.",
    "The defence ministry denied that its forces had crossed into {B}.",
    "Doctors at the main hospital said they had treated {K} wounded people, among them four children.",
    "The two countries broke off relations in 1998 and restored them six years later.",
    "\"Nobody asked us,\" said {N}, a teacher. \"We heard of it on the radio.\"",
    "The European Union promised to pay for {K} new clinics if the vote is held on time.",
    "Human rights groups have accused the {a} police of beating prisoners.",
    "Prime Minister {N} met the ambassadors of five countries on {D} and thanked them for their help.",
    "The ministry said that talks would resume in {C} next week.",
    "Heavy rain had washed away the road, and aid workers reached {T} on foot.",
    "Analysts expect the {a} parliament to approve the treaty before the end of the year.",
    "A grenade was thrown at the party's office in {C} last week; nobody was hurt.",
    "The price of bread rose by {K} percent in a month, according to the statistics office.",
    "Soldiers searched houses in {T} and took away {K} men, a lawyer for the families said.",
];
const FOREIGN: &[&str] = &[
    "Le gouvernement a annoncé lundi que les négociations reprendraient dans la capitale la semaine prochaine. Les deux parties se sont mises d'accord sur un calendrier, mais l'opposition demande toujours la démission du ministre de l'Intérieur.",
    "El gobierno anunció el lunes que las negociaciones se reanudarán en la capital la próxima semana. Las dos partes acordaron un calendario, pero la oposición sigue pidiendo la renuncia del ministro del Interior y nuevas elecciones.",
    "Die Regierung teilte am Montag mit, dass die Verhandlungen in der kommenden Woche in der Hauptstadt fortgesetzt werden. Beide Seiten haben sich auf einen Zeitplan geeinigt, doch die Opposition verlangt weiter den Rücktritt des Innenministers.",
    "O governo anunciou na segunda-feira que as negociações serão retomadas na capital na próxima semana. As duas partes concordaram com um calendário, mas a oposição continua a pedir a renúncia do ministro do Interior.",
];
const EDITS: &[&str] = &[
    "The report could not be confirmed at once.",
    "More than one version of events was told.",
    "It was the third such case this month.",
    "Shops stayed shut for the day.",
];

fn fill(template: &str, dice: &mut Dice, pair: (usize, usize)) -> String {
    let (one, two) = (COUNTRIES[pair.0], COUNTRIES[pair.1]);
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out += &rest[..at];
        match &rest[at + 1..at + 2] {
            "A" => out += one.0,
            "B" => out += two.0,
            "a" => out += one.1,
            "b" => out += two.1,
            "C" => out += one.2,
            "N" => out += dice.pick(NAMES),
            "T" => out += dice.pick(TOWNS),
            "D" => out += dice.pick(DAYS),
            _ => out += &(2 + dice.roll(60)).to_string(),
        }
        rest = &rest[at + 3..];
    }
    out + rest
}

fn story(dice: &mut Dice) -> Story {
    let one = dice.roll(COUNTRIES.len());
    let two = (one + 1 + dice.roll(COUNTRIES.len() - 1)) % COUNTRIES.len();
    let lead = fill(dice.pick(LEADS), dice, (one, two));
    let title: String = lead.split([',', '.']).next().unwrap_or_default().replace(" on Monday", "");
    let mut paragraphs = vec![format!("{} - {lead}", COUNTRIES[one].2.to_uppercase())];
    for _ in 0..3 + dice.roll(4) {
        paragraphs.push(fill(dice.pick(MIDDLES), dice, (one, two)));
    }
    let date = format!("20{:02}-{:02}-{:02}", 10 + dice.roll(15), 1 + dice.roll(12), 1 + dice.roll(28));
    Story { title, date, outlet: dice.pick(OUTLETS), paragraphs }
}

/// The same story as another paper prints it.
fn copy(story: &Story, dice: &mut Dice) -> Story {
    let mut other = story.clone();
    other.title = format!("{} - report", story.title);
    other.outlet = dice.pick(OUTLETS);
    other.paragraphs.push(dice.pick(EDITS).to_owned());
    other
}

fn html(story: &Story, number: usize) -> String {
    let body: String = story.paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title} | {outlet}</title><meta property=\"article:published_time\" content=\"{date}T06:00:00Z\">\
         <meta property=\"og:site_name\" content=\"{outlet}\"><link rel=\"canonical\" href=\"https://news.example/{number}\"></head><body>\
         <nav><a href=\"/\">Home</a> <a href=\"/world\">World</a> <a href=\"/sport\">Sport</a></nav><article><h1>{title}</h1>\n{body}</article>\
         <aside><h3>Most read</h3><ul><li><a href=\"/1\">Ten ways to cook rice</a></li><li><a href=\"/2\">Cup final in pictures</a></li></ul></aside>\
         <footer>Subscribe to our newsletter. All rights reserved.</footer></body></html>",
        title = story.title,
        outlet = story.outlet,
        date = story.date,
    )
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("usage: make_corpus FOLDER ARTICLES [SEED]")?;
    let articles: usize = args.next().ok_or("usage: make_corpus FOLDER ARTICLES [SEED]")?.parse()?;
    let mut dice = Dice(args.next().map_or(Ok(1), |seed| seed.parse())?);
    let folder = Path::new(&folder);
    create_dir_all(folder)?;
    let mut told: Vec<Story> = vec![];
    let (mut lines, mut stream) = (0, None::<Box<dyn Write>>);
    for number in 0..articles {
        let kind = dice.roll(1000);
        let story = if kind < 100 && !told.is_empty() {
            let at = dice.roll(told.len());
            copy(&told[at], &mut dice)
        } else if kind < 140 && !told.is_empty() {
            let at = dice.roll(told.len());
            told[at].clone()
        } else if kind < 170 {
            let text = dice.pick(FOREIGN).to_owned();
            Story { title: format!("Nota {number}"), paragraphs: vec![text.clone(), text], ..story(&mut dice) }
        } else {
            story(&mut dice)
        };
        // What is copied was told lately.
        if told.len() < 500 {
            told.push(story.clone());
        } else {
            let at = dice.roll(500);
            told[at] = story.clone();
        }
        let place = folder.join(format!("{:03}", number / 2000));
        match dice.roll(100) {
            0..70 => {
                if lines % RECORDS == 0 {
                    create_dir_all(&place)?;
                    let packed = dice.roll(4) == 0;
                    let name = place.join(format!("wire-{number:07}.jsonl{}", if packed { ".gz" } else { "" }));
                    let file = BufWriter::new(File::create(name)?);
                    stream = Some(if packed { Box::new(GzEncoder::new(file, Compression::fast())) } else { Box::new(file) });
                }
                lines += 1;
                let text = story.paragraphs.join("\n\n");
                let record = serde_json::json!({"title": story.title, "published": story.date, "source": story.outlet, "url": format!("https://wire.example/{number}"), "text": text});
                if let Some(stream) = &mut stream {
                    writeln!(stream, "{record}")?;
                }
            }
            70..95 => {
                create_dir_all(&place)?;
                std::fs::write(place.join(format!("page-{number:07}.html")), html(&story, number))?;
            }
            _ => {
                create_dir_all(&place)?;
                let text = format!("{}\n{}\n\n{}\n", story.title, story.date, story.paragraphs.join("\n\n"));
                std::fs::write(place.join(format!("text-{number:07}.txt")), text)?;
            }
        }
        if dice.roll(200) == 0 {
            create_dir_all(&place)?;
            match dice.roll(4) {
                0 => std::fs::write(place.join(format!("broken-{number:07}.jsonl")), "{\"text\": \"cut off in the mid")?,
                1 => std::fs::write(
                    place.join(format!("broken-{number:07}.html.gz")),
                    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3],
                )?,
                2 => std::fs::write(place.join(format!("broken-{number:07}.txt")), "")?,
                _ => std::fs::write(place.join(format!("broken-{number:07}.zip")), b"PK\x03\x04 not a zip")?,
            }
        }
    }
    drop(stream);
    Ok(())
}
