import { describe, expect, it } from '@jest/globals';
import {
  checkAgainstLedger,
  close,
  draw,
  type DrawFacts,
  lastDayOf,
  markLine,
  type Mark,
  type Statement,
  type StatementLine,
  totals,
} from './statement.ts';
import { agencyId, creditor } from './sample.ts';

const at = Temporal.Instant.from('2026-04-02T02:00:00Z');
const asked = { statementId: 's1', agencyId, month: '2026-03', currency: 'CNY' };
const actor = { userId: 'u', name: '陈会计', orgId: creditor.orgId, orgName: '远望机电' };
const cny = (minor: bigint) => ({ currency: 'CNY', minor });

function known(more: Partial<DrawFacts> = {}): DrawFacts {
  return {
    present: undefined,
    otherId: undefined,
    agencyName: '正信资产',
    freeLines: 3,
    nextSerial: 7,
    ...more,
  };
}

const open = (): Statement => draw(known(), asked, creditor, at).state;
const closed = (): Statement => ({ ...open(), state: 'CLOSED' });

function line(mark: Mark, commission: bigint): StatementLine {
  return {
    lineId: `l${commission}`,
    payment: cny(commission * 10n),
    commission: cny(commission),
    vat: cny(commission / 10n),
    mark,
    holdReason: mark === 'HELD' ? '金额不符' : '',
  };
}

const lines = [line('TICKED', 1000n), line('TICKED', -200n), line('HELD', 500n)];

describe('drawing a statement', () => {
  it('numbers it by month and serial', () => {
    expect(draw(known(), asked, creditor, at)).toMatchObject({
      state: { number: 'CS-2026-03-0007', state: 'OPEN', version: 1n },
      takesLines: true,
    });
  });

  it('again while open takes in new lines, and none when there are none', () => {
    const present = open();
    expect(draw(known({ present }), asked, creditor, at)).toMatchObject({
      state: { version: 2n },
      takesLines: true,
    });
    const nothingNew = known({ present, freeLines: 0 });
    expect(draw(nothingNew, asked, creditor, at)).toEqual({ state: present, takesLines: false });
  });

  it('again when closed changes nothing', () => {
    const present = closed();
    expect(draw(known({ present }), asked, creditor, at)).toEqual({
      state: present,
      takesLines: false,
    });
  });

  it.each([
    [
      'under the id of another',
      known({ present: { ...open(), month: '2026-01' } }),
      asked,
      'statement_exists_with_other_content',
    ],
    ['of a month that has one', known({ otherId: 's0' }), asked, 'statement_of_month_exists'],
    ['with an agency nobody knows', known({ agencyName: undefined }), asked, 'agency_unknown'],
    ['of a month to come', known(), { ...asked, month: '2026-05' }, 'month_not_begun'],
    ['of nothing', known({ freeLines: 0 }), asked, 'nothing_to_state'],
  ])('is refused %s', (_name, facts, command, reason) => {
    expect(() => draw(facts, command, creditor, at)).toThrow(reason);
  });

  it.each([
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
    ['2026-12', '2026-12-31'],
  ])('takes lines of %s up to %s', (month, last) => {
    expect(lastDayOf(month).toString()).toBe(last);
  });
});

describe('marking a line', () => {
  it('holds with a reason and forgets it when ticked', () => {
    const held = markLine(open(), line('OPEN', 5n), 'HELD', ' 金额不符 ');
    expect(held).toMatchObject({
      line: { mark: 'HELD', holdReason: '金额不符' },
      state: { version: 2n },
    });
    expect(markLine(held.state, held.line, 'TICKED', 'x').line).toMatchObject({
      mark: 'TICKED',
      holdReason: '',
    });
  });

  it.each([
    ['no statement', undefined, line('OPEN', 5n), 'TICKED', '', 'statement_unknown'],
    ['a closed one', closed(), undefined, 'TICKED', '', 'statement_closed'],
    ['no such line', open(), undefined, 'TICKED', '', 'line_not_on_statement'],
    ['no mark', open(), line('OPEN', 5n), undefined, '', 'mark_missing'],
    ['no reason', open(), line('OPEN', 5n), 'HELD', '  ', 'hold_without_reason'],
  ] as const)('is refused for %s', (_name, found, one, mark, reason, refused) => {
    expect(() => markLine(found, one, mark, reason)).toThrow(refused);
  });
});

describe('the totals', () => {
  it('part what is payable from what is held', () => {
    expect(totals(lines, 'CNY')).toEqual({
      lineCount: 3n,
      tickedCount: 2n,
      heldCount: 1n,
      payments: cny(13_000n),
      commission: cny(1300n),
      vat: cny(130n),
      payable: cny(880n),
      held: cny(550n),
    });
  });

  it('are what the ledger says, or are not said', () => {
    const made = totals(lines, 'CNY');
    expect(() => checkAgainstLedger(open(), made, 1430n)).not.toThrow();
    expect(() => checkAgainstLedger(open(), made, 1429n)).toThrow('statement_differs_from_ledger');
  });
});

describe('closing', () => {
  it('is for ever and says what is payable', () => {
    const { state, events } = close(open(), totals(lines, 'CNY'), 1n, actor, at);
    expect(state).toMatchObject({ state: 'CLOSED', closedBy: actor, closedAt: at, version: 2n });
    expect(events[0]).toMatchObject({
      $case: 'statementClosed',
      value: { payable: cny(880n), month: '2026-03' },
    });
  });

  const unmarked = totals([...lines, line('OPEN', 1n)], 'CNY');
  it.each([
    ['of nothing', undefined, totals([], 'CNY'), 0n, 'statement_unknown'],
    ['twice', closed(), totals(lines, 'CNY'), 1n, 'statement_closed'],
    ['of a stale one', open(), unmarked, 9n, 'statement_changed_meanwhile'],
    ['with a line unmarked', open(), unmarked, 0n, 'lines_not_marked'],
  ])('is refused %s', (_name, found, made, version, reason) => {
    expect(() => close(found, made, version, actor, at)).toThrow(reason);
  });
});
