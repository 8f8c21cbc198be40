import { amountCell, countCell, exportList, inWords, part } from '@recourse/kit/export-list.ts';
import {
  type Admission,
  AdmissionProposal,
  AdmissionState,
  Grade,
  ListAdmissionsRequest,
  ListRatingsRequest,
  type PaymentTerms,
  type RatedCustomer,
} from '@recourse/proto/credit/v1/ratings.ts';
import { admissionsPage } from '../rpc/admissions.ts';
import { ratingsPage } from '../rpc/ratings.ts';

/** `AAA` to `D`. */
function gradeText(grade: Grade | undefined): string {
  if (grade === undefined || grade === Grade.UNSPECIFIED) return '';
  return grade.replace('GRADE_', '');
}

const ratingCurrency = part<RatedCustomer>(
  '币种',
  'Currency',
  8,
  (r) => (r.exposure ?? r.limit)?.currency ?? '',
);

const ratingColumns = [
  {
    name: 'name',
    parts: [
      part<RatedCustomer>('客户名称', 'Customer name', 32, (r) => r.name),
      part<RatedCustomer>('客户编号', 'Customer number', 16, (r) => r.customerNumber),
    ],
  },
  {
    name: 'grade',
    parts: [part<RatedCustomer>('等级', 'Grade', 8, (r) => gradeText(r.grade))],
  },
  {
    name: 'pd',
    parts: [
      part<RatedCustomer>('一年违约概率 %', 'Default within a year %', 16, (r) =>
        countCell(r.pdBps, 2),
      ),
    ],
  },
  { name: 'score', parts: [part<RatedCustomer>('得分', 'Score', 8, (r) => countCell(r.score))] },
  {
    name: 'exposure',
    parts: [
      part<RatedCustomer>('敞口', 'Exposure', 18, (r) => amountCell(r.exposure)),
      ratingCurrency,
    ],
  },
  {
    name: 'limit',
    parts: [part<RatedCustomer>('额度', 'Limit', 18, (r) => amountCell(r.limit)), ratingCurrency],
  },
  {
    name: 'warnings',
    parts: [part<RatedCustomer>('预警', 'Warnings', 8, (r) => countCell(r.warningCount))],
  },
  {
    name: 'review',
    parts: [part<RatedCustomer>('下次复评', 'Next review', 12, (r) => ({ day: r.reviewOn }))],
  },
  {
    name: 'region',
    isExtra: true,
    parts: [part<RatedCustomer>('地区', 'Region', 14, (r) => r.region)],
  },
  {
    name: 'industry',
    isExtra: true,
    parts: [part<RatedCustomer>('行业', 'Industry', 18, (r) => r.industry)],
  },
] as const;

const admissionState = inWords({
  [AdmissionState.ASKED]: { 'zh-CN': '待决定', en: 'To decide' },
  [AdmissionState.ADMITTED]: { 'zh-CN': '已准入', en: 'Admitted' },
  [AdmissionState.REFUSED]: { 'zh-CN': '已拒绝', en: 'Refused' },
});

const proposal = inWords({
  [AdmissionProposal.ADMIT]: { 'zh-CN': '建议准入', en: 'Admit' },
  [AdmissionProposal.ADMIT_WITH_CONDITIONS]: {
    'zh-CN': '建议有条件准入',
    en: 'Admit on conditions',
  },
  [AdmissionProposal.REFUSE]: { 'zh-CN': '建议拒绝', en: 'Refuse' },
});

/** Days until payment, none for those who pay before. */
function netDays(terms: PaymentTerms | undefined): number | undefined {
  return terms === undefined || terms.prepaid ? undefined : terms.netDays;
}

const itsCurrency = part<Admission>(
  '币种',
  'Currency',
  8,
  (a) => (a.askedLimit ?? a.limit)?.currency ?? '',
);

const admissionColumns = [
  {
    name: 'customer',
    parts: [part<Admission>('客户', 'Customer', 32, (a) => a.customerName)],
  },
  {
    name: 'state',
    parts: [part<Admission>('状态', 'State', 10, (a, to) => admissionState(a.state)[to])],
  },
  {
    name: 'proposal',
    parts: [part<Admission>('建议', 'Proposal', 18, (a, to) => proposal(a.proposal)[to])],
  },
  {
    name: 'grade',
    parts: [part<Admission>('等级', 'Grade', 8, (a) => gradeText(a.rating?.grade))],
  },
  {
    name: 'asked',
    parts: [
      part<Admission>('申请额度', 'Limit asked', 18, (a) => amountCell(a.askedLimit)),
      itsCurrency,
    ],
  },
  {
    name: 'limit',
    parts: [part<Admission>('额度', 'Limit', 18, (a) => amountCell(a.limit)), itsCurrency],
  },
  {
    name: 'terms',
    parts: [
      part<Admission>('账期天数', 'Net days', 10, (a) => countCell(netDays(a.terms))),
      part<Admission>('预付', 'Prepaid', 8, (a, to) =>
        a.terms?.prepaid === true ? { 'zh-CN': '是', en: 'Yes' }[to] : '',
      ),
      part<Admission>('折扣 %', 'Discount %', 10, ({ terms }) =>
        countCell(terms?.discountBps || undefined, 2),
      ),
      part<Admission>('折扣天数', 'Discount days', 10, ({ terms }) =>
        countCell(terms?.discountBps ? terms.discountDays : undefined),
      ),
    ],
  },
  {
    name: 'at',
    parts: [
      part<Admission>('申请时间', 'Asked at', 18, (a) => ({ instant: a.askedAt ?? '' })),
      part<Admission>('申请人', 'Asked by', 14, (a) => a.askedBy?.name ?? ''),
    ],
  },
] as const;

export const ratings = exportList<ListRatingsRequest, RatedCustomer>({
  title: { 'zh-CN': '评级', en: 'Ratings' },
  method: '/recourse.credit.v1.RatingService/ListRatings',
  columns: ratingColumns,
  codec: ListRatingsRequest,
  read: async (tx, _viewer, { request, page }) => {
    const found = await ratingsPage(tx, { ...request, page });
    return { rows: found.customers, page: found.page };
  },
});

export const admissions = exportList<ListAdmissionsRequest, Admission>({
  title: { 'zh-CN': '准入申请', en: 'Admissions' },
  method: '/recourse.credit.v1.RatingService/ListAdmissions',
  columns: admissionColumns,
  codec: ListAdmissionsRequest,
  read: async (tx, _viewer, { request, page }) => {
    const found = await admissionsPage(tx, { ...request, page });
    return { rows: found.admissions, page: found.page };
  },
});
