import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { MonitorModelResponse } from '@recourse/proto/web/credit/v1/models';
import { pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { ModelMonitor } from './model-monitor';

async function tiles(over: Partial<MonitorModelResponse>): Promise<string> {
  TestBed.configureTestingModule({ providers: pageProviders() });
  const of = MonitorModelResponse.fromPartial({ verdict: 'too_few', lateDays: 30, ...over });
  const screen = await show(ModelMonitor, { of });
  return screen.texts('rc-stat-tile').join(' | ');
}

describe('the monitoring of a model', () => {
  beforeEach(() => chooseLanguage('en'));

  it('says what is counted, and calls early whose window still runs', async () => {
    const counts = { outcomeCount: 180n, outcomeBadCount: 66n, runningCount: 40n };
    const shown = await tiles({ ...counts, runningBadCount: 7n, ofReceivables: true });
    expect(shown).toContain('180, 66 of them bad');
    expect(shown).toContain('late by more than 30 days');
    expect(shown).toContain('Early reading');
    expect(shown).toContain('40, 7 of them bad already');
  });

  it('of customers names the year, and shows no early reading where nothing runs', async () => {
    const shown = await tiles({ lateDays: 90 });
    expect(shown).toContain('within a year of its first rating: more than 90 days overdue');
    expect(shown).not.toContain('Early reading');
  });
});
