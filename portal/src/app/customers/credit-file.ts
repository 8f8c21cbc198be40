import { PutCreditFileRequest } from '@recourse/proto/web/credit/v1/ratings';
import type { CreditFile } from '@recourse/proto/web/credit/v1/ratings';
import type { MoneyValue } from '../ui/format';

/** The six judgements of a file by their field of the contract; the last counts years. */
export const judgements = [
  'marketPosition',
  'management',
  'integrity',
  'industryOutlook',
  'dependence',
] as const;

export type Judgement = (typeof judgements)[number];

/** What the form of a credit file holds: texts as they are typed. */
export type FileForm = {
  foundedOn: string;
  registeredCapital: MoneyValue | undefined;
  paidInCapital: MoneyValue | undefined;
  status: string | undefined;
  legalRepresentative: string;
  ownership: string | undefined;
  employees: string;
  recentChanges: string;
  checkedOn: string;
  scores: Readonly<Record<Judgement, string | undefined>>;
  relationYears: string;
  note: string;
  flags: CreditFile['flags'];
  documents: CreditFile['documents'];
};

function wholeText(value: number | undefined): string {
  return value === undefined || value === 0 ? '' : String(value);
}

function scoreText(value: number | undefined): string | undefined {
  return value === undefined || value === 0 ? undefined : String(value);
}

/** The form of a file as it was read; flags of the platform's own events stand in it too. */
export function formOf(file: CreditFile | undefined): FileForm {
  const { registry, answers } = file ?? {};
  return {
    foundedOn: registry?.foundedOn ?? '',
    registeredCapital: registry?.registeredCapital,
    paidInCapital: registry?.paidInCapital,
    status: registry?.status || undefined,
    legalRepresentative: registry?.legalRepresentative ?? '',
    ownership: registry?.ownership || undefined,
    employees: wholeText(registry?.employees),
    recentChanges: registry === undefined ? '' : String(registry.recentChanges),
    checkedOn: registry?.checkedOn ?? '',
    scores: {
      marketPosition: scoreText(answers?.marketPosition),
      management: scoreText(answers?.management),
      integrity: scoreText(answers?.integrity),
      industryOutlook: scoreText(answers?.industryOutlook),
      dependence: scoreText(answers?.dependence),
    },
    relationYears: wholeText(answers?.relationYears),
    note: answers?.note ?? '',
    flags: file?.flags ?? [],
    documents: file?.documents ?? [],
  };
}

/** Whether a text is a whole number up to `most`, or nothing. */
export function isWholeOrNone(text: string, most: number): boolean {
  return text.trim() === '' || (/^\d{1,8}$/.test(text.trim()) && Number(text) <= most);
}

export function isFormWhole(form: FileForm): boolean {
  return (
    isWholeOrNone(form.employees, 10_000_000) &&
    isWholeOrNone(form.recentChanges, 1000) &&
    isWholeOrNone(form.relationYears, 200)
  );
}

/** The request that writes a form; platform flags are left to the platform. */
export function requestOf(
  customerId: string,
  form: FileForm,
  version: bigint,
): PutCreditFileRequest {
  const { scores } = form;
  return PutCreditFileRequest.fromPartial({
    customerId,
    registry: {
      foundedOn: form.foundedOn,
      ...(form.registeredCapital === undefined
        ? {}
        : { registeredCapital: form.registeredCapital }),
      ...(form.paidInCapital === undefined ? {} : { paidInCapital: form.paidInCapital }),
      status: form.status ?? 'unknown',
      legalRepresentative: form.legalRepresentative.trim(),
      ownership: form.ownership ?? 'unknown',
      employees: Number(form.employees),
      recentChanges: Number(form.recentChanges),
      checkedOn: form.checkedOn,
    },
    answers: {
      marketPosition: Number(scores.marketPosition ?? 0),
      management: Number(scores.management ?? 0),
      integrity: Number(scores.integrity ?? 0),
      industryOutlook: Number(scores.industryOutlook ?? 0),
      dependence: Number(scores.dependence ?? 0),
      relationYears: Number(form.relationYears),
      note: form.note.trim(),
    },
    flags: form.flags.filter((flag) => !flag.told),
    documents: [...form.documents],
    expectedVersion: version,
  });
}
