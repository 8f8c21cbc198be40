import type { Membership } from '@recourse/proto/web/blacklist/v1/associations';
import { LegalBasisKind } from '@recourse/proto/web/blacklist/v1/listings';
import type { Listing, PutListingRequest } from '@recourse/proto/web/blacklist/v1/listings';
import { AmountBand, Category, Scope, SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import type { Case } from '@recourse/proto/web/cases/v1/cases';
import type { FormField, FormValue, FormValues } from '../../ui/form-values';
import { today } from '../../ui/format';
import { namedValues } from '../../ui/options-of';
import { listOf, named } from './listing-text';
import { t } from './words';

const bands: readonly [bigint, AmountBand][] = [
  [5_000_000_00n, AmountBand.FROM_5M],
  [1_000_000_00n, AmountBand.FROM_1M],
  [500_000_00n, AmountBand.FROM_500K],
  [100_000_00n, AmountBand.FROM_100K],
];

/** The band that an amount in fen falls into; other currencies are for the person to judge. */
export function bandOf(amount: Case['open']): AmountBand | undefined {
  if (amount === undefined || amount.currency !== 'CNY') return undefined;
  return bands.find(([from]) => amount.minor >= from)?.[1] ?? AmountBand.UNDER_100K;
}

const optionsNamed = (values: readonly string[]) =>
  values.map((value) => ({ value, name: named(value) }));

function personFields(of: Listing | undefined): FormField[] {
  const basis = of?.legalBasis;
  const hint = of?.idNumberKnown ? t('idKeep') : t('idHint');
  return [
    { id: 'idNumber', kind: 'text', label: t('idNumber'), hint, optional: true },
    {
      id: 'basis',
      kind: 'choice',
      label: t('basisKind'),
      options: optionsNamed(namedValues(LegalBasisKind)),
      initial: basis?.kind,
    },
    {
      id: 'courtReference',
      kind: 'text',
      label: t('courtReference'),
      optional: true,
      initial: basis?.courtReference ?? '',
    },
    {
      id: 'courtPublishedOn',
      kind: 'day',
      label: t('courtPublishedOn'),
      optional: true,
      initial: basis?.courtPublishedOn ?? '',
    },
    {
      id: 'bornOn',
      kind: 'day',
      label: t('bornOn'),
      max: today(),
      initial: basis?.bornOn ?? '',
    },
  ];
}

/** What a draft is written about: a case at first, the saved draft when it is changed. */
export type DraftGround = {
  memberships: readonly Membership[];
  of?: Case | undefined;
  saved?: Listing | undefined;
};

/** Who is listed, at which association; the fields of a natural person only when it is one. */
function subjectFields(o: DraftGround, values: FormValues): FormField[] {
  const { saved } = o;
  const associations = o.memberships.flatMap(({ association }) =>
    association === undefined ? [] : [{ value: association.associationId, name: association.name }],
  );
  const isPerson = (values.text('kind') || saved?.kind) === SubjectKind.PERSON;
  const code: FormField = {
    id: 'creditCode',
    kind: 'text',
    label: t('creditCode'),
    initial: saved?.creditCode ?? '',
  };
  return [
    {
      id: 'associationId',
      kind: 'choice',
      label: t('association'),
      options: associations,
      initial: saved?.associationId ?? associations[0]?.value,
    },
    {
      id: 'kind',
      kind: 'choice',
      label: t('kind'),
      options: optionsNamed(namedValues(SubjectKind)),
      initial: saved?.kind ?? SubjectKind.COMPANY,
    },
    { id: 'name', kind: 'text', label: t('name'), initial: saved?.name ?? o.of?.debtorName ?? '' },
    ...(isPerson ? personFields(saved) : [code]),
    {
      id: 'aliases',
      kind: 'text',
      label: t('aliases'),
      hint: t('aliasesHint'),
      optional: true,
      initial: saved?.aliases.join('，') ?? '',
    },
  ];
}

/** What was done, how bad it was, and who is to know of it. */
function conductFields({ of, saved }: DraftGround): FormField[] {
  return [
    {
      id: 'category',
      kind: 'choice',
      label: t('category'),
      options: optionsNamed(namedValues(Category)),
      initial: saved?.category,
    },
    {
      id: 'amountBand',
      kind: 'choice',
      label: t('band'),
      options: optionsNamed(namedValues(AmountBand)),
      initial: saved?.amountBand ?? bandOf(of?.open),
    },
    {
      id: 'scope',
      kind: 'choice',
      label: t('scope'),
      options: optionsNamed(namedValues(Scope)),
      initial: saved?.scope ?? Scope.ASSOCIATION,
    },
    {
      id: 'conductFrom',
      kind: 'day',
      label: t('conductFrom'),
      max: today(),
      initial: saved?.conductFrom ?? '',
    },
    {
      id: 'conductUntil',
      kind: 'day',
      label: t('conductUntil'),
      max: today(),
      initial: saved?.conductUntil ?? '',
    },
    {
      id: 'note',
      kind: 'text',
      label: t('note'),
      hint: t('noteHint'),
      rows: 4,
      optional: true,
      initial: saved?.note ?? '',
    },
  ];
}

/** The fields of a draft; those of a natural person only when it is one (legal.md 2.10). */
export function draftFields(ground: DraftGround, values: FormValues): FormField[] {
  return [...subjectFields(ground, values), ...conductFields(ground)];
}

function pick<Name extends string>(values: readonly Name[], text: string, none: Name): Name {
  return values.find((one) => one === text) ?? none;
}

/** Which listing a request is for, and whose debt it is about; 0 is the version of a new one. */
export type DraftOf = Pick<PutListingRequest, 'listingId' | 'debtorId' | 'caseId'> & {
  expectedVersion: bigint;
  subjectRefused: boolean;
};

/** What the form says, as the contract's request. */
export function draftRequest(of: DraftOf, values: FormValues): PutListingRequest {
  const kind = pick(namedValues(SubjectKind), values.text('kind'), SubjectKind.UNSPECIFIED);
  const isPerson = kind === SubjectKind.PERSON;
  return {
    listingId: of.listingId,
    associationId: values.text('associationId'),
    kind,
    name: values.text('name'),
    aliases: listOf(values.text('aliases')),
    creditCode: isPerson ? '' : values.text('creditCode'),
    idNumber: isPerson ? values.text('idNumber') : '',
    category: pick(namedValues(Category), values.text('category'), Category.UNSPECIFIED),
    scope: pick(namedValues(Scope), values.text('scope'), Scope.UNSPECIFIED),
    amountBand: pick(namedValues(AmountBand), values.text('amountBand'), AmountBand.UNSPECIFIED),
    conductFrom: values.text('conductFrom'),
    conductUntil: values.text('conductUntil'),
    debtorId: of.debtorId,
    caseId: of.caseId,
    note: values.text('note'),
    legalBasis: isPerson
      ? {
          kind: pick(namedValues(LegalBasisKind), values.text('basis'), LegalBasisKind.UNSPECIFIED),
          courtReference: values.text('courtReference'),
          courtPublishedOn: values.text('courtPublishedOn'),
          subjectRefused: of.subjectRefused,
          bornOn: values.text('bornOn'),
        }
      : undefined,
    expectedVersion: of.expectedVersion,
  };
}

/** What a person has written, in the order of writing; null is a field that was emptied. */
export type Written = readonly (readonly [id: string, value: KeptValue])[];
type KeptValue = Exclude<FormValue, File | undefined> | null;

export const nothingWritten: Written = [];

/** Number of an identity document: never left in the browser's storage (PIPL art. 51). */
export const neverKept: ReadonlySet<string> = new Set(['idNumber']);

function isKeptValue(value: unknown): value is KeptValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  return typeof value === 'object' && 'currency' in value && 'minor' in value;
}

/** Whether what the browser kept is what this form writes. */
export function isWritten(kept: unknown): kept is Written {
  if (!Array.isArray(kept)) return false;
  return kept.every(
    (line: unknown) =>
      Array.isArray(line) &&
      line.length === 2 &&
      typeof line[0] === 'string' &&
      isKeptValue(line[1]),
  );
}
