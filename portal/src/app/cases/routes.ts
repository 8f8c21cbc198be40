import type { Routes } from '@angular/router';
import { allow } from '../session/allow';

export default [
  { path: '', loadComponent: () => import('./cases-page').then((file) => file.CasesPage) },
  {
    path: 'assign',
    canMatch: [allow(['supervisor', 'director'])],
    loadComponent: () => import('./assign-page').then((file) => file.AssignPage),
  },
  {
    path: 'promises',
    loadComponent: () => import('./promises-page').then((file) => file.PromisesPage),
  },
  { path: ':caseId', loadComponent: () => import('./case-page').then((file) => file.CasePage) },
] satisfies Routes;
