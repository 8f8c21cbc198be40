import { describe, expect, it } from '@jest/globals';
import { mayBeName } from './row-words.ts';

describe('a lone text between the lines of a report', () => {
  it.each([
    'ACME Trading Ltd',
    'Printed Circuits Ltd',
    'Approved Foods',
    'See’s Candies',
    'Banco de la Nación',
    'maison de la presse du sud',
    'Müller & Söhne GmbH & Co. KG',
    'J. B. Hunt Inc.',
    '上海某某贸易有限公司',
    '请客科技有限公司',
    '주식회사 한빛전자',
  ])('may be a name: %s', (text) => {
    expect(mayBeName(text)).toBe(true);
  });

  it.each([
    'Prepared by the finance department',
    'Note: disputed by the customer',
    'Notes',
    'The invoices below are in dispute',
    'these invoices were sent again in May',
    'As agreed with the sales team',
    'Stand: 31.03.2024',
    'Die folgenden Posten sind strittig',
    '以下为有争议的款项',
    '截至三月底的余额',
    '上述款项已经与客户对账。',
    'Page 2',
    'Total',
  ])('is no name: %s', (text) => {
    expect(mayBeName(text)).toBe(false);
  });
});
