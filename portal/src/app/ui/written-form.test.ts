import { describe, expect, it } from '@jest/globals';
import type { FormField, FormValues } from './form-values';
import { writtenForm } from './written-form';

const fieldsOf = (values: FormValues): FormField[] => [
  {
    id: 'kind',
    kind: 'choice',
    label: 'kind',
    options: [
      { value: 'lpr', name: 'LPR' },
      { value: 'fixed', name: 'fixed' },
    ],
    initial: 'lpr',
  },
  ...(values.text('kind') === 'fixed'
    ? [{ id: 'rate', kind: 'percent' as const, label: 'rate' }]
    : []),
];

describe('a form whose fields follow from its values', () => {
  it('is whole as it is at first', () => {
    const form = writtenForm(fieldsOf, new Map());
    expect(form.values.text('kind')).toBe('lpr');
    expect(form.isWhole).toBe(true);
  });

  it('asks for what another choice needs', () => {
    const form = writtenForm(fieldsOf, new Map([['kind', 'fixed']]));
    expect(form.fields.map((field) => field.id)).toEqual(['kind', 'rate']);
    expect(form.isWhole).toBe(false);
  });

  it('keeps what was emptied empty', () => {
    expect(writtenForm(fieldsOf, new Map([['kind', undefined]])).read('kind')).toBeUndefined();
  });
});
