import { actorOf } from '@recourse/kit/caller.ts';
import { dayIn } from '@recourse/kit/day.ts';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { onceOrNow } from '@recourse/kit/once.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type Admission,
  type AskAdmissionRequest,
  DecideAdmissionResponse,
  type ListAdmissionsRequest,
  RatingCause,
  type RatingServiceServer,
} from '@recourse/proto/credit/v1/ratings.ts';
import { ask, checkSameRequest, decide } from '../domain/admission.ts';
import { defaultTimeZone } from '../domain/customer.ts';
import { policyOf, rateCustomers } from '../rerating.ts';
import {
  admissionForUpdate,
  getAdmission,
  listAdmissions,
  saveAdmission,
} from '../store/admissions.ts';
import { customerIdentity } from '../store/customers.ts';
import { creditTopic } from '../topic.ts';
import { mustKnow, occasionOf, pageInfo, pageOf, type Rooms } from './rooms.ts';

type AdmissionHandlers = Pick<
  Handlers<RatingServiceServer>,
  'askAdmission' | 'getAdmission' | 'listAdmissions' | 'decideAdmission'
>;

/** A page of admissions as it is answered; the screen and the export read the same. */
export async function admissionsPage(tx: Tx, { page, ...filter }: ListAdmissionsRequest) {
  const found = await listAdmissions(tx, filter, pageOf(page));
  return { admissions: found.admissions, page: pageInfo(found) };
}

async function asked(tx: Tx, request: AskAdmissionRequest, call: Call): Promise<Admission> {
  const { admissionId, customerId, askedLimit, askedTerms, note } = request;
  const customerName = await mustKnow(tx, customerId);
  const before = await admissionForUpdate(tx, admissionId);
  if (before !== undefined) {
    checkSameRequest(before, { customerId, askedLimit, askedTerms, note });
    return before;
  }
  const cause = RatingCause.ADMISSION;
  const [rating] = await rateCustomers(tx, [{ customerId, cause }], occasionOf(call));
  if (rating === undefined) throw fault('missing', 'customer_unknown', { customerId });
  const policy = await policyOf(tx, dayIn(defaultTimeZone, call.at).toString());
  const command = {
    admissionId,
    customerId,
    customerName,
    askedLimit,
    askedTerms,
    note,
    rating,
    by: actorOf(call.caller),
    at: call.at.toString(),
  };
  const admission = ask(command, policy);
  await saveAdmission(tx, admission);
  const { name, creditCode, isPerson: person } = await customerIdentity(tx, customerId);
  const about = { aggregateId: admissionId, at: call.at, actor: command.by };
  const value = { admissionId, customerId, name: person ? '' : name, creditCode, person };
  await emit(tx, creditTopic, about, [{ $case: 'admissionAsked', value }]);
  return admission;
}

/** Admission of customers over gRPC. Faults: `missing` admission_unknown, those of `decide`. */
export function admissionHandlers({ db }: Rooms): AdmissionHandlers {
  return {
    askAdmission: (request, call) =>
      db.tenant(call.caller.orgId, async (tx) => ({
        admission: await asked(tx, request, call),
      })),

    getAdmission: ({ admissionId }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        const admission = await getAdmission(tx, admissionId);
        if (admission === undefined) throw fault('missing', 'admission_unknown', { admissionId });
        return { admission };
      }),

    listAdmissions: (request, { caller }) =>
      db.tenant(caller.orgId, (tx) => admissionsPage(tx, request)),

    decideAdmission: ({ requestId, admissionId, ...decision }, call) =>
      db.tenant(call.caller.orgId, (tx) => {
        const command = { requestId, content: { admissionId, ...decision } };
        return onceOrNow(tx, command, DecideAdmissionResponse, async () => {
          const before = await admissionForUpdate(tx, admissionId);
          if (before === undefined) {
            throw fault('missing', 'admission_unknown', { admissionId });
          }
          const by = actorOf(call.caller);
          const admission = decide(before, { ...decision, by, at: call.at.toString() });
          await saveAdmission(tx, admission);
          return { admission };
        });
      }),
  };
}
