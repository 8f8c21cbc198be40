import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { signedIn } from '../../testing/signed-in';
import { read } from './api';
import { Live } from './live';
import { load } from './load';
import type { Loaded } from './load';

let http: HttpTestingController;
const page = signal('1');
const id = signal('a');

async function settle(ms = 0): Promise<void> {
  TestBed.tick();
  await new Promise((resolve) => setTimeout(resolve, ms));
  TestBed.tick();
}

async function answer(content: unknown): Promise<void> {
  await settle();
  http.expectOne((request) => request.url === `/v1/x/${id()}`).flush({ content });
  await settle();
}

function start(live: readonly string[] = []): Loaded<unknown> {
  return TestBed.runInInjectionContext(() =>
    load(() => read(`/v1/x/${id()}`, (json) => json, { page: page() }), { live }),
  );
}

beforeEach(() => {
  page.set('1');
  id.set('a');
  TestBed.configureTestingModule({
    providers: [provideHttpClient(), provideHttpClientTesting(), ...signedIn()],
  });
  http = TestBed.inject(HttpTestingController);
});

describe('something that a page reads', () => {
  it('is undefined until the first answer', async () => {
    const loaded = start();
    await settle();
    expect([loaded.value(), loaded.loading()]).toEqual([undefined, true]);
    await answer('one');
    expect([loaded.value(), loaded.loading()]).toEqual([{ content: 'one' }, false]);
  });

  it('stays while the same path is read with another query', async () => {
    const loaded = start();
    await answer('one');
    expect(loaded.value()).toEqual({ content: 'one' });
    page.set('2');
    await settle();
    expect([loaded.value(), loaded.loading()]).toEqual([{ content: 'one' }, true]);
    await answer('two');
    expect(loaded.value()).toEqual({ content: 'two' });
  });

  it('goes when the path is another: a page must not show another case', async () => {
    const loaded = start();
    await answer('one');
    id.set('b');
    await settle();
    expect(loaded.value()).toBeUndefined();
    await answer('other');
    expect(loaded.value()).toEqual({ content: 'other' });
  });

  it('stays below the problem of a later read', async () => {
    const loaded = start();
    await answer('one');
    expect(loaded.value()).toEqual({ content: 'one' });
    loaded.reload();
    await settle();
    http.expectOne('/v1/x/a?page=1').flush({}, { status: 403, statusText: 'no' });
    await settle();
    expect(loaded.problem()?.reason).toBe('denied');
    expect(loaded.value()).toEqual({ content: 'one' });
  });

  it('is read once more after several live changes of its nouns', async () => {
    const loaded = start(['case', 'payment']);
    await answer('one');
    const live = TestBed.inject(Live);
    live.note({ noun: 'case', id: 'c', change: 'changed' });
    await settle();
    live.note({ noun: 'payment', id: 'p', change: 'recorded' });
    live.note({ noun: 'agency', id: 'x', change: 'changed' });
    await settle(400);
    await answer('two');
    expect(loaded.value()).toEqual({ content: 'two' });
    http.verify();
  });

  it('is read once more after a change that comes while it is first read', async () => {
    const loaded = start(['case']);
    await settle();
    TestBed.inject(Live).note({ noun: 'case', id: 'c', change: 'changed' });
    await settle(400);
    await answer('one');
    await settle(400);
    await answer('two');
    expect(loaded.value()).toEqual({ content: 'two' });
    http.verify();
  });
});
