import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { dialogUrl } from './dialog-url';

@Component({ template: '' })
class Page {
  readonly dialogs = dialogUrl(['place', 'close']);
}

let harness: RouterTestingHarness;

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', component: Page }])] });
  harness = await RouterTestingHarness.create();
});

describe('the dialogs of a page', () => {
  it('open and close by the address, which keeps everything else', async () => {
    const { dialogs } = await harness.navigateByUrl('/cases?tiers=HIGH', Page);
    expect(dialogs.open()).toBeUndefined();
    dialogs.show('place', 'c1');
    await harness.fixture.whenStable();
    expect(TestBed.inject(Router).url).toBe('/cases?tiers=HIGH&dialog=place&on=c1');
    expect([dialogs.open(), dialogs.on()]).toEqual(['place', 'c1']);
    dialogs.close();
    await harness.fixture.whenStable();
    expect(TestBed.inject(Router).url).toBe('/cases?tiers=HIGH');
  });

  it('are open from the start when the address says so, unless it names another', async () => {
    const { dialogs } = await harness.navigateByUrl('/cases?dialog=close', Page);
    expect([dialogs.open(), dialogs.on()]).toEqual(['close', '']);
    await harness.navigateByUrl('/cases?dialog=drop_tables', Page);
    expect(dialogs.open()).toBeUndefined();
  });
});
