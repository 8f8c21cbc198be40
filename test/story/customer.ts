import { randomUUIDv7 } from 'node:crypto';
import { eventually } from '@recourse/kit/eventually.ts';
import {
  AskAdmissionRequest,
  DecideAdmissionRequest,
  FinancialStatement,
  PutCreditFileRequest,
} from '@recourse/proto/credit/v1/ratings.ts';
import { importFile } from '../flows/ledger-file.ts';
import type { Person, Stage } from './stage.ts';

export const cny = (minor: bigint) => ({ currency: 'CNY', minor });

/** The debtor of the story, and another company of the same name in another province. */
export const debtor = { name: '上海恒达机械有限公司', creditCode: '91310000MA1FL1LH8R' };
export const namesake = { name: debtor.name, creditCode: '91350100M000100Y43' };

/** One invoice to the debtor, as a creditor's export has it. */
export async function sell(
  stage: Stage,
  creditor: Person,
  invoice: { number: string; invoicedOn: string; dueOn: string; amount: string },
): Promise<string> {
  const { number, invoicedOn, dueOn, amount } = invoice;
  const customer = 'customer number,customer name,credit code';
  const head = `invoice number,${customer},invoice date,due date,amount,currency`;
  const { name, creditCode } = debtor;
  const row = [number, 'K1', name, creditCode, invoicedOn, dueOn, amount, 'CNY'].join(',');
  await importFile(stage.town, creditor, [head, row, ''].join('\n'));
  const about = { query: '', region: '', industry: '', sort: '', currency: '' };
  const call = await creditor.as('credit_manager');
  return eventually(async () => {
    const page = { size: 10, cursor: '' };
    const { customers } = await stage.town.credit.listCustomers({ ...about, page }, call);
    const found = customers.find((one) => one.creditCode === creditCode);
    if (found === undefined) throw new Error('credit has not heard of the customer');
    return found.customerId;
  }, 20_000);
}

/** What the credit manager knows of the debtor: registry, answers, last year's statement. */
export async function writeFile(stage: Stage, creditor: Person, customerId: string) {
  const call = await creditor.as('credit_manager');
  await stage.ratings.putCreditFile(
    PutCreditFileRequest.fromPartial({
      customerId,
      registry: { foundedOn: '2009-05-01', status: 'active', ownership: 'private' },
      answers: { marketPosition: 3, integrity: 4, relationYears: 2 },
    }),
    call,
  );
  const statement = FinancialStatement.fromPartial({
    periodEnd: '2022-12-31',
    months: 12,
    currency: 'CNY',
    currentAssetsMinor: 6_000_000_00n,
    totalAssetsMinor: 10_000_000_00n,
    currentLiabilitiesMinor: 2_000_000_00n,
    totalLiabilitiesMinor: 4_000_000_00n,
    equityMinor: 6_000_000_00n,
    revenueMinor: 20_000_000_00n,
    netProfitMinor: 2_000_000_00n,
  });
  const asked = { customerId, statementId: randomUUIDv7(), statement };
  return (await stage.ratings.putFinancialStatement(asked, call)).rating;
}

/** A rating as far as the story follows it, with the warnings that stand. */
export async function ratingOf(stage: Stage, creditor: Person, customerId: string) {
  const call = await creditor.as('credit_manager');
  const { rating, warnings } = await stage.ratings.getRating({ customerId }, call);
  const { score, grade, pdBps, limit } = rating ?? {};
  const codes = warnings.map((one) => one.code).toSorted();
  return { score, grade, pdBps, limit: limit?.minor, warnings: codes };
}

/**
 * The credit manager asks to admit the customer, and the blacklist has answered; whoever decides is
 * named by his role.
 */
export async function askAdmission(
  stage: Stage,
  creditor: Person,
  customerId: string,
  limit: bigint,
) {
  const admissionId = randomUUIDv7();
  const askedTerms = { prepaid: false, netDays: 60, discountBps: 0, discountDays: 0 };
  const asked = { admissionId, customerId, askedLimit: cny(limit), askedTerms };
  const call = await creditor.as('credit_manager');
  await stage.ratings.askAdmission(AskAdmissionRequest.fromPartial(asked), call);
  const admission = await eventually(async () => {
    const found = await stage.ratings.getAdmission({ admissionId }, call);
    if (found.admission?.lookUp === undefined) throw new Error('not looked up yet');
    return found.admission;
  }, 30_000);
  const decide = async (role: string) => {
    const said = { admissionId, admit: true, requestId: randomUUIDv7() };
    const decision = DecideAdmissionRequest.fromPartial(said);
    return (await stage.ratings.decideAdmission(decision, await creditor.as(role))).admission;
  };
  return { admission, decide };
}
