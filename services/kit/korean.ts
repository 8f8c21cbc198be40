/**
 * Tells Korean text (EUC-KR, CP949) from Chinese (GB 2312): both write their common characters in
 * two high bytes, and the 2,350 syllables of KS X 1001 are where GB 2312 has the characters from A
 * to S by their sound. Counts of these pairs, and of the characters of GB 2312 behind them.
 */
export type Hangul = { pairs: Uint32Array; shared: number; behind: number };

const firstLead = 0xb0;
const lastLead = 0xc8;
const trails = 94;

export function noHangul(): Hangul {
  return { pairs: new Uint32Array((lastLead - firstLead + 1) * trails), shared: 0, behind: 0 };
}

/** Counts a pair of two high bytes. */
export function hangulPair(seen: Hangul, lead: number, trail: number): void {
  if (lead > lastLead) seen.behind += 1;
  if (lead < firstLead || lead > lastLead || trail < 0xa1) return;
  const at = (lead - firstLead) * trails + trail - 0xa1;
  seen.pairs[at] = (seen.pairs[at] ?? 0) + 1;
  seen.shared += 1;
}

/** Syllables that Korean text is full of, and those of headings and firms. */
const syllables = new Set(
  '이다는을의에하고가지은로도서를기사자한리어나시대일정원인주회식상금액번호명객처송장발행만납미수잔통화전담당비계약품목세' +
    '합청구입출유우국부산울경남북동광천성해보과안영신제연건업무공개선용성결조여소진드스라트아관조학년월구매출채권거래현제삼',
);

/** Characters of Chinese headings, firms and text, of those from A to S by their sound. */
const characters = new Set(
  '客户编号名称发票到期日金额单据币不的个大国地得后和过家可对此多方公关工行分电等定度本并被成出从道点都法高给各还会回机间见建将' +
    '接结进经就今加价基及开看来里力立两利路们面么民明没那年内能其前起全企情区去人任如入贸科技钢铁京海华南东北机械材集团福广贵合' +
    '河湖江吉济辽龙宁平浦青泉上是商省深时实市式使事收手数司苏山四所生设生色湾备摘类部负合同付款状结算已核',
);

/** How many of the pairs are characters of a set, read in an encoding. */
function known({ pairs }: Hangul, encoding: string, common: ReadonlySet<string>): number {
  const decoder = new TextDecoder(encoding);
  let count = 0;
  pairs.forEach((times, at) => {
    if (times === 0) return;
    const bytes = [firstLead + Math.floor(at / trails), 0xa1 + (at % trails)];
    if (common.has(decoder.decode(Uint8Array.from(bytes)))) count += times;
  });
  return count;
}

/** Pairs from which it can be told. */
const enough = 8;

/**
 * Whether the pairs are Korean: hardly any are characters behind S, as two in five of Chinese text
 * are, and more of them are common syllables than common characters.
 */
export function isKorean(seen: Hangul): boolean {
  if (seen.shared < enough || seen.behind * 20 > seen.shared) return false;
  return known(seen, 'euc-kr', syllables) > known(seen, 'gb18030', characters);
}
