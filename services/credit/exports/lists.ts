import {
  type AnyList,
  amountCell,
  countCell,
  exportList,
  part,
} from '@recourse/kit/export-list.ts';
import {
  type Customer,
  ListCustomersRequest,
  type PaymentBehaviour,
} from '@recourse/proto/credit/v1/credit.ts';
import { customersPage } from '../rpc.ts';
import { admissions, ratings } from './rated.ts';

/** The behaviour a list shows: of the currency with most documents. */
function main({ behaviours }: Customer): PaymentBehaviour | undefined {
  return behaviours.toSorted((a, b) => (a.receivableCount > b.receivableCount ? -1 : 1))[0];
}

const currency = part<Customer>('币种', 'Currency', 8, (one) => main(one)?.currency ?? '');

const columns = [
  {
    name: 'name',
    parts: [
      part<Customer>('客户名称', 'Customer name', 32, (one) => one.name),
      part<Customer>('客户编号', 'Customer number', 16, (one) => one.customerNumber),
    ],
  },
  { name: 'region', parts: [part<Customer>('地区', 'Region', 14, (one) => one.region)] },
  { name: 'industry', parts: [part<Customer>('行业', 'Industry', 18, (one) => one.industry)] },
  {
    name: 'exposure',
    parts: [part<Customer>('未清', 'Open', 18, (one) => amountCell(main(one)?.exposure)), currency],
  },
  {
    name: 'overdue',
    parts: [
      part<Customer>('逾期', 'Overdue', 18, (one) => amountCell(main(one)?.overdue)),
      currency,
    ],
  },
  {
    name: 'late',
    parts: [
      part<Customer>('逾期付款占比 %', 'Paid late %', 14, (one) =>
        countCell(main(one)?.lateShareBps, 2),
      ),
    ],
  },
  {
    name: 'mean',
    parts: [
      part<Customer>('平均迟付天数', 'Mean days late', 14, (one) =>
        countCell(main(one)?.meanDaysLateTenths, 1),
      ),
    ],
  },
  {
    name: 'trend',
    isExtra: true,
    parts: [
      // Positive is worse; nothing where two quarters cannot be compared.
      part<Customer>('较上季变化天数', 'Days against the quarter before', 16, (one) => {
        const found = main(one);
        return countCell(found?.trendKnown === true ? found.trendTenths : undefined, 1);
      }),
    ],
  },
] as const;

type ListName = 'customers' | 'ratings' | 'admissions';

/** The lists of credit by the names that the contract's request gives them. */
export const exportedLists: Readonly<Record<ListName, AnyList>> = {
  ratings,
  admissions,
  customers: exportList<ListCustomersRequest, Customer>({
    title: { 'zh-CN': '客户', en: 'Customers' },
    method: '/recourse.credit.v1.CreditService/ListCustomers',
    columns,
    codec: ListCustomersRequest,
    read: async (tx, _viewer, { request, page }) => {
      const found = await customersPage(tx, { ...request, page });
      return { rows: found.customers, page: found.page };
    },
  }),
};
