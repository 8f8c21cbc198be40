import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../../session/language';
import { toldNote } from './told-note';

beforeEach(() => chooseLanguage('zh-CN'));

describe('the note of an event', () => {
  it.each([
    ['CALL REACHED', '电话 · 联系上'],
    ['DEMAND EMS 1234567890123 SENT', '催款函 · EMS · 1234567890123 · 已寄出'],
    ['RECONCILIATION COURIER SIGNED LEGAL_REPRESENTATIVE', '对账函 · 快递 · 已签收 · 法定代表人'],
    ['2025 年函', '2025 年函'],
    ['EMS gone astray', 'EMS gone astray'],
    ['', ''],
  ])('%j is read as %j', (note, text) => {
    expect(toldNote(note)).toBe(text);
  });

  it('is read in English as well', () => {
    chooseLanguage('en');
    expect(toldNote('LAWYERS_LETTER EMS RETURNED')).toBe('Lawyer’s letter · EMS · Returned');
  });
});
