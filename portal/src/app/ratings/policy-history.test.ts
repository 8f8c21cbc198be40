import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Grade, ListCreditPoliciesResponse } from '@recourse/proto/web/credit/v1/ratings';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PolicyHistory } from './policy-history';

const table = (yuan: bigint) => ({
  rows: [{ grade: Grade.AA, limit: { currency: 'CNY', minor: yuan * 100n }, reviewMonths: 12 }],
  limitAlarmBps: 9000,
});
const own = (version: bigint, effectiveFrom: string, yuan: bigint) => ({
  ...table(yuan),
  own: true,
  version,
  policyVersion: `own-${version}`,
  effectiveFrom,
  writtenBy: { userId: 'u', name: '周敏' },
  writtenAt: '2026-11-20T02:00:00Z',
  note: '收紧',
});

@Component({ imports: [PolicyHistory], template: `<rc-policy-history [of]="of" />` })
class Host {
  readonly of = ListCreditPoliciesResponse.fromPartial({
    policies: [
      own(3n, '2099-01-01', 300_000n),
      own(2n, '2098-01-01', 400_000n),
      own(1n, '2026-01-05', 500_000n),
      { ...table(500_000n), policyVersion: 'shipped-2026-01', effectiveFrom: '2026-01-01' },
    ],
    inForce: 'own-1',
  });
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({});
});

describe('the versions of a policy', () => {
  it('say which is in force, which waits for its day, and which were replaced', async () => {
    const screen = await show(Host);
    expect(screen.texts('strong')).toEqual([
      '第 3 版',
      '第 2 版',
      '第 1 版',
      '系统自带 shipped-2026-01',
    ]);
    expect(screen.texts('rc-chip')).toEqual([
      '2099-01-01 起生效',
      '已被取代',
      '生效中',
      '已被取代',
    ]);
  });

  it('say who wrote each, why, and what it changed against the one before', async () => {
    const screen = await show(Host);
    expect(screen.texts('li')[0]).toContain('周敏');
    expect(screen.texts('li')[0]).toContain('收紧');
    expect(screen.texts('rc-policy-diff tbody tr')).toEqual([
      'AA额度¥400,000.00¥300,000.00',
      'AA额度¥500,000.00¥400,000.00',
    ]);
    expect(screen.texts('summary')).toEqual(['1 处修改', '1 处修改', '0 处修改']);
  });
});
