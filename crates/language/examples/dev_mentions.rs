use demarche_eval::conllu::{Treebank, raw_text};
use demarche_eval::{Stripped, document, mentions};
use demarche_types::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bank = Treebank::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    let e = demarche_language::Engine::embedded().unwrap();
    let mut s = demarche_language::Scratch::default();
    for part in bank.documents() {
        let raw = raw_text(part.sentences);
        let article = document::article(part.id, &raw);
        let gold = mentions::from_conllu(part.sentences).unwrap();
        let mut doc = Document::new(&article);
        let mut words = vec![];
        println!("D {}", part.id);
        for g in gold {
            let p: Vec<String> = g.parts.iter().map(|p| format!("{}-{}", p.0, p.1)).collect();
            println!("G {} {} {} {}", p.join(","), g.kind, u8::from(g.named), g.chain.unwrap_or_default());
        }
        let map = Stripped::new(&article.text);
        let analyses = s.install(|s| {
            e.split(&article, s, &mut doc, &mut words);
            let ranges: Vec<&[Span]> =
                doc.sentences.iter().map(|s| &words[s.tokens.start as usize..s.tokens.end as usize]).collect();
            e.analyze_words(&article.text, &ranges, s)
        });
        for (st, a) in doc.sentences.iter().zip(analyses) {
            println!("S {}", st.block);
            for (w, k) in a.words.iter().enumerate() {
                let sp = words[st.tokens.start as usize + w];
                let p = map.span(sp);
                println!(
                    "T {}\t{}\t{}\t{}\t{}\t{}\t{}",
                    p.0,
                    p.1,
                    sp.of(&article.text),
                    k.lemma,
                    k.upos.as_str(),
                    k.head.map_or(-1, |h| h as i32),
                    k.deprel.as_str()
                );
            }
            for c in a.spans {
                let k: Vec<String> = c.kinds.iter().map(|x| format!("{x:.3}")).collect();
                println!("C {} {} {:.3} {}", c.first, c.last, c.score, k.join(" "));
            }
        }
    }
}
