import type { Routes } from '@angular/router';
import { allow } from '../session/allow';
import { issuers } from './listings/roles';

const creditor = [allow(['creditor:*'])];

export default [
  {
    path: '',
    loadComponent: () => import('./listings/listings-page').then((file) => file.ListingsPage),
  },
  {
    path: 'new',
    canMatch: creditor,
    loadComponent: () => import('./listings/draft-page').then((file) => file.DraftPage),
  },
  {
    path: 'screening',
    canMatch: creditor,
    loadComponent: () => import('./screening/screening-page').then((file) => file.ScreeningPage),
  },
  {
    path: 'alerts',
    canMatch: creditor,
    loadComponent: () => import('./screening/alerts-page').then((file) => file.AlertsPage),
  },
  {
    path: 'bulk',
    canMatch: creditor,
    loadComponent: () => import('./screening/bulk-page').then((file) => file.BulkPage),
  },
  {
    path: 'bulk/:bulkId',
    canMatch: creditor,
    loadComponent: () => import('./screening/bulk-result-page').then((file) => file.BulkResultPage),
  },
  {
    path: ':listingId/edit',
    canMatch: creditor,
    loadComponent: () => import('./listings/draft-page').then((file) => file.DraftPage),
  },
  {
    path: ':listingId/listed-party',
    loadComponent: () => import('./listings/listed-page').then((file) => file.ListedPage),
  },
  {
    path: ':listingId/report',
    canMatch: [allow(issuers)],
    loadComponent: () =>
      import('./listings/subject-report-page').then((file) => file.SubjectReportPage),
  },
  {
    path: ':listingId',
    loadComponent: () => import('./listings/listing-page').then((file) => file.ListingPage),
  },
] satisfies Routes;
