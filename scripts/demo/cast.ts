import type { CommissionTerms } from '@recourse/proto/agencies/v1/agencies.ts';
import type { Dialect } from './exports.ts';

/** Who plays which part in the demo; the people are users of the realm file. */
export type DemoCreditor = {
  dialect: Dialect;
  source: string;
  encoding: 'gb18030' | 'utf-8' | 'utf-8-bom';
  customers: number;
  receivables: number;
  industries: readonly string[];
  currencies: readonly (readonly [string, number])[];
  middleAmount: number;
  prefix: string;
  director: string;
  collector: string;
  /** Who works its cases in-house, in turn. */
  workers: readonly string[];
  finance: string;
};

export const creditors: readonly DemoCreditor[] = [
  {
    dialect: 'kingdee',
    source: '金蝶 K3',
    encoding: 'gb18030',
    customers: 190,
    receivables: 2500,
    industries: ['机械', '五金', '电子', '化工'],
    currencies: [['CNY', 1]],
    middleAmount: 46_000,
    prefix: 'JG',
    director: 'jinggong.director',
    collector: 'jinggong.collector',
    workers: ['jinggong.collector', 'jinggong.supervisor'],
    finance: 'jinggong.finance',
  },
  {
    dialect: 'sap',
    source: 'SAP',
    encoding: 'utf-8-bom',
    customers: 130,
    receivables: 1500,
    industries: ['贸易', '纺织', '食品', '物流'],
    currencies: [
      ['CNY', 4],
      ['USD', 1],
    ],
    middleAmount: 68_000,
    prefix: 'HS',
    director: 'haishu.director',
    collector: 'haishu.collector',
    workers: ['haishu.collector'],
    finance: 'haishu.director',
  },
  {
    dialect: 'yonyou',
    source: '用友 U8',
    encoding: 'utf-8',
    customers: 80,
    receivables: 1000,
    industries: ['软件', '建材', '物流', '电子'],
    currencies: [['CNY', 1]],
    middleAmount: 31_000,
    prefix: 'YQ',
    director: 'yunqi.director',
    collector: 'yunqi.collector',
    workers: ['yunqi.collector'],
    finance: 'yunqi.director',
  },
];

export type DemoAgency = {
  user: string;
  /** Multiplies a debtor's weekly chance to pay: what the ranking should find out. */
  strength: number;
  /** Chance that a weekly report is in on time. */
  punctuality: number;
  rateBps: number;
  bands: readonly (readonly [number, number])[];
  /** What its price list says beside or in place of rate and bands. */
  terms?: Partial<CommissionTerms>;
  sectors: readonly string[];
  /** None: everywhere. */
  regions: readonly string[];
  agents: number;
  about: string;
};

const yuan = (amount: number) => ({ currency: 'CNY', minor: BigInt(amount) * 100n });

/** Six agencies of different real quality; none of them looks it at first sight. */
export const agencies: readonly DemoAgency[] = [
  {
    user: 'ruiheng',
    strength: 1.5,
    punctuality: 0.97,
    rateBps: 1500,
    bands: [],
    sectors: ['机械', '五金', '电子', '化工'],
    regions: ['上海', '江苏', '浙江', '安徽', '湖北'],
    agents: 18,
    about: '专注制造业应收账款，长三角十二年，外访团队自有。',
  },
  {
    user: 'hengxin',
    strength: 1.2,
    punctuality: 0.93,
    rateBps: 1200,
    bands: [
      [0, 800],
      [91, 1500],
      [181, 2500],
    ],
    sectors: ['机械', '建材', '贸易'],
    regions: ['江苏', '安徽', '山东', '浙江', '河南'],
    agents: 12,
    about: '企业信用管理与商账催收，江苏本地网络。',
  },
  {
    user: 'chengda',
    strength: 1.0,
    punctuality: 0.85,
    rateBps: 1000,
    bands: [],
    // More the more comes in of a case, for all of it.
    terms: {
      model: {
        $case: 'ratchet',
        value: {
          retroactive: true,
          steps: [
            { fromRecoveredBps: 0, rateBps: 900 },
            { fromRecoveredBps: 3000, rateBps: 1100 },
            { fromRecoveredBps: 7000, rateBps: 1300 },
          ],
        },
      },
    },
    sectors: ['贸易', '纺织', '食品'],
    regions: ['浙江', '上海', '福建', '江苏', '广东'],
    agents: 15,
    about: '外贸与轻工行业商账，英语、日语团队。',
  },
  {
    user: 'yuecheng',
    strength: 0.85,
    punctuality: 0.9,
    rateBps: 1400,
    bands: [
      [0, 1000],
      [61, 1400],
      [181, 2200],
    ],
    // Less for large sums, and something for small ones.
    terms: {
      model: {
        $case: 'amountBrackets',
        value: {
          brackets: [
            { from: yuan(0), rateBps: 1600 },
            { from: yuan(50_000), rateBps: 1200 },
            { from: yuan(200_000), rateBps: 900 },
          ],
        },
      },
      minimum: yuan(300),
    },
    sectors: ['电子', '物流', '软件'],
    regions: ['广东', '湖南', '福建', '湖北', '浙江'],
    agents: 22,
    about: '珠三角电子与供应链企业的商账与资产管理。',
  },
  {
    user: 'zhengyuan',
    strength: 1.3,
    punctuality: 0.95,
    rateBps: 2500,
    bands: [
      [0, 2000],
      [181, 3000],
    ],
    terms: { litigationUpliftBps: 500, agencyBearsCosts: true },
    sectors: ['机械', '化工', '软件', '建材'],
    regions: [],
    agents: 9,
    about: '律师事务所商账部，诉前与诉讼一体。',
  },
  {
    user: 'chuanxin',
    strength: 0.6,
    punctuality: 0.62,
    rateBps: 800,
    bands: [],
    sectors: ['建材', '食品', '物流'],
    regions: ['四川', '重庆', '陕西', '河南', '江苏'],
    agents: 8,
    about: '西南地区商账服务，低费率。',
  },
];
