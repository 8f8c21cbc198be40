import type { Routes } from '@angular/router';

export default [
  { path: '', loadComponent: () => import('./parked-page').then((file) => file.ParkedPage) },
  {
    path: ':service/:eventId',
    loadComponent: () => import('./parked-event-page').then((file) => file.ParkedEventPage),
  },
] satisfies Routes;
