import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientCall, Promised } from '@recourse/kit/client.ts';
import { eventually } from '@recourse/kit/eventually.ts';
import { exportedText } from '@recourse/kit/exported-text.ts';
import {
  type CreateMatterExportRequest,
  MatterExportsServiceClient,
} from '@recourse/proto/litigation/v1/exports.ts';
import { ListDebtsRequest } from '@recourse/proto/litigation/v1/limitation.ts';
import {
  CloseMatterRequest,
  DebtType,
  ListMattersRequest,
  MatterOutcome,
  MatterState,
  Procedure,
} from '@recourse/proto/litigation/v1/matters.ts';
import { ExportFormat } from '@recourse/proto/type/v1/export.ts';
import { letter, tellAll } from './letter-rig.ts';
import { type Creditor, setStage, type Stage } from './stage.ts';

type List = NonNullable<CreateMatterExportRequest['list']>;

let stage: Stage;
let creditor: Creditor;
let exports: Promised<MatterExportsServiceClient>;
const officer = () => creditor.as('legal_officer');
const [open, closed] = [randomUUIDv7(), randomUUIDv7()];

beforeAll(async () => {
  stage = await setStage();
  creditor = stage.creditor();
  exports = stage.service.client(MatterExportsServiceClient);
  for (const [matterId, title] of [
    [open, '远望机电诉恒达'],
    [closed, '远望机电诉=宏远'],
  ] as const) {
    const { caseId } = stage.openCase({ open: { currency: 'CNY', minor: 50_000_000n } });
    const about = { debtType: DebtType.SALE_OF_GOODS, province: '上海市' };
    await stage.matters.openMatter(
      { matterId, caseIds: [caseId], title, ...about },
      await officer(),
    );
  }
  const suit = { proceedingId: randomUUIDv7(), procedure: Procedure.ORDINARY, on: '2026-01-05' };
  await stage.matters.openProceeding(
    { matterId: open, ...suit, court: '苏州市虎丘区人民法院' },
    await officer(),
  );
  const over = { outcome: MatterOutcome.SETTLED, reason: '已和解', requestId: randomUUIDv7() };
  await stage.matters.closeMatter(
    CloseMatterRequest.fromPartial({ matterId: closed, ...over, expectedVersion: 1n }),
    await officer(),
  );
});

afterAll(() => stage.stop());

function asked(list: List, columns: string[], language = '') {
  const look = { format: ExportFormat.CSV, columns, language };
  return { exportId: randomUUIDv7(), look, list };
}

async function written(
  list: List,
  columns: string[],
  call: ClientCall,
  language = '',
): Promise<string[]> {
  const wanted = asked(list, columns, language);
  await exports.createMatterExport(wanted, call);
  const look = () => exports.getMatterExport({ exportId: wanted.exportId }, call);
  const { text } = await exportedText(stage.service.bus, creditor.orgId, look);
  return text.trimEnd().split('\r\n');
}

describe('an export of matters', () => {
  it('has the matters of the filter, with the stage that the list shows', async () => {
    const call = await officer();
    const value = ListMattersRequest.fromPartial({ states: [MatterState.OPEN] });
    const { matters } = await stage.matters.listMatters(value, call);
    const [head, ...rows] = await written({ $case: 'matters', value }, ['title', 'stage'], call);
    expect(head).toBe('\uFEFF名称,编号,进展');
    expect(rows).toEqual(matters.map((m) => `${m.title},${m.number},普通程序 · 准备`));
    expect(matters.map((m) => m.matterId)).toEqual([open]);
  });

  it('without a filter has them all, in English too', async () => {
    const call = await officer();
    const value = ListMattersRequest.fromPartial({});
    const { matters } = await stage.matters.listMatters(value, call);
    const wanted = ['title', 'state', 'claimed', 'limitation', 'gaps'];
    const list = { $case: 'matters', value } as const;
    const [head, ...rows] = await written(list, wanted, call, 'en');
    expect(head).toBe('\uFEFFTitle,Number,State,Claimed,Currency,Limitation expires,Evidence gaps');
    expect(rows).toEqual(
      matters.map((m) => {
        const state = m.matterId === open ? 'Open' : 'Settled';
        const about = `${m.title},${m.number},${state},500000.00,CNY`;
        return `${about},${m.limitationExpiresOn},${m.evidenceGaps}`;
      }),
    );
    expect(rows).toHaveLength(2);
  });
});

describe('an export of debts', () => {
  it('has each debt’s clock as the list shows it', async () => {
    const call = await officer();
    const value = ListDebtsRequest.fromPartial({});
    const ofDebts = async () => (await stage.limitation.listDebts(value, call)).debts;
    const [posted] = await ofDebts();
    const [sent] = letter(posted?.debtId ?? '', { on: '2026-05-04' });
    await tellAll(stage, creditor, [sent], 'as_given');
    const debts = await eventually(async () => {
      const now = await ofDebts();
      expect(now.some((d) => d.lettersUnderWay.length === 1)).toBe(true);
      return now;
    });
    const wanted = ['debtor', 'left', 'expires', 'amount', 'next'];
    const [head, ...rows] = await written({ $case: 'debts', value }, wanted, call);
    expect(head).toBe(
      '\uFEFF债务人,案件号,剩余天数,届满,时效状态,未清,币种,成本最低的下一步,成本,最迟,' +
        '在途函件,最早寄出',
    );
    expect(rows.map((row) => row.split(',').slice(-2))).toEqual(
      debts.map((d) => (d.debtId === posted?.debtId ? ['1', '2026-05-04'] : ['', ''])),
    );
    expect(rows.map((row) => row.split(',').slice(0, 4))).toEqual(
      debts.map((d) => [
        d.debtorName,
        d.caseNumber,
        String(d.clock?.daysLeft),
        d.clock?.expiresOn ?? '',
      ]),
    );
    expect(rows.every((row) => row.includes(',时效进行中,500000.00,CNY,'))).toBe(true);
    expect(rows).toHaveLength(2);
  });
});

describe('who may not read litigation', () => {
  it.each(['collector', 'finance'])('as a %s takes no list of it away', async (role) => {
    const wanted = asked({ $case: 'matters', value: ListMattersRequest.fromPartial({}) }, []);
    const refused = exports.createMatterExport(wanted, await creditor.as(role, '李催'));
    await expect(refused).rejects.toMatchObject({ kind: 'denied', reason: 'role_not_allowed' });
  });
});
