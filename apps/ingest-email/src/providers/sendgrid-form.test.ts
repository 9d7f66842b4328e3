import { describe, expect, test } from 'vitest';
import { fieldsOf, type GivenPart, itemsOf, messageIn, multipart } from '../../test/forms.ts';
import { everyday, mailInParts, mailOf, messageOf, namedIn, threadOf } from '../../test/mails.ts';
import { sendgrid } from './sendgrid.ts';

const header = (mail: Uint8Array): string => Buffer.from(mail).toString('latin1').split('\r\n\r\n')[0] ?? '';

const usual = {
  headers: `Received: from mail.lima.example by mx.sendgrid.net\r\n${header(everyday())}\r\n`,
  dkim: '{@lima.example : pass}',
  to: 'support@acme.example',
  from: 'Ana Lima <ana@lima.example>',
  subject: 'Offer 2231',
  text: 'Hello',
  envelope: '{"to":["support@acme.example"],"from":"ana@lima.example"}',
  attachments: '0',
  charsets: '{"to":"UTF-8","subject":"UTF-8","from":"UTF-8","text":"UTF-8"}',
  SPF: 'pass',
};

const messageFrom = (fields: Record<string, string | Uint8Array>, files: GivenPart[] = []) =>
  messageIn(sendgrid, multipart([...fieldsOf({ ...usual, ...fields }), ...files]));

describe('a mail of Inbound Parse', () => {
  test('is the same message as the mail itself, raw and in parts', async () => {
    const direct = await messageOf(everyday());
    expect(await messageFrom({})).toEqual(direct);
    expect(await messageFrom({ email: everyday(), text: 'not read' })).toEqual(direct);
  });

  test('is the same message with HTML, a file and a picture', async () => {
    const html = '<img src="cid:logo">';
    const direct = await messageOf(
      mailInParts(
        [header(everyday())],
        [
          ['Content-Type: text/plain; charset=utf-8', '', Buffer.from('Olá').toString('latin1')],
          ['Content-Type: text/html', '', html],
          ['Content-Type: text/csv; name=a.csv', 'Content-Transfer-Encoding: base64', '', 'YTti'],
          [
            'Content-Type: image/png; name=l.png',
            'Content-ID: <logo>',
            'Content-Transfer-Encoding: base64',
            '',
            'cG5n',
          ],
        ],
      ),
    );
    const posted = await messageFrom(
      {
        text: 'Olá',
        html,
        'attachment-info':
          '{"attachment2":{"filename":"l.png","name":"l.png","type":"image/png","content-id":"logo"},' +
          '"attachment1":{"filename":"a.csv","name":"a.csv","charset":"us-ascii","type":"text/csv"}}',
        'content-ids': '{"logo":"attachment2"}',
      },
      [
        { name: 'attachment1', file: 'a.csv', type: 'text/csv', value: 'a;b' },
        { name: 'attachment2', file: 'l.png', type: 'image/png', value: 'png' },
      ],
    );
    expect(posted.externalId).toBe(direct.externalId);
    expect(posted.attachments).toMatchObject([
      { name: 'a.csv', type: 'text/csv', contentId: null, inline: false },
      { name: 'l.png', type: 'image/png', contentId: 'logo', inline: true },
    ]);
  });

  test('is in the same thread as its references say', async () => {
    const headers = ['In-Reply-To: <parent@x>', 'References: <root@x>\r\n <parent@x>'];
    const posted = await messageFrom({ headers: header(everyday(headers)) });
    expect(threadOf(posted)).toEqual(['first@lima.example', 'root@x', 'parent@x']);
  });

  test('is read field by field in the charset that each has', async () => {
    const message = await messageFrom({
      headers: 'From: =?cp850?q?Op=82rateur?= <ana@lima.example>\r\nSubject: =?cp850?q?pidi=A2?=',
      from: Buffer.from('Opérateur <ana@lima.example>'),
      subject: Buffer.from([0x70, 0x69, 0x64, 0x69, 0xa2]),
      text: Buffer.from([0x45, 0x53, 0x50, 0x92, 0x73]),
      html: Buffer.from([0xbf, 0x45]),
      charsets: '{"from":"UTF-8","subject":"cp850","text":"windows-1252","html":"iso-8859-1"}',
    });
    expect(message).toMatchObject({ subject: 'pidió', text: 'ESP’s' });
    expect(message.participants[0]).toMatchObject({ displayName: 'Opérateur' });
    expect(Buffer.from(message.html ?? []).toString()).toBe('¿E');
  });

  test.each([
    ['windows-1252', Buffer.from([0x9a, 0xe1, 0x92, 0x80])],
    ['iso-8859-1', Buffer.from('šá’€')],
    ['koi8-r', Buffer.from([0xc1, 0xc2])],
    ['', Buffer.from([0x9a, 0xe1])],
  ])('in the charset %j is the same message as the mail itself', async (charset, text) => {
    const type = `Content-Type: text/plain; charset="${charset}"`;
    const direct = await messageOf(everyday([type], text.toString('latin1')));
    const charsets = JSON.stringify({ text: charset });
    expect(await messageFrom({ headers: header(everyday([type])), text, charsets })).toEqual(direct);
  });

  test('is what its header says where the fields say less, and the fields where it says nothing', async () => {
    const message = await messageFrom({ subject: 'cut', from: 'other@x.example' });
    expect(message.subject).toBe('Offer 2231');
    const bare = await messageFrom({ headers: '', cc: 'Bo <bo@x.example>' });
    expect(bare).toMatchObject({ subject: 'Offer 2231', sentAt: null });
    expect(namedIn(bare)).toEqual(['from ana@lima.example', 'to support@acme.example', 'cc bo@x.example']);
  });

  test('names whom its envelope names when it names nobody itself', async () => {
    const message = await messageFrom({ headers: 'Subject: a', from: '', to: '' });
    expect(namedIn(message)).toEqual(['from ana@lima.example', 'to support@acme.example']);
    const hidden = await messageFrom({ headers: header(everyday(['To: undisclosed-recipients:;'])), to: '' });
    expect(namedIn(hidden)).toEqual(['from ana@lima.example']);
  });

  test('with the empty sender of its envelope is a bounce, where the rest of it is one', async () => {
    const bounce = { headers: 'From: \r\nSubject: failed', from: '', text: 'It failed: Subject: x' };
    const envelope = '{"to":["support@acme.example"],"from":""}';
    const returned = [
      {
        name: 'attachment1',
        file: '',
        type: 'message/rfc822',
        value: mailOf(['Message-ID: <lost@acme.example>']),
      },
    ];
    const message = await messageFrom({ ...bounce, envelope }, returned);
    expect(message.marks).toContain('bounce');
    expect(threadOf(message)).toContain('lost@acme.example');
  });

  test.each(['attachment-info', 'content-ids', 'charsets', 'envelope', 'headers', 'text'])(
    'is read although %s is not what it should be',
    async (name) => {
      const file = { name: 'attachment1', file: 'a.txt', type: 'text/plain', value: 'x' };
      for (const value of [
        'null',
        '[]',
        '{"attachment1":3,"to":7,"text":{}}',
        '"',
        '\0',
        '{"__proto__":1}',
      ]) {
        const message = await messageFrom({ [name]: value }, [file]);
        expect(message.attachments).toMatchObject([{ name: 'a.txt' }]);
      }
    },
  );

  test('has files called by their names, and by their numbers where these are none', async () => {
    const names = [
      String.raw`\share\mail\forwarded.msg`,
      '',
      'path\\',
      '.',
      '..',
      '=?utf-8?q?Ol=C3=A1.txt?=',
    ];
    const files = names.map((file, index) => ({ name: `attachment${index + 1}`, file, value: 'x' }));
    const { attachments } = await messageFrom({}, files);
    expect(attachments.map(({ name }) => name)).toEqual([
      'forwarded.msg',
      'attachment-2',
      'attachment-3',
      'attachment-4',
      'attachment-5',
      'Olá.txt',
    ]);
  });

  test('that has too many parts, or none of its fields, is a dead letter', async () => {
    const many = Array.from({ length: 1_001 }, () => ({ name: 'a', value: '' }));
    expect(await itemsOf(sendgrid, multipart(many))).toMatchObject([{ reason: 'too_many_parts' }]);
    const other = multipart([{ name: 'hello', value: 'there' }]);
    expect(await itemsOf(sendgrid, other)).toMatchObject([{ reason: 'not_a_message' }]);
    const { contentType } = other;
    const garbage = { body: Buffer.from('no form'), contentType };
    expect(await itemsOf(sendgrid, garbage)).toMatchObject([{ reason: 'not_a_message' }]);
    const noMail = multipart([{ name: 'email', value: 'no mail' }]);
    expect(await itemsOf(sendgrid, noMail)).toMatchObject([{ reason: 'not_a_message' }]);
  });
});
