import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Tx } from '@recourse/kit/db.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type IssueSubjectReportRequest,
  type IssueSubjectReportResponse,
  ListingState,
  type ListingsServiceServer,
} from '@recourse/proto/blacklist/v1/listings.ts';
import { Category } from '@recourse/proto/blacklist/v1/subject.ts';
import { refuseFile } from '../domain/file-sight.ts';
import { freeReport } from '../domain/report.ts';
import { tidyCode } from '../domain/screening.ts';
import { associationZone, dayAt, rulesShownOn } from '../rules/in-force.ts';
import { findAssociation, stewardOf } from '../store/associations.ts';
import { looksAt } from '../store/history.ts';
import { listListings } from '../store/listing-list.ts';
import { listingsNaming, opened, readListing } from '../store/listings.ts';
import { takeTurns } from '../store/lock.ts';
import { addReport, freeIssued, knownReport, listingsAbout } from '../store/reports.ts';
import { wordOf } from '../store/words.ts';
import { shown } from './changing.ts';
import { listedPartyView, listingHead } from './listing-message.ts';
import { byOf, type Rooms } from './rooms.ts';

async function nameOf(tx: Tx, associationId: string): Promise<string> {
  return (await findAssociation(tx, associationId))?.name ?? '';
}

/** Faults: `invalid` subject_without_identifier; `exhausted` free_reports_used. */
async function issueReport(
  rooms: Rooms,
  request: IssueSubjectReportRequest,
  call: Call,
): Promise<IssueSubjectReportResponse> {
  const { orgId } = call.caller;
  const by = byOf(call);
  const creditCode = tidyCode(request.creditCode);
  const idNumber = tidyCode(request.idNumber);
  if (creditCode === '' && idNumber === '') throw fault('invalid', 'subject_without_identifier');
  const sealer = await rooms.crypto.sealer(orgId);
  const idHash = sealer.blindIndex(idNumber);
  const subjectHash = sealer.blindIndex(creditCode === '' ? idNumber : creditCode);
  const { reportId, identityProof, paymentReference } = request;
  const hash = contentHash({ reportId, subjectHash, identityProof, paymentReference });
  return rooms.db.tenant(orgId, async (tx) => {
    await takeTurns(tx, subjectHash);
    const known = await knownReport(tx, reportId, hash);
    const { year } = by.today;
    const issued = await freeIssued(tx, subjectHash, year);
    const most = by.terms.freeReports;
    const { free, freeLeft } =
      known === undefined
        ? freeReport(issued, most, paymentReference)
        : { free: known.free, freeLeft: Math.max(0, most - issued) };
    const issuedAt = known?.issuedAt ?? call.at.toString();
    const row = { reportId, subjectHash, year, free, identityProof, paymentReference, issuedAt };
    if (known === undefined) await addReport(tx, { ...row, contentHash: hash }, by.actor);
    const associationName = await nameOf(tx, orgId);
    const listings = [];
    for (const sealed of await listingsAbout(tx, { creditCode, idHash })) {
      const looks = await looksAt(tx, sealed.listingId, associationZone);
      const listing = await opened(rooms.crypto, sealed);
      listings.push(listedPartyView(listing, { associationName, looks }, by));
    }
    return { reportId, issuedAt, free, freeLeft, listings };
  });
}

/** What is read of listings, and what the listed party is entitled to. */
export function listingReads(rooms: Rooms) {
  return {
    listListings: async (request, call) => {
      const by = byOf(call);
      const filter = {
        state: wordOf(ListingState, request.state) ?? '',
        category: wordOf(Category, request.category) ?? '',
        query: request.query,
        nextStep: request.nextStep,
        waiting: request.waiting,
      };
      return rooms.db.tenant(call.caller.orgId, async (tx) => {
        const found = await listListings(tx, filter, request.page);
        const names = new Map<string, string>();
        const listings = [];
        for (const sealed of found.listings) {
          const { associationId } = sealed;
          const name = names.get(associationId) ?? (await nameOf(tx, associationId));
          names.set(associationId, name);
          listings.push(listingHead(await opened(rooms.crypto, sealed), name, by));
        }
        return { listings, page: found.page };
      });
    },

    getListing: ({ listingId }, call) => shown(rooms, listingId, call),

    getListedPartyView: async ({ listingId }, call) => {
      const by = byOf(call);
      return rooms.db.tenant(call.caller.orgId, async (tx) => {
        const listing = await readListing(tx, rooms.crypto, listingId);
        const looks = await looksAt(tx, listingId, associationZone);
        const associationName = await nameOf(tx, listing.associationId);
        return { view: listedPartyView(listing, { associationName, looks }, by) };
      });
    },

    issueSubjectReport: (request, call) => issueReport(rooms, request, call),

    listRules: async (_request, { at }) => ({ rules: rulesShownOn(dayAt(at)) }),

    checkFile: async ({ fileId }, call) =>
      rooms.db.tenant(call.caller.orgId, async (tx) => {
        const steward = await stewardOf(tx, call.caller.userId);
        refuseFile(await listingsNaming(tx, fileId), fileId, steward);
        return {};
      }),
  } satisfies Partial<Handlers<ListingsServiceServer>>;
}
