import { LetterMeans } from '@recourse/proto/web/cases/v1/letters';
import { ProofGrade } from '@recourse/proto/web/litigation/v1/limitation';
import type { Debt } from '@recourse/proto/web/litigation/v1/limitation';
import { letterForm } from '../../cases/letter-forms';
import type { Api } from '../../session/api';
import type { Form } from '../../ui/form-values';
import { recordForm } from './debt-forms';
import { t } from './words';

/** Where the next act of a clock is done: a page, with the dialog that it opens. */
export type ActPlace = { link: readonly string[]; query: Readonly<Record<string, string>> };

/** Acts of `rules/law/limitation.ts` that are a letter, by what carries it. */
const letters: Readonly<Record<string, LetterMeans>> = {
  letter_demand: LetterMeans.EMS,
  data_message_demand: LetterMeans.EMAIL,
};

/** Those of them that are done elsewhere and recorded with their proof, by the event they make. */
const recorded: Readonly<Record<string, string>> = {
  mediation_request: 'mediation_request',
  public_notice: 'public_notice',
  signed_acknowledgement: 'repayment_plan',
};

const filed: readonly string[] = ['suit', 'payment_order'];

/** Whether the next act is a letter, which counts once it is delivered. */
export function isLetter(debt: Debt): boolean {
  return (debt.clock?.nextAct?.act ?? '') in letters;
}

/** One click from seeing what expires to doing what saves it. */
export function actPlace(debt: Debt): ActPlace | undefined {
  const act = debt.clock?.nextAct?.act ?? '';
  if (filed.includes(act))
    return { link: ['/litigation'], query: { dialog: 'open', on: debt.caseId } };
  if (act in letters || act in recorded) {
    return { link: ['/litigation/limitation', debt.debtId], query: { dialog: 'act' } };
  }
  const [matterId] = debt.matterIds;
  return act === 'apply_for_enforcement' && matterId !== undefined
    ? { link: ['/litigation', matterId], query: {} }
    : undefined;
}

/** The form of an act that this page can do; what proves it is asked for with it. */
export function actForm(api: Api, debt: Debt): Form | undefined {
  const act = debt.clock?.nextAct?.act ?? '';
  const means = letters[act];
  if (means !== undefined) {
    return { ...letterForm(api, debt, means), hint: t('letterHint') };
  }
  const kind = recorded[act];
  return kind === undefined ? undefined : recordForm(api, debt, kind, ProofGrade.PROVEN);
}
