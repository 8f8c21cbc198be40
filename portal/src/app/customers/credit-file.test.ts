import { describe, expect, it } from '@jest/globals';
import { CreditFile } from '@recourse/proto/web/credit/v1/ratings';
import { formOf, isFormWhole, requestOf } from './credit-file';

const flag = { code: 'lawsuit', since: '2026-01-02', source: '', note: '' };

describe('the form of a credit file', () => {
  it('is empty for a customer of whom nothing was written', () => {
    const request = requestOf('c', formOf(undefined), 0n);
    expect(request.registry?.status).toBe('unknown');
    expect(request.answers?.integrity).toBe(0);
    expect(isFormWhole(formOf(undefined))).toBe(true);
  });

  it('writes back what was read, but for the flags that the platform told', () => {
    const file = CreditFile.fromPartial({
      registry: { foundedOn: '2010-05-01', status: 'active', ownership: 'private', employees: 40 },
      answers: { integrity: 4, relationYears: 3, note: 'x' },
      flags: [
        { ...flag, told: false },
        { ...flag, code: 'blacklist', told: true },
      ],
      version: 7n,
    });
    const request = requestOf('c', formOf(file), file.version);
    expect(request.registry).toMatchObject({ foundedOn: '2010-05-01', employees: 40 });
    expect(request.answers).toMatchObject({ integrity: 4, relationYears: 3, management: 0 });
    expect(request.flags.map((one) => one.code)).toEqual(['lawsuit']);
    expect(request.expectedVersion).toBe(7n);
  });

  it.each(['4o', '-1', '1.5', '10000001'])('does not take %s for employees', (employees) => {
    expect(isFormWhole({ ...formOf(undefined), employees })).toBe(false);
  });
});
