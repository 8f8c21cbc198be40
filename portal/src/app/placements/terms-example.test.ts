import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CommissionTerms } from '@recourse/proto/web/agencies/v1/agencies';
import {
  LineKind,
  PreviewCommissionRequest,
  PreviewCommissionResponse,
} from '@recourse/proto/web/agencies/v1/commission';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { TermsExample } from './terms-example';

const cny = (minor: bigint) => ({ currency: 'CNY', minor });

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ orgKind: 'agency' }) });
});

describe('an example of terms', () => {
  it('asks the server, and shows each line with its rule and what is left', async () => {
    const terms = CommissionTerms.fromPartial({
      model: { $case: 'flat', value: { rateBps: 1500 } },
      litigationUpliftBps: 500,
    });
    const screen = await show(TermsExample, { terms });
    // Typing rests before the server is asked.
    await new Promise((done) => setTimeout(done, 400));
    const line = (kind: LineKind, paymentNumber: number, minor: bigint, term: string) => ({
      kind,
      paymentNumber,
      postedWith: 2,
      payment: cny(kind === LineKind.ACCRUAL ? 3_000_000n : 0n),
      term,
      commission: cny(minor),
      vat: cny(1n),
    });
    const found = PreviewCommissionResponse.fromPartial({
      lines: [
        line(LineKind.RETAINER, 0, 100n, 'retainer'),
        line(LineKind.ACCRUAL, 1, 450_000n, 'flat;litigation:500'),
        line(LineKind.ADJUSTMENT, 1, 5n, 'flat'),
      ],
      commission: cny(450_105n),
      vat: cny(3n),
    });
    const answered = PreviewCommissionResponse.toJSON(found);
    const asked = await answer('/v1/commission:preview', answered);
    const body = PreviewCommissionRequest.fromJSON(asked);
    expect(body.placed).toEqual(cny(10_000_000n));
    expect(body.payments.map((one) => [one.amount?.minor, one.inLitigation])).toEqual([
      [3_000_000n, false],
      [5_000_000n, true],
      [2_000_000n, false],
    ]);
    await screen.settle();
    const rows = screen.all('tbody tr').map((row) => row.textContent?.replaceAll(/\s+/g, ' '));
    expect(rows[0]).toContain('接受时');
    expect(rows[1]).toContain('固定费率 · 诉讼期间加 5%');
    expect(rows[2]).toContain('第 1 笔，随第 2 笔调整');
    expect(screen.all('tfoot td').map((cell) => cell.textContent?.trim())).toContain('¥25,498.95');
  });

  it('asks nothing while the terms do not hold', async () => {
    const screen = await show(TermsExample, { terms: undefined });
    expect(screen.all('tbody tr')).toEqual([]);
  });
});
