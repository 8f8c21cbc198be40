import { type Day, day, isBefore } from '@recourse/kit/day.ts';
import { fault } from '@recourse/kit/fault.ts';
import type { BasisKind, EvidenceKind, PersonTerms } from './terms.ts';

/** On what ground a natural person is listed, as it was recorded. */
export type LegalBasis = {
  kind: BasisKind | undefined;
  courtReference: string;
  courtPublishedOn: string;
  subjectRefused: boolean;
  bornOn: string;
};

/** What the association has on file for listing persons at all. */
export type PersonPapers = { reportingLicence: string; impactAssessment: string };

/**
 * Refuses to list a natural person without the legal basis of legal.md 2.10. A private association
 * that shares persons' defaults without a licence risks 无证征信 (征信业管理条例 art. 6–7): what is
 * left is the court's public list, or separate consent under a licence. Faults, in this order:
 * `refused` person_without_legal_basis, legal_basis_not_permitted, birth_day_missing,
 * person_is_minor, impact_assessment_missing, subject_refused_processing, court_reference_missing,
 * court_list_in_future, reporting_licence_missing, consent_evidence_missing.
 */
export function refuseWithoutBasis(
  basis: LegalBasis | undefined,
  papers: PersonPapers,
  evidence: readonly EvidenceKind[],
  terms: PersonTerms,
  today: Day,
): void {
  const kind = basis?.kind;
  if (basis === undefined || kind === undefined) {
    throw fault('refused', 'person_without_legal_basis');
  }
  if (!terms.bases.includes(kind)) throw fault('refused', 'legal_basis_not_permitted', { kind });
  if (basis.bornOn === '') throw fault('refused', 'birth_day_missing');
  if (isBefore(today, day(basis.bornOn).add({ years: terms.leastAgeYears }))) {
    throw fault('refused', 'person_is_minor', { leastAgeYears: terms.leastAgeYears });
  }
  if (papers.impactAssessment === '') throw fault('refused', 'impact_assessment_missing');
  if (kind === 'COURT_LIST') return refuseCourtList(basis, today);
  if (papers.reportingLicence === '') throw fault('refused', 'reporting_licence_missing');
  if (!evidence.includes('CONSENT')) throw fault('refused', 'consent_evidence_missing');
}

function refuseCourtList(basis: LegalBasis, today: Day): void {
  if (basis.subjectRefused) throw fault('refused', 'subject_refused_processing');
  if (basis.courtReference === '' || basis.courtPublishedOn === '') {
    throw fault('refused', 'court_reference_missing');
  }
  if (isBefore(today, day(basis.courtPublishedOn))) {
    throw fault('refused', 'court_list_in_future', { publishedOn: basis.courtPublishedOn });
  }
}
