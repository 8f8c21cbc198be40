import { describe, expect, it } from '@jest/globals';
import { ImportAnalysis, ImportField } from '@recourse/proto/web/cases/v1/imports';
import { firstChoice, gapsOf, mappingOf } from './mapping';

const analysis = ImportAnalysis.fromPartial({
  columns: [
    { position: 0, header: '单据号', suggested: ImportField.DOCUMENT_NUMBER },
    { position: 1, header: '客户', suggested: ImportField.CUSTOMER_NAME },
    { position: 2, header: '到期', suggested: ImportField.DUE_DATE },
    { position: 3, header: '金额', suggested: ImportField.AMOUNT },
  ],
  formats: [{ position: 2, candidates: [{ format: 'dmy' }, { format: 'mdy' }], detected: '' }],
  suggestedCurrency: 'USD',
});

describe('a mapping', () => {
  it('asks for the reading of ambiguous dates only', () => {
    expect(gapsOf(analysis, firstChoice(analysis, undefined))).toEqual([
      { kind: 'format', header: '到期' },
    ]);
  });

  it('asks how credits are signed where some are and some are not', () => {
    const formats = [{ position: 4, candidates: [{ format: 'signed' }], detected: '' }];
    const side = { position: 4, header: '借贷', suggested: ImportField.SIDE };
    const sided = ImportAnalysis.fromPartial({ columns: [...analysis.columns, side], formats });
    const choice = firstChoice(sided, undefined);
    expect(gapsOf(sided, choice)).toEqual([{ kind: 'format', header: '借贷' }]);
    expect(gapsOf(sided, { ...choice, formats: { 4: 'signed' } })).toEqual([]);
  });

  it('is whole when the reading is chosen', () => {
    const choice = { ...firstChoice(analysis, undefined), formats: { 2: 'dmy' } };
    expect(gapsOf(analysis, choice)).toEqual([]);
    expect(mappingOf(choice)).toMatchObject({ defaultCurrency: 'USD' });
  });

  it('names what is missing and what stands twice', () => {
    const first = firstChoice(analysis, undefined);
    const choice = {
      ...first,
      fields: { ...first.fields, 1: ImportField.AMOUNT },
      formats: { 2: 'dmy' },
    };
    expect(gapsOf(analysis, choice)).toEqual([
      { kind: 'name' },
      { kind: 'duplicate', field: ImportField.AMOUNT },
    ]);
  });

  it('keeps what a person chose before', () => {
    const kept = firstChoice(analysis, {
      columns: [{ position: 2, field: ImportField.DUE_DATE, format: 'mdy' }],
      defaultCurrency: 'CNY',
      profileName: '金蝶',
    });
    expect(kept).toMatchObject({
      formats: { 2: 'mdy' },
      defaultCurrency: 'CNY',
      profileName: '金蝶',
    });
  });
});
