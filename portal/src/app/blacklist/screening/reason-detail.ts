import { words } from '../../session/language';

/** Kinds of legal form, as the matching of names tells them apart. */
const forms = words(
  {
    stock: '股份',
    limited: '有限',
    partnership: '合伙',
    nonprofit: '非营利',
    state: '国有',
    group: '集团',
    none: '未标明',
  },
  {
    stock: 'stock company',
    limited: 'limited',
    partnership: 'partnership',
    nonprofit: 'non-profit',
    state: 'state-owned',
    group: 'group',
    none: 'not named',
  },
);

/** `limited true`: the forms of one name, and whether it calls itself a group. */
function formOf(side: string): string {
  const said = side
    .split(' ')
    .map((word) => (word === 'true' ? forms('group') : (forms.find(word) ?? '')))
    .filter((word) => word !== '');
  return said.length === 0 ? forms('none') : said.join('·');
}

/**
 * What a comparison of names saw, for people. A detail is `words: 宏远, region: 南通`: the names of
 * its facts are for machines, and so are the kinds of legal form.
 */
export function reasonDetail(name: string, detail: string): string {
  const sides = /^a: (?<a>.*), b: (?<b>.*)$/.exec(detail)?.groups;
  if (name === 'form_differs' && sides !== undefined) {
    return `${formOf(sides['a'] ?? '')} / ${formOf(sides['b'] ?? '')}`;
  }
  return detail.replaceAll(/\b[a-z_]+: /g, '');
}
