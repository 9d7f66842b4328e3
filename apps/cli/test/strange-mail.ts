import { mail } from './mail-desk.ts';

const recipients = Array.from({ length: 10_000 }, (_, index) => `person${index}@whole.example`).join(
  ',\r\n ',
);
const nested = Array.from(
  { length: 1_000 },
  (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
);
/** Bodies that no mail program writes, by what is strange about them, and how each ends. */
export const strangeMail: Record<string, { body: string | Buffer; outcome: string }> = {
  'no Message-ID': { body: mail('x').replace(/Message-ID.*\r\n/, ''), outcome: 'stored' },
  'no Date': { body: mail('nodate'), outcome: 'stored' },
  'no From': { body: mail('nofrom').replace(/From.*\r\n/, ''), outcome: 'stored' },
  'two Froms': { body: `From: second@whole.example\r\n${mail('twofroms')}`, outcome: 'stored' },
  'a date in 2099': {
    body: mail('future', { Date: 'Thu, 01 Jan 2099 10:00:00 +0000' }),
    outcome: 'stored',
  },
  'ten thousand recipients': { body: mail('many', { To: recipients }), outcome: 'stored' },
  'invalid UTF-8': {
    body: Buffer.concat([Buffer.from(mail('utf8')), Buffer.from([0xc3, 0x28, 0xff, 0x00])]),
    outcome: 'stored',
  },
  'a thousand nested parts': {
    body: `From: deep@whole.example\r\n${nested.join('')}\r\ndeep\r\n`,
    outcome: 'dead_lettered too_deeply_nested',
  },
  'not a mail': { body: 'no header at all, only a sentence', outcome: 'dead_lettered not_a_message' },
  'binary noise': {
    body: Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256)),
    outcome: 'dead_lettered not_a_message',
  },
};
