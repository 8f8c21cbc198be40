import type { Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';

/** A component on the page of a test, and what a person would do with it. */
export type Screen<T> = {
  page: T;
  fixture: ComponentFixture<T>;
  /** All elements of a selector, also those in overlays. */
  all(selector: string): HTMLElement[];
  texts(selector: string): string[];
  click(selector: string, at?: number): Promise<void>;
  /** Types into a control and leaves it when `leave`. */
  type(selector: string, text: string, leave?: boolean): Promise<void>;
  press(key: string): Promise<void>;
  settle(): Promise<void>;
};

/** A part that is loaded late comes late on a machine that does other things as well. */
const patienceMs = 60_000;

/** Draws until something is there, and gives it. */
export async function untilThere<T>(find: () => T | undefined): Promise<T> {
  const last = performance.now() + patienceMs;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    TestBed.tick();
    const found = find();
    if (found !== undefined) return found;
    if (performance.now() > last) throw new Error('it did not come');
  }
}

/** Shows a component with its inputs; overlays of earlier tests are taken away. */
export async function show<T>(
  component: Type<T>,
  inputs: Readonly<Record<string, unknown>> = {},
): Promise<Screen<T>> {
  document.querySelectorAll('[data-screen], .cdk-overlay-container').forEach((old) => old.remove());
  const fixture = TestBed.createComponent(component);
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  const element: HTMLElement = fixture.nativeElement;
  element.dataset['screen'] = '';
  document.body.append(element);
  const settle = async (): Promise<void> => {
    await fixture.whenStable();
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  await settle();
  const all = (selector: string): HTMLElement[] => [
    ...document.querySelectorAll<HTMLElement>(selector),
  ];
  const found = (selector: string, at: number): HTMLElement => {
    const one = all(selector)[at];
    if (one === undefined) throw new Error(`there is no ${selector} number ${at}`);
    return one;
  };
  return {
    page: fixture.componentInstance,
    fixture,
    all,
    texts: (selector) =>
      all(selector).map((one) => (one.textContent ?? '').replace(/\s+/g, ' ').trim()),
    click: async (selector, at = 0) => {
      found(selector, at).click();
      await settle();
    },
    type: async (selector, text, leave = true) => {
      const control = found(selector, 0);
      Reflect.set(control, 'value', text);
      control.dispatchEvent(new Event('input', { bubbles: true }));
      if (leave) control.dispatchEvent(new Event('blur'));
      await settle();
    },
    press: async (key) => {
      const target = document.activeElement ?? document.body;
      // The CDK compares the old codes as well.
      const keyCode = { Escape: 27, Enter: 13, ArrowDown: 40, ArrowUp: 38 }[key] ?? 0;
      const event = new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true });
      target.dispatchEvent(event);
      await settle();
    },
    settle,
  };
}
