import { describe, expect, it } from '@jest/globals';
import { nameWords } from '../../rules/names/words.ts';
import type { Verdict } from './comparison.ts';
import { matcher } from './matcher.ts';

const { compareNames } = matcher(nameWords);

describe('Numbers in a Chinese name', () => {
  it.each<[string, string, Verdict]>([
    ['北京第一机床厂', '北京第1机床厂', 'strong'],
    ['东方一号科技有限公司', '东方1号科技有限公司', 'strong'],
    ['东方壹号科技有限公司', '东方一号科技有限公司', 'strong'],
    ['中铁十一局集团有限公司', '中铁11局集团有限公司', 'strong'],
    ['上海第二十纺织厂', '上海第20纺织厂', 'strong'],
    ['东方一号科技有限公司', '东方2号科技有限公司', 'none'],
    ['中铁一局集团有限公司', '中铁11局集团有限公司', 'none'],
    ['上海陆家嘴投资有限公司', '上海六家嘴投资有限公司', 'possible'],
    ['深圳101餐饮有限公司', '深圳一〇一餐饮有限公司', 'none'],
  ])('%s | %s: %s', (a, b, verdict) => {
    expect(compareNames(a, b, 'company').verdict).toBe(verdict);
  });
});

describe('A branch', () => {
  it.each<[string, string, Verdict]>([
    ['交通银行成都草堂支行', '交通银行股份有限公司成都草堂支行', 'possible'],
    ['中国建设银行深圳分行', '中国建设银行股份有限公司深圳市分行', 'strong'],
    ['长江证券武汉胜利街证券营业部', '长江证券股份有限公司武汉胜利街证券营业部', 'strong'],
    ['农行南宁民族支行', '中国农业银行股份有限公司南宁民族支行', 'strong'],
    ['南昌农商银行北京西路支行', '南昌农村商业银行股份有限公司北京西路支行', 'possible'],
    ['中国建设银行天津分行和平支行', '中国建设银行股份有限公司天津和平支行', 'strong'],
    ['华夏银行桐庐支行', '华夏银行股份有限公司杭州桐庐支行', 'possible'],
    ['中国工商银行北京分行', '中国工商银行上海分行', 'weak'],
    ['中国工商银行中山分行', '中国工商银行中山支行', 'weak'],
    ['中国工商银行股份有限公司', '中国工商银行股份有限公司北京分行', 'weak'],
    ['中行厦门湖里支行', '中国农业银行股份有限公司厦门湖里支行', 'none'],
    ['华信科技有限公司', '华信科技有限公司上海办事处', 'weak'],
  ])('%s | %s: %s', (a, b, verdict) => {
    expect(compareNames(a, b, 'company').verdict).toBe(verdict);
    expect(compareNames(b, a, 'company').verdict).toBe(verdict);
  });
});

describe('A name on one side only', () => {
  it.each<[string, string, Verdict]>([
    ['金冠电气股份有限公司', '吉林省金冠电气股份有限公司', 'possible'],
    ['万科A', '万科企业股份有限公司', 'possible'],
    ['*ST国华', 'ST国华', 'strong'],
    ['百济神州-U', '百济神州有限公司', 'strong'],
    ['ST', 'ST国华', 'none'],
  ])('%s | %s: %s', (a, b, verdict) => {
    expect(compareNames(a, b, 'company').verdict).toBe(verdict);
  });
});
