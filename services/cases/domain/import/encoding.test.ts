import { describe, expect, it } from '@jest/globals';
import { Fault, faultFrom } from '@recourse/kit/fault.ts';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { encodingScan } from '@recourse/kit/encoding.ts';
import type { EncodingFinding } from '@recourse/kit/encoding.ts';

function scan(bytes: Uint8Array, chunk = bytes.length): EncodingFinding {
  const work = encodingScan();
  for (let at = 0; at < bytes.length; at += chunk) work.feed(bytes.subarray(at, at + chunk));
  return work.finish();
}

function refusal(bytes: Uint8Array): Fault {
  try {
    scan(bytes);
  } catch (error) {
    return faultFrom(error);
  }
  throw new Error('was not refused');
}

const chinese = '客户编号,客户名称,金额\nC1,上海某某贸易有限公司,12.50\n';
const german = 'Rechnungsnummer;Fälligkeit;Müller & Söhne\nÄrger;Größe;Zürich\n';
const traditional = '客戶編號,客戶名稱,發票金額\nC1,台灣積體電路製造股份有限公司,12.50\n';
const japanese =
  '得意先コード,得意先名,請求書番号,支払期日,請求額\nK1,株式会社山田商店,S-1,2024/3/1,12\n';
const halfKana =
  '得意先,請求書番号,支払期日,請求額\nﾔﾏﾀﾞ商店,S-1,2024/3/1,1200\nマルイ,S-2,2024/3/1,5\n';
const korean = '고객번호,고객명,송장번호,만기일,금액\nC1,주식회사 한빛전자,S-1,2024-03-01,1200\n';
const rareSyllable = '거래처명,송장번호,만기일,미수금액\n햏쀍상사,S-1,2024-03-01,1200\n';
/** All of its characters are where Korean has its syllables. */
const early = '客户编号,客户名称,发票号,到期日,金额,币别\nC1,ACME Ltd,S-1,2024-03-01,1200,CNY\n';
const russian = 'Номер счета;Контрагент;Срок оплаты;Сумма\n1;ООО «Ромашка»;01.03.2024;1 200,50\n';
const capitals = 'НОМЕР СЧЕТА;КОНТРАГЕНТ;СРОК ОПЛАТЫ;СУММА\n1;ООО РОМАШКА;01.03.2024;1200\n';
const noMark = { addBOM: false };
const marked = 'Kunde;Währung\nGröße AG;Größe GmbH\nSüßwaren Gößling;Füßen\n';

describe('bytes of a table', () => {
  it.each<[string, Buffer, string, boolean]>([
    ['ASCII', Buffer.from('a,b\n1,2\n'), 'utf-8', false],
    ['UTF-8', Buffer.from(chinese), 'utf-8', false],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${chinese}`), 'utf-8', true],
    ['GBK', iconv.encode(chinese, 'gbk'), 'gb18030', false],
    ['GB 18030 with four bytes', iconv.encode(`${chinese}𠮷€㐀`, 'gb18030'), 'gb18030', false],
    ['UTF-16 LE', iconv.encode(chinese, 'utf16le', { addBOM: true }), 'utf-16le', true],
    ['UTF-16 BE', iconv.encode(chinese, 'utf16-be', { addBOM: true }), 'utf-16be', true],
    ['UTF-16 LE without a mark', iconv.encode(chinese, 'utf16le'), 'utf-16le', false],
    [
      'UTF-16 LE without a mark and with zeros in its characters',
      iconv.encode(`${chinese}C2,天津一汽\u3000有限公司,1.00\n`, 'utf16le'),
      'utf-16le',
      false,
    ],
    ['UTF-16 BE without a mark', iconv.encode(chinese, 'utf16-be', noMark), 'utf-16be', false],
    ['Shift_JIS', iconv.encode(japanese, 'shift_jis'), 'shift_jis', false],
    ['Shift_JIS with half-width kana', iconv.encode(halfKana, 'shift_jis'), 'shift_jis', false],
    ['EUC-JP', iconv.encode(japanese, 'eucjp'), 'euc-jp', false],
    ['KOI8-R', iconv.encode(russian.replaceAll(/[«»]/g, '"'), 'koi8-r'), 'koi8-r', false],
    ['KOI8-R in capitals alone', iconv.encode(capitals, 'koi8-r'), 'koi8-r', false],
    ['windows-1251 in capitals alone', iconv.encode(capitals, 'win1251'), 'windows-1251', false],
    ['EUC-KR', iconv.encode(korean, 'euc-kr'), 'euc-kr', false],
    ['CP949 with syllables beyond EUC-KR', iconv.encode(rareSyllable, 'cp949'), 'euc-kr', false],
    ['GBK without a character behind S', iconv.encode(early, 'gbk'), 'gb18030', false],
    ['windows-1251', iconv.encode(russian, 'win1251'), 'windows-1251', false],
    ['Big5', iconv.encode(traditional, 'big5'), 'big5', false],
    [
      'windows-1252 with two marks in a row',
      iconv.encode(marked, 'win1252'),
      'windows-1252',
      false,
    ],
    ['windows-1252', iconv.encode(german, 'win1252'), 'windows-1252', false],
    [
      'windows-1252 with signs of money alone',
      iconv.encode('a;b\n1;12,50 €\n2;£1,234.00\n', 'win1252'),
      'windows-1252',
      false,
    ],
  ])('in %s are known in chunks of any size', (_, bytes, encoding, byteOrderMark) => {
    for (const chunk of [bytes.length, 1, 3, 7]) {
      expect(scan(bytes, chunk)).toMatchObject({ encoding, byteOrderMark });
    }
  });
});

describe('bytes that are no text', () => {
  const many = Buffer.from('上海某某贸易有限公司'.repeat(3));

  it('in neither encoding are refused with both offsets', () => {
    const fault = refusal(Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xff, 0xfe, 0x80])]));
    expect(fault.reason).toBe('encoding_unknown');
    expect(fault.facts).toMatchObject({ offset: 6, utf8_offset: 6 });
  });

  it('as damaged UTF-8 are not taken for GB 18030', () => {
    const fault = refusal(Buffer.concat([many, Buffer.from([0xc4, 0xe3]), many]));
    expect(fault).toMatchObject({ reason: 'encoding_broken', facts: { offset: many.length } });
  });

  it('cut in the middle of a character are truncated', () => {
    expect(refusal(many.subarray(0, -1)).reason).toBe('file_truncated');
    const gbk = iconv.encode('上海某某贸易有限公司', 'gbk');
    expect(refusal(gbk.subarray(0, -1)).reason).toBe('file_truncated');
  });

  it('with zeros among them are binary', () => {
    expect(refusal(Buffer.from('abc\0defghijklmnopqrstuvwxyzabcdefghij')).facts).toMatchObject({
      found: 'binary',
    });
  });

  it('of any kind end in a finding or a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        try {
          expect(scan(bytes).encoding).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
    );
  });
});

describe('Chinese text', () => {
  it('in GB 18030 is never taken for another encoding', () => {
    const hanzi = fc
      .integer({ min: 0x4e00, max: 0x9fa5 })
      .map((code) => String.fromCodePoint(code));
    const text = fc.string({ unit: hanzi, minLength: 20, maxLength: 80 });
    fc.assert(
      fc.property(text, (body) => {
        const bytes = iconv.encode(body, 'gb18030');
        expect(scan(bytes).encoding).toBe('gb18030');
      }),
    );
  });
});
