import { computed, signal } from '@angular/core';
import { describe, expect, it } from '@jest/globals';
import { asOpened, filled } from './as-opened';

type Thing = { id: string; version: number; text: string };
const first: Thing = { id: 'a', version: 1, text: 'one' };

describe('a form that was opened', () => {
  const of = signal(first);
  const text = asOpened(
    () => of().id,
    () => of().text,
  );
  const seen = asOpened(
    () => of().id,
    () => of(),
  );

  it('keeps what is written, and the version that was seen, over re-reads of the same', () => {
    expect([text(), seen().version]).toEqual(['one', 1]);
    text.set('mine');
    of.set({ ...first, version: 2, text: 'theirs' });
    expect([text(), seen().version]).toEqual(['mine', 1]);
  });

  it('begins anew with another thing', () => {
    of.set({ id: 'b', version: 7, text: 'other' });
    expect([text(), seen().version]).toEqual(['other', 7]);
  });
});

describe('a form that stays on the screen', () => {
  const from = signal<Thing | undefined>(undefined);
  const id = signal('a');
  const form = filled(id, from, (thing) => ({ text: thing?.text ?? '' }));
  const now = computed(() => [form().form.text, form().from?.version]);

  it('follows the server until something is written', () => {
    expect(now()).toEqual(['', undefined]);
    from.set(first);
    expect(now()).toEqual(['one', 1]);
    from.set({ ...first, version: 2, text: 'two' });
    expect(now()).toEqual(['two', 2]);
  });

  it('then keeps what is written with the version it was filled from', () => {
    form.update((held) => ({ ...held, form: { text: 'mine' } }));
    from.set({ ...first, version: 3, text: 'three' });
    expect(now()).toEqual(['mine', 2]);
  });

  it('follows again once what is written was sent', () => {
    form.update((held) => ({ ...held, read: held.form }));
    from.set({ ...first, version: 4, text: 'mine' });
    expect(now()).toEqual(['mine', 4]);
  });

  it('begins anew with another thing', () => {
    form.update((held) => ({ ...held, form: { text: 'lost' } }));
    id.set('b');
    from.set({ id: 'b', version: 9, text: 'other' });
    expect(now()).toEqual(['other', 9]);
  });
});
