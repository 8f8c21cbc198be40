/** Words of business names in Latin letters; 2026-11-22. Source: usage in public registers. */

export const abbreviations: Readonly<Record<string, string>> = Object.fromEntries(
  `intl international, int international, internatl international, natl national, nat national,
  mfg manufacturing, manuf manufacturing, mgmt management, mgt management, svc services,
  svcs services, serv services, tech technology, techn technology, technologies technology,
  technol technology, engr engineering, eng engineering, engg engineering, ind industries,
  inds industries, indus industries, industry industries, industrial industries, assn association,
  assoc association, associates associates, bros brothers, dept department, dev development,
  devel development, develop development, dist distribution, distrib distribution,
  distributors distribution, elec electric, electr electric, electrical electric,
  electronics electronic, equip equipment, fin financial, fdn foundation, found foundation,
  gen general, gov government, govt government, grp group, hldg holding, hldgs holding,
  holdings holding, hosp hospital, imp import, exp export, impex import export, inst institute,
  institution institute, insur insurance, ins insurance, inv investment, invest investment,
  investments investment, lab laboratory, labs laboratory, laboratories laboratory,
  log logistics, logistic logistics, ltda ltd, mach machinery, med medical, mkt market,
  mktg marketing, petr petroleum, petrol petroleum, pharm pharmaceutical,
  pharma pharmaceutical, pharmaceuticals pharmaceutical, prod products, prods products,
  product products, prop property, props property, properties property, sci science,
  sciences science, ship shipping, soc society, std standard, sys systems, syst systems,
  system systems, telecom telecommunications, telecomm telecommunications, trad trading,
  trdg trading, trade trading, trans transport, transp transport, transportation transport,
  univ university, ctr center, centre center, comm commercial, constr construction,
  const construction, contr contracting, contractors contracting, chem chemical,
  chemicals chemical, metals metal, mining mining, mines mining, svs services, service services,
  solutions solution, enterprises enterprise, resources resource, st saint, mt mount, no number,
  nr number, num number, dairies dairy, foods food, motors motor, airlines airline, airways airline,
  shpg shipping, org organization, organisation organization, com commercial, centr center`
    .split(',')
    .map((pair): [string, string] => {
      const [short = '', ...rest] = pair.trim().split(' ');
      return [short, rest.join(' ')];
    }),
);

export const numbers: Readonly<Record<string, string>> = Object.fromEntries(
  `one 1 first 1 two 2 second 2 three 3 third 3 four 4 fourth 4 five 5 fifth 5 six 6 sixth 6 seven 7
  seventh 7 eight 8 eighth 8 nine 9 ninth 9 ten 10 tenth 10 eleven 11 eleventh 11 twelve 12
  twelfth 12 thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19
  twenty 20 thirty 30 forty 40 fourty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90
  hundred 100 ii 2 iii 3 iv 4 vi 6 vii 7 viii 8 ix 9 xi 11 xii 12 xiii 13 xiv 14 xv 15
  xvi 16 xvii 17 xviii 18 xix 19 xx 20`
    .split(/\s+/)
    .reduce<[string, string][]>((made, word, at, all) => {
      if (at % 2 === 0) made.push([word, all[at + 1] ?? '']);
      return made;
    }, []),
);

/** Words that many firms share; they tell apart less than a brand, yet they must not contradict. */
export const trades = `
academy advertising advisors advisory aero aerospace agency agricultural agriculture agro air
airline airport aluminum apparel architects army asset associates association auto automobile
automotive aviation bakery bank banking beverage biotech broker brokers brothers builders building
business capital car cargo casino cement center charity chemical church clinic clothing coal
coffee college commerce commercial commission committee communications computer concrete
construction consultants consulting contracting council cosmetics credit data defence defense
delivery department design development digital distribution dredging editorial education electric
electronic energy engineering enterprise entertainment environmental equipment estate exchange
export express fabrication factory farm farms fashion film finance financial fish fishing fleet
food football foreign forest forwarding foundation freight front fuel fund funding furniture
garment gas
general global gold government green group grupo guard hardware health healthcare holding home
hospital hotel hotels house housing import income industries information innovation institute
insurance international inter investment iron jewelry laboratory land law leasing legal lines
logistics lumber machine machinery management manufacturing marine maritime market marketing
material materials media medical metal metallurgical military mill mills mineral mining ministry
money motor movement museum music national natural navigation network networks news nuclear
office oil online operations optical organization packaging paper partners partnership party
petrochemical petroleum pharmaceutical pharmacy pipe pipeline plant plastic plastics police port
power press print printing private production products project promotion property public
publishing radio railway real realty recycling refinery regional renewable rental repair research
resource restaurant restaurants retail rubber sales school science secretariat securities security
services ship shipbuilding shipping shipyard shop society software solar solution space sports
staffing state steel stone storage store stores studio supermarket supplies supply systems
technical technology telecommunications telephone television textile tire tobacco tools tour
tourism tours toys trading traffic training transport travel trust union unit university
utilities vehicle ventures warehouse water wholesale wine wood works workshop world yard
`;

/**
 * Words of one meaning; the first stands for all. Transliterated where the script is another.
 * Dictionary meanings of Spanish, French, German, Russian, Turkish, Arabic and Persian words, kept
 * to those that public registers and sanctions lists use in names of organisations.
 */
export const translations = `
bank banque banco banka bankasi banca
plant zavod fabrik fabrika fabrique fabrica usine factory works werk werke kombinat
shipyard sudostroitelny verf werft astillero chantier naval sudoremontny shipbuilding
insurance seguros versicherung assurance assurances strakhovaya strakhovoi sigorta
trading torgovy torgovaya handel handels handelsgesellschaft comercio comercial commerce ticaret
transport transporte transportes transports transportnaya transportny perevozki nakliyat
construction bau stroy stroi stroitelnaya stroitelny construcciones constructora insaat omran
construction inshaat stroitelnoye stroitelnoe
industries industrie industria industrias promyshlennaya promyshlenny sanayi sanat sanaye
industries industrial promyshlennoye sanaat
group gruppe gruppa grupo groupe grup gruppo goruh guruhu konzern kontsern concern
holding kholding
oil neft naft neftyanaya petrol petroleo petroleos nafta
gas gaz gazovaya
energy energie energia energetika energeticheskaya energo enerji
metal metall metallurgical metallurgicheskiy
machinery mashinostroitelny maschinenbau maquinaria makina mashinostroeniya
instrument priborostroitelny priborostroeniya instrumentation
design konstruktorskoe konstruktorskoye konstruktorskaya
bureau byuro biuro buro buero office oficina ofis
institute institut instituto pazhouheshgah
research nauchno nauchnyi issledovatelsky issledovatelskiy forschung recherche investigacion
research pazhuhesh
production proizvodstvennaya proizvodstvennoe proizvodstvo produktion produccion manufacturing
association obedinenie obyedinenie asociacion verein assotsiatsiya dernek
development razvitiye razvitie entwicklung desarrollo developpement
investment investitsionnaya inversion inversiones investissement yatirim initsiativy
union soyuz ittihad itihad
center tsentr centro zentrum markaz
fund fond fonds fondo
foundation fondation fundacion bonyad bonyade fundatsiya stiftelse muassasa muassasat muassasah
foundation mouassasa vakfi
airline aviakompaniya avialinii aerolinea aerolineas lufthansa
shipping sudokhodnaya sudohodnaya reederei naviera navegacion morskaya parokhodstvo
services servis servicios dienstleistungen sluzhba
university universitet universidad universitat universite daneshgah
national natsionalny natsionalnaya nacional nationale natsionalnyi
international internacional internationale mezhdunarodny mezhdunarodnaya beynelmilel
state gosudarstvennaya gosudarstvenny estatal
republic respublika republica republique
army armee armia jaysh jaish jeish lashkar laskar
movement haraka harakat mouvement movimiento dvizhenie harakah
party partido parti hizb partiya partei
front frente jabhat jabha
islamic islami islamiyya islamiyah islamiya
people peoples popular narodnaya narodny
revolutionary revolucionario revolution revolyutsionny
brigade brigada brigades kataib katibat liwa katiba kataeb
hotel otel
travel viajes turizm turismo
real inmobiliaria immobilien immobiliere
agricultural agropecuaria agricola agro agricole
relief secours socorro hilfswerk ighatha igatha emdad imdad
charity charitable khayriyya khayriya khairiya khairia khairya khayria kheiriya bienfaisance
society jamiyya jamiyah jamiya jamiat jamiyat jamia jamiyyat cemiyeti
liberation liberacion tahrir osvobozhdeniye kurtulus
resistance muqawama moqavemat resistencia
soldiers jund ajnad
call dawa dawah daawa daawah
security bezopasnosti bezopasnost seguridad securite sicherheit amniyat
main glavnoe glavnoye glavny glavnaya
new novaya novy novoye nuevo nueva nouveau nouvelle jadid jadida jadidah yeni neue
east sharq shargh sharg vostok vostochny vostochnaya
south janub janoub jonoub yuzhny yuzhnaya
north shamal shomal severny severnaya
west gharb zapadny zapadnaya
star setareh setare zvezda estrella
housing maskan vivienda
export exportadora exportaciones saderat eksport ihracat
import importadora importaciones varedat ithalat
cooperative cooperativa taavon taavoni taawun tawuni kooperativ
electronic elektronik electronica electronicas elektronika
chemical khimichesky khimicheskaya quimica quimicos shimi kimya
cement cemento siman tsement cimento
steel acero foulad fulad stal celik
aluminum aluminium aluminio alyuminiy
defense defa savunma defensa oborona
aviation aviacion aviatsiya havacilik
agency agencia agentstvo agence agentur
management upravlenie upravleniye yonetim gestion
directorate direccion idarat direktsiya
pharmaceutical farmaceutica farmaceuticos farmatsevtichesky darou
textile textil textiles tekstil
food alimentos alimenticios gida pishchevoy
fishing pesquera pesca
livestock ganadera ganaderia
mining minera mineria maden madan
exchange sarafi sarrafi doviz cambios
television televizyon televidenie televizija
automobile automotriz avtomobilny otomotiv
medical meditsinsky medicos tibbi
company kompaniya kampaniya
`;

export const fillers = `the of and for in de la le les du des der die das den del di y et und e
et al
i na a an to on at by with los las el o da do dos`;
