import { describe, expect, it } from '@jest/globals';
import { letterTables } from '../rules/letter-grades.ts';
import { awaitsDelivery, letterAct } from './letter-act.ts';

const told = {
  kind: 'DEMAND',
  party: 'DEBTOR',
  means: 'EMS',
  outcome: 'SIGNED',
  signer: 'MAIL_ROOM',
  hasPaper: true,
};

describe('a letter to the debtor', () => {
  // legal.md 2.3, 诉讼时效规定 art. 8, 14.
  it.each([
    ['signed by the mail room, with the receipt', {}, 'demand', 'proven'],
    ['signed, the receipt lost', { hasPaper: false }, 'demand', 'likely'],
    ['signed by who may not', { signer: 'OTHER' }, 'demand', 'likely'],
    ['signed by who may not, nothing kept', { signer: 'OTHER', hasPaper: false }, 'demand', 'weak'],
    ['delivered by the carrier’s record', { outcome: 'DELIVERED', signer: '' }, 'demand', 'proven'],
    ['delivered, as we say', { outcome: 'DELIVERED', hasPaper: false }, 'demand', 'likely'],
    [
      'handed over, as we say',
      { outcome: 'DELIVERED', means: 'BY_HAND', hasPaper: false },
      'demand',
      'weak',
    ],
    ['not taken', { outcome: 'REFUSED', signer: '' }, 'demand', 'likely'],
    ['posted', { outcome: 'SENT', signer: '', hasPaper: false }, 'demand', 'weak'],
    ['sent as a message', { outcome: 'SENT', means: 'EMAIL' }, 'demand', 'likely'],
    [
      'that acknowledges, signed by the legal representative',
      { kind: 'ACKNOWLEDGEMENT', signer: 'LEGAL_REPRESENTATIVE' },
      'acknowledgement',
      'proven',
    ],
    [
      'of account, confirmed by an authorised clerk',
      { kind: 'RECONCILIATION', signer: 'AUTHORISED' },
      'acknowledgement',
      'proven',
    ],
    ['of account, signed by the mail room', { kind: 'RECONCILIATION' }, 'acknowledgement', 'weak'],
    ['with a plan', { kind: 'REPAYMENT_PLAN', signer: 'PRINCIPAL' }, 'repayment_plan', 'proven'],
    [
      'of assignment that arrived',
      { kind: 'ASSIGNMENT_NOTICE', outcome: 'DELIVERED' },
      'assignment_notice',
      'proven',
    ],
  ])('%s', (_what, more, kind, proof) => {
    expect(letterAct({ ...told, ...more }, letterTables)).toMatchObject({ kind, proof });
  });

  it.each([
    ['a statement of account that only arrived', { kind: 'RECONCILIATION', outcome: 'DELIVERED' }],
    ['one that came back', { outcome: 'RETURNED' }],
    ['a kind that nobody knows', { kind: 'POSTCARD' }],
  ])('is nothing to the limitation: %s', (_what, more) => {
    expect(letterAct({ ...told, ...more }, letterTables)).toBeUndefined();
  });
});

describe('a letter to the guarantor', () => {
  it('is a demand on him, and no acknowledgement of the debtor’s', () => {
    const guarantor = { ...told, party: 'GUARANTOR' };
    expect(letterAct(guarantor, letterTables)).toMatchObject({
      kind: 'demand_guarantor',
      proof: 'proven',
    });
    expect(letterAct({ ...guarantor, kind: 'RECONCILIATION' }, letterTables)).toBeUndefined();
  });
});

describe('a letter that was sent', () => {
  it.each([
    ['by EMS, a demand', {}, true],
    [
      'by EMS, a statement of account, which counts when it is signed',
      { kind: 'RECONCILIATION' },
      true,
    ],
    ['by EMS to the guarantor, a demand', { party: 'GUARANTOR' }, true],
    ['by e-mail, which counts as it is sent', { means: 'EMAIL' }, false],
    ['to the guarantor, which never counts', { party: 'GUARANTOR', kind: 'RECONCILIATION' }, false],
  ])('%s: under way %s', (_name, more, awaits) => {
    expect(awaitsDelivery({ ...told, ...more }, letterTables)).toBe(awaits);
  });
});
