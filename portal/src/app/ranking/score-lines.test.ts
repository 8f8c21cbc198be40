import { Component, signal } from '@angular/core';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { RankedAgency, RankingComponent } from '@recourse/proto/web/agencies/v1/ranking';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { IntervalPlot } from './interval-plot';
import { ScoreLines } from './score-lines';

@Component({
  imports: [IntervalPlot, ScoreLines],
  template: `
    <rc-interval-plot label="plot" [value]="65" [low]="low()" [high]="70" [from]="40" [to]="80" />
    <rc-score-lines [of]="agency" />
  `,
})
class Host {
  readonly low = signal(60);
  readonly agency = RankedAgency.fromPartial({
    agencyName: '瑞衡',
    scoreHundredths: 6540n,
    suggestionReasons: ['recovery_low_above_par'],
    lines: [
      {
        component: RankingComponent.RECOVERY,
        recorded: true,
        unit: 'bps',
        observed: 4200n,
        expected: 3100n,
        sample: 120n,
        indexBps: 13500n,
        indexLowBps: 11800n,
        indexHighBps: 15200n,
        weightBps: 8000,
        effectHundredths: 1540n,
      },
      { component: RankingComponent.COMPLAINTS, recorded: false },
    ],
  });
}

beforeEach(() => chooseLanguage('zh-CN'));

describe('the score of an agency', () => {
  it('is told line by line from 50.00 to its sum', async () => {
    const screen = await show(Host);
    const cells = screen.texts('tbody tr:nth-child(2) > *');
    expect(cells).toEqual(['回款率', '42%', '31%', '120', '135%', '118% – 152%', '80%', '+15.40']);
    expect(screen.texts('tbody tr:nth-child(3)')[0]).toContain('没有记录');
    expect(screen.texts('tfoot td')).toEqual(['65.40']);
    expect(screen.texts('rc-score-lines')[0]).toContain('回款率的区间下限高于预期');
  });

  it('stands on its scale, green only when all of it is above the expectation', async () => {
    const screen = await show(Host);
    const dot = () => screen.all('.dot')[0];
    expect(dot()?.style.insetInlineStart).toBe('62.5%');
    expect(dot()?.className).toContain('above');
    screen.page.low.set(49);
    await screen.settle();
    expect(dot()?.className).not.toContain('above');
  });

  it('is said in English too', async () => {
    chooseLanguage('en');
    const [text = ''] = (await show(Host)).texts('rc-score-lines');
    expect(text).toContain('even the lower bound of recovery is above expectation');
    expect(text).not.toMatch(/\p{Script=Han}/u);
  });
});
