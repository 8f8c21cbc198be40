import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../session/language';
import { chartOption } from './chart-option';
import type { ChartColors } from './chart-option';
import { chartCsv, drawn } from './chart-spec';
import type { ChartSpec } from './chart-spec';

const spec: ChartSpec = {
  kind: 'bars',
  unit: 'money',
  categoryName: '账龄',
  categories: ['1–30', '=SUM(A1)', 'a,"b"'],
  series: [
    {
      name: '金额',
      tones: ['watch', 'bad', 'bad'],
      values: [
        { currency: 'CNY', minor: 9007199254740993n },
        { currency: 'JPY', minor: -5n },
        undefined,
      ],
    },
  ],
};

const colors: ChartColors = {
  primary: 'p',
  muted: 'm',
  good: 'g',
  watch: 'w',
  warn: 'o',
  bad: 'b',
  text: 't',
  line: 'l',
  surface: 's',
  faint: 'n',
  font: 'f',
};

beforeEach(() => chooseLanguage('zh-CN'));

describe('a chart as CSV', () => {
  it('is exact, quoted, and no formula', () => {
    expect(chartCsv(spec)).toBe(
      '\uFEFF账龄,金额\r\n1–30,90071992547409.93\r\n\'=SUM(A1),-5\r\n"a,""b""",\r\n',
    );
  });
});

describe('a chart as a drawing', () => {
  it('draws major units', () => {
    expect(
      [{ currency: 'CNY', minor: 123456n }, { currency: 'JPY', minor: -5n }, 0.25].map(drawn),
    ).toEqual([1234.56, -5, 0.25]);
    expect(drawn(undefined)).toBeNull();
  });

  it('gives each class of risk its colour', () => {
    const option: unknown = chartOption(spec, colors, false);
    expect(option).toMatchObject({
      animation: false,
      series: [
        { type: 'bar', data: [{ itemStyle: { color: 'w' } }, { itemStyle: { color: 'b' } }, {}] },
      ],
    });
  });

  it('counts money in 万 and 亿 along the axis', () => {
    const option: unknown = chartOption(spec, colors, true);
    const formatter: unknown = Reflect.get(
      Object(Reflect.get(Object(Reflect.get(Object(option), 'yAxis')), 'axisLabel')),
      'formatter',
    );
    expect(typeof formatter === 'function' ? formatter(2_000_000) : '').toBe('200万');
  });

  it('draws its tooltip on the canvas, since the policy refuses inline styles', () => {
    expect(chartOption(spec, colors, true)).toMatchObject({ tooltip: { renderMode: 'richText' } });
  });

  it('lays bars down in the order of their categories', () => {
    expect(chartOption({ ...spec, kind: 'rows' }, colors, true)).toMatchObject({
      xAxis: { type: 'value' },
      yAxis: { type: 'category', inverse: true, data: spec.categories },
    });
  });

  it('gives a cell to each value that is known, and its place in the tooltip', () => {
    const heat: ChartSpec = {
      kind: 'heat',
      unit: 'percent',
      categoryName: '时段',
      categories: ['09:00', '10:00'],
      series: [
        { name: '周一', values: [0.5, undefined] },
        { name: '周二', values: [undefined, 0.25] },
      ],
    };
    const option: unknown = chartOption(heat, colors, true);
    expect(option).toMatchObject({
      legend: undefined,
      visualMap: { min: 0, max: 1, inRange: { color: ['n', 'p'] } },
      series: [
        {
          type: 'heatmap',
          data: [
            [0, 0, 0.5],
            [1, 1, 0.25],
          ],
        },
      ],
    });
    const formatter: unknown = Reflect.get(
      Object(Reflect.get(Object(option), 'tooltip')),
      'formatter',
    );
    const said: unknown =
      typeof formatter === 'function' ? formatter({ value: [1, 1, 0.25] }) : undefined;
    expect(said).toBe('周二 10:00\n25%');
  });

  it('shows a line of a single point by that point, each as strong as it says', () => {
    const lines: ChartSpec = {
      ...spec,
      kind: 'lines',
      series: [
        { name: '一', values: [1, undefined, undefined], strength: 0.4 },
        { name: '二', values: [1, 2, undefined] },
      ],
    };
    expect(chartOption(lines, colors, true)).toMatchObject({
      series: [
        { showSymbol: true, lineStyle: { opacity: 0.4 } },
        { showSymbol: false, lineStyle: { opacity: 1 } },
      ],
    });
  });
});
