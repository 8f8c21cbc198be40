import { describe, expect, it } from '@jest/globals';
import { maskedName } from './mask.ts';

describe('a masked name', () => {
  it.each([
    ['上海恒达机械有限公司', '上海市', '上海某某有限公司'],
    ['上海恒达机械有限公司', '江苏省', '某某有限公司'],
    ['江苏长风科技股份有限公司', '江苏', '江苏某某股份有限公司'],
    ['华为技术有限公司', '', '某某有限公司'],
    ['张伟', '', '张某'],
    ['欧阳娜娜', '上海市', '欧某'],
    ['某种没有形式的长名字', '', '某某'],
    ['WAL-MAR corp', '', '*** corp'],
    ['KROGER', '', '***'],
    ['Inc', '', '***'],
  ])('of %s (%s) is %s', (name, region, masked) => {
    expect(maskedName(name, region)).toBe(masked);
  });
});
