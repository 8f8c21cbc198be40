import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { signedIn } from '../../testing/signed-in';
import { draft, isOneOf, isText } from './draft';

type Form = { note: string; minor: bigint };

function fits(kept: unknown): kept is Form {
  return typeof kept === 'object' && kept !== null && 'note' in kept && 'minor' in kept;
}

const empty: Form = { note: '', minor: 0n };
const open = () => TestBed.runInInjectionContext(() => draft('test', empty, fits));

const signIn = (userId: string): void => {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({ providers: signedIn({ userId }) });
};

beforeEach(() => {
  sessionStorage.clear();
  signIn('u-1');
});

describe('a draft', () => {
  it('is there again after the page was left, amounts included', () => {
    open().set({ note: '已联系', minor: 9007199254740993n });
    TestBed.tick();
    signIn('u-1');
    const again = open();
    expect(again()).toEqual({ note: '已联系', minor: 9007199254740993n });
    expect(again.isFound()).toBe(true);
    again.forget();
    expect(again.isFound()).toBe(false);
  });

  it('is not shown to the next person at this browser', () => {
    open().set({ note: '已联系', minor: 1n });
    TestBed.tick();
    signIn('u-2');
    const theirs = open();
    expect([theirs(), theirs.isFound()]).toEqual([empty, false]);
  });

  it('belongs to the thing that its key names', () => {
    const about = signal('a');
    const note = TestBed.runInInjectionContext(() => draft(() => about(), '', isText));
    note.set('甲');
    TestBed.tick();
    about.set('b');
    expect(note()).toBe('');
    note.set('乙');
    TestBed.tick();
    about.set('a');
    expect(note()).toBe('甲');
  });

  it('drops a name that is none any more', () => {
    const pick = () =>
      TestBed.runInInjectionContext(() => draft('pick', 'A', isOneOf(['A', 'B'] as const)));
    sessionStorage.setItem('recourse.draft.u-1.pick', '"C"');
    expect(pick()()).toBe('A');
    sessionStorage.setItem('recourse.draft.u-1.pick', '"B"');
    expect(pick()()).toBe('B');
  });

  it('is forgotten when it is done with', () => {
    const form = open();
    form.set({ note: 'x', minor: 1n });
    TestBed.tick();
    form.forget();
    TestBed.tick();
    expect([form(), sessionStorage.length]).toEqual([empty, 0]);
  });

  it('is forgotten although what showed it goes away with it', () => {
    open().set({ note: 'x', minor: 1n });
    TestBed.tick();
    open().forget();
    TestBed.resetTestingModule();
    expect(sessionStorage.length).toBe(0);
  });

  it.each(['{"note":"x"}', '[]', 'not json'])('starts anew when %s is kept', (kept) => {
    sessionStorage.setItem('recourse.draft.u-1.test', kept);
    expect(open()()).toEqual(empty);
  });
});
