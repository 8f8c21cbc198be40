import { halfWidth } from './cell.ts';
import type { Heading } from './heading-words.ts';

/**
 * What the word in a column of states says of a document: still owed, owed in part, owed and
 * disputed, settled, cancelled after it was issued, or never issued.
 */
export type DocumentStatus = 'open' | 'partly' | 'disputed' | 'settled' | 'cancelled' | 'draft';

/**
 * `Completed` of a payment is settled; of an invoice it may as well be that it was issued, so that
 * the heading decides.
 */
type Word = DocumentStatus | 'done';

/**
 * Words as data, of the states that accounting programs write (SAP, Odoo, ERPNext, QuickBooks,
 * Xero, Zoho, Stripe, NetSuite, Kingdee, Yonyou) and of lists kept by hand.
 */
const dictionary = `
open, opened, outstanding, unpaid, not paid, due, overdue, past due, late, pending,
pending payment, awaiting payment, unsettled, not settled, uncleared, not cleared, issued, sent,
viewed, posted, authorised, authorized, approved, invoiced, billed, not due, not yet due,
current, delinquent, in arrears, in collection, unpaid and discounted, overdue and discounted,
offen, unbezahlt, überfällig, nicht bezahlt, impayé, impayée, non payé, non payée, en retard,
échu, échue, à payer, ouvert, ouverte, pendiente, vencido, vencida, por cobrar, no pagado,
no pagada, impagado, impagada, abierto, abierta, pendente, em aberto, aberto, aberta, atrasado,
atrasada, a vencer, não pago, a receber, non pagato, non pagata, aperto, aperta, scaduto,
scaduta, da pagare, openstaand, onbetaald, niezapłacone, nieopłacona, не оплачен, не оплачено,
не оплачена, просрочен, просрочено, открыт, ödenmedi, belum lunas, belum dibayar, 未付, 未付款, 未支付,
未收, 未收款, 未回款, 未结, 未结清, 未清, 未核销, 待付款, 待收款, 待回款, 待结算, 逾期, 已逾期, 未到期, 已到期, 催收中, 已开票, 已审核, 欠款, 有欠款,
未収, 未入金, 未払い, 미수, 미납, 미결, 미지급: open
partial, partially paid, partly paid, part paid, paid partially, partial payment,
partially settled, partially applied, partly paid and discounted, teilbezahlt,
teilweise bezahlt, partiellement payé, partiellement payée, pago parcial, parcial,
parcialmente pago, parcialmente paga, pagado parcialmente, parcialmente pagado,
pagato parzialmente, частично оплачен, частично, lunas sebagian, 部分付款, 部分支付, 部分收款, 部分回款, 部分核销,
部分结清, 部分结算, 部分已付, 一部入金, 부분수금: partly
disputed, in dispute, dispute, under dispute, contested, strittig, en litige, litige,
en disputa, em disputa, 争议, 争议中, 有争议, 异议: disputed
paid, fully paid, full paid, paid in full, paid full, paid late, paid on time, settled,
fully settled, cleared, closed, reconciled, collected,
fully applied, in payment, credit note issued, bezahlt, voll bezahlt, ausgeglichen,
beglichen, payé, payée, réglé, réglée, soldé, soldée, acquitté, acquittée, encaissé, pagado,
pagada, cobrado, cobrada, liquidado, liquidada, saldado, saldada, pago, paga, quitado, quitada,
recebido, recebida, baixado, baixada, pagato, pagata, saldato, saldata, incassato, betaald,
voldaan, zapłacone, opłacona, zapłacona, оплачен, оплачено, оплачена, погашен, погашено, закрыт,
ödendi, tahsil edildi, lunas, dibayar, 已付, 已付款, 已付清, 付清, 已支付, 已收, 已收款, 已收齐, 收讫, 已回款, 全部回款,
已全额回款, 已结, 已结清, 结清, 已清, 已清账, 已核销, 全部核销, 核销完毕, 已关闭, 已到账, 已还清, 还清, 已还, 已结算, 入金済, 入金済み, 支払済,
支払済み, 消込済, 消込済み, 완납, 수금완료, 결제완료: settled
cancelled, canceled, cancel, void, voided, reversed, annulled, deleted, storniert, storno,
annulé, annulée, anulado, anulada, cancelado, cancelada, annullato, annullata, geannuleerd,
anulowana, anulowane, отменен, отменён, отменено, аннулирован, iptal, dibatalkan, batal, 作废,
已作废, 取消, 已取消, 已撤销, 已红冲, 红冲, 已冲销, 取消済: cancelled
draft, unissued, not issued, entwurf, brouillon, borrador, rascunho, bozza, concept, черновик,
taslak, 草稿, 未开票, 未审核, 下書き: draft
completed, complete, received, matched, finished, done, processed, success, successful, 已完成, 完成,
成功, 完了: done
`;

const statuses = new Map<string, Word>();
for (const part of dictionary.replaceAll('\n', ' ').split(/(?<=: [a-z]+) (?=\S)/)) {
  const colon = part.lastIndexOf(': ');
  const status = part.slice(colon + 2).trim() as Word;
  for (const word of part.slice(0, colon).split(',')) statuses.set(word.trim(), status);
}

const longest = 40;

/** What a word says of a document's state; undefined for a word that is none of them. */
export function statusWord(text: string): Word | undefined {
  if (text === '' || text.length > longest) return undefined;
  const plain = halfWidth(text)
    .toLowerCase()
    .replaceAll(/[\s_\-–.!]+/g, ' ')
    .trim();
  return statuses.get(plain) ?? statuses.get(plain.replaceAll(' ', ''));
}

/**
 * What a yes stands for under a heading: `isOpen` and `是否未付` ask whether it is owed, `Paid` and
 * `是否结清` whether it is settled; undefined where the heading asks neither.
 */
export function meaningOfYes({ concepts }: Heading): 'open' | 'settled' | undefined {
  if (concepts.includes('open')) return 'open';
  return concepts.includes('paid') || concepts.includes('settled') || concepts.includes('pay')
    ? 'settled'
    : undefined;
}
