import type { Placement } from '@recourse/proto/web/agencies/v1/placements';
import type { Column } from '../ui/column';
import { conditionsText, placementRate } from './terms-text';
import { t } from './words';

/** Columns of placements; each side sees the other's name. */
export function placementColumns(isCreditor: boolean): Column<Placement>[] {
  return [
    {
      id: 'debtor',
      title: () => t('debtor'),
      value: (p) => p.debtorName,
      fixed: true,
      card: 'title',
      note: (p) => (p.masked ? `${p.caseNumber} · ${t('masked')}` : p.caseNumber),
    },
    isCreditor
      ? { id: 'agency', title: () => t('agency'), value: (p) => p.agencyName }
      : { id: 'creditor', title: () => t('creditor'), value: (p) => p.creditorName },
    {
      id: 'amount',
      title: () => t('amount'),
      kind: 'money',
      value: (p) => p.placedAmount,
      sort: 'placed_amount',
      card: 'figure',
    },
    {
      id: 'days',
      title: () => t('days'),
      kind: 'count',
      value: (p) => p.placedDaysOverdue,
      sort: 'placed_days_overdue',
    },
    {
      id: 'rate',
      title: () => t('rate'),
      kind: 'own',
      text: (p) => `${placementRate(p)} ${conditionsText(p.terms)}`,
      hidden: isCreditor,
    },
    {
      id: 'region',
      title: () => t('region'),
      hidden: isCreditor,
      value: (p) => [p.region, p.industry].filter((x) => x).join(' · '),
    },
    {
      id: 'state',
      title: () => t('state'),
      kind: 'own',
      card: 'chip',
      text: (p) => t.find(p.state),
    },
    ...courseColumns(isCreditor),
  ];
}

/** What became of a placement, and when. */
function courseColumns(isCreditor: boolean): Column<Placement>[] {
  return [
    {
      id: 'recovered',
      title: () => t('recovered'),
      kind: 'money',
      value: (p) => p.recovered,
      card: 'none',
    },
    {
      id: 'commission',
      title: () => t('commission'),
      kind: 'money',
      value: (p) => p.commission,
      ...(isCreditor ? { note: placementRate } : {}),
      card: 'none',
    },
    {
      id: 'placedAt',
      title: () => t('placedAt'),
      kind: 'instant',
      value: (p) => p.placedAt,
      sort: 'placed_at',
      card: 'none',
    },
    {
      id: 'answerBy',
      title: () => t('answerBy'),
      kind: 'day',
      value: (p) => p.answerBy,
      hidden: isCreditor,
    },
  ];
}
