import {
  IssueSubjectReportRequest,
  IssueSubjectReportResponse,
} from '@recourse/proto/web/blacklist/v1/listings';
import type { Listing } from '@recourse/proto/web/blacklist/v1/listings';
import { SubjectKind } from '@recourse/proto/web/blacklist/v1/subject';
import type { Api } from '../../session/api';
import { path } from '../../session/api';
import type { FormField, FormValues } from '../../ui/form-values';
import { t } from './subject-report-words';

/** What is asked before a report: whose it is and how that was made sure (PIPL art. 45). */
export function reportFields(listing: Listing): FormField[] {
  const isPerson = listing.kind === SubjectKind.PERSON;
  const whose: FormField = isPerson
    ? { id: 'idNumber', kind: 'text', label: t('idNumber'), least: 6 }
    : { id: 'creditCode', kind: 'text', label: t('creditCode'), initial: listing.creditCode };
  return [
    whose,
    { id: 'identityProof', kind: 'text', label: t('proof'), hint: t('proofHint'), least: 2 },
    {
      id: 'paymentReference',
      kind: 'text',
      label: t('payment'),
      hint: t('paymentHint'),
      optional: true,
    },
  ];
}

/** Issues the report; the same `reportId` with the same answers is the same report. */
export function issueReport(
  api: Api,
  listing: Listing,
  values: FormValues,
  ids: { reportId: string; requestId: string },
): Promise<IssueSubjectReportResponse> {
  const { reportId, requestId } = ids;
  const body: IssueSubjectReportRequest = {
    reportId,
    kind: listing.kind,
    creditCode: values.text('creditCode').trim(),
    idNumber: values.text('idNumber').trim(),
    identityProof: values.text('identityProof').trim(),
    paymentReference: values.text('paymentReference').trim(),
  };
  return api.put(
    path`/v1/blacklist/subject-reports/${reportId}`,
    IssueSubjectReportRequest.toJSON(body),
    IssueSubjectReportResponse.fromJSON,
    { requestId },
  );
}
