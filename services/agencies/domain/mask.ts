/**
 * Endings that say what kind of company a name is and not which one. Longest first, so that
 * 有限责任公司 is not read as 公司.
 */
const chineseForms = [
  '集团股份有限公司',
  '集团有限公司',
  '股份有限公司',
  '有限责任公司',
  '有限公司',
  '合作社',
  '事务所',
  '经营部',
  '个体户',
  '集团',
  '公司',
  '工厂',
  '商行',
  '中心',
  '厂',
  '店',
];

const latinForms =
  /^(inc|llc|llp|ltd|limited|corp|corporation|co|company|plc|gmbh|ag|sa|bv|nv|kg|pty)\.?,?$/i;

function placeIn(name: string, region: string): string {
  const place = region.replace(/(特别行政区|自治区|省|市)$/u, '').slice(0, 4);
  return place.length >= 2 && name.startsWith(place) ? place : '';
}

function maskedChinese(name: string, region: string): string {
  const form = chineseForms.find((ending) => name.endsWith(ending) && name !== ending);
  if (form !== undefined) return `${placeIn(name, region)}某某${form}`;
  return [...name].length <= 4 ? `${[...name][0] ?? ''}某` : '某某';
}

/**
 * A debtor's name before an agency has accepted, and again after the placement ended: the kind of
 * debtor stays (region, legal form, a person's surname as courts print it: 张某), who it is goes.
 */
export function maskedName(name: string, region: string): string {
  const plain = name.trim();
  if (/\p{Script=Han}/u.test(plain)) return maskedChinese(plain, region);
  const form = plain.split(/\s+/).at(-1) ?? '';
  return latinForms.test(form) && form !== plain ? `*** ${form}` : '***';
}
