import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Why } from '@recourse/proto/web/cases/v1/cases';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { RefusalWhy } from './refusal-why';

const why = Why.fromPartial({
  rule: 'forbidden_phrase',
  source: 'house rule (credit course); 刑法 293-1, 253-1',
  effectiveFrom: '2021-03-01',
  facts: { phrase: '坐牢', group: 'false_consequence' },
});

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('a refusal of the governor', () => {
  it('says its rule, and on a click the article and what it saw', async () => {
    const screen = await show(RefusalWhy, { why });
    expect(screen.texts('rc-refusal-why').join() || screen.texts('button').join()).toContain(
      '含有违规用语',
    );
    await screen.click('button');
    const text = (document.body.textContent ?? '').replace(/\s+/g, ' ');
    expect(text).toContain('刑法 293-1');
    expect(text).toContain('坐牢');
    expect(text).toContain('虚构法律后果');
  });

  it('answers for what is said instead of it', async () => {
    const screen = await show(RefusalWhy, { why, value: '下次可联系 明天' });
    expect(screen.texts('button').join()).toContain('下次可联系 明天');
  });
});
