/**
 * Countries and regions as they stand in company names: own, English and adjective spellings, in
 * Latin letters without accents. Source: ISO 3166-1 short names and usual adjectives; 2026-11-22.
 */
export const regions = `
china|chinese|prc|zhongguo|cn
hong kong|hongkong|hk
macau|macao
taiwan|taiwanese
japan|japanese|nippon|nihon
korea|korean|south korea
north korea|dprk
india|indian|bharat
pakistan|pakistani
iran|iranian|persia|islamic republic of iran
iraq|iraqi
syria|syrian|syrian arab republic
lebanon|lebanese|liban
russia|russian|rossiya|rossii|rossiyskaya|russian federation|rus
ukraine|ukrainian|ukraina
belarus|belarusian|belarusskaya
crimea|crimean|krym|krymskaya
germany|german|deutschland|deutsche land|allemagne
france|french|francaise|francais
italy|italian|italia|italiana
spain|spanish|espana|espanola
portugal|portuguesa
switzerland|swiss|schweiz|suisse|svizzera|ch
austria|austrian|osterreich|oesterreich
netherlands|dutch|nederland|holland
belgium|belgian|belgique|belgie
united kingdom|uk|british|britain|great britain|england|gb
ireland|irish
united states|usa|us|american|america|united states of america
canada|canadian
mexico|mexican|mexicana
cuba|cuban|cubana
panama|panamena
colombia|colombian|colombiana
venezuela|venezolana|venezuelan
brazil|brasil|brazilian|brasileira
argentina|argentine
chile|chilena
peru|peruana
europe|european|europa|europeenne
asia|asian
africa|african
latin america|latinoamerica
caribbean|caribe
middle east|near east
gulf
turkey|turkish|turkiye|turk
greece|greek|hellas|hellenic
cyprus|cypriot
bulgaria|bulgarian
romania|romanian
serbia|serbian|srbija|beograd|belgrade
croatia|hrvatska
poland|polish|polska
czech|czech republic|ceska
slovakia|slovensko
hungary|hungarian|magyar
latvia|latvian|latvija
lithuania|lietuva
estonia|estonian|eesti
finland|finnish|suomi
sweden|swedish|sverige|svenska
norway|norwegian|norge|norsk
denmark|danish|danmark
iceland
kazakhstan|kazakh
uzbekistan|uzbek
georgia|georgian
armenia|armenian
azerbaijan|azeri|azerbaycan
israel|israeli
palestine|palestinian
jordan|jordanian
saudi arabia|saudi|ksa
united arab emirates|uae|emirates
dubai
abu dhabi
sharjah
qatar|qatari
kuwait|kuwaiti
bahrain|bahraini
oman|omani
yemen|yemeni
egypt|egyptian
libya|libyan
tunisia|tunisian
algeria|algerian
morocco|maroc|moroccan
sudan|sudanese
south africa|south african
nigeria|nigerian
kenya|kenyan
ethiopia|ethiopian
zimbabwe
liberia|liberian
singapore
malaysia|malaysian
indonesia|indonesian
thailand|thai
vietnam|viet nam|vietnamese
philippines|philippine
myanmar|burma|burmese
cambodia
australia|australian
new zealand|nz
moscow|moskva|moskovskaya
saint petersburg|st petersburg|sankt peterburg
london
paris
beijing|peking
shanghai
shenzhen
guangzhou
tehran|teheran
damascus
beirut|beyrouth
kiev|kyiv
istanbul
new york
malta
monaco
luxembourg
liechtenstein
seychelles
marshall islands
british virgin islands|bvi
cayman|cayman islands
bermuda
isle of man
jersey
guernsey
gibraltar
mauritius
`;
