import { describe, expect, it } from '@jest/globals';
import { forbiddenPhrases, thirdParties } from '../rules/conduct.ts';
import { disclosedDebt, forbiddenPhrase } from './conduct.ts';
import { inForce } from './rule.ts';

const on = Temporal.PlainDate.from('2026-03-10');
const disclosure = inForce(thirdParties, on).value;
const groups = inForce(forbiddenPhrases, on).value;

describe('to a third party', () => {
  it.each([
    '请转告张经理付五万元',
    '他应付伍万圆整',
    '请转告他付清50000',
    'He has an outstanding balance',
    '他欠债不还',
    '请转告他还三百',
    '让他准备好五万',
    '请他尽快转账 8000',
    '要他汇 50,000',
    '一共是叁拾贰万',
    '伍 仟 元 的 事',
    '差我们 5万',
    '还 3万 就行',
    '需要三千元月底前到账',
    '金额￥12,000',
    '人民币 300 的事情',
    '13800138000元的事',
    '他公司欠费了',
    '请提醒他付款',
    '他被我们起诉了',
    '他上了黑名单',
    '他的贷款有问题',
    '账单逾期了',
    '请他结清',
    'Please tell him to pay 50000',
    'He should pay us back',
    'She owes money',
    'It is about 5 thousand dollars',
    'ask him to transfer fifty thousand',
    'He must settle 12,000 by Friday',
    'His account is in arrears',
    'USD 300 is what this is about',
    'He is behind on something',
    'We will take legal action against him',
    '他该还伍仟',
  ])('“%s” is refused', (text) => {
    expect(disclosedDebt(text, disclosure)).toBeDefined();
  });

  it.each([
    '请转告张经理回电',
    '请王先生回电 13800138000 元旦前',
    '请他方便时致电 021-58881234',
    '回电请拨 400-820-8820',
    '请转 8012 分机',
    '请他明天下午3点回电',
    '他下周三回来',
    '前台说李总出差了，30天后回来',
    '地址：中山路100号3单元502室',
    '公司搬到万达广场8楼',
    '请他2月15日前回个电话',
    '千万别忘了让他回电',
    '万一他不在，请留言',
    '还有两天他就回来',
    '还是打 58881234 找他吧',
    '还会在10点半再打来',
    '对方说不认识此人',
    '接电话的人态度欠佳',
    '三元桥附近的办公室',
    '说话声音很小，像在打哈欠',
    '一块儿来的同事接的电话',
    '请他给我们打电话，十万火急',
    '他已离职，新单位不详',
    '打了3次都没人接',
    '单元楼下遇到邻居',
    'Please ask Mr Wang to call us',
    'Please ask him to call us back on 021 5888 1234',
    'He is back at 10 am on 12 May',
    'Ask Sue to ring us, extension 204',
    'He moved to 300 Main Street',
    'Please ask her to call 13800138000',
    'He will be away for 30 days',
    'They said he left the company 2 years ago',
    'The phone is switched off by default',
  ])('“%s” is harmless', (text) => {
    expect(disclosedDebt(text, disclosure)).toBeUndefined();
  });
});

describe('to anybody', () => {
  it.each([
    ['我是公安局的', 'impersonating_officials'],
    ['你好，我是市公安局的李警官', 'impersonating_officials'],
    ['我是派出所的', 'impersonating_officials'],
    ['我是浦东法院的', 'impersonating_officials'],
    ['这里是区法院执行局', 'impersonating_officials'],
    ["I'm from the police", 'impersonating_officials'],
    ['I am calling from the court', 'impersonating_officials'],
    ['公布你的欠款信息', 'publishing_personal_data'],
    ['公 布 你 的 个 人 信 息', 'publishing_personal_data'],
    ['把你的照片发到群里', 'publishing_personal_data'],
    ['你的身份证号码我会发到网上', 'publishing_personal_data'],
    ['将你的事情曝光', 'publishing_personal_data'],
    ['告诉你公司的同事', 'publishing_personal_data'],
    ['我会通知你所有亲友', 'publishing_personal_data'],
    ['We will post your picture online', 'publishing_personal_data'],
    ['不还就打断你的腿', 'violence_or_threat'],
    ['小心你的家人', 'violence_or_threat'],
    ['We know where you live', 'violence_or_threat'],
    ['你这个骗子', 'insult'],
    ['You are a liar', 'insult'],
    ['不付就让你坐牢', 'false_consequence'],
    ['You will go to jail', 'false_consequence'],
    ['给你看假传票', 'forged_documents'],
  ])('“%s” is forbidden as %s', (text, group) => {
    expect(forbiddenPhrase(text, groups)?.group).toBe(group);
  });

  it.each([
    '我是安信商账的李雷，请问王总在吗',
    '我不是公安局的，只是贵司的合作方',
    '已把对账单发到群里',
    '请把盖章的合同照片发到邮箱',
    '请把你的合同发到邮箱',
    '客户要求公开透明地核对账目',
    '我们可能向法院提起诉讼',
    '客户说已向派出所报案',
    '请公布贵司的付款时间表',
    '约定下周三付款 50,000 元',
    '债务人希望分期',
    '客户的会计通知你方对账',
    'This is Li Lei calling from Anxin',
    'We may file a claim with the court',
    'Please send the photo of the delivery note',
    'He promised to pay on Friday',
  ])('“%s” is permitted', (text) => {
    expect(forbiddenPhrase(text, groups)).toBeUndefined();
  });
});
