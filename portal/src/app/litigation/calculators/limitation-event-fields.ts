import { ProofGrade } from '@recourse/proto/web/litigation/v1/limitation';
import type { FormField, FormValues } from '../../ui/form-values';
import { today } from '../../ui/format';
import { namedValues, optionsOf } from '../../ui/options-of';
import { detailFields, isOnDemand, mayLieAhead } from '../limitation/event-detail-fields';
import { events, guarantorKinds, toldKinds } from '../limitation/event-words';
import { t as clocks } from '../limitation/words';

const grades = namedValues(ProofGrade);

/**
 * The fields of one event of a debt by the day of calculation, after which nothing has happened;
 * acts towards the guarantor only where there is one.
 */
export function eventFields(
  values: FormValues,
  { isGuaranteed, asOf }: { isGuaranteed: boolean; asOf: string },
): FormField[] {
  const kinds = isGuaranteed ? [...toldKinds, ...guarantorKinds] : toldKinds;
  return [
    {
      id: 'kind',
      kind: 'choice',
      label: clocks('kind'),
      ...(isOnDemand(values.text('kind')) ? { hint: clocks('onDemandHint') } : {}),
      options: optionsOf(kinds, events),
      initial: 'demand',
    },
    {
      id: 'on',
      kind: 'day',
      label: clocks('on'),
      ...(mayLieAhead(values.text('kind')) ? {} : { max: asOf === '' ? today() : asOf }),
    },
    {
      id: 'grade',
      kind: 'choice',
      label: clocks('grade'),
      options: optionsOf(grades, clocks),
      initial: ProofGrade.LIKELY,
    },
    ...detailFields(values),
  ];
}
