import { signal } from '@angular/core';
import { describe, expect, it } from '@jest/globals';
import { picked } from './picked';
import { nothingSelected } from './selection';
import type { Selection } from './selection';

type Row = { id: string; version: number };
const row = (id: string, version = 1): Row => ({ id, version });

describe('rows that are selected', () => {
  it('are kept over pages, each as it was last read', () => {
    const selection = signal<Selection>({ kind: 'some', keys: new Set(['a', 'b']) });
    const rows = signal<readonly Row[] | undefined>([row('a'), row('b'), row('c')]);
    const found = picked(selection, rows, (one) => one.id);
    expect(found()).toEqual([row('a'), row('b')]);
    rows.set([row('b', 2), row('d')]);
    expect(found()).toEqual([row('a'), row('b', 2)]);
    selection.set({ kind: 'some', keys: new Set(['a', 'b', 'd']) });
    expect(found()).toHaveLength(3);
    selection.set({ kind: 'some', keys: new Set(['d']) });
    expect(found()).toEqual([row('d')]);
  });

  it('are none when nothing is, or when all that match are to be gathered', () => {
    const selection = signal<Selection>({ kind: 'matching' });
    const found = picked(selection, signal([row('a')]), (one) => one.id);
    expect(found()).toEqual([]);
    selection.set(nothingSelected);
    expect(found()).toEqual([]);
  });
});
