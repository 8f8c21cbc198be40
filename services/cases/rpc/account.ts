import { Readable } from 'node:stream';
import type { Files } from '@recourse/kit/files.ts';
import { namedUuid, sha256 } from '@recourse/kit/hash.ts';
import { mostPaperRows, pdfBytes } from '@recourse/kit/pdf.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import type { ExportAccountRequest, WorkServiceServer } from '@recourse/proto/cases/v1/work.ts';
import type { FileRef } from '@recourse/proto/type/v1/type.ts';
import { accountPaper } from '../domain/account.ts';
import { getCase } from '../store/cases.ts';
import { wantedPage } from '../store/page.ts';
import { listPayments } from '../store/payments.ts';
import { listCaseReceivables } from '../store/receivables.ts';
import { dayAndRules, keyed, type Rooms } from './rooms.ts';

/** Far above a paper of so many rows. */
const mostBytes = 64 * 1024 * 1024;

/** One more than fits on a paper, so that too many are seen to be too many. */
const all = wantedPage({ size: mostPaperRows + 1, cursor: '' }, {});

async function exportAccount(
  { db, files }: Pick<Rooms, 'db'> & { files: Files },
  { caseId, language }: ExportAccountRequest,
  { caller: { orgId }, at }: Call,
): Promise<FileRef> {
  const facts = await db.tenant(
    orgId,
    async (tx) => {
      const row = await getCase(tx, { kind: 'creditor', orgId }, caseId);
      const { rows: documents } = await listCaseReceivables(tx, row, all);
      const { rows: payments } = await listPayments(tx, row, all);
      return { ...row, documents, payments: payments.toReversed() };
    },
    keyed,
  );
  const { today: asOf } = dayAndRules(at);
  const paper = accountPaper(facts, { language: language === 'en' ? 'en' : 'zh-CN', asOf });
  const bytes = await pdfBytes(paper);
  // What is owed changes with time: a file is named by what is in it.
  const fileId = namedUuid(orgId, `${caseId} account ${sha256(bytes)}`);
  const fileName = `${paper.title.replaceAll(' ', '-')}-${asOf.toString()}.pdf`;
  const mediaType = 'application/pdf';
  const how = { fileName, mediaType, maxBytes: mostBytes, fleeting: true };
  const { sizeBytes } = await files.put(orgId, fileId, Readable.from([bytes]), how);
  return { fileId, fileName, mediaType, sizeBytes: BigInt(sizeBytes) };
}

/**
 * The account of a case as a paper for its debtor. Faults: `missing` case_unknown; `refused`
 * account_of_closed_case, paper_too_long.
 */
export function accountHandlers(
  rooms: Pick<Rooms, 'db'> & { files: Files },
): Pick<Handlers<WorkServiceServer>, 'exportAccount'> {
  return {
    exportAccount: async (request, call) => ({ file: await exportAccount(rooms, request, call) }),
  };
}
