import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
import { valuesOf } from '../ui/form-values';
import { partsOf, troubleOf } from './plan-parts';

const yuan = (minor: bigint) => ({ currency: 'CNY', minor });

function trouble(rows: readonly (readonly [string, bigint | undefined])[], minor = 300n) {
  const parts = partsOf(
    rows.map(([dueDay, own]) =>
      valuesOf((id) => (id === 'dueDay' ? dueDay : own === undefined ? undefined : yuan(own))),
    ),
  );
  return troubleOf(parts, yuan(minor));
}

beforeEach(() => chooseLanguage('en'));

describe('instalments that are written', () => {
  it.each<[string, readonly (readonly [string, bigint | undefined])[], boolean, string]>([
    [
      'add up',
      [
        ['2026-12-01', 100n],
        ['2027-01-01', 200n],
      ],
      false,
      '¥3.00 in all, as the plan says',
    ],
    ['are short', [['2026-12-01', 299n]], true, '¥2.99 in all, ¥0.01 short'],
    ['are too much', [['2026-12-01', 310n]], true, '¥3.10 in all, ¥0.10 too much'],
    [
      'are short while one is empty',
      [
        ['2026-12-01', 100n],
        ['', undefined],
      ],
      true,
      '¥1.00 in all, ¥2.00 short',
    ],
    [
      'go back',
      [
        ['2026-12-01', 100n],
        ['2026-12-02', 100n],
        ['2026-12-02', 100n],
      ],
      true,
      'Instalment 3 must be later than the one before it',
    ],
  ])('%s', (_name, rows, isWrong, text) => {
    expect(trouble(rows)).toEqual({ isWrong, text });
  });
});
