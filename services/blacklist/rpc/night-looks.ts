import type { Handlers } from '@recourse/kit/rpc.ts';
import type {
  NightLook as NightLookMessage,
  ScreeningServiceServer,
} from '@recourse/proto/blacklist/v1/screening.ts';
import { SubjectKind, Verdict } from '@recourse/proto/blacklist/v1/subject.ts';
import type { NightLook } from '../domain/night-look.ts';
import { listNightLooks, lookOf } from '../store/night-looks.ts';
import type { Rooms } from './rooms.ts';

function lookMessage(look: NightLook): NightLookMessage {
  return { ...look, verdict: Verdict[look.verdict] };
}

/** The receipts of the nightly screening. */
export function nightLookHandlers({ db, crypto }: Rooms) {
  return {
    listNightLooks: async ({ customerId, page }, { caller }) => {
      const sealer = await crypto.sealer(caller.orgId);
      return db.tenant(caller.orgId, async (tx) => {
        const found = await listNightLooks(tx, customerId, page);
        const receipts = found.rows.map((row) => {
          const { looks: _looks, associationIds: _ids, ...shown } = row;
          const look = lookOf(row, sealer, customerId);
          return {
            ...shown,
            kind: SubjectKind[row.kind],
            look: look === undefined ? undefined : lookMessage(look),
          };
        });
        return { receipts, page: found.page };
      });
    },
  } satisfies Partial<Handlers<ScreeningServiceServer>>;
}
