import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buffer } from 'node:stream/consumers';
import { createFiles } from '@recourse/kit/files.ts';
import { amountOnPaper } from '@recourse/kit/paper.ts';
import { extractText, getDocumentProxy } from 'unpdf';
import { agencyCall, creditorCall, dayFromToday, oneCase, type Rig, startRig } from './book-rig.ts';
import { payment, reversal } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

const documents = [
  { amountMinor: 1_234_567_89n, daysAgo: 40 },
  { amountMinor: 500_01n, daysAgo: 10 },
];

const figure = (amount = { currency: 'CNY', minor: 0n }): string => amountOnPaper(amount);

/** What a creditor's colleague reads in the account of a case. */
async function account(orgId: string, caseId: string, language = ''): Promise<string> {
  const call = await creditorCall(rig, orgId, 'collector');
  const { file } = await rig.work.exportAccount({ caseId, language }, call);
  expect(file?.mediaType).toBe('application/pdf');
  const { meta, stream } = await createFiles({ bus: rig.service.bus }).get(
    orgId,
    file?.fileId ?? '',
  );
  expect(meta.fileName).toBe(file?.fileName);
  const pdf = await getDocumentProxy(new Uint8Array(await buffer(stream)));
  const { text } = await extractText(pdf, { mergePages: true });
  return text.replaceAll(/\s+/g, ' ');
}

describe('the account of a case', () => {
  it('says what the screen says of documents, payments and the claim', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const { caseId } = file;
    const finance = await creditorCall(rig, orgId, 'finance');
    await rig.work.recordPayment(payment(caseId, 234_567_89n, { reference: 'R-7' }), finance);
    const bounced = payment(caseId, 5_00n, { means: 'cheque', reference: 'R-8' });
    await rig.work.recordPayment(bounced, finance);
    await rig.work.reversePayment(reversal(caseId, bounced.paymentId), finance);
    const { case: now } = await rig.cases.getCase({ caseId }, finance);
    const page = undefined;
    const { receivables } = await rig.cases.listCaseReceivables({ caseId, page }, finance);
    const text = await account(orgId, caseId);
    expect(text).toContain(`对账单 ${now?.number}`);
    expect(text).toContain(`致：${now?.debtorName}`);
    expect(text).toContain(`截止日：${dayFromToday(0)}`);
    expect(text).toContain(`未付合计：CNY ${figure(now?.open)}`);
    for (const { documentNumber, dueDate, amount, open, daysOverdue } of receivables) {
      const settled = { currency: 'CNY', minor: (amount?.minor ?? 0n) - (open?.minor ?? 0n) };
      const amounts = [amount, settled, open].map(figure).join(' ');
      expect(text).toContain(`${documentNumber} ${dueDate} ${amounts} ${daysOverdue}`);
    }
    expect(text).toContain('合计 1,235,067.90 234,567.89 1,000,500.01');
    expect(text).toContain(`${dayFromToday(0)} 银行转账 R-7 234,567.89 已入账`);
    expect(text).toContain(`${dayFromToday(0)} 支票 R-8 5.00 已退回，不计入合计 合计 234,567.89`);
    expect(text).toContain('单据未付 1,000,500.01 未付合计 1,000,500.01');
    expect(text).toContain(`${now?.debtorName}（盖章）`);
  });

  it('is in English for who asks for it, and the same file until something changes', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const { caseId } = file;
    const text = await account(orgId, caseId, 'en');
    expect(text).toContain(`Statement of account ${file.number}`);
    expect(text).toContain('No payments were recorded up to that day.');
    const call = await creditorCall(rig, orgId, 'finance');
    const asked = () => rig.work.exportAccount({ caseId, language: 'en' }, call);
    const before = await asked();
    expect((await asked()).file).toEqual(before.file);
    await rig.work.recordPayment(payment(caseId, 1n), call);
    expect((await asked()).file?.fileId).not.toBe(before.file?.fileId);
  });

  it('is not given of a closed case, to an agency or to another creditor', async () => {
    const { orgId, file } = await oneCase(rig, documents);
    const { caseId } = file;
    const request = { caseId, language: '' };
    const agent = await agencyCall(rig, crypto.randomUUID(), 'agency_manager');
    await expect(rig.work.exportAccount(request, agent)).rejects.toMatchObject({ kind: 'denied' });
    const other = await creditorCall(rig, crypto.randomUUID(), 'finance');
    await expect(rig.work.exportAccount(request, other)).rejects.toMatchObject({ kind: 'missing' });
    const call = await creditorCall(rig, orgId, 'finance');
    await rig.work.recordPayment(payment(caseId, 1_235_067_90n), call);
    await expect(rig.work.exportAccount(request, call)).rejects.toMatchObject({
      reason: 'account_of_closed_case',
    });
  });
});
