import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { ListCasesResponse } from '@recourse/proto/web/cases/v1/cases';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { places } from '../routes';
import { chooseLanguage } from '../session/language';
import { Palette } from './palette';

let fixture: ComponentFixture<Palette>;
let http: HttpTestingController;
const closed: string[] = [];

async function type(text: string): Promise<void> {
  const input: HTMLInputElement = fixture.nativeElement.querySelector('input');
  input.value = text;
  input.dispatchEvent(new Event('input'));
  fixture.detectChanges();
  await new Promise((resolve) => setTimeout(resolve, 250));
}

beforeEach(() => {
  chooseLanguage('zh-CN');
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([{ path: 'cases/:caseId', children: [] }]),
      { provide: DialogRef, useValue: { close: () => closed.push('closed') } },
      {
        provide: DIALOG_DATA,
        useValue: places.filter(
          ({ path, roles }) => path === 'cases' && roles.includes('creditor:*'),
        ),
      },
    ],
  });
  fixture = TestBed.createComponent(Palette);
  http = TestBed.inject(HttpTestingController);
  fixture.detectChanges();
});

describe('the palette', () => {
  it('finds cases by their debtor and opens one', async () => {
    await type('宏达');
    const asked = http.expectOne((request) => request.url === '/v1/cases');
    expect(asked.request.params.get('query')).toBe('宏达');
    expect(asked.request.params.get('page.size')).toBe('6');
    const found = { caseId: 'c-1', debtorName: '上海宏达', number: 'A-7' };
    asked.flush(ListCasesResponse.toJSON(ListCasesResponse.fromPartial({ cases: [found] })) ?? {});
    await fixture.whenStable();
    const hit: HTMLElement | null = fixture.nativeElement.querySelector('#hit-c-1');
    expect(hit?.textContent).toMatch(/上海宏达\s*A-7/);
    hit?.click();
    await fixture.whenStable();
    expect(TestBed.inject(Router).url).toBe('/cases/c-1');
    expect(closed).toEqual(['closed']);
  });

  it('asks nothing for one Latin letter', async () => {
    await type('h');
    http.expectNone(() => true);
    expect(fixture.nativeElement.textContent).not.toContain('上海宏达');
  });
});
