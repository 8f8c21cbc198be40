import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./today-page').then((file) => file.TodayPage) },
] satisfies Routes;
