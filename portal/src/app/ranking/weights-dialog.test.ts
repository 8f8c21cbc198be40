import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { RankingWeight } from '@recourse/proto/web/agencies/v1/ranking';
import { openBody, pageProviders } from '../../testing/answers';
import { show } from '../../testing/screen';
import { chooseLanguage } from '../session/language';
import { WeightsDialog } from './weights-dialog';

const weights = [RankingWeight.fromPartial({ weight: 10 })];

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({ providers: pageProviders() });
});

describe('weights that are being written', () => {
  it('stay as written, of the version that was seen, when they are read again', async () => {
    const screen = await show(WeightsDialog, { weights, version: 1n });
    await screen.type('rc-text-field input', '25');
    screen.fixture.componentRef.setInput('weights', [RankingWeight.fromPartial({ weight: 11 })]);
    screen.fixture.componentRef.setInput('version', 2n);
    await screen.settle();
    screen.all('[role=dialog] button').at(-1)?.click();
    expect(await openBody()).toMatchObject({ weights: [{ weight: 25 }], expectedVersion: '1' });
  });
});
