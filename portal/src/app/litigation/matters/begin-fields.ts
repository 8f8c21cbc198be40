import { Procedure } from '@recourse/proto/web/litigation/v1/matters';
import type {
  PaymentOrderConditions,
  Proceeding,
  SmallClaimsBasis,
} from '@recourse/proto/web/litigation/v1/matters';
import type { FormField, FormValues } from '../../ui/form-values';
import { formatMoney } from '../../ui/format';
import { b } from './begin-words';

/** The conditions of a payment order, in the order in which they are asked. */
const conditions = [
  'forMoney',
  'due',
  'amountFixed',
  'chargesAgreed',
  'noCounterPerformance',
  'noOtherDispute',
  'debtorPresent',
  'canBeServed',
  'courtHasJurisdiction',
  'noPreSuitPreservation',
] as const satisfies readonly (keyof PaymentOrderConditions)[];

/** A checklist: what is not ticked is answered with no, and refused by its own reason. */
export function conditionFields(): FormField[] {
  return conditions.map((name) => ({
    id: `conditions/${name}`,
    kind: 'flag',
    label: b(`condition.${name}`),
  }));
}

/** The answers of a person. */
export function conditionsOf(values: FormValues): PaymentOrderConditions {
  return Object.fromEntries(
    conditions.map((name) => [name, values.flag(`conditions/${name}`)]),
  ) as PaymentOrderConditions;
}

/** What small claims may need: the wage where the table lacks it, and the agreement. */
export function smallClaimFields(known?: SmallClaimsBasis): FormField[] {
  return [
    {
      id: 'wage',
      kind: 'money',
      label: b('wage'),
      hint: b('smallClaimsHint'),
      currency: 'CNY',
      optional: true,
      initial: known?.wage,
    },
    {
      id: 'agreedOn',
      kind: 'day',
      label: b('agreedOn'),
      hint: b('agreedHint'),
      optional: true,
      initial: known?.agreedOn ?? '',
    },
    {
      id: 'agreement',
      kind: 'text',
      label: b('agreement'),
      optional: true,
      initial: known?.agreement ?? '',
    },
  ];
}

/** Nothing when nothing was written. */
export function smallClaimsOf(values: FormValues): { smallClaims?: SmallClaimsBasis } {
  const [wage, agreedOn] = [values.money('wage'), values.text('agreedOn')];
  const agreement = values.text('agreement');
  if (wage === undefined && agreedOn === '' && agreement === '') return {};
  return { smallClaims: { wage, agreedOn, agreement } };
}

/** The sentence above the checklist, as the hint of the field that calls for it. */
export function conditionsHint(isAsked: boolean): { hint?: string } {
  return isAsked ? { hint: b('conditionsHint') } : {};
}

/** What beginning a procedure asks for beside its court and day. */
export function askedFields(procedure: string): FormField[] {
  if (procedure === Procedure.PAYMENT_ORDER) return conditionFields();
  return procedure === Procedure.SMALL_CLAIMS ? smallClaimFields() : [];
}

/** The same as it is sent; what was written for another procedure is left out. */
export function askedOf(values: FormValues): {
  conditions?: PaymentOrderConditions;
  smallClaims?: SmallClaimsBasis;
} {
  const procedure = values.text('procedure');
  if (procedure === Procedure.PAYMENT_ORDER) return { conditions: conditionsOf(values) };
  return procedure === Procedure.SMALL_CLAIMS ? smallClaimsOf(values) : {};
}

/** Whether small claims may take what is claimed now, in words; empty for other procedures. */
export function standingText({ smallClaimsStanding: standing }: Proceeding): string {
  if (standing === undefined) return '';
  const { verdict, asks, mandatoryUpTo, byAgreementUpTo } = standing;
  if (verdict === 'unknown') return b.find(`asks.${asks}`) ?? b('verdict.unknown');
  const ceiling = formatMoney(verdict === 'mandatory' ? mandatoryUpTo : byAgreementUpTo);
  return b.find(`verdict.${verdict}`, { ceiling }) ?? verdict;
}
