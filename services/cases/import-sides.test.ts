import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportField, ImportsServiceClient } from '@recourse/proto/cases/v1/imports.ts';
import { type Rig, startRig } from './book-rig.ts';
import { book, imported, type Imports } from './import-rig.ts';

let rig: Rig;
let imports: Imports;

beforeAll(async () => {
  rig = await startRig();
  imports = rig.service.client(ImportsServiceClient);
});

afterAll(() => rig.stop());

const patience = 60_000;

describe('a delivery that says debit and credit', () => {
  it.each([
    [
      'beside one amount',
      ImportField.SIDE,
      'side_unsigned',
      `凭证字号,客户,到期日,金额,借贷方向
1,甲公司,2024-02-05,100.00,借
2,甲公司,2024-02-05,30.00,贷
`,
    ],
    [
      'in two columns',
      ImportField.CREDIT_AMOUNT,
      'credit_amounts',
      `凭证字号,客户,到期日,借方金额,贷方金额
1,甲公司,2024-02-05,100.00,
2,甲公司,2024-02-05,,30.00
`,
    ],
  ])(
    'is written with negative credits, and known again: %s',
    async (_, field, kind, text) => {
      const orgId = randomUUIDv7();
      const { found } = await imported(rig, imports, orgId, text);
      expect(found.mapping?.columns.map((column) => column.field)).toContain(field);
      expect(found.analysis?.layout).toMatchObject([{ kind, rows: 1n }]);
      expect(found.counts).toMatchObject({ accepted: 2n, receivablesNew: 2n });
      expect(await book(rig, orgId)).toMatchObject({
        receivables: [
          { amount: '10000', open: '10000' },
          { amount: '-3000', open: '-3000' },
        ],
      });
      const again = await imported(rig, imports, orgId, text);
      expect(again.found.counts).toMatchObject({ receivablesUnchanged: 2n });
    },
    patience,
  );
});
