import { words } from '../../session/language';

/** Words of the report that a listed party is shown. */
export const t = words(
  {
    title: '致 {name}：列入事项告知书',
    crumb: '上报',
    print: '打印',
    printedOn: '{association} · 打印于 {day}',
    intro:
      '{association}的一名成员上报了以下事项。本页列明上报了什么、凭什么证据、各项期限，以及你如何异议、更正和附上声明。',
    facts: '上报事项',
    reason: '失信类型',
    aliases: '别名',
    evidence: '证据标准',
    evidenceHint: '四项都齐才能提交协会。文件原件由协会出示，下列摘要可核对文件未被更换。',
    digest: 'SHA-256 {digest}',
    noEvidence: '尚未提交证据',
    clocks: '期限',
    objectUntil: '异议期',
    objectOpen: '至 {day}，还有 {days} 天',
    objectOver: '已于 {day} 届满；逾期提出的仍须答复',
    notTold: '尚未告知；告知之日起有 {days} 天',
    answerOf: '对{kind}的答复',
    answerBy: '须在 {day} 前作出',
    answerLate: '已逾期，原定 {day}',
    answered: '已于 {day} 答复：{outcome}',
    expires: '期满移除',
    expiresOn: '{day}（自行为终止起 {years} 年）',
    review: '复核',
    reviewEvery: '每 {months} 个月一次',
    protected: '暂时困难保护',
    protectedUntil: '至 {day}，期内不表决、不展示',
    rights: '如何异议和更正',
    noRights: '目前没有可提出的事项。',
    'how.object':
      '异议：向{association}书面说明理由并附证据（付款凭证、对账单等）。异议答复前不会公布。',
    'how.correct':
      '更正：指出哪项事实有误并附证据。协会须在收到后 {answer} 天内书面答复；付清或有误的立即移除。',
    'how.attach_statement':
      '声明：可提交不超过 2000 字的声明，原文附在条目上，成员查询时一并看到。',
    'how.report': '报告：可凭身份证明向{association}索取全部列入情况。',
    'how.appeal': '申诉：对答复不服的，由另一名审核人重新答复。',
    paid: '付清欠款后条目立即移除，无须申请。',
    statement: '你的声明',
    noStatement: '尚未附上声明',
    disputes: '异议与答复',
    noDisputes: '没有异议',
    answer: '答复',
    lookUps: '查询记录',
    lookUpsHint: '成员查询的目的与次数；查询单位不在此列明。',
    times: '{count} 次，最近 {day}',
    never: '没有被查询过',
    basis: '依据：《征信业管理条例》第十六、十七、二十五条，《个人信息保护法》第四十五条。',
  },
  {
    title: 'To {name}: report of a listing',
    crumb: 'Report',
    print: 'Print',
    printedOn: '{association} · printed on {day}',
    intro:
      'A member of {association} has reported the following. This page says what was reported, ' +
      'on what evidence, by when what happens, and how you object, correct it and add a statement.',
    facts: 'What is reported',
    reason: 'Reason',
    aliases: 'Also known as',
    evidence: 'Standard of evidence',
    evidenceHint:
      'All four are needed to hand a report in. The association shows the papers themselves; the ' +
      'digests prove that none was exchanged.',
    digest: 'SHA-256 {digest}',
    noEvidence: 'No evidence has been handed in yet',
    clocks: 'Clocks',
    objectUntil: 'Time to object',
    objectOpen: 'until {day}, {days, plural, one {# day left} other {# days left}}',
    objectOver: 'over since {day}; what comes late is answered all the same',
    notTold: 'not told yet; {days} days from the day you are told',
    answerOf: 'Answer to the {kind}',
    answerBy: 'due by {day}',
    answerLate: 'overdue, was due by {day}',
    answered: 'answered on {day}: {outcome}',
    expires: 'Removed by itself',
    expiresOn: '{day} ({years} years from the end of the conduct)',
    review: 'Review',
    reviewEvery: 'every {months} months',
    protected: 'Temporary difficulty',
    protectedUntil: 'protected until {day}: neither decided nor shown',
    rights: 'How to object and to correct',
    noRights: 'There is nothing to raise now.',
    'how.object':
      'Object: write to {association} with your reasons and proof (payments, statements of ' +
      'account). Nothing is published before an objection is answered.',
    'how.correct':
      'Correct: say which fact is wrong, with proof. The association answers in writing within ' +
      '{answer} days; what is paid or wrong is removed at once.',
    'how.attach_statement':
      'Statement: up to 2,000 characters, attached to the entry word for word for every member ' +
      'who looks.',
    'how.report':
      'Report: ask {association} for everything listed about you, with proof of who you are.',
    'how.appeal': 'Appeal: another steward answers anew.',
    paid: 'Once the debt is paid the entry is removed at once; nobody need ask for it.',
    statement: 'Your statement',
    noStatement: 'No statement is attached yet',
    disputes: 'Objections and answers',
    noDisputes: 'No objections',
    answer: 'Answer',
    lookUps: 'Look-ups',
    lookUpsHint: 'Why and how often members looked; who they were is not told.',
    times: '{count, plural, one {once} other {# times}}, last on {day}',
    never: 'Never looked up',
    basis:
      'By the Regulation on the Administration of the Credit Reporting Industry, art. 16, 17 and ' +
      '25, and the Personal Information Protection Law, art. 45.',
  },
);
