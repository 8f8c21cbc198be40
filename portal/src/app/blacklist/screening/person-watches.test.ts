import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  ListPersonWatchesResponse,
  PutPersonWatchRequest,
  WatchState,
} from '@recourse/proto/web/blacklist/v1/screening';
import { CustomerKind, ListCustomersResponse } from '@recourse/proto/web/credit/v1/credit';
import { answer, pageProviders } from '../../../testing/answers';
import { type Screen, show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { PersonWatches } from './person-watches';
import { WatchDialog } from './watch-dialog';

const at = '/v1/blacklist/person-watches';
const customerId = '01956f3e-0000-7000-8000-00000000000a';
const watch = {
  customerId,
  name: '张三丰',
  hasIdNumber: true,
  consentReference: 'SQ-1',
  consentedOn: '2026-01-05',
  until: '9999-12-31',
  state: WatchState.WATCHED,
};
const late = { associationId: 'late', name: '华东电缆协会' };
const found = ListPersonWatchesResponse.toJSON(
  ListPersonWatchesResponse.fromPartial({
    watches: [
      watch,
      { ...watch, customerId: 'b', hasIdNumber: false, state: WatchState.OVER },
      { ...watch, customerId: 'c', name: '', state: WatchState.ENDED },
      {
        ...watch,
        customerId: 'd',
        name: '欧阳明月',
        state: WatchState.CONSENT_NEEDED,
        notCovered: [late],
      },
    ],
    associations: [{ associationId: 'own', name: '长三角机电协会' }, late],
    consentNeeded: 1n,
    page: { nextCursor: '', count: 4n, countEstimated: false },
  }),
);

async function shown(role: string): Promise<Screen<PersonWatches>> {
  TestBed.configureTestingModule({ providers: pageProviders({ roles: [role] }) });
  const showing = show(PersonWatches);
  await answer(at, found);
  return showing;
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('watched persons', () => {
  it('are shown with consent, its last day and how they are compared', async () => {
    const screen = await shown('auditor');
    const chips = ['监控中', '同意已到期', '已结束', '需补充同意'];
    expect(screen.texts('tbody rc-chip')).toEqual(chips);
    const [first, second, third] = screen.texts('tbody tr');
    for (const part of ['张三丰', 'SQ-1', '按身份证号']) expect(first).toContain(part);
    expect(second).toContain('仅按姓名');
    expect(third).not.toContain('张三丰');
    expect(screen.all('.head button, tbody button')).toEqual([]);
  });

  it('are watched no more when somebody ends it, after being asked', async () => {
    const screen = await shown('credit_manager');
    // Who has ended cannot end again.
    expect(screen.texts('tbody button')).toEqual([
      '结束监控',
      '结束监控',
      '登记新的同意',
      '结束监控',
    ]);
    await screen.click('tbody button');
    expect(screen.texts('[role=alertdialog]').join()).toContain('结束对“张三丰”的监控');
    void screen.click('[role=alertdialog] button', 1);
    await answer(`${at}/${customerId}:end`, {});
    await answer(at, found);
  });
});

describe('a watch whose consent does not name an association joined later', () => {
  it('says so, and has the consent recorded anew for that person', async () => {
    const screen = await shown('credit_manager');
    expect(screen.texts('[role=status]').join()).toContain(
      '1 位客户的授权书没有写明后来加入的协会',
    );
    expect(screen.texts('tbody tr')[3]).toContain('未经同意、不比对：华东电缆协会');
    const clicked = screen.click('tbody button', 2);
    await answer(at, found);
    const customers = [
      { customerId: 'x', name: '张三丰', customerNumber: 'K-1', kind: CustomerKind.PERSON },
      { customerId: 'd', name: '欧阳明月', customerNumber: 'K-2', kind: CustomerKind.PERSON },
    ];
    await answer(
      '/v1/customers',
      ListCustomersResponse.toJSON(ListCustomersResponse.fromPartial({ customers })),
    );
    await clicked;
    await screen.settle();
    const [select] = screen.all('[role=dialog] select');
    expect(Reflect.get(select ?? {}, 'value')).toBe('d');
    const dialog = screen.texts('[role=dialog]').join();
    expect(dialog).toContain('被查询的协会：长三角机电协会、华东电缆协会');
    await screen.type('[role=dialog] rc-form-body rc-text-field:nth-of-type(3) input', 'SQ-2');
    await screen.type('[role=dialog] rc-date-field:nth-of-type(1) input', '2026-01-05');
    await screen.type('[role=dialog] rc-date-field:nth-of-type(2) input', '2099-01-05');
    void screen.click('[role=dialog] footer button');
    const sent = PutPersonWatchRequest.fromJSON(await answer(`${at}/d`, {}));
    expect(sent).toMatchObject({ name: '欧阳明月', associationIds: ['own', 'late'] });
    await answer(at, found);
  });
});

describe('the consent to be watched', () => {
  it('is recorded for a customer that is a person, with its days and its ground', async () => {
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['collector'] }) });
    const showing = show(WatchDialog);
    const customers = [
      { customerId, name: '张三丰', customerNumber: 'K-1', kind: CustomerKind.PERSON },
      { customerId: 'x', name: '恒达', customerNumber: 'K-2', kind: CustomerKind.COMPANY },
    ];
    await answer(
      '/v1/customers',
      ListCustomersResponse.toJSON(ListCustomersResponse.fromPartial({ customers })),
    );
    const screen = await showing;
    expect(screen.texts('[role=dialog] option').slice(1)).toEqual(['张三丰 K-1']);
    const [select] = screen.all('[role=dialog] select');
    if (select === undefined) throw new Error('there is no choice of a customer');
    Reflect.set(select, 'value', customerId);
    select.dispatchEvent(new Event('change'));
    await screen.settle();
    const inputs = '[role=dialog] rc-form-body input';
    expect(screen.all(inputs).map((one) => Reflect.get(one, 'value'))[0]).toBe('张三丰');
    await screen.type('[role=dialog] rc-form-body rc-text-field:nth-of-type(3) input', 'SQ-1');
    await screen.type('[role=dialog] rc-date-field:nth-of-type(1) input', '2026-01-05');
    await screen.type('[role=dialog] rc-date-field:nth-of-type(2) input', '2099-01-05');
    void screen.click('[role=dialog] footer button');
    const sent = PutPersonWatchRequest.fromJSON(await answer(`${at}/${customerId}`, {}));
    expect(sent).toEqual({
      customerId,
      name: '张三丰',
      idNumber: '',
      consentReference: 'SQ-1',
      consentedOn: '2026-01-05',
      until: '2099-01-05',
      associationIds: [],
    });
  });
});
