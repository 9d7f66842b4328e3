import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { messageOf } from '../../test/mails.ts';

const samples = {
  japanese: '見積書を送ってください。よろしくお願いします。',
  chinese: '请发送报价单，谢谢。',
  traditional: '請寄送報價單，謝謝。',
  korean: '견적서를 보내 주세요.',
  russian: 'Пришлите, пожалуйста, предложение.',
  ukrainian: 'Надішліть, будь ласка, пропозицію.',
  polish: 'Proszę przesłać ofertę, dziękuję.',
  greek: 'Στείλτε μου την προσφορά.',
  turkish: 'Lütfen teklifi gönderin, teşekkür ederiz ığüş.',
  hebrew: 'נא לשלוח הצעת מחיר.',
  arabic: 'يرجى إرسال العرض.',
  baltic: 'Lūdzu, atsūtiet piedāvājumu šodien.',
  vietnamese: 'Gửi báo giá',
  thai: 'กรุณาส่งใบเสนอราคา',
  french: 'Envoyé à l’équipe “Œuvre” pour 5 € – déjà prêt…',
  german: 'Grüße aus Köln, schöne Straße',
} as const;
type Sample = keyof typeof samples;

/** ISO-2022-JP, which iconv does not write: EUC-JP in seven bits, between escapes. */
function inJis(text: string): Buffer {
  const pieces = text.split(/(\p{ASCII}+)/u).filter((piece) => piece !== '');
  return Buffer.concat(
    pieces.map((piece) => {
      if (/^\p{ASCII}/u.test(piece)) return Buffer.from(piece, 'latin1');
      const seven = iconv.encode(piece, 'euc-jp').map((byte) => byte & 0x7f);
      return Buffer.concat([Buffer.from('\x1b$B'), seven, Buffer.from('\x1b(B')]);
    }),
  );
}

const inCharset = (text: string, charset: string): Buffer =>
  charset === 'iso-2022-jp' ? inJis(text) : iconv.encode(text, charset);

/** A mail whose text is these bytes, under this declaration, carried in one of three ways. */
function mailOfBytes(bytes: Buffer, type: string, encoding: '8bit' | 'base64' | 'quoted-printable'): Buffer {
  const written = {
    '8bit': () => bytes,
    base64: () => Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n')),
    'quoted-printable': () =>
      Buffer.from(
        [...bytes]
          .map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`)
          .join('')
          .replace(/(?:=..){24}/g, '$&=\r\n'),
      ),
  }[encoding]();
  const header = [
    'From: ana@lima.example',
    `Content-Type: ${type}`,
    `Content-Transfer-Encoding: ${encoding}`,
  ];
  return Buffer.concat([Buffer.from(`${header.join('\r\n')}\r\n\r\n`), written]);
}

const textOf = async (mail: Uint8Array): Promise<string> => (await messageOf(mail)).text;

describe('a text in the charset that it declares', () => {
  test.each<[string, Sample, string?]>([
    ['utf-8', 'japanese'],
    ['UTF8', 'french', 'utf-8'],
    ['iso-2022-jp', 'japanese'],
    ['ISO-2022-JP-2', 'japanese', 'iso-2022-jp'],
    ['cp50220', 'japanese', 'iso-2022-jp'],
    ['shift_jis', 'japanese'],
    ['x-sjis', 'japanese', 'shift_jis'],
    ['windows-31j', 'japanese', 'shift_jis'],
    ['cp932', 'japanese', 'shift_jis'],
    ['euc-jp', 'japanese'],
    ['gb2312', 'chinese'],
    ['gbk', 'traditional'],
    ['gb18030', 'thai'],
    ['x-gbk', 'chinese', 'gbk'],
    ['gb2312', 'traditional', 'gb18030'],
    ['big5', 'traditional'],
    ['x-big5', 'traditional', 'big5'],
    ['euc-kr', 'korean'],
    ['ks_c_5601-1987', 'korean', 'euc-kr'],
    ['cp949', 'korean', 'euc-kr'],
    ['koi8-r', 'russian'],
    ['koi8-u', 'ukrainian'],
    ['windows-1250', 'polish'],
    ['windows-1251', 'russian'],
    ['windows-1252', 'french'],
    ['windows-1253', 'greek'],
    ['windows-1254', 'turkish'],
    ['windows-1255', 'hebrew'],
    ['windows-1256', 'arabic'],
    ['windows-1257', 'baltic'],
    ['cp1252', 'french'],
    ['iso-8859-1', 'french', 'windows-1252'],
    ['latin1', 'german'],
    ['iso-8859-2', 'polish'],
    ['iso-8859-5', 'russian'],
    ['iso-8859-7', 'greek'],
    ['iso-8859-8-i', 'hebrew', 'iso-8859-8'],
    ['iso-8859-9', 'turkish'],
    ['iso-8859-15', 'german'],
    ['tis-620', 'thai'],
    ['ibm866', 'russian'],
    ['cp437', 'german'],
    ['cp850', 'german'],
    ['cp852', 'polish'],
    ['macintosh', 'german'],
    ['utf-16le', 'russian'],
    ['utf-7', 'french'],
    ['unicode-1-1-utf-7', 'japanese', 'utf-7'],
  ])('%s (%s) is read', async (declared, sample, charset = declared) => {
    const bytes = inCharset(samples[sample], charset);
    const type = `text/plain; charset="${declared}"`;
    expect(await textOf(mailOfBytes(bytes, type, 'base64'))).toBe(samples[sample]);
    // Line ends of UTF-16 are none to a mail, so it comes in base64 only.
    if (declared.startsWith('utf-16')) return;
    expect(await textOf(mailOfBytes(bytes, type, 'quoted-printable'))).toBe(samples[sample]);
    expect(await textOf(mailOfBytes(bytes, type, '8bit'))).toBe(samples[sample]);
    const html = Buffer.concat([Buffer.from('<p>'), bytes, Buffer.from('</p>')]);
    expect(await textOf(mailOfBytes(html, `text/html; charset=${declared}`, 'base64'))).toBe(samples[sample]);
  });
});

describe('a text whose charset is not what it declares', () => {
  test.each<[string, Sample, string]>([
    ['text/plain', 'french', 'utf-8'],
    ['text/plain', 'german', 'windows-1252'],
    ['text/plain', 'japanese', 'iso-2022-jp'],
    ['text/plain; charset=us-ascii', 'japanese', 'utf-8'],
    ['text/plain; charset=us-ascii', 'german', 'windows-1252'],
    ['text/plain; charset=iso-8859-1', 'russian', 'utf-8'],
    ['text/plain; charset=windows-1252', 'french', 'utf-8'],
    ['text/plain; charset=utf-8', 'french', 'windows-1252'],
    ['text/plain; charset=utf-8', 'japanese', 'iso-2022-jp'],
    ['text/plain; charset=x-unknown', 'chinese', 'utf-8'],
    ['text/plain; charset=unknown-8bit', 'german', 'windows-1252'],
    ['text/plain; charset=klingon', 'german', 'windows-1252'],
    ['text/plain; charset=klingon', 'japanese', 'utf-8'],
    ['text/plain; charset=base64', 'german', 'windows-1252'],
  ])('%s, %s in %s, is read all the same', async (type, sample, charset) => {
    const bytes = inCharset(samples[sample], charset);
    expect(await textOf(mailOfBytes(bytes, type, '8bit'))).toBe(samples[sample]);
    expect(await textOf(mailOfBytes(bytes, type, 'base64'))).toBe(samples[sample]);
  });

  test('is read in the charset that the subject names', async () => {
    const subject = `Subject: =?koi8-r?B?${iconv.encode(samples.russian, 'koi8-r').toString('base64')}?=\r\n`;
    const mail = mailOfBytes(iconv.encode(samples.russian, 'koi8-r'), 'text/plain', '8bit');
    expect(await messageOf(Buffer.concat([Buffer.from(subject), mail]))).toMatchObject({
      subject: samples.russian,
      text: samples.russian,
    });
  });

  test('is read in the charset that the HTML names', async () => {
    const html = `<html><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>${samples.chinese}</p>`;
    expect(await textOf(mailOfBytes(iconv.encode(html, 'gb2312'), 'text/html', 'base64'))).toBe(
      samples.chinese,
    );
  });

  test('stays UTF-8 when a character of it is broken', async () => {
    const bytes = Buffer.concat([Buffer.from(samples.russian), Buffer.from([0xd0])]);
    expect(await textOf(mailOfBytes(bytes, 'text/plain; charset=utf-8', '8bit'))).toBe(
      `${samples.russian}\ufffd`,
    );
  });

  test('keeps what flowed text means', async () => {
    const type = 'text/plain; charset=windows-1252; format=flowed';
    const bytes = iconv.encode('für \r\n5 €\r\n', 'windows-1252');
    expect(await textOf(mailOfBytes(bytes, type, '8bit'))).toBe('für 5 €');
  });
});

describe('a header', () => {
  const mailWithSubject = (subject: Buffer, type = 'text/plain'): Buffer =>
    Buffer.concat([
      Buffer.from(`From: ana@lima.example\r\nContent-Type: ${type}\r\nSubject: `),
      subject,
      Buffer.from('\r\n\r\nHello'),
    ]);

  test.each<[Sample, string, string]>([
    ['french', 'utf-8', 'text/plain'],
    ['french', 'windows-1252', 'text/plain'],
    ['german', 'windows-1252', 'text/plain; charset=iso-8859-1'],
    ['russian', 'koi8-r', 'text/plain; charset=koi8-r'],
    ['chinese', 'gb2312', 'text/plain; charset=gb2312'],
    ['traditional', 'big5', 'text/html; charset="big5"'],
    ['japanese', 'iso-2022-jp', 'text/plain'],
    ['japanese', 'shift_jis', 'text/plain; charset=Shift_JIS'],
  ])('in %s, in bytes of %s that it does not declare, is read beside %s', async (sample, charset, type) => {
    const mail = mailWithSubject(inCharset(samples[sample], charset), type);
    expect(await messageOf(mail)).toMatchObject({ subject: samples[sample], text: 'Hello' });
  });

  test.each<[Sample, string]>([
    ['japanese', 'iso-2022-jp'],
    ['chinese', 'gb2312'],
    ['traditional', 'big5'],
    ['korean', 'euc-kr'],
    ['russian', 'koi8-r'],
    ['russian', 'windows-1251'],
    ['french', 'windows-1252'],
    ['polish', 'iso-8859-2'],
  ])('in %s, in encoded words of %s, is read', async (sample, charset) => {
    const word = `=?${charset}?B?${inCharset(samples[sample], charset).toString('base64')}?=`;
    expect((await messageOf(mailWithSubject(Buffer.from(word)))).subject).toBe(samples[sample]);
    const named = Buffer.concat([
      Buffer.from(`To: ${word} <bo@x.example>\r\n`),
      mailWithSubject(Buffer.from('x')),
    ]);
    const { participants } = await messageOf(named);
    expect(participants.map(({ displayName }) => displayName)).toContain(samples[sample]);
  });

  test('that is broken leaves a message, as does one without end', async () => {
    const broken = Buffer.from([0xff, 0xfe, 0x1b, 0x24, 0x42, 0x80]);
    expect((await messageOf(mailWithSubject(broken))).text).toBe('Hello');
    const endless = Buffer.concat([Buffer.from('From: a@x.example\r\nSubject: '), broken]);
    expect((await messageOf(endless)).kind).toBe('message');
  });

  test.each([
    ['lines', Buffer.from('\x80\r\n'.repeat(300_000), 'latin1')],
    ['escapes', Buffer.from('\x1b$B\n'.repeat(300_000), 'latin1')],
    ['one line', Buffer.from('\x80\x1b$B'.repeat(700_000), 'latin1')],
  ])('of broken %s takes a moment and no more', async (_, bytes) => {
    const began = performance.now();
    await messageOf(mailWithSubject(bytes));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
