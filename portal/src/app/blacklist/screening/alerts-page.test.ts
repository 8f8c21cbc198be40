import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AlertState, ListAlertsResponse } from '@recourse/proto/web/blacklist/v1/screening';
import { SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import { answer, pageProviders } from '../../../testing/answers';
import { type Screen, show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { AlertsPage } from './alerts-page';

const at = '/v1/blacklist/alerts';
const officer = { orgKind: 'creditor', roles: ['credit_manager'] } as const;

async function shown(kind: SubjectKind): Promise<Screen<AlertsPage>> {
  TestBed.configureTestingModule({ providers: pageProviders(officer) });
  const showing = show(AlertsPage);
  const hit = { entry: { listingId: 'l1', name: '张三丰', kind } };
  const alert = { alertId: 'a1', customerName: '张三丰', state: AlertState.POSSIBLE, hit };
  const answered = { alerts: [alert], page: { nextCursor: '', count: 1n, countEstimated: false } };
  const found = ListAlertsResponse.toJSON(ListAlertsResponse.fromPartial(answered));
  await answer(at, found);
  await answer('/v1/blacklist/night-looks', {});
  const screen = await showing;
  const opened = screen.click('tbody button');
  await answer(at, found);
  await opened;
  return screen;
}

describe('an alert about a customer', () => {
  beforeEach(() => chooseLanguage('zh-CN'));

  it.each([
    [SubjectKind.PERSON, '身份证号', { idNumber: '110105', creditCode: undefined }],
    [SubjectKind.COMPANY, '统一社会信用代码', { creditCode: '110105', idNumber: undefined }],
  ])('that is a %s is settled by %s alone', async (kind, label, expected) => {
    const screen = await shown(kind);
    const labels = screen.texts('rc-form-body label').join(' ');
    expect(labels).toContain(label);
    expect(screen.texts('[role=dialog] p.rc-muted')[0]).toContain(label);
    expect(screen.all('rc-form-body rc-text-field')).toHaveLength(2);
    await screen.type('rc-form-body input', '110105');
    void screen.click('[role=dialog] footer button');
    const body = await answer(`${at}/a1:settle`, { alert: { alertId: 'a1' } });
    const { idNumber, creditCode } = body as Record<string, unknown>;
    expect({ idNumber, creditCode }).toEqual(expected);
  });
});
