import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../../session/language';
import { reasonDetail } from './reason-detail';

beforeEach(() => chooseLanguage('zh-CN'));

describe('the detail of a comparison', () => {
  it.each([
    ['form_differs', 'a: limited false, b: limited true', '有限 / 有限·集团'],
    ['form_differs', 'a: stock, b: limited', '股份 / 有限'],
    ['form_differs', 'a:  false, b: limited true', '未标明 / 有限·集团'],
    ['brand_same', 'words: 丰立', '丰立'],
    ['region_differs', 'a: 南京, b: 南通', '南京, 南通'],
  ])('of %s as %s reads %s', (name, detail, text) => {
    expect(reasonDetail(name, detail)).toBe(text);
  });

  it('is told in English, too', () => {
    chooseLanguage('en');
    const detail = 'a: limited false, b: limited true';
    expect(reasonDetail('form_differs', detail)).toBe('limited / limited·group');
  });
});
