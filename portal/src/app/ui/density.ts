import { signal } from '@angular/core';
import type { Signal } from '@angular/core';

export const densities = ['compact', 'roomy'] as const;
export type Density = (typeof densities)[number];

const storageKey = 'recourse.density';

const current = signal<Density>(
  densities.find((known) => known === localStorage.getItem(storageKey)) ?? 'compact',
);

/** How high the rows of every table are, as this person chose. */
export const density: Signal<Density> = current.asReadonly();

export function chooseDensity(chosen: Density): void {
  localStorage.setItem(storageKey, chosen);
  current.set(chosen);
}
