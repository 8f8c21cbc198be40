import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseState, Handling } from '@recourse/proto/cases/v1/cases.ts';
import { agencyCall, creditorCall, oneCase, type Rig, startRig } from './book-rig.ts';
import { handlingIs, payment, placementOf, reversal } from './work-rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.stop());

describe('an agency whose case was closed by a payment', () => {
  it('has the case again when the payment that closed it is taken back', async () => {
    const { orgId, file } = await oneCase(rig, [{ amountMinor: 900n, daysAgo: 9 }]);
    const placement = placementOf(rig, file);
    await placement.accept();
    await handlingIs(rig, file, Handling.PLACED);
    const call = await agencyCall(rig, placement.agencyId);
    const { payment: paid } = await rig.work.recordPayment(payment(file.caseId, 900n), call);
    await placement.complete();
    await handlingIs(rig, file, Handling.INTERNAL);
    const missing = { kind: 'missing', reason: 'case_unknown' };
    await expect(rig.cases.getCase({ caseId: file.caseId }, call)).rejects.toMatchObject(missing);
    const finance = await creditorCall(rig, orgId, 'finance');
    await rig.work.reversePayment(reversal(file.caseId, paid?.paymentId ?? ''), finance);
    const at = Temporal.Now.instant().toString();
    const { agencyId } = placement;
    const grant = `SELECT placement_id AS id FROM placement_grant WHERE case_id = $1`;
    const [row] = await rig.service.ownerQuery<{ id: string }>(grant, [file.caseId]);
    const placementId = row?.id ?? '';
    const named = { placementId, agencyId, caseId: file.caseId, agencyName: '安信商账' };
    await rig.tellOfPlacement(orgId, placementId, {
      $case: 'placementResumed',
      value: { ...named, resumedAt: at, acceptedAt: at },
    });
    await handlingIs(rig, file, Handling.PLACED);
    expect(await rig.cases.getCase({ caseId: file.caseId }, call)).toMatchObject({
      case: { state: CaseState.OPEN, open: { minor: 900n } },
    });
  });
});
