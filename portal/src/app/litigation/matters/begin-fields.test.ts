import { beforeEach, describe, expect, it } from '@jest/globals';
import { Procedure, Proceeding } from '@recourse/proto/web/litigation/v1/matters';
import { chooseLanguage } from '../../session/language';
import type { FormValue } from '../../ui/form-values';
import { valuesOf } from '../../ui/form-values';
import { askedFields, askedOf, standingText } from './begin-fields';

const written = (values: Readonly<Record<string, FormValue>>) => valuesOf((id) => values[id]);
const idsOf = (procedure: string) => askedFields(procedure).map(({ id }) => id);
const cny = (minor: bigint) => ({ currency: 'CNY', minor });

beforeEach(() => chooseLanguage('zh-CN'));

describe('beginning a payment order', () => {
  const procedure = Procedure.PAYMENT_ORDER;

  it('asks each condition as a tick, in words of both languages', () => {
    const fields = askedFields(procedure);
    expect(fields).toHaveLength(10);
    expect(fields.every(({ kind }) => kind === 'flag')).toBe(true);
    expect(fields[1]?.label).toBe('债务已经到期');
    chooseLanguage('en');
    expect(askedFields(procedure)[1]?.label).toBe('The debt is due');
  });

  it('answers every condition, with no where nothing was ticked', () => {
    const { conditions } = askedOf(written({ procedure, 'conditions/due': true }));
    expect(Object.keys(conditions ?? {})).toHaveLength(10);
    expect(conditions).toMatchObject({ due: true, forMoney: false, canBeServed: false });
  });
});

describe('beginning small claims', () => {
  const procedure = Procedure.SMALL_CLAIMS;

  it('asks for the wage and the agreement, none of them needed', () => {
    expect(idsOf(procedure)).toEqual(['wage', 'agreedOn', 'agreement']);
    expect(askedFields(procedure).every(({ optional }) => optional)).toBe(true);
    expect(askedOf(written({ procedure }))).toEqual({});
  });

  it('sends what was written', () => {
    const wage = cny(12_000_000n);
    expect(askedOf(written({ procedure, wage, agreedOn: '2026-01-05' }))).toEqual({
      smallClaims: { wage, agreedOn: '2026-01-05', agreement: '' },
    });
  });
});

describe('beginning another procedure', () => {
  it('asks for none of it, and sends nothing written for another one', () => {
    const procedure = Procedure.ORDINARY;
    expect(idsOf(procedure)).toEqual([]);
    const values = { procedure, 'conditions/due': true, agreedOn: '2026-01-05' };
    expect(askedOf(written(values))).toEqual({});
  });
});

describe('the standing of small claims', () => {
  const upTo = { mandatoryUpTo: cny(6_461_000n), byAgreementUpTo: cny(25_844_000n) };
  it.each([
    [{ verdict: 'mandatory', ...upTo }, '64,610.00'],
    [{ verdict: 'by_agreement', ...upTo }, '双方约定才适用'],
    [{ verdict: 'not_available', ...upTo }, '258,440.00'],
    [{ verdict: 'unknown', asks: 'average_wage' }, '表中没有该省年平均工资'],
    [{ verdict: 'unknown', asks: '' }, '不能判断，请向法院核实'],
  ])('%j is told', (smallClaimsStanding, words) => {
    const proceeding = Proceeding.fromPartial({ smallClaimsStanding });
    expect(standingText(proceeding)).toContain(words);
  });

  it('is not told of another procedure', () => {
    expect(standingText(Proceeding.fromPartial({}))).toBe('');
  });
});
