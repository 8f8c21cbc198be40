import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  CreditPolicy,
  Grade,
  ListCreditPoliciesResponse,
  PutCreditPolicyResponse,
} from '@recourse/proto/web/credit/v1/ratings';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import type { Screen } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PolicyEditPage } from './policy-edit-page';
import { changesBetween } from './policy-changes';

const row = (grade: Grade, pdUpToBps: number, yuan: bigint) => ({
  grade,
  pdUpToBps,
  limit: { currency: 'CNY', minor: yuan * 100n },
  terms: { prepaid: false, netDays: 60, discountBps: 0, discountDays: 0 },
  reviewMonths: 12,
  admissible: true,
  equityShareBps: 2000,
});

const policy = (version: bigint, limit: bigint): CreditPolicy =>
  CreditPolicy.fromPartial({
    rows: [row(Grade.AAA, 10, 900_000n), row(Grade.AA, 30, limit)],
    policyVersion: `own-${version}`,
    own: true,
    limitAlarmBps: 9000,
    version,
  });

const versions = (...policies: CreditPolicy[]): unknown =>
  ListCreditPoliciesResponse.toJSON(ListCreditPoliciesResponse.fromPartial({ policies }));

async function opened(): Promise<Screen<PolicyEditPage>> {
  const opening = show(PolicyEditPage);
  await answer('/v1/credit-policies', versions(policy(2n, 500_000n)));
  return opening;
}

async function write<T>(screen: Screen<T>, label: string, text: string, at = 0): Promise<void> {
  const fields = screen.all('rc-text-field, rc-money-field');
  const field = fields.filter((one) => one.textContent?.includes(label))[at];
  const control = field?.querySelector<HTMLInputElement>('input, textarea');
  if (control === null || control === undefined) throw new Error(`no field ${label}`);
  control.value = text;
  control.dispatchEvent(new Event('input'));
  control.dispatchEvent(new Event('blur'));
  await screen.settle();
}

const save = (screen: Screen<unknown>): HTMLButtonElement => {
  const found = screen.all('button').find((one) => one.textContent?.trim() === '保存新版本');
  if (!(found instanceof HTMLButtonElement)) throw new Error('no button');
  return found;
};

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['credit_manager'] }) });
});

describe('a policy that is written anew', () => {
  it('has a row for each grade and none to add or remove', async () => {
    const screen = await opened();
    expect(screen.texts('legend')).toEqual(['AAA', 'AA']);
    expect(screen.texts('rc-form-rows button').filter((one) => one !== '')).toEqual([]);
    expect(screen.texts('rc-policy-diff')).toEqual(['没有修改']);
    expect(save(screen).disabled).toBe(true);
  });

  it('shows what it changes, and asks why before it is saved', async () => {
    const screen = await opened();
    await write(screen, '额度', '400000', 1);
    expect(screen.texts('rc-policy-diff tbody tr')).toEqual(['AA额度¥500,000.00¥400,000.00']);
    expect(save(screen).disabled).toBe(true);
    await write(screen, '修订理由', '收紧');
    save(screen).click();
    const sent = await answer(
      '/v1/credit-policy',
      PutCreditPolicyResponse.toJSON({ policy: undefined }),
    );
    expect(sent).toMatchObject({
      expectedVersion: '2',
      note: '收紧',
      limitAlarmBps: 9000,
      rows: [{ grade: Grade.AAA }, { grade: Grade.AA, limit: { minor: '40000000' } }],
    });
  });

  it('is compared with what somebody saved meanwhile, and keeps what was written', async () => {
    const screen = await opened();
    await write(screen, '额度', '400000', 1);
    await write(screen, '修订理由', '收紧');
    save(screen).click();
    await answer('/v1/credit-policy', { reason: 'policy_changed_meanwhile' }, 412);
    expect(screen.texts('[role=alert]').join('')).toContain('有人刚保存了更新的版本');
    const again = screen.all('[role=alert] button')[0];
    again?.click();
    await answer('/v1/credit-policies', versions(policy(3n, 450_000n)));
    await screen.settle();
    expect(screen.texts('rc-policy-diff tbody tr')).toEqual(['AA额度¥450,000.00¥400,000.00']);
    save(screen).click();
    const done = PutCreditPolicyResponse.toJSON({ policy: undefined });
    expect(await answer('/v1/credit-policy', done)).toMatchObject({ expectedVersion: '3' });
  });
});

it('two versions that say the same do not differ', () => {
  expect(changesBetween(policy(1n, 500_000n), policy(2n, 500_000n))).toEqual([]);
});
