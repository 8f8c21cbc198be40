import { addDays, type Day } from '@recourse/kit/day.ts';
import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import type { DemoAgency } from './cast.ts';
import type { Stage } from './stage.ts';

/** VAT of services of general taxpayers, 6 % (增值税暂行条例 as amended; rule data of the terms). */
const vatBps = 600;

export function listTerms(agency: DemoAgency): CommissionTerms {
  return { ...plainTerms(agency), ...agency.terms };
}

function plainTerms(agency: DemoAgency): CommissionTerms {
  const frame = { vatBps, tailDays: 30 };
  if (agency.bands.length === 0) {
    return { ...frame, model: { $case: 'flat', value: { rateBps: agency.rateBps } } };
  }
  const bands = agency.bands.map(([fromDaysOverdue, rateBps]) => ({ fromDaysOverdue, rateBps }));
  return { ...frame, model: { $case: 'ageBands', value: { bands } } };
}

/** A list in yuan holds for debts in yuan; for others rates alone are agreed. */
export function agreedTerms(agency: DemoAgency, currency: string): CommissionTerms | undefined {
  const isInYuan = agency.terms?.minimum !== undefined;
  return isInYuan && currency !== 'CNY' ? plainTerms(agency) : undefined;
}

/** The agency's manager writes its profile; papers run out at different times. */
export async function introduce(stage: Stage, agency: DemoAgency, today: Day): Promise<string> {
  const call = await stage.as(`${agency.user}.manager`);
  const { orgId: agencyId, orgName: name } = call.caller;
  await stage.agencies.putAgency(
    {
      agencyId,
      name,
      description: agency.about,
      sectors: [...agency.sectors],
      regions: [...agency.regions],
      languages: ['zh-CN', 'en'],
      agentCount: agency.agents,
      capacityCases: agency.agents * 120,
      listTerms: listTerms(agency),
      expectedVersion: 0n,
      licences: [
        {
          kind: '营业执照',
          number: `YY${agencyId.slice(0, 8)}`,
          expiresOn: addDays(today, 2000).toString(),
        },
        {
          kind: '信用服务备案',
          number: `XY${agencyId.slice(0, 8)}`,
          expiresOn: addDays(today, 240).toString(),
        },
      ],
    },
    call,
  );
  return agencyId;
}
