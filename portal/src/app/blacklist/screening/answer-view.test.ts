import { Component } from '@angular/core';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Answer } from '@recourse/proto/web/blacklist/v1/screening';
import { show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { AnswerView } from './answer-view';

const entry = {
  listingId: 'l',
  name: '上海恒达机械有限公司',
  associationName: '长三角商业信用协会',
  category: 'CATEGORY_REPEATED_BREACH',
} as const;

function host(answer: Answer) {
  @Component({ imports: [AnswerView], template: `<rc-answer-view [answer]="one" />` })
  class Host {
    readonly one = answer;
  }
  return Host;
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('a like name', () => {
  const answer = Answer.fromPartial({
    verdict: 'VERDICT_POSSIBLE',
    namesakesExcluded: 2,
    hits: [{ entry, score: 91, asksFor: 'credit_code', reasons: [{ name: 'brand_same' }] }],
  });

  it('is said not to be the same party, and what to ask for', async () => {
    const text = (await show(host(answer))).texts('rc-answer-view')[0] ?? '';
    expect(text).toContain('名称相近不等于同一主体');
    expect(text).toContain('请核对统一社会信用代码');
    expect(text).toContain('字号相同');
    expect(text).toContain('2 条同名或近名条目');
    expect(text).not.toContain('已列入');
  });
});

describe('an equal identifier', () => {
  it('says that the party is listed, and what it disputes', async () => {
    const hits = [{ entry: { ...entry, disputed: true }, identified: true, score: 100 }];
    const answer = Answer.fromPartial({ verdict: 'VERDICT_LISTED', hits });
    const texts = (await show(host(answer))).texts('rc-chip');
    expect(texts).toEqual(['已列入', '识别码相符', '对方有异议，结论未定']);
  });
});
