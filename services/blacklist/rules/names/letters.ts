/**
 * Letters of other scripts in Latin, as passports and sanctions lists write them.
 * Sources: ICAO Doc 9303 part 3; BGN/PCGN romanisations; Hepburn for kana; read 2026-11-22.
 */
const cyrillic = `а a б b в v г g д d е e ё e ж zh з z и i й i к k л l м m н n о o п p р r с s т t
у u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya є ye і i ї yi ґ g ў u ј j љ lj њ nj
ћ c ђ dj џ dz ә a ғ g қ q ң ng ө o ұ u ү u һ h`;
const greek = `α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y
φ f χ ch ψ ps ω o`;
const armenian = `ա a բ b գ g դ d ե e զ z է e ը e թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch
մ m յ y ն n շ sh ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev`;
const georgian = `ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u
ფ p ქ k ღ gh ყ q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h`;
const arabic = `ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t
ظ z ع a غ gh ف f ق q ك k ل l م m ن n ه h ة a و u ي i ى a ئ i ؤ u ء - پ p چ ch ژ zh گ g ک k ی i
َ a ُ u ِ i ّ - ْ - ً - ٌ - ٍ -`;
const hebrew = `א a ב b ג g ד d ה h ו v ז z ח h ט t י i כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף f
צ ts ץ ts ק k ר r ש sh ת t`;
const kana = `ア a イ i ウ u エ e オ o カ ka キ ki ク ku ケ ke コ ko サ sa シ shi ス su セ se ソ so タ ta
チ chi ツ tsu テ te ト to ナ na ニ ni ヌ nu ネ ne ノ no ハ ha ヒ hi フ fu ヘ he ホ ho マ ma ミ mi ム mu
メ me モ mo ヤ ya ユ yu ヨ yo ラ ra リ ri ル ru レ re ロ ro ワ wa ヲ o ン n ガ ga ギ gi グ gu ゲ ge
ゴ go ザ za ジ ji ズ zu ゼ ze ゾ zo ダ da ヂ ji ヅ zu デ de ド do バ ba ビ bi ブ bu ベ be ボ bo パ pa
ピ pi プ pu ペ pe ポ po ッ - ー - ヴ v ァ a ィ i ゥ u ェ e ォ o ャ ya ュ yu ョ yo`;
const latin = `ß ss æ ae ø o œ oe đ d ð d þ th ł l ı i ŋ ng ħ h ə a ʻ - ʼ - ʿ - ʾ -`;
/** Typographers' letters of Khmer are few in these lists; the consonants carry the name. */
const khmer = `ក k ខ kh គ k ឃ kh ង ng ច ch ឆ chh ជ ch ញ nh ដ d ឋ th ឌ d ណ n ត t ថ th ទ t ធ th ន n
ប b ផ ph ព p ភ ph ម m យ y រ r ល l វ v ស s ហ h ឡ l អ o ៉ - ុ o ា a ិ i ី i ូ u ួ uo ើ ae ោ o`;

function pairs(text: string): [string, string][] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const made: [string, string][] = [];
  for (let at = 0; at + 1 < words.length; at += 2) {
    const to = words[at + 1] ?? '';
    made.push([words[at] ?? '', to === '-' ? '' : to]);
  }
  return made;
}

export const letters: Readonly<Record<string, string>> = Object.fromEntries(
  [cyrillic, greek, armenian, georgian, arabic, hebrew, kana, latin, khmer].flatMap(pairs),
);
