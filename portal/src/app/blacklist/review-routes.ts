import type { Routes } from '@angular/router';

export default [
  {
    path: '',
    loadComponent: () => import('./listings/review-page').then((file) => file.ReviewPage),
  },
] satisfies Routes;
