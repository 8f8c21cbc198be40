import { type Day, day, daysBetween } from '@recourse/kit/day.ts';
import { OverdueClass, type Receivable } from '@recourse/proto/cases/v1/receivables.ts';
import { classOf } from '../domain/aging.ts';
import type { Rules } from '../rules/in-force.ts';
import type { ReceivableRow } from '../store/receivables.ts';

/** A receivable as of a day; days overdue are negative before the due day. */
export function receivableMessage(row: ReceivableRow, asOf: Day, rules: Rules): Receivable {
  const { currency } = row;
  const daysOverdue = daysBetween(day(row.dueDate), asOf);
  return {
    receivableId: row.receivableId,
    documentNumber: row.documentNumber,
    debtorId: row.debtorId,
    debtorName: row.debtorName,
    customerNumber: row.customerNumber,
    documentDate: row.documentDate ?? '',
    dueDate: row.dueDate,
    amount: { currency, minor: row.amountMinor },
    open: { currency, minor: row.openMinor },
    daysOverdue,
    overdueClass: OverdueClass[classOf(daysOverdue, rules.overdueClasses.value)],
    settledDate: row.settledDate ?? '',
    disputed: row.disputed,
    paymentTerms: row.paymentTerms,
    companyCode: row.companyCode,
    importId: row.importId ?? '',
    caseId: row.caseId ?? '',
    description: row.description,
    version: row.version,
  };
}
