import { describe, expect, it } from '@jest/globals';
import { Purpose, SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import { Customer, CustomerKind } from '@recourse/proto/web/credit/v1/credit';
import { initialOf } from '../../ui/form-values';
import { type Named, screeningFields } from './screening-fields';

const company = Customer.fromPartial({
  name: '上海恒达机械有限公司',
  creditCode: '91310000000000001X',
  kind: CustomerKind.COMPANY,
});
const person = Customer.fromPartial({ name: '王敏', kind: CustomerKind.PERSON });

function standing(over: Partial<Named>): Record<string, unknown> {
  const named = { purpose: null, name: null, kind: undefined, customer: undefined, ...over };
  return Object.fromEntries(screeningFields(named).map((field) => [field.id, initialOf(field)]));
}

describe('the form of a look-up', () => {
  it('has the customer that the address names, and the purpose', () => {
    const onboarding = { purpose: 'PURPOSE_ONBOARDING', customer: company };
    expect(standing(onboarding)).toEqual({
      purpose: Purpose.ONBOARDING,
      kind: SubjectKind.COMPANY,
      name: '上海恒达机械有限公司',
      creditCode: '91310000000000001X',
    });
  });

  it('asks a person for the number and the consent, which nobody fills in', () => {
    expect(standing({ customer: person })).toMatchObject({
      kind: SubjectKind.PERSON,
      name: '王敏',
    });
    const asked = Object.keys(standing({ customer: person }));
    expect(asked).toEqual(['purpose', 'kind', 'name', 'idNumber', 'consentReference']);
    expect(Object.keys(standing({ kind: SubjectKind.PERSON }))).toEqual(asked);
  });

  it('has no purpose that nobody named, nor one that there is not', () => {
    expect(standing({})['purpose']).toBe(standing({ purpose: 'CURIOSITY' })['purpose']);
    expect(standing({})['purpose'] === Purpose.ONBOARDING).toBe(false);
  });
});
