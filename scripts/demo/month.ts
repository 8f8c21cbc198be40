import type { ClientCall } from '@recourse/kit/client.ts';
import { LineMark } from '@recourse/proto/agencies/v1/commission.ts';
import type { Stage } from './stage.ts';
import { unlessRefused } from './stage.ts';

async function currenciesDue(stage: Stage, agencyId: string, call: ClientCall): Promise<string[]> {
  const page = { size: 200, cursor: '' };
  const { lines } = await stage.commission.listCommissionLines(
    { agencyId, creditorId: '', caseId: '', placementId: '', onlyUnstated: true, page },
    call,
  );
  return [...new Set(lines.map((line) => line.commission?.currency ?? ''))].filter(
    (code) => code !== '',
  );
}

/**
 * Finance draws up a month's statement of one agency, ticks its lines and, unless told, closes it.
 */
export async function settleMonth(
  stage: Stage,
  finance: string,
  agencyId: string,
  month: string,
  closes: boolean,
): Promise<void> {
  const call = await stage.as(finance);
  for (const currency of await currenciesDue(stage, agencyId, call)) {
    const statementId = stage.id('statement');
    await unlessRefused(['nothing_to_state', 'statement_of_month_exists'], async () => {
      const drawn = await stage.commission.drawStatement(
        { statementId, agencyId, month, currency },
        call,
      );
      if (!closes) return;
      let version = drawn.statement?.version ?? 0n;
      for (const line of drawn.lines) {
        const marked = await stage.commission.markStatementLine(
          {
            statementId,
            lineId: line.lineId,
            mark: LineMark.TICKED,
            holdReason: '',
            requestId: stage.id('mark'),
          },
          call,
        );
        version = marked.statement?.version ?? version;
      }
      await stage.commission.closeStatement(
        { statementId, expectedVersion: version, requestId: stage.id('close') },
        call,
      );
    });
  }
}
