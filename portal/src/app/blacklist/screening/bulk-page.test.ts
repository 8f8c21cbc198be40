import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { answer, pageProviders } from '../../../testing/answers';
import { show } from '../../../testing/screen';
import { chooseLanguage } from '../../session/language';
import { BulkPage } from './bulk-page';

const at = '/v1/blacklist/bulk-screens';

describe('a bulk screening', () => {
  beforeEach(() => chooseLanguage('zh-CN'));

  it('says which columns companies and persons need before a file is chosen', async () => {
    TestBed.configureTestingModule({ providers: pageProviders({ roles: ['collector'] }) });
    const showing = show(BulkPage);
    await answer(at, { bulks: [] });
    const screen = await showing;
    await screen.click('rc-page-header button');
    const text = screen.texts('[role=dialog]').join();
    for (const column of ['统一社会信用代码', '类型', '姓名', '身份证号', '授权书编号']) {
      expect(text).toContain(column);
    }
  });
});
