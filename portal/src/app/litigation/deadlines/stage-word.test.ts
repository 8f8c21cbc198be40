import { beforeEach, describe, expect, it } from '@jest/globals';
import { chooseLanguage } from '../../session/language';
import { stageWord } from './stage-word';

describe('what happened', () => {
  beforeEach(() => chooseLanguage('zh-CN'));

  it.each([
    ['ruling_appeal_docketed', '对裁定的上诉立案', 'Appeal against the ruling docketed'],
    ['harmful_act_known', '知道债务人有害债权的行为', 'Debtor’s harmful act became known'],
    ['harmful_act_done', '债务人有害债权的行为发生', 'Debtor’s harmful act was done'],
    ['rescission_suit_filed', '已起诉撤销该行为', 'Suit for rescission filed'],
    ['second_instance_docketed', '二审立案', 'docketing at second instance'],
  ])('%s has its words', (kind, zh, en) => {
    expect(stageWord(kind)).toBe(zh);
    chooseLanguage('en');
    expect(stageWord(kind)).toBe(en);
  });

  it('is told by its own name without words, and not at all by an id', () => {
    expect(stageWord('odd_thing')).toBe('odd thing');
    expect(stageWord('01956f3e-0000-7000-8000-00000000000a')).toBe('');
  });
});
