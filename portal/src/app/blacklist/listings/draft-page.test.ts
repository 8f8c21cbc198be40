import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ListMembershipsResponse } from '@recourse/proto/web/blacklist/v1/associations';
import {
  GetListingResponse,
  Listing,
  ListingState,
} from '@recourse/proto/web/blacklist/v1/listings';
import { AmountBand, Category, Scope, SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import { answer, pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import type { Screen } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { DraftPage } from './draft-page';

const ours = '01900000-0000-7000-8000-000000000002';
const at = '/v1/blacklist/listings/l1';

const draft = (more: Partial<Listing> = {}): unknown =>
  GetListingResponse.toJSON({
    listing: Listing.fromPartial({
      listingId: 'l1',
      associationId: 'a1',
      reporterId: ours,
      kind: SubjectKind.COMPANY,
      name: '上海恒达机械有限公司',
      creditCode: '91310000000000001X',
      category: Category.MALICIOUS_DEFAULT,
      scope: Scope.ASSOCIATION,
      amountBand: AmountBand.FROM_100K,
      conductFrom: '2026-01-05',
      conductUntil: '2026-06-30',
      debtorId: 'd1',
      caseId: 'c1',
      note: '多次催告未付',
      state: ListingState.DRAFT,
      version: 3n,
      ...more,
    }),
  });

const memberships = ListMembershipsResponse.toJSON(
  ListMembershipsResponse.fromPartial({
    memberships: [{ association: { associationId: 'a1', name: '机械行业协会' } }],
  }),
);

async function opened(listing: unknown): Promise<Screen<DraftPage>> {
  const opening = show(DraftPage, { listingId: 'l1' });
  await answer(at, listing);
  await answer('/v1/blacklist/memberships', memberships);
  return opening;
}

function write<T>(screen: Screen<T>, label: string, text: string): Promise<void> {
  const field = screen.all('rc-text-field').find((one) => one.textContent?.includes(label));
  const control = field?.querySelector<HTMLInputElement>('input, textarea');
  if (control === null || control === undefined) throw new Error(`no field ${label}`);
  control.value = text;
  control.dispatchEvent(new Event('input'));
  return screen.settle();
}

function press<T>(screen: Screen<T>, name: string): void {
  const found = screen.all('button').find((one) => one.textContent?.trim() === name);
  if (found === undefined) throw new Error(`no button ${name}`);
  found.click();
}

beforeEach(() => {
  sessionStorage.clear();
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders({ roles: ['collector'] }) });
});

describe('a saved draft', () => {
  it('stands in the form and is saved over the version that was read', async () => {
    const screen = await opened(draft());
    await write(screen, '说明', '三次催告未付');
    press(screen, '保存草稿');
    const sent = await answer(at, draft());
    expect(sent).toMatchObject({
      name: '上海恒达机械有限公司',
      creditCode: '91310000000000001X',
      conductUntil: '2026-06-30',
      debtorId: 'd1',
      caseId: 'c1',
      note: '三次催告未付',
      expectedVersion: '3',
    });
  });

  it('keeps what was written until it is saved or dropped, but no ID number', async () => {
    const person = draft({ kind: SubjectKind.PERSON });
    const first = await opened(person);
    expect(first.all('rc-draft-note')).toEqual([]);
    await write(first, '说明', '三次催告未付');
    await write(first, '身份证号', '310101199001011234');
    expect(JSON.stringify(sessionStorage)).not.toContain('310101199001011234');
    first.fixture.destroy();

    const again = await opened(person);
    expect(again.texts('rc-draft-note')).toHaveLength(1);
    const note = (screen: Screen<DraftPage>): string[] =>
      screen.all('textarea').map((one) => (one instanceof HTMLTextAreaElement ? one.value : ''));
    expect(note(again)).toContain('三次催告未付');
    press(again, '清除草稿');
    await again.settle();
    expect(note(again)).toContain('多次催告未付');
    expect(again.all('rc-draft-note')).toEqual([]);
  });

  it('that is newer than what was written starts from what was saved', async () => {
    const first = await opened(draft());
    await write(first, '说明', '三次催告未付');
    first.fixture.destroy();
    const again = await opened(draft({ version: 4n }));
    expect(again.all('rc-draft-note')).toEqual([]);
  });

  it('is changed by its reporter only, and only while it is a draft', async () => {
    const foreign = await opened(draft({ reporterId: 'x' }));
    expect(foreign.texts('[role=note]')).toEqual(['只有上报单位的人员能修改草稿。']);
    expect(foreign.all('rc-form-body')).toEqual([]);
  });

  it('that was handed in is not changed', async () => {
    const screen = await opened(draft({ state: ListingState.SUBMITTED }));
    expect(screen.texts('[role=note]').join('')).toContain('已提交的上报不能再修改');
  });
});

describe('a draft that a colleague saved meanwhile', () => {
  async function refused(): Promise<Screen<DraftPage>> {
    const screen = await opened(draft());
    await write(screen, '说明', '我的说明');
    press(screen, '保存草稿');
    await answer(at, { reason: 'listing_changed_meanwhile' }, 412);
    await answer(at, draft({ version: 4n, note: '同事的说明', conductUntil: '2026-07-31' }));
    await screen.settle();
    return screen;
  }

  it('shows where the two differ instead of writing over it', async () => {
    const screen = await refused();
    expect(screen.texts('rc-draft-conflict tbody tr')).toEqual([
      '行为截止2026-07-312026-06-30',
      '说明同事的说明我的说明',
    ]);
  });

  it('is written over when that is chosen, with the newer version', async () => {
    const screen = await refused();
    press(screen, '用我的覆盖');
    expect(await answer(at, draft())).toMatchObject({ note: '我的说明', expectedVersion: '4' });
  });

  it('is taken as it is when that is chosen', async () => {
    const screen = await refused();
    press(screen, '采用同事的，放弃我的');
    await answer(at, draft({ version: 4n, note: '同事的说明' }));
    await screen.settle();
    expect(screen.all('rc-draft-conflict')).toEqual([]);
    press(screen, '保存草稿');
    expect(await answer(at, draft())).toMatchObject({ note: '同事的说明', expectedVersion: '4' });
  });
});
