import { textCharsMax } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import { growthOf } from '../../test/growth.ts';
import { everyday, messageOf } from '../../test/mails.ts';
import { textsOf } from './visible-text.ts';

const newOf = (...lines: string[]) => textsOf({ text: lines.join('\n'), html: null }).newText;

const quote = ['> Can you send the offer?', '> Ana'];

describe('the new text of a mail', () => {
  test.each([
    'On Mon, 2 Nov 2026 at 10:12, Ana Lima <ana@lima.example> wrote:',
    'Am 02.11.2026 um 10:12 schrieb Ana Lima <ana@lima.example>:',
    'Le lun. 2 nov. 2026 à 10:12, Ana Lima <ana@lima.example> a écrit :',
    'El lun, 2 nov 2026 a las 10:12, Ana Lima (<ana@lima.example>) escribió:',
    'Em seg., 2 de nov. de 2026 às 10:12, Ana Lima <ana@lima.example> escreveu:',
    'Il giorno lun 2 nov 2026 alle ore 10:12 Ana Lima <ana@lima.example> ha scritto:',
    'Op ma 2 nov 2026 om 10:12 schreef Ana Lima <ana@lima.example>:',
    'Den mån 2 nov. 2026 kl 10:12 skrev Ana Lima <ana@lima.example>:',
    'pon., 2 lis 2026 o 10:12 Ana Lima <ana@lima.example> napisał(a):',
    'пн, 2 нояб. 2026 г. в 10:12, Ana Lima <ana@lima.example>:',
    'po 2. 11. 2026 v 10:12 odesílatel Ana Lima <ana@lima.example> napsal:',
    '2 Kas 2026 Pzt, 10:12 tarihinde Ana Lima <ana@lima.example> şunu yazdı:',
    'Ana Lima <ana@lima.example> 于2026年11月2日周一 10:12写道：',
    '2026年11月2日(月) 10:12 Ana Lima <ana@lima.example>:',
    '2026년 11월 2일 (월) 오전 10:12, Ana Lima <ana@lima.example>님이 작성:',
  ])('ends at the header %s', (header) => {
    expect(newOf('Gladly.', '', header, '', ...quote)).toBe('Gladly.');
    expect(newOf('Gladly.', header, 'Can you send the offer?', 'Ana')).toBe('Gladly.');
    const middle = header.indexOf('Ana Lima');
    if (middle === 0) return;
    expect(newOf('Gladly.', header.slice(0, middle).trim(), header.slice(middle), ...quote)).toBe('Gladly.');
  });

  test.each([
    ['From', 'Sent', 'To', 'Subject'],
    ['Von', 'Gesendet', 'An', 'Betreff'],
    ['De', 'Envoyé', 'À', 'Objet'],
    ['De', 'Enviado el', 'Para', 'Asunto'],
    ['Da', 'Inviato', 'A', 'Oggetto'],
    ['Van', 'Verzonden', 'Aan', 'Onderwerp'],
    ['Fra', 'Sendt', 'Til', 'Emne'],
    ['Från', 'Skickat', 'Till', 'Ämne'],
    ['Od', 'Wysłano', 'Do', 'Temat'],
    ['От', 'Дата', 'Кому', 'Тема'],
    ['发件人', '发送时间', '收件人', '主题'],
    ['差出人', '送信日時', '宛先', '件名'],
  ])('ends at the block of %s, %s, %s and %s', (from, sent, to, subject) => {
    const block = [`${from}: Ana Lima`, `${sent}: 2/11/2026 10:12`, `${to}: us`, `${subject}: Offer`];
    const mail = ['', 'Can you send the offer?'];
    expect(newOf('Gladly.', '', '________________________________', ...block, ...mail)).toBe('Gladly.');
    expect(newOf('Gladly.', '', ...block.map((line) => `*${line.replace(':', ':*')}`), ...mail)).toBe(
      'Gladly.',
    );
  });

  test('has every line that was written between quotes', () => {
    const header = 'On Mon, 2 Nov 2026 at 10:12, Ana Lima <ana@lima.example> wrote:';
    expect(newOf(header, '> One?', 'yes', '> Two?', '>', '> Three?', '', 'no,', 'never')).toBe(
      'yes\n\nno,\nnever',
    );
    expect(
      newOf(
        '在附件中请查收报价。',
        '',
        '谢谢',
        '',
        '在 2026年11月2日，10:12，Ana <ana@lima.example> 写道：',
        '> 报价？',
      ),
    ).toBe('在附件中请查收报价。\n\n谢谢');
  });

  test('of a forward is the comment, and of one without any all of it', () => {
    const forwarded = [
      '---------- Forwarded message ---------',
      'From: Ana Lima <ana@lima.example>',
      'Date: Mon, 2 Nov 2026 at 10:12',
      'Subject: Offer',
      'To: <us@acme.example>',
      '',
      'We take it.',
    ];
    expect(newOf('Look, they take it!', '', ...forwarded)).toBe('Look, they take it!');
    expect(newOf(...forwarded)).toBeNull();
    expect(newOf('Good news', '', 'Begin forwarded message:', '', ...forwarded.slice(1))).toBe('Good news');
  });

  test.each([
    ['-- '],
    ['--'],
    ['Kind regards,'],
    ['With best regards'],
    ['Mit freundlichen Grüßen'],
    ['Viele Grüße'],
    ['Cordialement,'],
    ['Un saludo,'],
    ['Atenciosamente,'],
    ['Cordiali saluti'],
    ['Met vriendelijke groet,'],
    ['Med venlig hilsen'],
    ['С уважением,'],
    ['Sent from my iPhone'],
  ])('ends at the signature that begins with %s', (start) => {
    expect(newOf('We take it.', '', start, 'Ana Lima', 'Lima Ltd', '+55 11 98765-4321')).toBe('We take it.');
    expect(
      newOf('We take it.', '', start, 'Ana', '', 'On 2 Nov 2026 at 10:12 Bo <b@x.example> wrote:', ...quote),
    ).toBe('We take it.');
  });

  test('is without the footer of a mailing list', () => {
    const footer = [
      '_______________________________________________',
      'dev mailing list',
      'dev@lists.example',
    ];
    expect(newOf('We take it.', '', ...footer)).toBe('We take it.');
  });

  test('has what is written below a signature as a postscript', () => {
    expect(newOf('We take it.', '', 'Kind regards', 'Ana', '', 'PS: by Friday, please')).toBe(
      'We take it.\n\nPS: by Friday, please',
    );
  });

  test.each([
    ['nothing but an answer', ['Gladly.', 'Ana']],
    ['nothing but a quote', ['On 2 Nov 2026 at 10:12 Bo <b@x.example> wrote:', ...quote]],
    ['nothing but a signature', ['Kind regards', 'Ana']],
    ['a journey', ['Please book:', 'From: Paris', 'To: London', 'Date: 2 May 2026']],
    ['a form', ['From: Max', 'Phone: +49 30 901820', 'Message: call me']],
    ['a story', ['On 2 May 2026 I wrote:', 'dear diary']],
    ['chapters', ['Options', '', '---', '', 'One', '', '---', '', 'Two']],
    ['wishes in the middle', ['Best wishes!', `And now ${'to the offer '.repeat(10)}`]],
    ['a comparison', ['x > y', '  and y < z']],
    ['nothing', ['']],
  ])('is left out where the text is %s', (_, lines) => {
    expect(newOf(...lines)).toBeNull();
  });

  test('keeps a signature that is all one wrote above a quote', () => {
    expect(newOf('Kind regards', 'Ana', '', ...quote)).toBe('Kind regards\nAna');
  });

  test('is on the message, and only where it differs', async () => {
    const answer = everyday([], ['Gladly.', '', ...quote].join('\r\n'));
    expect(await messageOf(answer)).toMatchObject({ newText: 'Gladly.' });
    expect(await messageOf(everyday())).not.toHaveProperty('newText');
  });
});

test('a report about another mail has no new text: what it quotes is what it is about', async () => {
  const report = [
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    'From: mailer-daemon@x.example',
  ];
  const body = '--b\r\n\r\nNot delivered:\r\n> Hello\r\n--b--';
  const message = await messageOf(everyday(report, body));
  expect(message.marks).toContain('bounce');
  expect(message).not.toHaveProperty('newText');
});

describe('a hostile text', () => {
  const text = (piece: string, share: number) =>
    piece.repeat(Math.ceil((textCharsMax * share) / piece.length));
  test.each([
    ['>\n'],
    ['> a\nb\n'],
    ['>'.repeat(399) + '\n'],
    ['On Mon, 2 Nov 2026 at 10:12, Ana wrote:\n'],
    ['On 2026\n'],
    ['2026 from <:\n'],
    [`${'2026 from <'.repeat(36)}:\n`],
    [`${'10:10 2026"<'.repeat(33)}:\n`],
    [`${'On a 1 '.repeat(50)} wrote\n`],
    ['abc. 2026 skrev b:\n'],
    ['Op 1 schreef:\n'],
    ['a 1 b:\n'],
    ['在1写道：\n'],
    ['From: a\n'],
    ['From: a@b\nTo: c\n'],
    ['<a@'],
    ['-'],
    ['-----\n'],
    ['- a -'],
    ['---- Original Message ----\n\n'],
    ['____\n\n'],
    ['=\n'],
    [' '],
    [' \n'],
    ['\n'],
    ['\t'],
    ['*'],
    ['Regards,\n'],
    [`${'best '.repeat(24)}\n`],
    ['Sent from a\n'],
    ['PS\n'],
    ['word '],
    ['\ufdd0\n'],
  ])('of %j takes no more than its length', (piece) => {
    expect(growthOf((share) => textsOf({ text: text(piece, share), html: null }))).toBeLessThan(10);
  });
});
