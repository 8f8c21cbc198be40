import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Import, ImportField } from '@recourse/proto/web/cases/v1/imports';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { MappingStep } from './mapping-step';

const found = Import.fromPartial({
  importId: 'i-1',
  analysis: {
    columns: [{ position: 0, header: '客户', suggested: ImportField.CUSTOMER_NAME }],
    layout: [
      { kind: 'carried_down', column: '客户', rows: 12n },
      { kind: 'ageing_summary', column: '0-30 天, 31-60 天' },
    ],
  },
});

beforeEach(() => TestBed.configureTestingModule({ providers: pageProviders() }));

describe('the columns of a file', () => {
  it.each([
    [
      'zh-CN',
      '这像是账龄汇总表（0-30 天, 31-60 天）',
      '下面 12 个空格沿用上一行的值',
      '还缺：金额',
    ],
    ['en', 'This looks like an ageing summary', '12 blank cells', 'Still needed: Amount'],
  ] as const)(
    'warn of what cannot be imported, and list how the rest was read: %s',
    async (language, warned, noted, missing) => {
      chooseLanguage(language);
      const screen = await show(MappingStep, { of: found });
      const [warning, gaps] = screen.texts('rc-notice');
      expect(warning).toContain(warned);
      expect(gaps).toContain(missing);
      expect(screen.all('rc-notice').map((one) => one.className)).toEqual(['', 'bad']);
      const notes = screen.texts('.facts li');
      expect(notes).toHaveLength(1);
      expect(notes[0]).toContain(noted);
    },
  );
});
