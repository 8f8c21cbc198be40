import { describe, expect, it } from '@jest/globals';
import { coverOf, placeOf } from './region.ts';
import { provinces } from './regions.ts';

describe('a stated region', () => {
  it.each([
    ['江苏', '江苏省苏州市', 'covered'],
    ['江苏省', '江苏', 'covered'],
    ['江苏省', '苏州', 'covered'],
    ['江苏', '江苏无锡市滨湖区', 'covered'],
    ['上海市', '上海', 'covered'],
    ['上海', '上海市浦东新区', 'covered'],
    ['上海市浦东新区', '上海市浦东新区张江镇', 'covered'],
    ['苏州市', '江苏省苏州市昆山市', 'covered'],
    ['CN-32', '江苏省苏州市', 'covered'],
    ['CN-JS', '320505', 'covered'],
    ['320000', '320505', 'covered'],
    ['320500', '320505', 'covered'],
    ['32', 'CN-32', 'covered'],
    ['Jiangsu', '南京', 'covered'],
    ['华东', '无锡', 'covered'],
    ['长三角', '安徽省合肥市', 'covered'],
    ['全国', '新疆维吾尔自治区喀什地区', 'covered'],
    ['广西壮族自治区', '广西桂林', 'covered'],
    ['内蒙古', '内蒙古自治区呼和浩特市', 'covered'],
    ['中国江苏省', '江苏', 'covered'],
    ['Bavaria', 'bavaria, Munich', 'covered'],

    ['朝阳区', '朝阳区望京', 'covered'],
    ['北京', '北京市朝阳区', 'covered'],

    ['江苏', '浙江省杭州市', 'outside'],
    ['江苏省苏州市', '江苏省无锡市', 'outside'],
    ['320500', '320205', 'outside'],
    ['CN-32', '330100', 'outside'],
    ['CN-3', '江苏', 'outside'],
    ['吉林市', '吉林省长春市', 'outside'],
    ['海南', '海南藏族自治州', 'outside'],
    ['河北', '天津市河北区', 'outside'],
    ['华东', '广东', 'outside'],
    ['全国', '香港', 'outside'],
    ['全国', '德国', 'outside'],
    ['江苏', 'Bavaria', 'outside'],
    ['Bavaria', '江苏', 'outside'],
    ['上海市浦东新区', '上海市徐汇区', 'outside'],

    ['北京', '朝阳区', 'unknown'],
    ['朝阳区', '北京市', 'unknown'],
    ['河北', '河北区', 'unknown'],
    ['江苏', '', 'unknown'],
    ['江苏', '  ', 'unknown'],
    ['苏州', '江苏', 'unknown'],
    ['320500', '江苏省苏州市', 'unknown'],
    ['苏州', '320500', 'unknown'],
    ['江苏', '华东', 'unknown'],
    ['上海市浦东新区', '上海', 'unknown'],
  ])('%s has %s: %s', (stated, asked, cover) => {
    expect(coverOf([stated], asked)).toBe(cover);
  });

  it('is one of several, of which the best counts', () => {
    expect(coverOf(['浙江', '苏州'], '江苏')).toBe('unknown');
    expect(coverOf(['浙江', '苏州'], '江苏省苏州市')).toBe('covered');
    expect(coverOf(['浙江', '苏州'], '广东')).toBe('outside');
  });

  it('that is none covers all, the unknown as well', () => {
    expect(coverOf([], '广东省')).toBe('covered');
    expect(coverOf([], '')).toBe('covered');
    expect(coverOf([' '], '广东省')).toBe('covered');
  });
});

describe('the provinces', () => {
  it('are found by each of their names and codes', () => {
    const wrong = provinces.filter(({ code, name, english, letters }) =>
      [name, code, `${code}0000`, `CN-${code}`, `CN-${letters}`, english].some((text) => {
        const found = placeOf(text);
        return found?.kind !== 'place' || found.provinces.join() !== code;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('have cities that are each found in one of them alone', () => {
    const wrong = provinces.flatMap(({ code, cities }) =>
      cities.filter((city) => {
        const found = placeOf(`${city}市`);
        return found?.kind !== 'place' || found.provinces.join() !== code;
      }),
    );
    expect(wrong).toEqual([]);
  });
});
