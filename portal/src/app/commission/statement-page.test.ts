import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  ExportStatementResponse,
  GetStatementResponse,
  StatementState,
} from '@recourse/proto/web/agencies/v1/commission';
import { answer, pageProviders } from '../../testing/answers';
import { type Screen, show } from '../../testing/screen';
import type { Caller } from '../session/caller';
import { chooseLanguage } from '../session/language';
import { StatementPage } from './statement-page';

const at = '/v1/statements/statement-1';
const buttons = 'rc-object-header button';

async function shown(person: Partial<Caller>): Promise<Screen<StatementPage>> {
  TestBed.configureTestingModule({ providers: pageProviders(person) });
  const showing = show(StatementPage, { statementId: 'statement-1' });
  const statement = { number: 'CS-2026-11-0001', state: StatementState.CLOSED, version: 3n };
  const found = GetStatementResponse.fromPartial({ statement });
  await answer(at, GetStatementResponse.toJSON(found));
  const screen = await showing;
  await screen.settle();
  return screen;
}

/** What the page asks for, and under which name it saves what it is given. */
async function downloaded(screen: Screen<StatementPage>): Promise<[string, string]> {
  const saved: string[] = [];
  const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function save(
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  URL.createObjectURL = () => 'blob:';
  screen.all(buttons).at(-1)?.click();
  const http = TestBed.inject(HttpTestingController);
  const request = http.expectOne((one) => one.url === `${at}/file`);
  const asked = request.request.params.toString();
  const file = { fileId: 'f1', fileName: 'CS-2026-11-0001.pdf' };
  request.flush(ExportStatementResponse.toJSON(ExportStatementResponse.fromPartial({ file })));
  await new Promise((resolve) => setTimeout(resolve));
  http.expectOne('/v1/files/f1').flush(new Blob(['%PDF-']));
  await new Promise((resolve) => setTimeout(resolve));
  click.mockRestore();
  return [asked, saved.join()];
}

const finance = { orgKind: 'creditor', roles: ['finance'] } as const;
const manager = { orgKind: 'agency', roles: ['agency_manager'] } as const;

beforeEach(() => chooseLanguage('zh-CN'));
afterEach(() => chooseLanguage('zh-CN'));

describe('the page of a statement', () => {
  it.each([
    ['finance of the creditor', finance],
    ['the manager of the agency', manager],
  ])('gives %s the statement as a PDF', async (_who, person) => {
    const screen = await shown(person);
    expect(screen.texts(buttons)).toEqual(['导出 CSV', '导出 XLSX', '下载 PDF']);
    expect(await downloaded(screen)).toEqual(['format=pdf&language=zh-CN', 'CS-2026-11-0001.pdf']);
  });

  it('asks for it in the language of the screen', async () => {
    chooseLanguage('en');
    const screen = await shown(finance);
    expect(screen.texts(buttons).at(-1)).toBe('Download PDF');
    expect((await downloaded(screen))[0]).toBe('format=pdf&language=en');
  });
});
