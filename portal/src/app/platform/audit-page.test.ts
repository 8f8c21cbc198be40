import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SearchAuditResponse } from '@recourse/proto/web/platform/v1/audit';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { AuditPage } from './audit-page';
import { mergeAudit, startOf } from './merge-audit';
import { serviceNames } from './services';

function entry(service: string, minute: string, reason = '') {
  return {
    entryId: `${service}-${minute}`,
    service,
    at: `2026-11-20T02:${minute}:00Z`,
    verb: 'paymentRecorded',
    objectId: 'case-1',
    by: { userId: 'u', name: '陈静', orgId: 'o', orgName: '苏州精工' },
    reason,
    cursor: `after-${service}-${minute}`,
    position: `2026-11-20 02:${minute}:00+00 ${service}`,
  };
}

function answerOf(entries: ReturnType<typeof entry>[], nextCursor = '', count = entries.length) {
  const page = { nextCursor, count: BigInt(count), countEstimated: false };
  return SearchAuditResponse.fromPartial({ entries, page });
}

const at = (service: string) => `/v1/platform/${service}/audit`;
beforeEach(() => chooseLanguage('zh-CN'));

describe('the page of the audit', () => {
  const person = { orgKind: 'platform', roles: ['platform_admin'] } as const;

  it('shows what all services know, by time, and says which did not answer', async () => {
    TestBed.configureTestingModule({ providers: pageProviders(person) });
    const showing = show(AuditPage);
    for (const name of serviceNames) {
      if (name === 'blacklist') {
        await answer(at(name), { status: 500, reason: 'internal' }, 500);
        continue;
      }
      const entries =
        name === 'cases'
          ? [entry(name, '30'), entry(name, '10')]
          : name === 'agencies'
            ? [entry(name, '20', '欠缴年费')]
            : [];
      await answer(at(name), SearchAuditResponse.toJSON(answerOf(entries)));
    }
    const screen = await showing;
    const rows = screen.texts('rc-data-table tbody tr');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain('案件');
    expect(rows[0]).toContain('登记回款 paymentRecorded');
    expect(rows[1]).toContain('机构');
    expect(rows[1]).toContain('欠缴年费');
    expect(rows[2]).toContain('陈静');
    expect(screen.texts('rc-no-answer [role=alert]').join()).toContain('没有应答：黑名单');
  });

  it('asks every service the question in the address', async () => {
    TestBed.configureTestingModule({ providers: pageProviders(person) });
    const query = 'person=chen&verb=payment&object=case-1&from=2026-11-20&to=2026-11-21';
    await TestBed.inject(Router).navigateByUrl(`/?${query}`);
    const showing = show(AuditPage);
    await new Promise((resolve) => setTimeout(resolve));
    TestBed.tick();
    const http = TestBed.inject(HttpTestingController);
    const asked = http.match((one) => one.url.endsWith('/audit'));
    expect(asked.map(({ request }) => request.url)).toEqual(serviceNames.map(at));
    for (const one of asked) {
      const said = one.request.params.toString();
      for (const part of ['chen', 'payment', 'case-1']) expect(said).toContain(part);
      expect(said).toContain(`filter.from=${startOf('2026-11-20')}`);
      expect(said).toContain(`filter.to=${startOf('2026-11-22')}`);
      one.flush(SearchAuditResponse.toJSON(answerOf([])) as Record<string, unknown>);
    }
    const screen = await showing;
    expect(screen.texts('rc-data-table').join()).toContain('没有符合条件的结果');
  });

  it('asks nothing for an organisation that is no id, and says so at the field', async () => {
    TestBed.configureTestingModule({ providers: pageProviders(person) });
    await TestBed.inject(Router).navigateByUrl('/?org=%E8%8B%8F%E5%B7%9E');
    const screen = await show(AuditPage);
    TestBed.inject(HttpTestingController).expectNone((one) => one.url.endsWith('/audit'));
    expect(screen.texts('rc-search-box [role=alert]')).toEqual([
      '请填完整的机构编号，可在机构页复制。',
    ]);
    const wrong = screen.all('input[aria-invalid]');
    expect(wrong.map((one) => one.getAttribute('aria-label'))).toEqual(['机构编号']);
  });
});

describe('merging', () => {
  it('takes the latest of all and goes on after the last one shown', () => {
    const cases = answerOf([entry('cases', '50'), entry('cases', '20')], 'more', 9);
    const credit = answerOf([entry('credit', '40'), entry('credit', '30')]);
    const { entries, page } = mergeAudit([cases, undefined, credit], 3);
    expect(entries.map((one) => one.entryId)).toEqual(['cases-50', 'credit-40', 'credit-30']);
    expect(page).toEqual({ nextCursor: 'after-credit-30', count: 11n, countEstimated: false });
  });

  it('ends where no service has more', () => {
    const { page } = mergeAudit([answerOf([entry('cases', '50')])], 3);
    expect(page.nextCursor).toBe('');
  });

  it('counts days where the person is', () => {
    expect(startOf('')).toBeUndefined();
    const [first = '', next = ''] = [startOf('2026-02-28'), startOf('2026-02-28', 1)];
    expect(new Date(next).getTime() - new Date(first).getTime()).toBe(86_400_000);
    expect(new Date(first).getHours()).toBe(0);
  });
});
