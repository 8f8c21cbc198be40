/**
 * What words in column headings mean. A heading is read into concepts (`cust_number`, `customerID`,
 * `客户编号`, `Kundennummer` and SAP's `KUNNR` all are `customer number`), and the fields of an import
 * are rules over concepts, so that exports nobody has listed are understood too.
 */
export type Concept =
  | 'document'
  | 'invoice'
  | 'order'
  | 'contract'
  | 'reference'
  | 'number'
  | 'code'
  | 'name'
  | 'date'
  | 'amount'
  | 'total'
  | 'currency'
  | 'customer'
  | 'account'
  | 'own'
  | 'due'
  | 'open'
  | 'paid'
  | 'settled'
  | 'issue'
  | 'posting'
  | 'baseline'
  | 'created'
  | 'disputed'
  | 'terms'
  | 'days'
  | 'phone'
  | 'email'
  | 'region'
  | 'industry'
  | 'contact'
  | 'description'
  | 'tax'
  | 'with'
  | 'net'
  | 'unit'
  | 'quantity'
  | 'line'
  | 'type'
  | 'status'
  | 'year'
  | 'period'
  | 'last'
  | 'overdue'
  | 'discount'
  | 'limit'
  | 'bank'
  | 'credit'
  | 'row'
  | 'local'
  | 'person'
  | 'address'
  | 'converted'
  | 'delivery'
  | 'pay'
  | 'original'
  | 'age'
  | 'paper'
  | 'flag'
  | 'sales'
  | 'supplier'
  | 'expected'
  | 'search';

/** The dictionary as data: `word word …: concept concept`, one meaning a line. */
export const dictionary = `
document doc docs documents beleg dokument documento trx transaction transacción buchung: document
voucher vch vchr memo# pièce comprobante: document
invoice inv invoices bill billing rechnung rechnungs facture factura fattura fatura: invoice
faktura rg re: invoice
order ord auftrag commande pedido po so: order
contract vertrag contrat contrato: contract
reference ref referenz référence referencia assignment zuordnung external: reference
number no num nr nbr numero número número. nummer numéro n° nº # sequence: number
id key identifier ident: number
code cd kürzel: code
name nm title bezeichnung nom nombre firma fullname: name
date dt datum fecha day tag data on at timestamp: date
amount amt sum value betrag montant importe monto valor wert amounts: amount
total gross brutto grand: total
currency ccy curr cur crcy währung waehrung wrg waers devise moneda divisa iso: currency
customer cust client debtor buyer payer payor debitor kunde kunden cliente clientes: customer
partner counterparty counterpart customers sold-to soldto billto bill-to: customer
party acheteur deudor consignee tenant lessee borrower outlet dealer distributor: customer
retailer subscriber policyholder mieter locataire inquilino asegurado: customer
account acct acc konto compte cuenta: account
company entity business subsidiary org organisation organization ledger gesellschaft: own
buchungskreis société sociedad branch division: own
due maturity payable fällig fällige fällig faellig fälligkeit fälligkeits faelligkeit: due
faelligkeits échéance echeance vencimiento expiry expiration scadenza vence deadline: due
open outstanding remaining residual unpaid balance offen offene offener offenes: open
restbetrag saldo solde restant pendiente unapplied uncollected remainder left: open
paid received collected collection receipt applied bezahlt gezahlt payé pagado cobrado: paid
recovered: paid
payment pay payments paying zahlung zahlungs paiement pago: pay
settled settle settlement clear cleared clearing closed close ausgleich ausgleichs: settled
ausgeglichen lettrage reconciled: settled
issue issued billed emission émission emisión: issue
posting posted post buchungs book booking accounting gl: posting
baseline basis: baseline
created create creation entered entry erfasst erfassung: created
disputed dispute disputes contested litige strittig disputa objection query claim: disputed
terms term zterm zahlungsbedingung zahlungsziel bedingung bedingungen conditions: terms
condiciones condition: terms
days tage jours días aging ageing arrears: days
phone tel telephone mobile cell telefon téléphone teléfono telf handy: phone
email mail e-mail courriel correo: email
region state province city country area territory land land1 regio ort ort01 stadt: region
ville pays región ciudad país provincia location district zone: region
industry sector branche brsch secteur segment vertical: industry
contact ansprechpartner attention attn: contact
person manager rep: person
description desc memo note notes remark remarks text comment comments sgtxt: description
beschreibung libellé concepto details narration particulars buchungstext: description
bemerkung: description
tax vat gst mwst ust steuer tva iva ustid stcd1 ein: tax
net netto neto: net
with incl including inkl: with
unit price rate preis prix precio: unit
quantity qty menge quantité cantidad: quantity
line item position pos row: line
type kind category art class blart group: type
status state_ estado statut zustand: status
year yr gjahr jahr fiscal année año fy geschäftsjahr geschaeftsjahr exercice: year
ejercicio exercício esercizio: year
period month monat week quarter: period
last latest previous prior letzte: last
overdue late pastdue delay delayed verzug retard vencido: overdue
discount skonto cash rabatt: discount
limit line_of_credit: limit
bank iban swift bic: bank
credit: credit
index serial seq rownum guid uuid rowguid: row
local lc house: local
address addr street adresse dirección zip postal plz strasse: address
converted conv equivalent: converted
delivery shipment ship shipping dispatch lieferschein goods: delivery
paper paperless electronic printed: paper
is has flag indicator yn: flag
sales salesperson seller vertrieb: sales
supplier vendor lieferant: supplier
predicted prediction predict forecast expected expect estimated estimate projected: expected
promised promise planned plan scheduled proposed anticipated tentative target: expected
voraussichtlich geplant prévu prévue previsto prevista esperado esperada estimado: expected
search keyword matchcode: search
belnr: document number
xblnr: reference number
bukrs: own code
bldat: document date
budat: posting date
zfbdt: baseline date
faedt netdt: due date
rechnungsdatum: invoice date
original initial ursprünglich ursprungsbetrag: original
nota fiscal boleto duplicata: invoice
vencimento vencto venc prazo: due
aberto abertos restante pendente: open
emitido emissao emissão: issue
recebido recebimento pagamento: paid
código codigo cód cod: code
razón razão ragione sociale social raison denominazione denominação: name
номер №: number
код: code
клиент клиента контрагент контрагента покупатель покупателя заказчик должник: customer
наименование название имя: name
счет счёт счета счёта накладная фактура: invoice
документ документа: document
дата: date
срок оплаты: due
сумма: amount
остаток задолженность долг неоплачено: open
оплачено оплата: paid
валюта: currency
договор: contract
factuur factuurnummer: invoice
klant klantnaam debiteur: customer
vervaldatum: due date
bedrag: amount
openstaand: open
numero: number
scadenze: due
klient kontrahent nabywca: customer
termin płatności: due
kwota: amount
waluta: currency
cari müşteri: customer
vade: due
tutar: amount
kunnr kundennummer kundennr customerno custno debitorennummer: customer number
kundenname name1: customer name
belegnummer belegnr: document number
rechnungsnummer rechnungsnr vbeln rechnungsno: invoice number
belegdatum: document date
rechnungsbetrag: invoice amount
fälligkeitsdatum faelligkeitsdatum nettofälligkeit nettofaelligkeit: due date
buchungsdatum: posting date
ausgleichsdatum augdt: settled date
zahlungsdatum: paid date
wrbtr: document amount
dmbtr: local amount
hauswährung hauswaehrung: local currency
transaktionswährung belegwährung vorgangswährung: document currency
isocode: currency
增值税: tax
客户 客商 顾客 购方 购买方 购货方 购货单位 买方 往来单位 往来户 往来 付款方 付款单位 付款人 债务人 欠款人 欠款方 欠款单位 欠款公司 需方 甲方 购货商: customer
经销商 分销商 代理商 承租方 承租人 租户 受票方 债务方 用户 往来对象 核算项目: customer
客戶 買方 債務人: customer
得意先 取引先 請求先 顧客 お客様: customer
コード: code
番号: number
請求書 請求: invoice
支払期日 支払期限 入金予定日 入金期日 お支払期限: due date
請求日 発行日: issue date
売上日: posting date
売掛金 請求額: invoice amount
未回収 未入金 残高: open
入金: paid
通貨: currency
고객 거래처 매출처 구매자 채무자: customer
번호: number
코드: code
고객명 거래처명 상호 업체명: customer name
송장 계산서 세금계산서 인보이스: invoice
전표 문서: document
일자 날짜: date
송장일 발행일 작성일자 계산서일: issue date
만기일 만기일자 지급기일 납기일 결제예정일 수금예정일: due date
금액: amount
합계 총액 공급대가: total
미수금 미수금액 미수잔액 미수 잔액: open
수금 입금 수금액 입금액: paid
수금일 입금일: paid date
통화: currency
전화 전화번호 연락처: phone
담당자: contact
비고 적요: description
지역: region
업종: industry
상태: status
单位: own
公司 组织 账套 帐套 主体 核算主体 法人 法人公司 我方 销方 销售方 卖方 乙方 所属公司 结算组织 销售组织 开票主体 公司主体 集团公司: own
编号 编码 号 号码 单号 序列号 流水号 编 no. id号: number
編號 編碼 號碼 號: number
凭证字号 单据字号: document number
借方 借方发生 借方发生额 借方金额 借方本币: invoice amount
贷方 贷方发生 贷方发生额 贷方金额 贷方本币: paid amount
代码 代號 代号 编码code: code
名称 名 姓名 全称 简称 户名 名稱 全名 抬头: name
单据 凭证 票据 单 应收单 账单 单证 业务单据 單據 传票 立账单 结算单 收款单据: document
发票 開票 票 税票 發票: invoice
订单 訂單 销售单 销货单 采购单: order
合同 合约 协议 合約: contract
参考 外部 来源 源单 来源单 关联: reference
日期 日 时间 时点 年月日 日期时间: date
金额 款额 价款 款 数额 款项 應收款 額 金額: amount
合计 总额 总计 含税 总金额 价税 總額 总: total
价税合计 含税金额 含税合计 价税合计金额 含税总额 应收金额 应收总额 原始金额 原金额: total amount
币种 币别 货币 幣別 币 幣種 外币: currency
到期 应付日 应收日 应付款日 付款期限 收款到期 还款日 还款 截止 期限 最后付款 最迟付款 约定付款 约定还款 约定收款 应还 付款截止 应收款日 应收日期 应收款日期: due
应付日期 应付款日期 还款日期 最迟付款日期: due
未收 未付 未还 未核销 未结 未清 余额 欠款 结余 剩余 尚欠 未回款 未结算 应收余额 待收 欠付 未到账 餘額 拖欠 结存 未收回 未偿: open
已收 已付 已还 已核销 已结 收款 回款 实收 已回款 核销 到账 已到账 已结算 已收回 已偿 付款: paid
结清 清账 清帐 还清 核销完 结案 结算完成: settled
结算: pay
应收 應收 本期应收: invoice
开票 开具 出票 开立 立账 立帐 业务 发生 制单 填开: issue
过账 过帐 记账 入账 记帐 入帐 登账: posting
基准 起算: baseline
创建 录入 建立 新增: created
争议 有争议 异议 纠纷 爭議: disputed
付款条件 收款条件 账期 帐期 信用期 信用期限 付款方式 结算方式 收款协议 付款协议 账期(天) 结算条件 信用天数 信用账期 付款账期 付款条款 收款条款: terms
天数 天 账龄 帐龄: days
电话 手机 手机号 手机号码 联系电话 座机 固话 联系方式 電話: phone
邮箱 电子邮箱 电邮 电子邮件 邮件: email
地区 区域 省份 省 城市 市 省市 大区 片区 国家 所在地 所属地区 地域 地區: region
行业 产业 所属行业 行業: industry
联系人 联络人 经办人 对接人 聯繫人: contact
备注 摘要 说明 描述 附言 备 備註 摘要说明 用途 品名 货物名称 商品名称 项目名称 备注说明: description
税额 税金 不含税 税率 稅額: tax
税号 纳税人识别号 纳税识别号 纳税人 稅號: tax number
统一社会信用代码 社会信用代码 信用代码 统一信用代码 社会统一信用代码 统一代码: credit code
原币 票面 开票额: document
本币 本位币 本位: local
单价 价格 汇率: unit
数量: quantity
行号 分录 明细: line
序号 行次 顺序号 项次: row
类型 类别 种类 分类 性质 等级 级别 字: type
状态 状況 状態: status
是否: flag
年度 会计年度 会计年 财年 财务年度 凭证年度 年份 年: year
期间 月份 会计期间 月: period
最近 上次 最后: last
逾期 超期 超账期 拖欠天数: overdue
折扣 优惠 让利: discount
额度 限额: limit
银行 账号 帐号 开户行 开户银行: bank
发票代码: invoice code
科目 会计科目: type
业务员 销售员 客户经理 负责人 销售 跟进人 跟单员: sales
供应商 供方: supplier
预计 预测 预期 预估 计划 承诺 拟: expected
地址 住址: address
发货 出库 交货 送货: delivery
坏账 预收 预付 质保金 保证金 押金 减值: limit
`;
