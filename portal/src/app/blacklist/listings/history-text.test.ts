import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../../session/language';
import { detailText, historyText } from './history-text';

beforeEach(() => chooseLanguage('zh-CN'));

describe('a line of a listing’s history', () => {
  it.each([
    ['removed', '移除'],
    ['dispute_reply', '回复异议'],
  ])('tells what happened: %s', (what, words) => {
    expect(historyText(what)).toBe(words);
  });

  it.each([
    ['paid', '已付清'],
    ['settled: 双方已签和解协议', '已和解：双方已签和解协议'],
    ['review: 情况已改变', '年度复核后不再保留：情况已改变'],
    ['withdrawn: 双方和解', '上报成员撤回：双方和解'],
    ['steward_disagreed', '审核人反对'],
    ['NOT_OWED', '不欠款'],
    ['LISTED_PARTY', '被列入方'],
    ['2026-12-01 法院已受理重整', '2026-12-01 法院已受理重整'],
    ['证据充分: 签收单齐全', '证据充分: 签收单齐全'],
    ['note: 签收单齐全', 'note: 签收单齐全'],
  ])('tells %s as people say it', (text, words) => {
    expect(detailText(text)).toBe(words);
  });

  it.each([
    ['settled: 双方已签和解协议', 'Settled: 双方已签和解协议'],
    ['2026-12-01 法院已受理重整', 'Dec 1, 2026 法院已受理重整'],
  ])('tells %s in English too', (text, words) => {
    chooseLanguage('en');
    expect(detailText(text)).toBe(words);
  });
});
