import { Purpose, SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import { CustomerKind } from '@recourse/proto/web/credit/v1/credit';
import type { Customer } from '@recourse/proto/web/credit/v1/credit';
import type { FormField, FormValue } from '../../ui/form-values';
import { namedValues, optionsOf } from '../../ui/options-of';
import { t as shared } from '../words';
import { t } from './words';

const purposes = namedValues(Purpose);
const kinds = namedValues(SubjectKind);

/** What the address of the page names, and the kind of subject that was chosen on it. */
export type Named = {
  purpose: string | null;
  name: string | null;
  kind: FormValue;
  customer: Customer | undefined;
};

/** The form of a look-up; what the address or the customer it names tells stands in it. */
export function screeningFields({ purpose, name, kind, customer }: Named): FormField[] {
  const isOne = customer?.kind === CustomerKind.PERSON;
  const usual = isOne ? SubjectKind.PERSON : SubjectKind.COMPANY;
  const identifiers = (kind ?? usual) === SubjectKind.PERSON ? ofPerson() : ofCompany(customer);
  return [
    {
      id: 'purpose',
      kind: 'choice',
      label: t('purpose'),
      options: optionsOf(purposes, shared),
      initial: purposes.find((one) => one === purpose),
    },
    {
      id: 'kind',
      kind: 'choice',
      label: t('kind'),
      options: optionsOf(kinds, shared),
      initial: usual,
    },
    {
      id: 'name',
      kind: 'text',
      label: t('name'),
      optional: true,
      initial: name ?? customer?.name ?? '',
    },
    ...identifiers,
  ];
}

function ofCompany(customer: Customer | undefined): FormField[] {
  const initial = customer?.creditCode ?? '';
  return [{ id: 'creditCode', kind: 'text', label: t('creditCode'), optional: true, initial }];
}

function ofPerson(): FormField[] {
  return [
    { id: 'idNumber', kind: 'text', label: t('idNumber'), hint: t('idHint'), optional: true },
    { id: 'consentReference', kind: 'text', label: t('consent') },
  ];
}
