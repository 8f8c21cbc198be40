import { words } from '../session/language';

/** What an import finds, and how to repair it, by the server's rule names. */
const rules = words(
  {
    required: '必填的单元格为空：在源系统补上后重新导出。',
    not_an_amount: '不是金额：改为数字，如 1234.50。',
    amount_zero: '金额为零：确认是否需要导入。',
    amount_rounded: '金额小数超过最小货币单位，已四舍五入一次。',
    amount_too_large: '金额超出可记录的范围：核对该单元格。',
    number_lost_digits: '编号被表格软件改写而丢失位数：以文本格式重新导出。',
    not_a_date: '不是日期：改为 2026-12-01 这样的写法。',
    date_other_order: '日和月的顺序与本列相反：改为 2026-12-01 这样的写法。',
    date_order_mixed:
      '本列混有“日/月”和“月/日”，这个日期两种读法都通：改为 2026-12-01 这样的写法。',
    date_out_of_range: '日期不在合理范围：核对年份。',
    due_before_document: '到期日早于开票日：请核对。',
    due_from_terms: '没有到期日，已按付款条件推算。',
    settled_before_document: '结清日早于开票日：请核对。',
    open_beyond_amount: '未清金额大于单据金额：请核对。',
    not_a_currency: '不是币种代码：使用 CNY、USD 等三位代码。',
    not_yes_or_no: '不是“是/否”：改为 是 或 否。',
    status_unknown: '不认识的状态：没有金额或日期说明时按未清处理；可改为 未付、已付、作废。',
    status_differs:
      '状态与金额或结清日期不一致：部分付款的金额优先于状态，状态优先于日期，请核对。',
    partly_paid: '部分付款但没有已收或未清金额：整笔按未清计；请对应金额列。',
    document_cancelled: '已作废的单据，未清金额为零。',
    document_draft: '草稿单据，已跳过。',
    credit_note: '负数单据，按贷项通知单导入。',
    credit_code_malformed: '统一社会信用代码格式不对，未采用。',
    credit_code_check_fails: '统一社会信用代码校验位不符，请核对。',
    duplicate_same_content: '文件中重复的单据，内容相同，只计一次。',
    duplicate_other_content:
      '同一单据号出现两次且内容、客户或日期不同：保留正确的一行，或对应公司代码、导出带年度和行号的编号。',
    number_told_by_column:
      '不同单据用了同一单据号，本列可以区分：请把本列对应为“公司代码”；若公司代码已对应，请导出带本列前缀的单据号，并在以后每次导入时保持一致。',
    line_summed: '同一单据的多行明细，金额已合计为一笔。',
    amount_of_document: '金额是整张单据的，每行重复出现，只计一次。',
    line_or_repeat: '分不清是单据的另一行明细还是重复：删除重复行，或每张单据只导出一行。',
    line_of_rejected: '同一单据的另一行有问题，合计会出错，整张单据未导入：先修正那一行。',
    lines_apart: '同一单据的明细行没有排在一起：按单据号排序后再上传。',
    group_row: '分组行，已作为下面各行的客户。',
    heading_unclear:
      '是客户名称还是说明？本表每个客户以合计行结束，这一行却夹在明细中间：下面的行没有客户，请逐行填写。',
    note_line: '说明文字，已跳过。',
    cell_beside_table: '表格右侧的零散内容，未采用。',
    more_cells_than_columns: '这一行的单元格多于表头：检查分隔符或引号。',
    header_again: '又一行表头，已跳过。',
    total_line: '合计行，已跳过。',
    only_amount: '只有金额的行，已跳过。',
    text_too_long: '文本过长：缩短后重新导出。',
    text_cut: '文本过长，已截短。',
    file_empty: '文件是空的：重新导出后再上传。',
    file_kind_refused: '不是 CSV、XLSX 或 XLS 文件：另存为其中一种后再上传。',
    file_truncated: '文件不完整：重新导出后再上传。',
    file_too_large: '文件太大：分批导出后再上传。',
    file_without_rows: '文件里只有表头，没有数据。',
    file_encrypted: '文件有密码：去掉密码后再上传。',
    xls_or_encrypted: 'Excel 95 以前的文件或有密码的文件：去掉密码，另存为 XLSX 后再上传。',
    xlsx_damaged: 'XLSX 文件已损坏：重新导出后再上传。',
    xlsx_truncated: 'XLSX 文件不完整：重新导出后再上传。',
    xlsx_too_large: 'XLSX 展开后太大：改用 CSV 或分批导出。',
    zip_bomb: '压缩比例异常，已拒绝读取。',
    encoding_unknown: '无法识别文字编码：另存为 UTF-8 后再上传。',
    encoding_broken: '文字编码中断：另存为 UTF-8 后再上传。',
    delimiter_not_found: '找不到列的分隔符：另存为逗号分隔的 CSV。',
    quote_never_closed: '有一个引号没有结束：修正该行后再上传。',
    too_many_columns: '列太多：只导出需要的列。',
    upload_missing: '上传的文件已不在：请重新上传。',
  },
  {
    required: 'A needed cell is empty: fill it in the source and export again.',
    not_an_amount: 'Not an amount: write a number such as 1234.50.',
    amount_zero: 'The amount is zero: is it meant to be imported?',
    amount_rounded: 'More digits than the currency has; rounded once.',
    amount_too_large: 'The amount is out of range: check the cell.',
    number_lost_digits: 'A spreadsheet has cut digits off the number: export it as text.',
    not_a_date: 'Not a date: write it like 2026-12-01.',
    date_other_order: 'Day and month are the other way round than in the column: write 2026-12-01.',
    date_order_mixed:
      'The column mixes day-month and month-day, and this may be either: write it ' +
      'like 2026-12-01.',
    date_out_of_range: 'The date is out of range: check the year.',
    due_before_document: 'Due before it was invoiced: please check.',
    due_from_terms: 'No due date; worked out from the payment terms.',
    settled_before_document: 'Settled before it was invoiced: please check.',
    open_beyond_amount: 'More open than the document’s amount: please check.',
    not_a_currency: 'Not a currency: use codes such as CNY or USD.',
    not_yes_or_no: 'Neither yes nor no: write one of them.',
    status_unknown:
      'An unknown state, taken as open where nothing else says otherwise: write Open, Paid ' +
      'or Cancelled.',
    status_differs:
      'The state disagrees with figures or date: a part payment counts before the state, the ' +
      'state before a date.',
    partly_paid:
      'Paid in part with no figure: the whole amount counts as open. Map the open or paid amount.',
    document_cancelled: 'A cancelled document: nothing of it is open.',
    document_draft: 'A draft; skipped.',
    credit_note: 'A negative document, taken as a credit note.',
    credit_code_malformed: 'Not a credit code; left out.',
    credit_code_check_fails: 'The credit code’s check character differs: please check.',
    duplicate_same_content: 'The same document again with the same content; counted once.',
    duplicate_other_content:
      'The same number twice with other content, customer or day: keep the right one, map the ' +
      'company code, or export a number with year and item.',
    number_told_by_column:
      'tells apart documents that have the same number: map it as the company code, or, where ' +
      'that is mapped already, export a number that begins with it; and keep to it every time.',
    line_summed: 'Lines of one document, summed into one receivable.',
    amount_of_document: 'The amount is the whole document’s, repeated on its lines; counted once.',
    line_or_repeat:
      'Another line of the document or the document again? Leave repeats out, or ' +
      'export one row for each document.',
    line_of_rejected:
      'Another line of this document is wrong, so its sum would be: correct that one.',
    lines_apart: 'The lines of this document stand apart: sort the file by document number.',
    group_row: 'A heading; taken as the customer of the rows below.',
    heading_unclear:
      'A customer’s name or a note? Totals end the customers of this report, and this stands ' +
      'among lines: those below have no customer. Write it into each row.',
    note_line: 'A note; skipped.',
    cell_beside_table: 'Something right of the table; left out.',
    more_cells_than_columns: 'More cells than headings: check delimiter or quotes.',
    header_again: 'The header again; skipped.',
    total_line: 'A total line; skipped.',
    only_amount: 'A line with nothing but an amount; skipped.',
    text_too_long: 'The text is too long: shorten it and export again.',
    text_cut: 'The text was too long and has been cut.',
    file_empty: 'The file is empty: export it again.',
    file_kind_refused: 'Neither CSV, XLSX nor XLS: save it as one of them.',
    file_truncated: 'The file is not whole: export it again.',
    file_too_large: 'The file is too large: export it in parts.',
    file_without_rows: 'There is a header and nothing below it.',
    file_encrypted: 'The file has a password: take it off.',
    xls_or_encrypted: 'Older than Excel 97, or with a password: save it as XLSX without one.',
    xlsx_damaged: 'The XLSX file is damaged: export it again.',
    xlsx_truncated: 'The XLSX file is not whole: export it again.',
    xlsx_too_large: 'The XLSX is too large once unpacked: use CSV or parts.',
    zip_bomb: 'The file unpacks to far too much; it was not read.',
    encoding_unknown: 'The text encoding is unknown: save it as UTF-8.',
    encoding_broken: 'The text encoding breaks off: save it as UTF-8.',
    delimiter_not_found: 'No column delimiter was found: save it as comma-separated CSV.',
    quote_never_closed: 'A quote never ends: repair that row.',
    too_many_columns: 'Too many columns: export the needed ones.',
    upload_missing: 'The uploaded file is gone: upload it again.',
  },
);

/** A finding's repair in the language now; the server's own words for a rule that is new. */
export function ruleText(rule: string, otherwise: string): string {
  return rules.find(rule) ?? otherwise;
}
