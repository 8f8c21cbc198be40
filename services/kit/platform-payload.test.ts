import { describe, expect, it } from '@jest/globals';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { contract } from './contract.ts';
import { blurDetail, viewPayload } from './platform-payload.ts';

const id = '01956f3e-0000-7000-8000-000000000001';

function bytesOf(event: CasesEvent['event']): Uint8Array {
  return CasesEvent.encode({ event }).finish();
}

describe('what an event says', () => {
  it('is shown without names, numbers and addresses of people', () => {
    const customer = {
      debtorId: id,
      customerNumber: 'C-1',
      name: '王小明',
      aliases: ['明记'],
      creditCode: '91310115MA1K4ABC12',
      region: '',
      industry: '',
      contactName: '王小明',
      phone: '13800138000',
      email: 'wang@example.cn',
    };
    const fact = {
      receivableId: id,
      debtorId: id,
      documentDate: '2026-01-01',
      dueDate: '2026-02-01',
      amount: { currency: 'CNY', minor: 100n },
      open: { currency: 'CNY', minor: 50n },
      settledDate: '',
      disputed: true,
    };
    const value = { importId: id, customers: [customer], receivables: [fact] };
    const view = viewPayload(contract(), 'cases', bytesOf({ $case: 'receivablesImported', value }));
    expect(JSON.parse(view.json)).toEqual({
      receivablesImported: {
        importId: id,
        customers: [{ debtorId: id, aliases: [null] }],
        receivables: [
          {
            receivableId: id,
            debtorId: id,
            documentDate: '2026-01-01',
            dueDate: '2026-02-01',
            amount: { currency: 'CNY', minor: '100' },
            open: { currency: 'CNY', minor: '50' },
            disputed: true,
          },
        ],
      },
    });
    const at = '/receivablesImported/customers/0';
    expect(view.leftOut).toEqual(
      ['customerNumber', 'name', 'aliases/0', 'creditCode', 'contactName', 'phone', 'email'].map(
        (name) => `${at}/${name}`,
      ),
    );
  });

  it('keeps enums and times', () => {
    const at = '2026-03-01T00:00:00Z';
    const value = {
      caseId: id,
      contactId: id,
      debtorId: id,
      channel: 'PHONE',
      result: 'spoke with Wang',
      refused: false,
      happenedAt: at,
      agencyId: '',
      party: '',
    };
    const { json } = viewPayload(contract(), 'cases', bytesOf({ $case: 'contactLogged', value }));
    expect(JSON.parse(json)).toEqual({
      contactLogged: { caseId: id, contactId: id, debtorId: id, happenedAt: at },
    });
  });

  it.each([
    ['cases', Uint8Array.of(0xff, 0xff, 0xff)],
    ['nobody', new Uint8Array()],
  ])('of %s that cannot be read is empty', (source, bytes) => {
    expect(viewPayload(contract(), source, bytes)).toEqual({ json: '', leftOut: [] });
  });
});

describe('the detail of a failure', () => {
  it.each([
    ['case_not_found · caseId=01956f3e-0000-7000-8000-000000000001', undefined],
    ['limit=100000', undefined],
    ['phone=13800138000', 'phone=[…]'],
    ['id=11010519491231002X · x', 'id=[…] · x'],
    ['to wang.li@mail.example.cn failed', 'to […] failed'],
    ['+8613800138000', '[…]'],
  ])('%s is shown as %s', (detail, expected) => {
    expect(blurDetail(detail)).toBe(expected ?? detail);
  });
});
