import { TestBed } from '@angular/core/testing';
import { HttpTestingController } from '@angular/common/http/testing';
import { Import, ImportField, PreviewImportResponse } from '@recourse/proto/web/cases/v1/imports';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { answer, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { PreviewRows } from './preview-rows';

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

const suggested = [
  ImportField.DOCUMENT_NUMBER,
  ImportField.CUSTOMER_NAME,
  ImportField.DUE_DATE,
  ImportField.AMOUNT,
].map((field, position) => ({ position, header: field, suggested: field }));

/** An import whose columns may all be read; confirmed by a person or not yet. */
function importOf(isConfirmed: boolean): Import {
  const columns = suggested.map(({ position, suggested: field }) => ({ position, field }));
  const mapping = isConfirmed ? { columns, defaultCurrency: 'CNY' } : undefined;
  return Import.fromPartial({ importId: 'i-1', analysis: { columns: suggested }, mapping });
}

describe('the first rows of a checked file', () => {
  it('stand as they would be stored, a refused one with its repair', async () => {
    const shown = show(PreviewRows, { of: importOf(true) });
    const stored = {
      row: 2n,
      documentNumber: 'INV-7',
      customerNumber: 'K100',
      customerName: '上海宏达',
      documentDate: '2026-01-05',
      dueDate: '2026-02-04',
      amount: { currency: 'CNY', minor: 123450n },
    };
    const refused = {
      row: 3n,
      findings: [{ row: 3n, column: '金额', found: '', rule: 'required', rejects: true }],
    };
    await answer(
      '/v1/imports/i-1/preview',
      PreviewImportResponse.toJSON(PreviewImportResponse.fromPartial({ rows: [stored, refused] })),
    );
    const screen = await shown;
    const [first, second] = screen.texts('tbody tr');
    for (const part of ['INV-7', '上海宏达', 'K100', '1,234.50']) expect(first).toContain(part);
    expect(first).not.toContain('拒绝');
    expect(second).toContain('拒绝');
    expect(second).toContain('必填的单元格为空');
  });

  it('are not asked for before the columns are confirmed', async () => {
    const screen = await show(PreviewRows, { of: importOf(false) });
    const http = TestBed.inject(HttpTestingController);
    expect(http.match(() => true)).toEqual([]);
    screen.fixture.componentRef.setInput('of', importOf(true));
    await answer('/v1/imports/i-1/preview', {});
    await screen.settle();
    expect(screen.texts('rc-data-table').join()).toContain('文件里没有可显示的行');
  });
});
