import { creditCodeCheckCharacter } from '@recourse/kit/check.ts';
import type { Chance } from './random.ts';

/** A made-up company: every name is put together by chance and every code is valid by GB 32100. */
export type Company = {
  name: string;
  brand: string;
  region: string;
  industry: string;
  creditCode: string;
  contactName: string;
  contactPosition: string;
  phone: string;
};

/** Places with the first six digits of their codes (GB/T 2260). */
const places = [
  ['苏州', '江苏', '320500'],
  ['无锡', '江苏', '320200'],
  ['常州', '江苏', '320400'],
  ['南通', '江苏', '320600'],
  ['南京', '江苏', '320100'],
  ['宁波', '浙江', '330200'],
  ['杭州', '浙江', '330100'],
  ['温州', '浙江', '330300'],
  ['嘉兴', '浙江', '330400'],
  ['上海', '上海', '310100'],
  ['广州', '广东', '440100'],
  ['东莞', '广东', '441900'],
  ['佛山', '广东', '440600'],
  ['深圳', '广东', '440300'],
  ['青岛', '山东', '370200'],
  ['济南', '山东', '370100'],
  ['烟台', '山东', '370600'],
  ['武汉', '湖北', '420100'],
  ['成都', '四川', '510100'],
  ['重庆', '重庆', '500100'],
  ['西安', '陕西', '610100'],
  ['郑州', '河南', '410100'],
  ['合肥', '安徽', '340100'],
  ['厦门', '福建', '350200'],
  ['泉州', '福建', '350500'],
  ['长沙', '湖南', '430100'],
  ['沈阳', '辽宁', '210100'],
  ['大连', '辽宁', '210200'],
  ['天津', '天津', '120100'],
  ['北京', '北京', '110100'],
] as const;

const first = '华瑞恒鼎金永盛泰嘉德荣丰晟博宏达鑫凯祥润昌兴卓越远诚信安和中新天源海东正益利'.split(
  '',
);
const second = '成源达盛丰泰恒隆捷创联合川宇峰航程信诺维科锐翔邦佳润辉腾立德康驰铭辰'.split('');

const tradesByIndustry: Readonly<Record<string, readonly string[]>> = {
  机械: ['机械', '精密机械', '自动化设备', '数控设备', '机电'],
  五金: ['五金制品', '金属制品', '模具', '紧固件'],
  电子: ['电子', '电子科技', '半导体', '光电'],
  贸易: ['贸易', '国际贸易', '进出口', '商贸'],
  纺织: ['纺织', '服饰', '家纺'],
  建材: ['建材', '建设工程', '装饰工程'],
  物流: ['物流', '供应链管理', '货运代理'],
  软件: ['信息技术', '软件', '网络科技', '数据服务'],
  食品: ['食品', '农业科技', '餐饮管理'],
  化工: ['化工', '新材料', '塑料制品'],
};

export const industries: readonly string[] = Object.keys(tradesByIndustry);

const surnames = '王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯'.split('');
const given = [
  '伟',
  '芳',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀英',
  '霞',
  '平',
  '刚',
  '桂英',
  '建国',
  '志强',
  '雪梅',
  '海燕',
  '文博',
  '晓东',
  '佳怡',
  '子涵',
];
const positions = ['财务经理', '采购经理', '总经理', '会计', '副总经理', '出纳'];

/** A person's name put together by chance. */
export function personName(by: Chance): string {
  return by.pick(surnames) + by.pick(given);
}

/** GB 11714 check character of an organisation code's first eight characters (mod 11). */
function organisationCheck(body: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const total = [...body].reduce((sum, digit, at) => sum + Number(digit) * (weights[at] ?? 0), 0);
  const check = 11 - (total % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

function creditCode(by: Chance, place: string): string {
  const body = String(by.whole(10_000_000, 99_999_999));
  const first17 = `91${place}${body}${organisationCheck(body)}`;
  return first17 + (creditCodeCheckCharacter(first17) ?? '');
}

/** Companies with names that differ, from the named industries. */
export function companies(by: Chance, count: number, from: readonly string[]): Company[] {
  const taken = new Set<string>();
  const made: Company[] = [];
  while (made.length < count) {
    const [city, region, code] = by.pick(places);
    const industry = by.pick(from);
    const brand = by.pick(first) + by.pick(second);
    const trade = by.pick(tradesByIndustry[industry] ?? ['实业']);
    const form = by.weighted([
      ['有限公司', 8],
      ['股份有限公司', 1],
      ['（集团）有限公司', 1],
    ] as const);
    const name = by.happens(0.15)
      ? `${brand}（${city}）${trade}${form}`
      : `${city}${brand}${trade}${form}`;
    if (taken.has(brand + city)) continue;
    taken.add(brand + city);
    made.push({
      name,
      brand,
      region,
      industry,
      creditCode: creditCode(by, code),
      contactName: personName(by),
      contactPosition: by.pick(positions),
      // 199 with a 0 in fourth place is not assigned to anyone.
      phone: `1990${String(by.whole(0, 9_999_999)).padStart(7, '0')}`,
    });
  }
  return made;
}
