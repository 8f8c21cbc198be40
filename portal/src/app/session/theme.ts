import { computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'recourse.theme';
const darkSystem = matchMedia('(prefers-color-scheme: dark)');

function startTheme(): Theme {
  const stored = localStorage.getItem(storageKey);
  return themes.find((known) => known === stored) ?? 'system';
}

const current = signal<Theme>(startTheme());
const systemIsDark = signal(darkSystem.matches);
darkSystem.addEventListener('change', (event) => systemIsDark.set(event.matches));
document.documentElement.dataset['theme'] = current();

export const theme: Signal<Theme> = current.asReadonly();

/** True while the screen is dark, chosen or by the system; charts draw by it. */
export const isDark: Signal<boolean> = computed(() =>
  current() === 'system' ? systemIsDark() : current() === 'dark',
);

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(storageKey, chosen);
  document.documentElement.dataset['theme'] = chosen;
  current.set(chosen);
}
