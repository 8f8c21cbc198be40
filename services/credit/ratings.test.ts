import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Promised } from '@recourse/kit/client.ts';
import { createFiles } from '@recourse/kit/files.ts';
import { namedAndKept } from '@recourse/kit/kept-rig.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { testPlatform, type TestPlatform, type TestService } from '@recourse/kit/testing.ts';
import {
  CreditServiceClient,
  CustomerKind,
  PutCustomerRequest,
} from '@recourse/proto/credit/v1/credit.ts';
import { ModelServiceClient, FitModelRequest } from '@recourse/proto/credit/v1/models.ts';
import {
  AskWhatIfRequest,
  FinancialStatement,
  ListRatingsRequest,
  PutCreditFileRequest,
  RatingServiceClient,
} from '@recourse/proto/credit/v1/ratings.ts';
import { credit } from './service.ts';
import { namedFiles } from './store/named-files.ts';

let platform: TestPlatform;
let service: TestService;
let customers: Promised<CreditServiceClient>;
let ratings: Promised<RatingServiceClient>;
let models: Promised<ModelServiceClient>;
const orgId = randomUUIDv7();
const customerId = randomUUIDv7();

beforeAll(async () => {
  platform = await testPlatform();
  service = await platform.startService(credit);
  customers = service.client(CreditServiceClient);
  ratings = service.client(RatingServiceClient);
  models = service.client(ModelServiceClient);
  await customers.putCustomer(
    PutCustomerRequest.fromPartial({
      customerId,
      kind: CustomerKind.COMPANY,
      name: '宁波远达贸易有限公司',
    }),
    await manager(),
  );
});

afterAll(() => platform.stop());

const manager = (userId = randomUUIDv7(), org = orgId) =>
  platform.call({ role: 'credit_manager', orgId: org, userId });

const director = (userId = randomUUIDv7()) => platform.call({ role: 'director', orgId, userId });

function statement(over: Partial<FinancialStatement> = {}): FinancialStatement {
  return FinancialStatement.fromPartial({
    periodEnd: '2025-12-31',
    months: 12,
    currency: 'CNY',
    currentAssetsMinor: 6_000_000_00n,
    totalAssetsMinor: 10_000_000_00n,
    currentLiabilitiesMinor: 2_000_000_00n,
    totalLiabilitiesMinor: 4_000_000_00n,
    equityMinor: 6_000_000_00n,
    revenueMinor: 20_000_000_00n,
    netProfitMinor: 2_000_000_00n,
    ...over,
  });
}

describe('a customer whose file is written', () => {
  const licence = { fileId: randomUUIDv7(), name: '营业执照.pdf', kind: 'licence' };

  it('is rated with reasons that add up to the score', async () => {
    const about = { fileName: licence.name, mediaType: 'application/pdf', maxBytes: 100 };
    const scan = Readable.from([Buffer.from('scan')]);
    await createFiles({ bus: service.bus }).put(orgId, licence.fileId, scan, about);
    const { rating } = await ratings.putCreditFile(
      PutCreditFileRequest.fromPartial({
        customerId,
        registry: { foundedOn: '2009-05-01', status: 'active', ownership: 'private' },
        answers: { marketPosition: 4, integrity: 5, relationYears: 6 },
        documents: [licence],
      }),
      await manager(),
    );
    const total = rating?.reasons.reduce((sum, one) => sum + one.points, rating.basePoints);
    expect(rating?.score).toBe(total);
    expect(rating).toMatchObject({ modelId: 'expert', modelVersion: 'expert-2026-01' });
    expect(rating?.reasons.some((one) => one.code === 'integrity' && one.points > 0)).toBe(true);
    const { file } = await ratings.getCreditFile({ customerId }, await manager());
    expect(file?.documents).toEqual([licence]);
    const known = await namedAndKept(service, namedFiles, { orgId, fileId: licence.fileId });
    expect(known).toEqual({ named: true, kept: true });
  });

  it('refuses a version that is not the present one', async () => {
    const stale = ratings.putCreditFile(
      PutCreditFileRequest.fromPartial({ customerId, expectedVersion: 7n }),
      await manager(),
    );
    await expect(stale).rejects.toMatchObject({ reason: 'credit_file_changed_meanwhile' });
  });

  it('gains by sound statements, and its limit keeps to its equity', async () => {
    const { rating, file } = await ratings.putFinancialStatement(
      { customerId, statementId: randomUUIDv7(), statement: statement() },
      await manager(),
    );
    expect(file?.statements).toHaveLength(1);
    const codes = rating?.reasons.filter((one) => one.points > 0).map((one) => one.code);
    expect(codes).toEqual(expect.arrayContaining(['current_ratio', 'debt_ratio', 'net_margin']));
    expect(rating?.limit?.minor).toBeLessThanOrEqual(1_200_000_00n);
  });

  it('refuses a statement that does not balance, with the difference', async () => {
    const refused = ratings.putFinancialStatement(
      { customerId, statementId: randomUUIDv7(), statement: statement({ equityMinor: 5n }) },
      await manager(),
    );
    await expect(refused).rejects.toMatchObject({
      reason: 'statement_does_not_balance',
      facts: { differenceMinor: 5_999_999_95n },
    });
  });

  it('takes statements from CSV once, however often it is sent', async () => {
    const csv = [
      '科目,2023-12-31,2024-12-31',
      '资产总计,"1,000",1200',
      '负债合计,400,500',
      '所有者权益合计,600,700',
    ].join('\n');
    const request = { customerId, requestId: randomUUIDv7(), csv, currency: 'CNY', unit: 10_000n };
    const call = await manager();
    await ratings.importFinancialStatements(request, call);
    const { file } = await ratings.importFinancialStatements(request, call);
    expect(file?.statements.map((one) => one.periodEnd)).toEqual([
      '2025-12-31',
      '2024-12-31',
      '2023-12-31',
    ]);
    expect(file?.statements[2]?.totalAssetsMinor).toBe(1_000n * 10_000n * 100n);
  });

  it('would be better off without a flag, and nothing is kept of the question', async () => {
    const call = await manager();
    const { file } = await ratings.getCreditFile({ customerId }, call);
    const since = '2026-10-01';
    await ratings.putCreditFile(
      PutCreditFileRequest.fromPartial({
        customerId,
        ...(file?.registry === undefined ? {} : { registry: file.registry }),
        ...(file?.answers === undefined ? {} : { answers: file.answers }),
        flags: [{ code: 'lawsuit', since }],
        expectedVersion: file?.version ?? 0n,
      }),
      call,
    );
    const asked = AskWhatIfRequest.fromPartial({ customerId, flagsGone: ['lawsuit'] });
    const { present, pointsGained } = await ratings.askWhatIf(asked, call);
    expect(pointsGained).toBe(10);
    const { rating, warnings } = await ratings.getRating({ customerId }, call);
    expect(rating?.score).toBe(present?.score);
    expect(warnings.map((one) => one.code)).toContain('lawsuit');
  });

  it('refuses a what-if of something nobody asks', async () => {
    const asked = AskWhatIfRequest.fromPartial({
      customerId,
      values: [{ code: 'shoe_size', value: '4' }],
    });
    const refused = ratings.askWhatIf(asked, await manager());
    await expect(refused).rejects.toMatchObject({ reason: 'characteristic_unknown' });
  });

  it('stands in the list of ratings and is unknown to another creditor', async () => {
    const request = ListRatingsRequest.fromPartial({ query: '远达' });
    const { customers: found, grades } = await ratings.listRatings(request, await manager());
    expect(found).toMatchObject([{ customerId, name: '宁波远达贸易有限公司' }]);
    expect(grades).toHaveLength(1);
    const foreign = await manager(randomUUIDv7(), randomUUIDv7());
    await expect(ratings.getRating({ customerId }, foreign)).rejects.toMatchObject({
      reason: 'customer_unknown',
    });
  });
});

describe('a policy', () => {
  it('is the shipped one until the organisation writes its own', async () => {
    const call = await manager();
    const { policy } = await ratings.getCreditPolicy({}, call);
    expect(policy).toMatchObject({ own: false, policyVersion: 'shipped-2026-01' });
    const rows = policy?.rows ?? [];
    const rest = { effectiveFrom: '', note: '收紧' };
    const request = { rows, limitAlarmBps: 8_000, expectedVersion: 0n, ...rest };
    const { policy: own } = await ratings.putCreditPolicy(request, call);
    expect(own).toMatchObject({ own: true, policyVersion: 'own-1', limitAlarmBps: 8_000 });
    await expect(ratings.putCreditPolicy(request, call)).rejects.toMatchObject({
      reason: 'policy_changed_meanwhile',
    });
    const short = { rows: rows.slice(1), limitAlarmBps: 0, expectedVersion: 1n, ...rest };
    await expect(ratings.putCreditPolicy(short, call)).rejects.toMatchObject({
      reason: 'policy_lacks_grade',
    });
  });

  it('keeps every version, and one for a later day leaves today as it is', async () => {
    const call = await manager();
    const { policy: present } = await ratings.getCreditPolicy({}, call);
    const { rows = [], version = 0n } = present ?? {};
    const later = { effectiveFrom: '2099-01-01', note: '新年政策' };
    const request = { rows, limitAlarmBps: 7_000, expectedVersion: version, ...later };
    const { policy: next } = await ratings.putCreditPolicy(request, call);
    const known = await ratings.getCreditPolicy({}, call);
    expect(known.policy?.policyVersion).toBe(present?.policyVersion);
    const page = { size: 1, cursor: '' };
    const first = await ratings.listCreditPolicies({ page }, call);
    expect(first).toMatchObject({ policies: [next], inForce: present?.policyVersion });
    expect(next?.writtenBy?.userId).toBe(call.caller.userId);
    const cursor = first.page?.nextCursor ?? '';
    const rest = await ratings.listCreditPolicies({ page: { size: 50, cursor } }, call);
    expect(rest.policies.map((one) => one.policyVersion)).toEqual(['own-1', 'shipped-2026-01']);
  });
});

describe('a model', () => {
  const fitter = randomUUIDv7();
  const modelId = randomUUIDv7();

  /** Outcomes that follow two facts every customer's file can answer. */
  function table(from = 0, count = 600): Buffer {
    const lines = ['current_ratio,debt_ratio,bad'];
    for (let row = from; row < from + count; row += 1) {
      const ratio = ((row * 37) % 100) / 40;
      const debt = ((row * 53) % 100) / 100;
      // No hundred rows are like another.
      const chance = ((row * 29 + Math.floor(row / 100) * 41) % 100) / 100;
      const isBad = debt * 2 - ratio + chance > 0.7;
      lines.push(`${ratio},${debt},${isBad ? 1 : 0}`);
    }
    return Buffer.from(lines.join('\n'));
  }

  async function upload(content: Buffer): Promise<string> {
    const fileId = randomUUIDv7();
    const about = { fileName: 'outcomes.csv', mediaType: 'text/csv', maxBytes: 1_000_000 };
    const source = (async function* chunks() {
      yield await Promise.resolve(content);
    })();
    await createFiles({ bus: service.bus }).put(orgId, fileId, source, about);
    return fileId;
  }

  async function ended(id: string): Promise<string> {
    return eventually(async () => {
      const { model } = await models.getModel({ modelId: id }, await manager());
      if (model === undefined || model.state === 'MODEL_STATE_FITTING') throw new Error('not yet');
      return `${model.state} ${model.failure}`.trim();
    });
  }

  it('is fitted as a job and says how good it is', async () => {
    const fileId = await upload(table());
    const request = FitModelRequest.fromPartial({
      modelId,
      name: '违约模型',
      kind: 'MODEL_KIND_SCORECARD',
      fileId,
      target: 'bad',
    });
    const { model } = await models.fitModel(request, await manager(fitter));
    expect(model?.state).toBe('MODEL_STATE_FITTING');
    expect(await ended(modelId)).toBe('MODEL_STATE_FITTED');
    const { model: fitted } = await models.getModel({ modelId }, await manager());
    expect(fitted?.figures?.aucMillionths).toBeGreaterThan(800_000);
    expect(fitted).toMatchObject({ unanswered: [], badValue: '1' });
  });

  it('is validated on rows it has not seen, and by name not on other columns', async () => {
    const measured = async (content: Buffer) => {
      const validationId = randomUUIDv7();
      const asked = { modelId, requestId: validationId, fileId: await upload(content) };
      await models.validateModel(asked, await manager());
      return eventually(async () => {
        const { model } = await models.getModel({ modelId }, await manager());
        const found = model?.validations.find((one) => one.validationId === validationId);
        if (found === undefined) throw new Error('not yet');
        return found;
      });
    };
    const { figures, ...about } = await measured(table(600, 400));
    expect(about).toMatchObject({ fileName: 'outcomes.csv', failure: '' });
    expect(figures?.recordCount).toBe(400n);
    expect(figures?.aucMillionths).toBeGreaterThan(800_000);
    expect(figures?.calibration.reduce((sum, row) => sum + row.count, 0n)).toBe(400n);
    const strange = table(600, 400).toString().replace('current_ratio,debt_ratio', 'a,b');
    expect(await measured(Buffer.from(strange))).toMatchObject({
      failure: 'table_has_none_of_the_columns',
      figures: undefined,
    });
  });

  it.each([
    ['one class', 'a,bad\n1,0\n2,0\n', 'target_has_one_class'],
    ['too few records', 'a,bad\n1,0\n2,1\n', 'too_few_records'],
  ])('fails by name on a table with %s', async (_words, text, reason) => {
    const failing = randomUUIDv7();
    const fileId = await upload(Buffer.from(text));
    const about = { modelId: failing, name: 'x', kind: 'MODEL_KIND_TREES' as const };
    const request = FitModelRequest.fromPartial({ ...about, fileId, target: 'bad' });
    await models.fitModel(request, await manager());
    expect(await ended(failing)).toBe(`MODEL_STATE_FAILED ${reason}`);
  });

  it('is not activated by who fitted it; by another it rates customers', async () => {
    const activation = () => ({ modelId, requestId: randomUUIDv7(), note: '' });
    await expect(models.activateModel(activation(), await manager(fitter))).rejects.toMatchObject({
      reason: 'own_model_activated',
    });
    const { model } = await models.activateModel(activation(), await director());
    expect(model?.state).toBe('MODEL_STATE_ACTIVE');
    const asked = { customerId, requestId: randomUUIDv7() };
    const { rating } = await ratings.rateCustomer(asked, await manager());
    expect(rating?.modelId).toBe(modelId);
    expect(rating?.reasons.every((one) => one.group === 'model')).toBe(true);
    const watched = await models.monitorModel({ modelId }, await manager());
    expect(watched).toMatchObject({ ratedCount: 1n, verdict: 'too_few' });
    const counted = { outcomeCount: 0n, runningCount: 1n, ofReceivables: false, lateDays: 90 };
    expect(watched).toMatchObject(counted);
  });

  it('that is retired gives way to the shipped card', async () => {
    await models.retireModel({ modelId, requestId: randomUUIDv7() }, await director());
    const asked = { customerId, requestId: randomUUIDv7() };
    const { rating } = await ratings.rateCustomer(asked, await manager());
    expect(rating?.modelId).toBe('expert');
  });
});
