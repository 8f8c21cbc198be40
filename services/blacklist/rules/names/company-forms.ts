import type { FormRow } from '../../domain/match/words.ts';

/** Phrases parted by commas. */
function list(text: string): string[] {
  return text.split(',').map((phrase) => phrase.trim());
}

/**
 * Legal forms as they stand in names, without dots and accents, in Latin letters.
 * Sources: company laws of the countries named; ISO 20275 (GLEIF) entity legal forms; read
 * 2026-11-22.
 */
export const companyForms: readonly FormRow[] = [
  {
    class: 'stock',
    phrases: list(`
      joint stock company, open joint stock company, closed joint stock company,
      public joint stock company, private joint stock company, joint stock co, jsc, ojsc,
      cjsc, pjsc, plc, public limited company, pjs, psc, public company,
      company limited by shares, shareholding company, aktiengesellschaft, ag, akg, nv,
      naamloze vennootschap, aktiebolag, ab, publ, aktieselskab, as, asa, oyj, se,
      societas europaea, kgaa, sa, sociedad anonima, societe anonyme, societa per azioni,
      spa, sas, sociedade anonima, sab, sab de cv, sa de cv, saa, sal, sau,
      sociedad anonima de capital variable, societate pe actiuni, oao, zao, pao, ao, vat,
      pat, prat, nao, tovarystvo aktsionerne, aktsionernoe obshchestvo,
      otkrytoe aktsionernoe obshchestvo, zakrytoe aktsionernoe obshchestvo,
      publichnoe aktsionernoe obshchestvo, neptublichnoe aktsionernoe obshchestvo,
      zakrytaye aktsyyanernaye tavarystva, adkrytaye aktsyyanernaye tavarystva,
      aktsionernoye obshchestvo, publichnoye aktsionernoye obshchestvo,
      otkrytoye aktsionernoye obshchestvo, zakrytoye aktsionernoye obshchestvo,
      aktsionerne tovarystvo, anonim sirketi, anonim sirket, tbk, bhd, berhad,
      kabushiki kaisha, kk, spolka akcyjna, akciova spolecnost, dd, ad, aktsiaselts, rt, zrt,
      nyrt`),
  },
  {
    class: 'limited',
    phrases: list(`
      limited, ltd, limited company, private limited, pvt ltd, pte ltd, pty ltd, pte, pvt,
      pty, co ltd, company limited, co limited, corp ltd, llc, lc, limited liability company,
      limited liability co, wll, with limited liability, private company limited, fzco, fze,
      fz llc, free zone establishment, fz co, gmbh, mbh,
      gesellschaft mit beschrankter haftung, ug, gesmbh, ggmbh, bv, besloten vennootschap,
      bvba, sprl, srl, sarl, ltda, limitada, lda, sociedad de responsabilidad limitada,
      societe a responsabilite limitee, eurl, societa a responsabilita limitata, s de rl,
      s de rl de cv, sl, slu, eirl, sociedad limitada, societatea cu raspundere limitata,
      sas de cv, limitee, ltee, ooo, tov, too, obshchestvo s ogranichennoy otvetstvennostyu,
      sia, uab, ou, obshchestvo s ogranichennoi otvetstvennostyu, obschestvo s ogranichennoy,
      obshchestvo s ogranichennoj otvetstvennostju, osaühing, mchj, mmc,
      tavarystva z abmezhavanay adkaznastsyu,
      tovarystvo z obmezhenoiu vidpovidalnistiu, tovarystvo z obmezhenoyu vidpovidalnistyu,
      sp zoo, sp z oo, spzoo, spolka z ograniczona odpowiedzialnoscia, sro, doo, ood, eood,
      kft, aps, oy, ab oy, ehf, hf, sdn bhd, sendirian berhad, limited sirketi, ltd sti,
      limited sti, yugen kaisha, godo kaisha, gk, yk, anonim sirketi limited, epe, shpk,
      doo beograd, youxian gongsi, pt, cv`),
  },
  {
    class: 'partnership',
    phrases: list(`
      lp, llp, lllp, limited partnership, limited liability partnership, general partnership,
      kg, ohg, gmbh co kg, gmbh and co kg, gbr, snc, scs, kommanditgesellschaft,
      offene handelsgesellschaft, vof, ks, kommanditbolag`),
  },
  {
    class: 'nonprofit',
    phrases: list(`
      ev, eingetragener verein, ano, avtonomnaya nekommercheskaya organizatsiya,
      non profit organization, nonprofit organization, ngo, charitable trust, gug,
      autonomous nonprofit organization, autonomous non profit organization,
      obshchestvennaya organizatsiya, stiftung, stichting, asbl, vzw, onlus`),
  },
  {
    class: 'state',
    phrases: list(`
      fgup, gup, mup, federal state unitary enterprise, state unitary enterprise,
      federalnoe gosudarstvennoe unitarnoe predpriyatie, unitarnoe predpriyatie, fgbu,
      federalnoye gosudarstvennoye unitarnoye predpriyatiye, fsue, state enterprise,
      federal state budgetary institution, gosudarstvennoe unitarnoe predpriyatie`),
  },
  {
    class: 'any',
    phrases: list(`
      company, co, corporation, corp, incorporated, inc, kompaniya, compania, compagnie, cia,
      cie, gesellschaft, firma, enterprise, est, establishment, and co, und co, et cie,
      y cia, sirketi, sherkat, sharikat, predpriyatie, predpriyatiye, empresa,
      sherkate, shirkat, kampaniya, pidpryyemstvo, sti, as sti, fzc, dmcc,
      spc, bsc, gongsi, kaisha, ent, pc, pllc, na, kompanija, korporatsiya`),
  },
];

/** Forms at the end of Chinese names, simplified. Source: 企业名称登记管理规定 (2020) art. 6, 11. */
export const chineseForms: readonly FormRow[] = [
  {
    class: 'stock',
    phrases: list(`
      股份有限公司, 股份公司, 股份合作公司, 股份有限责任公司`),
  },
  {
    class: 'limited',
    phrases: list(`
      有限责任公司, 有限公司, 有限责任合作公司, 责任有限公司, 有限责任`),
  },
  {
    class: 'partnership',
    phrases: list(`
      有限合伙, 普通合伙, 合伙企业, 特殊普通合伙`),
  },
  {
    class: 'nonprofit',
    phrases: list(`
      协会, 基金会, 研究会, 商会, 联合会, 学会`),
  },
  {
    class: 'any',
    phrases: list(`
      公司, 总公司, 集团公司, 企业, 厂, 总厂, 分厂, 店, 商店, 商行, 商贸行, 商场, 超市, 经营部, 门市部, 门市, 服务部, 工作室, 事务所, 中心,
      合作社, 专业合作社, 农民专业合作社, 个体工商户, 百货店, 小卖部, 便利店, 专卖店, 行, 淘宝店, 网店, 旗舰店, 专柜, 批发部, 加工厂, 加工坊, 作坊,
      坊, 馆, 生活馆, 会所, 俱乐部, 研究院, 研究所, 设计院, 院, 所, 社, 部, 铺, 摊, 档, 场, 农场, 养殖场, 游乐场, 苗圃, 园, 吧, 网吧,
      酒店, 宾馆, 旅馆, 饭店, 餐厅, 餐馆, 食堂, 茶馆, 诊所, 药店, 药房, 书店, 花店, 理发店, 修理部, 维修部, 水果摊, 副食店, 图书店, 小百货店,
      乐器店, 食品店, 服装店, 饰品店, 零售店, 专业户, 家庭农场, 办事处, 直营店, 加盟店, 体验店, 美容院, 培训学校, 学校, 幼儿园, 医院, 艺术行`),
  },
];
