/**
 * One visit or more of every page of the portal, by a login that may see it; a page that nobody
 * visits fails the test. `:name` in an address is an id of the world. Tabs and dialogs are parts of
 * an address too.
 */
export type Visitor = { username: string; visits: readonly Visit[] };

/** The page as the routes name it, and what of it is looked at beside its bare address. */
export type Visit = readonly [page: string, ...also: string[]];

const calculatorTabs = ['interest', 'double', 'small', 'deadlines', 'limitation'].map(
  (tab) => `?tab=${tab}`,
);

const caseTabs = ['receivables', 'timeline', 'promises', 'documents', 'placement', 'ledger'].map(
  (tab) => `?tab=${tab}`,
);

export const visitors: readonly Visitor[] = [
  {
    username: 'jinggong.director',
    visits: [
      ['/today'],
      ['/receivables'],
      ['/receivables/imports'],
      ['/receivables/imports/new'],
      ['/receivables/imports/:importId'],
      ['/cases', '?dialog=open'],
      ['/cases/promises'],
      ['/cases/closings'],
      ['/cases/closings/:closingId', '?dialog=approve', '?dialog=refuse'],
      [
        '/cases/:caseId',
        ...caseTabs,
        '?tab=litigation',
        '?dialog=contact',
        '?dialog=payment',
        '?dialog=promise',
        '?tab=promises&dialog=plan',
        '?tab=promises&dialog=settlement',
        '?tab=placement&dialog=pack',
        '?tab=placement&dialog=pack-paper',
        '?dialog=place',
        '?dialog=assign',
      ],
      ['/placements'],
      ['/tenders'],
      ['/tenders/:tenderId', '?dialog=cancel'],
      ['/agencies'],
      ['/agencies/:agencyId', '?dialog=complain'],
      ['/ranking', '?dialog=weights'],
      ['/reports'],
      ['/reports/:reportId', '?dialog=query'],
      ['/commission', '?dialog=draw'],
      ['/commission/:statementId'],
      ['/blacklist'],
      ['/blacklist/new', '?case=:caseId'],
      ['/blacklist/:listingId', '?dialog=evidence', '?dialog=withdraw'],
      ['/blacklist/:listingId/edit'],
      ['/insight', '?months=24&by=placed'],
      ['/settings', '?dialog=pack-policy'],
      ['/settings/rules'],
      ['/forbidden'],
      ['/**'],
    ],
  },
  {
    username: 'jinggong.credit_manager',
    visits: [
      ['/customers'],
      ['/customers/ratings'],
      ['/customers/warnings'],
      ['/customers/admissions', '?dialog=ask'],
      ['/customers/admissions/:admissionId'],
      ['/customers/policy'],
      ['/customers/policy/new'],
      ['/customers/models', '?dialog=fit'],
      ['/customers/models/:modelId', '?dialog=validate'],
      [
        '/customers/:customerId',
        '?tab=file',
        '?tab=statements',
        '?tab=statements&dialog=statement',
        '?tab=behaviour',
        '?tab=history',
      ],
    ],
  },
  {
    username: 'jinggong.legal_officer',
    visits: [
      ['/litigation', '?dialog=open'],
      ['/litigation/deadlines', '?view=calendar', '?dialog=feeds'],
      ['/litigation/limitation'],
      ['/litigation/limitation/:debtId', '?dialog=record', '?dialog=guarantor'],
      ['/litigation/calculators', ...calculatorTabs],
      [
        '/litigation/:matterId',
        '?dialog=begin',
        '?dialog=move&on=:proceedingId',
        '?dialog=judgment&on=:proceedingId',
        '?tab=deadlines',
        '?tab=evidence',
        '?tab=claims',
        '?tab=claims&dialog=parties',
        '?tab=money',
        '?tab=papers',
        '?tab=papers&dialog=draw',
      ],
    ],
  },
  { username: 'haishu.org_admin', visits: [['/calendar-feeds']] },
  {
    username: 'haishu.director',
    visits: [
      ['/blacklist/screening', '?dialog=watch'],
      ['/blacklist/alerts'],
      ['/blacklist/bulk', '?dialog=start'],
      ['/blacklist/bulk/:bulkId'],
    ],
  },
  {
    username: 'hengxin.manager',
    visits: [
      ['/today'],
      ['/placements'],
      ['/tenders'],
      ['/tenders/:tenderId', '?dialog=bid'],
      ['/cases'],
      ['/cases/:placedCaseId', ...caseTabs, '?dialog=contact', '?dialog=payment'],
      ['/reports', '?dialog=write'],
      ['/reports/:reportId'],
      ['/commission'],
      ['/standing', '?dialog=profile'],
      ['/settings'],
    ],
  },
  {
    username: 'xiehui.reviewer',
    visits: [
      ['/review'],
      ['/blacklist'],
      ['/blacklist/:publishedId', '?dialog=dispute', '?dialog=remove'],
      ['/blacklist/:publishedId/listed-party'],
      ['/blacklist/:publishedId/report'],
      ['/members', '?tab=stewards', '?tab=agreements', '?dialog=member', '?dialog=about'],
      ['/list-insight', '?months=24'],
      ['/settings', '?dialog=suspend&on=:colleagueId'],
      ['/settings/rules'],
    ],
  },
  {
    username: 'platform.admin',
    visits: [
      ['/health'],
      ['/parked'],
      ['/parked/:service/:eventId', '?dialog=discard'],
      ['/jobs'],
      ['/organisations'],
      ['/organisations/:orgId'],
      ['/rules'],
      ['/audit'],
      ['/audit/repairs'],
      ['/welcome'],
    ],
  },
];

/** Pages as the routes name them: ids that stand for another name of the same page. */
const sameAs: Readonly<Record<string, string>> = {
  '/cases/:placedCaseId': '/cases/:caseId',
  '/blacklist/:publishedId': '/blacklist/:listingId',
  '/blacklist/:publishedId/listed-party': '/blacklist/:listingId/listed-party',
  '/blacklist/:publishedId/report': '/blacklist/:listingId/report',
};

export function visitedPages(): string[] {
  const all = visitors.flatMap(({ visits }) => visits.map(([page]) => sameAs[page] ?? page));
  return [...new Set(all)];
}

/** The addresses of a visitor with the world's ids in them. Throws on an id that is not there. */
export function addressesOf(visitor: Visitor, ids: Readonly<Record<string, string>>): string[] {
  const filled = (template: string): string =>
    template.replaceAll(/:(\w+)/g, (_whole, name: string) => {
      const id = ids[name];
      if (id === undefined) throw new Error(`the world has no ${name} for ${template}`);
      return id;
    });
  return visitor.visits.flatMap(([page, ...also]) =>
    ['', ...also].map((part) => filled(page.replace('/**', '/nowhere') + part)),
  );
}
