//! Words that companies have in common: what they do, where, and what they are called besides their name. They tell little about which company it is.

use std::sync::LazyLock;

use crate::formats::table::Table;

/// How much a word of a comparison form counts beside one that only this company may have, which counts 1.
pub(crate) fn weight(word: &str) -> f64 {
    WEIGHTS.get(word).unwrap_or(1.0)
}

/// A word of a trade: half the companies of it may have it.
const TRADE: f64 = 0.5;
/// A word of the language.
const GRAMMAR: f64 = 0.25;

static WEIGHTS: LazyLock<Table<f64>> = LazyLock::new(|| {
    let words = |all: &'static str, weight: f64| all.split_ascii_whitespace().map(move |word| (word.to_owned(), weight));
    Table::first_of(words(LITTLE, GRAMMAR).chain(words(TRADES, TRADE)))
});

const LITTLE: &str = "and of the for a an at by in on to und der die das fuer von vom zu zur im am et de du des la le les l d aux au y e o da do \
    dos del della delle dei di i il lo el los las en van het een voor";

const TRADES: &str = "\
    group groupe grupo gruppo gruppe groep holding holdings international internationale internacional internazionale global worldwide world \
    national nationale nacional nazionale company corporation enterprise enterprises entreprise empresa unternehmen betrieb betriebe \
    service services servicios servizi dienst dienste dienstleistungen solution solutions loesungen systems system systeme sistemas \
    industry industries industrial industrie industrias industria products product produkte productos produits production productions \
    manufacturing manufaktur factory fabrik works werk werke trade trading handel handels commerce commercial comercial commerciale import export \
    bank banque banco banca insurance versicherung versicherungen assurance assurances seguros capital finance financial finanz invest \
    investment investments partners partner partnership fund funds trust asset assets equity ventures venture securities \
    management consulting consultants consultancy consulta beratung advisors advisory associates associados solicitors lawyers attorneys \
    technology technologies technologie tech technik technical software digital data it computer computers networks network online internet media \
    communication communications telecom telecommunications mobile electronics electronic electric electrical elektro energy energie energia power \
    oil gas petroleum mining metal metals steel stahl chemical chemicals chemie plastics engineering engineers ingenieure ingenieurbuero \
    construction bau building builders contractors architects architekten design designs real estate immobilien property properties \
    development developments land homes housing logistics logistik transport transports transporte transportation spedition shipping freight \
    motor motors auto automotive automobile cars autohaus aviation airlines airways travel tours reisen hotel hotels restaurant ristorante \
    cafe bar pub grill pizzeria bakery baeckerei food foods beverages catering pharma pharmaceutical pharmaceuticals health healthcare medical \
    medizin clinic klinik hospital krankenhaus dental care pharmacy apotheke laboratories labs research institute institut instituto university universitaet \
    universite universidad college school schule academy akademie foundation stiftung fondation fundacion association verein society \
    gesellschaft union federation council committee agency agentur agence center zentrum office buero studio studios shop store stores \
    market markt supermarket fashion mode textile textiles sports sport fitness club security sicherheit cleaning reinigung garden garten supply \
    supplies equipment machinery maschinen maschinenbau tools werkzeuge print printing druck druckerei verlag publishing press marketing \
    advertising werbung events event entertainment music film brothers brueder gebrueder soehne sons son";
