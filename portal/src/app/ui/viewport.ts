import { signal } from '@angular/core';
import type { Signal } from '@angular/core';

const narrow = matchMedia('(max-width: 640px)');
const phone = signal(narrow.matches);
narrow.addEventListener('change', (event) => phone.set(event.matches));

/** True on screens up to 640 px wide, where tables become cards and the rail a bottom bar. */
export const isPhone: Signal<boolean> = phone.asReadonly();
