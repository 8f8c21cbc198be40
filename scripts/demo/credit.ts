import { addDays, type Day } from '@recourse/kit/day.ts';
import {
  AskAdmissionRequest,
  DecideAdmissionRequest,
  FinancialStatement,
  PutCreditFileRequest,
} from '@recourse/proto/credit/v1/ratings.ts';
import type { Stage } from './stage.ts';

const manager = 'jinggong.credit_manager';

/** The creditor's largest customers, by what they owe. */
async function largest(stage: Stage, count: number): Promise<string[]> {
  const filter = { query: '', region: '', industry: '', currency: '' };
  const asked = { ...filter, sort: '-exposure', page: { size: count, cursor: '' } };
  const { customers } = await stage.credit.listCustomers(asked, await stage.as(manager));
  return customers.map((one) => one.customerId);
}

/**
 * Registry, answers and last year's statement of a customer; the smaller the place, the sounder.
 */
async function writeFile(stage: Stage, customerId: string, place: number, on: Day): Promise<void> {
  const call = await stage.as(manager);
  const registry = {
    foundedOn: `${2003 + 3 * place}-04-18`,
    status: place === 5 ? 'abnormal' : 'active',
    ownership: place === 0 ? 'listed' : 'private',
    employees: 900 - 150 * place,
    recentChanges: place > 3 ? 3 : 0,
    checkedOn: on.toString(),
  };
  const answers = { marketPosition: 5 - (place % 4), management: 4, integrity: 5 - (place % 3) };
  await stage.ratings.putCreditFile(
    PutCreditFileRequest.fromPartial({
      customerId,
      registry,
      answers: { ...answers, industryOutlook: 3, relationYears: 8 - place },
    }),
    call,
  );
  const total = 48_000_000_00n;
  const owed = (total * BigInt(35 + 8 * place)) / 100n;
  const statement = FinancialStatement.fromPartial({
    periodEnd: `${on.year - 1}-12-31`,
    months: 12,
    currency: 'CNY',
    audited: place < 3,
    currentAssetsMinor: 26_000_000_00n,
    totalAssetsMinor: total,
    currentLiabilitiesMinor: 11_000_000_00n + BigInt(place) * 2_000_000_00n,
    totalLiabilitiesMinor: owed,
    equityMinor: total - owed,
    revenueMinor: 61_000_000_00n,
    netProfitMinor: (4n - BigInt(place)) * 1_200_000_00n,
  });
  const asked = { customerId, statementId: stage.id('statement of year'), statement };
  await stage.ratings.putFinancialStatement(asked, call);
}

/** The credit manager gets to know the six largest customers, which are rated by it. */
export async function knowCustomers(stage: Stage, on: Day): Promise<void> {
  for (const [place, customerId] of (await largest(stage, 6)).entries()) {
    await writeFile(stage, customerId, place, on);
  }
}

/** News of one of them: it is rated anew and warned of. */
export async function hearOfTrouble(stage: Stage, on: Day): Promise<void> {
  const call = await stage.as(manager);
  for (const [customerId, codes] of [
    [(await largest(stage, 6))[1], ['tax_arrears', 'pledge']],
    [(await largest(stage, 6))[3], ['asset_transfer']],
  ] as const) {
    if (customerId === undefined) continue;
    const { file } = await stage.ratings.getCreditFile({ customerId }, call);
    const since = addDays(on, -5).toString();
    const about = { since, source: '企业公示系统', note: '', told: false };
    const known = {
      customerId,
      registry: file?.registry,
      answers: file?.answers,
      flags: codes.map((code) => ({ code, ...about })),
      documents: file?.documents ?? [],
      expectedVersion: file?.version ?? 0n,
    };
    await stage.ratings.putCreditFile(known, call);
  }
}

/** Two requests for credit: one decided by the director, one waiting for him. */
export async function askAdmissions(stage: Stage): Promise<void> {
  const [first, second] = (await largest(stage, 8)).slice(6);
  for (const [customerId, minor] of [
    [first, 800_000_00n],
    [second, 2_500_000_00n],
  ] as const) {
    if (customerId === undefined) continue;
    const admissionId = stage.id('admission');
    const askedTerms = { prepaid: false, netDays: 60, discountBps: 0, discountDays: 0 };
    const askedLimit = { currency: 'CNY', minor };
    const wanted = { admissionId, customerId, askedLimit, askedTerms, note: '年度框架合同' };
    const request = AskAdmissionRequest.fromPartial(wanted);
    await stage.ratings.askAdmission(request, await stage.as('jinggong.collector'));
    if (customerId !== first) continue;
    // The demo does not wait for the look-up; the note says why he decides.
    const said = { admissionId, admit: true, guaranteeRequired: true, note: '同意，按季复核' };
    const decision = { ...said, withoutLookUp: true, requestId: stage.id('admission decided') };
    const decided = DecideAdmissionRequest.fromPartial(decision);
    await stage.ratings.decideAdmission(decided, await stage.as('jinggong.director'));
  }
}
