import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUIDv7 } from 'node:crypto';
import {
  DebtType,
  type Matter,
  type OpenProceedingRequest,
  type PaymentOrderConditions,
  Procedure,
  type SmallClaimsBasis,
} from '@recourse/proto/litigation/v1/matters.ts';
import { DocumentKind } from '@recourse/proto/litigation/v1/papers.ts';
import { orderConditions } from './domain/payment-order.ts';
import { type Creditor, setStage, type Stage } from './stage.ts';

let stage: Stage;
let creditor: Creditor;
const cny = (minor: bigint) => ({ currency: 'CNY', minor });
const officer = () => creditor.as('legal_officer');

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
});

afterAll(() => stage.stop());

/** A matter of one case with this much open. */
async function matterOf(open: bigint, province: string): Promise<string> {
  const matterId = randomUUIDv7();
  const { caseId } = stage.openCase({ open: cny(open) });
  const debtType = DebtType.SALE_OF_GOODS;
  const asked = { matterId, caseIds: [caseId], title: '', debtType, province };
  await stage.matters.openMatter(asked, await officer());
  return matterId;
}

type Asked = Pick<OpenProceedingRequest, 'matterId' | 'procedure'> & Partial<OpenProceedingRequest>;

async function begin(asked: Asked): Promise<Matter> {
  const usual = { proceedingId: randomUUIDv7(), court: '苏州市虎丘区人民法院', on: '2026-01-05' };
  const answer = await stage.matters.openProceeding({ ...usual, ...asked }, await officer());
  if (answer.matter === undefined) throw new Error('no matter');
  return answer.matter;
}

async function move(matter: Matter, steps: readonly (readonly [string, string])[]) {
  const { matterId } = matter;
  const proceedingId = matter.proceedings[0]?.proceedingId ?? '';
  const said = { note: '', docketNumber: '', court: '', expectedVersion: 0n };
  let last: Matter | undefined;
  for (const [name, on] of steps) {
    const asked = { matterId, proceedingId, stage: name, on, ...said, requestId: randomUUIDv7() };
    last = (await stage.matters.moveProceeding(asked, await officer())).matter;
  }
  return last;
}

/** Filed on a day whose wages are known; until then the ceilings are those of the present day. */
async function filed(matter: Matter): Promise<Matter> {
  const after = await move(matter, [['filed', '2026-01-06']]);
  if (after === undefined) throw new Error('no matter');
  return after;
}

describe('small claims over gRPC', () => {
  const procedure = Procedure.SMALL_CLAIMS;
  const agreed: SmallClaimsBasis = { wage: undefined, agreedOn: '2025-12-30', agreement: '第十条' };

  it('take what is below the ceiling of the province, and show whose ceiling it is', async () => {
    const matterId = await matterOf(6_461_000n, '江苏省');
    const { proceedings } = await filed(await begin({ matterId, procedure }));
    expect(proceedings[0]).toMatchObject({
      smallClaimsStanding: {
        verdict: 'mandatory',
        mandatoryUpTo: cny(6_461_000n),
        byAgreementUpTo: cny(25_844_000n),
        wageYear: 2024,
        wageWhy: { rule: 'average_wage_CN-JS' },
      },
    });
  });

  it('need the agreement of both above half of the wage, and keep it', async () => {
    const matterId = await matterOf(10_000_000n, '江苏省');
    await expect(begin({ matterId, procedure })).rejects.toMatchObject({
      kind: 'refused',
      reason: 'small_claim_needs_agreement',
      facts: { claimed: '100000.00', mandatoryUpTo: '64610.00', byAgreementUpTo: '258440.00' },
    });
    const begun = await begin({ matterId, procedure, smallClaims: agreed });
    const { proceedings } = await filed(begun);
    expect(proceedings[0]).toMatchObject({
      smallClaims: agreed,
      smallClaimsStanding: { verdict: 'by_agreement' },
    });
  });

  it('are refused above twice the wage, whatever was agreed', async () => {
    const matterId = await matterOf(25_844_001n, 'CN-JS');
    const above = begin({ matterId, procedure, smallClaims: agreed });
    await expect(above).rejects.toMatchObject({ reason: 'small_claim_above_ceiling' });
    const wage = cny(30_000_000n);
    const smallClaims = { ...agreed, wage };
    const { proceedings } = await begin({ matterId, procedure, smallClaims });
    expect(proceedings[0]?.smallClaimsStanding).toMatchObject({ verdict: 'by_agreement', wage });
  });

  it('say that nothing can be told where the wage is not known', async () => {
    const matterId = await matterOf(99_000_000n, '北京市');
    const { proceedings } = await begin({ matterId, procedure });
    const unknown = { verdict: 'unknown', asks: 'average_wage' };
    expect(proceedings[0]?.smallClaimsStanding).toMatchObject(unknown);
  });
});

describe('a payment order over gRPC', () => {
  const procedure = Procedure.PAYMENT_ORDER;
  const conditions: PaymentOrderConditions = Object.fromEntries(
    orderConditions.map((name) => [name, true]),
  );

  it('asks for every condition, and refuses each no by its own reason', async () => {
    const matterId = await matterOf(10_000_000n, '');
    await expect(begin({ matterId, procedure })).rejects.toMatchObject({
      kind: 'invalid',
      reason: 'order_conditions_missing',
      facts: { missing: orderConditions.join(' ') },
    });
    const { due: _due, ...rest } = conditions;
    await expect(begin({ matterId, procedure, conditions: rest })).rejects.toMatchObject({
      reason: 'order_conditions_missing',
      violations: [{ field: '/conditions/due', rule: 'required' }],
    });
    const no = { ...conditions, noOtherDispute: false };
    await expect(begin({ matterId, procedure, conditions: no })).rejects.toMatchObject({
      kind: 'refused',
      reason: 'order_other_dispute',
    });
  });

  it('is drawn up by what its proceeding answered, and not without an answer', async () => {
    const matterId = await matterOf(10_000_000n, '');
    const kind = DocumentKind.PAYMENT_ORDER_APPLICATION;
    const draw = async (more: { conditions?: PaymentOrderConditions } = {}) => {
      const asked = { matterId, documentId: randomUUIDv7(), kind, facts: '', proceedingId: '' };
      return (await stage.papers.drawDocument({ ...asked, ...more }, await officer())).document;
    };
    await expect(draw()).rejects.toMatchObject({ reason: 'order_conditions_missing' });
    await expect(draw({ conditions: { ...conditions, due: false } })).rejects.toMatchObject({
      reason: 'order_debt_not_due',
    });
    expect(await draw({ conditions })).toMatchObject({ number: 1 });
    await begin({ matterId, procedure, conditions });
    expect(await draw()).toMatchObject({ number: 2, file: { fileName: /支付令申请书\.docx$/ } });
  });

  it('takes effect only after the 15 days in which the debtor may object', async () => {
    const matterId = await matterOf(10_000_000n, '');
    const begun = await begin({ matterId, procedure, conditions });
    await move(begun, [
      ['filed', '2026-01-06'],
      ['accepted', '2026-01-09'],
      ['issued', '2026-01-16'],
      ['served', '2026-01-20'],
    ]);
    // 15 days from 2026-01-20 end on 4 February, a Wednesday (民诉法 227).
    await expect(move(begun, [['effective', '2026-02-04']])).rejects.toMatchObject({
      kind: 'refused',
      reason: 'order_objection_period_runs',
      facts: { servedOn: '2026-01-20', objectBy: '2026-02-04' },
    });
    const proceedingId = begun.proceedings[0]?.proceedingId ?? '';
    const happening = {
      matterId,
      proceedingId,
      party: '',
      days: 0,
      until: '',
      deadline: '',
      replacesId: '',
      note: '',
    };
    const tell = async (kind: string, on: string) =>
      stage.matters.recordHappening(
        { ...happening, happeningId: randomUUIDv7(), kind, on },
        await officer(),
      );
    await tell('payment_order_objected', '2026-02-03');
    await expect(move(begun, [['effective', '2026-02-05']])).rejects.toMatchObject({
      reason: 'order_objected',
      facts: { objectedOn: '2026-02-03' },
    });
    await tell('payment_order_objection_rejected', '2026-02-09');
    const after = await move(begun, [['effective', '2026-02-10']]);
    expect(after?.proceedings[0]).toMatchObject({ stage: 'effective', conditions });
  });
});
