import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { draft } from './draft';

type Form = { note: string; minor: bigint };

function fits(kept: unknown): kept is Form {
  return typeof kept === 'object' && kept !== null && 'note' in kept && 'minor' in kept;
}

const empty: Form = { note: '', minor: 0n };
const open = () => TestBed.runInInjectionContext(() => draft('test', empty, fits));

beforeEach(() => sessionStorage.clear());

describe('a draft', () => {
  it('is there again after the page was left, amounts included', () => {
    open().set({ note: '已联系', minor: 9007199254740993n });
    TestBed.tick();
    TestBed.resetTestingModule();
    expect(open()()).toEqual({ note: '已联系', minor: 9007199254740993n });
  });

  it('is forgotten when it is done with', () => {
    const form = open();
    form.set({ note: 'x', minor: 1n });
    TestBed.tick();
    form.forget();
    TestBed.tick();
    expect([form(), sessionStorage.length]).toEqual([empty, 0]);
  });

  it.each(['{"note":"x"}', '[]', 'not json'])('starts anew when %s is kept', (kept) => {
    sessionStorage.setItem('recourse.draft.test', kept);
    expect(open()()).toEqual(empty);
  });
});
