/*
 * One mail of a thread as a mail program would write it: greeting, text, signature, the mail it answers as a quote,
 * and the ids that tie it to the thread (In-Reply-To, and all earlier ids in References).
 */
import type { Mail, MailAttachment, Mailbox } from '../mail/mail.ts';

/** What a mail says, before greeting, signature and quote. */
export interface Letter {
  messageId: string;
  date: string;
  from: Mailbox;
  to: Mailbox;
  cc?: Mailbox[];
  /** The thread's subject, without "Re:". */
  subject: string;
  greeting: string;
  paragraphs: string;
  signature: string[];
  /** Whether to write HTML as well. */
  html: boolean;
  attachments?: MailAttachment[];
  /** The thread so far, oldest first. */
  earlier: readonly Mail[];
}

/** The mail that `letter` becomes: a reply to the newest earlier mail, or the first of its thread. */
export function composeMail(letter: Letter): Mail {
  const previous = letter.earlier.at(-1);
  const own = [letter.greeting, letter.paragraphs, letter.signature.join('\n')].join('\n\n');
  return {
    messageId: letter.messageId,
    date: letter.date,
    from: letter.from,
    to: [letter.to],
    ...(letter.cc === undefined ? {} : { cc: letter.cc }),
    subject: previous === undefined ? letter.subject : `Re: ${letter.subject}`,
    text: previous === undefined ? own : `${own}\n\n${quote(previous)}`,
    ...(letter.html ? { html: htmlOf(own, previous) } : {}),
    ...threadFields(letter.earlier),
    ...(letter.attachments === undefined ? {} : { attachments: letter.attachments }),
  };
}

/** A mail that hands the newest mail of a thread on to somebody else. */
export function composeForward(letter: Letter): Mail {
  const original = letter.earlier.at(-1);
  if (original === undefined) throw new RangeError('there is nothing to forward');
  const head = [
    '---------- Forwarded message ---------',
    `From: ${showMailbox(original.from)}`,
    `Date: ${showDate(original.date)}`,
    `Subject: ${original.subject}`,
    `To: ${original.to.map(showMailbox).join(', ')}`,
  ];
  const mail = composeMail({ ...letter, html: false });
  const own = [letter.greeting, letter.paragraphs, letter.signature.join('\n')].join('\n\n');
  return {
    ...mail,
    subject: `Fwd: ${letter.subject}`,
    text: [own, head.join('\n'), withoutQuote(original.text)].join('\n\n'),
  };
}

function threadFields(earlier: readonly Mail[]): Pick<Mail, 'inReplyTo' | 'references'> {
  const previous = earlier.at(-1);
  if (previous === undefined) return {};
  return { inReplyTo: previous.messageId, references: earlier.map((mail) => mail.messageId) };
}

function quote(mail: Mail): string {
  const lines = withoutQuote(mail.text).split('\n');
  return [attribution(mail), ...lines.map((line) => (line === '' ? '>' : `> ${line}`))].join('\n');
}

/** People quote what they answer, not what that answered: the own part ends where a quote or forward begins. */
function withoutQuote(text: string): string {
  return text.split(/\n\n(?:On [^\n]+ wrote:\n|-{10} Forwarded)/)[0] ?? text;
}

const attribution = (mail: Mail): string => `On ${showDate(mail.date)}, ${showMailbox(mail.from)} wrote:`;

const showMailbox = ({ name, address }: Mailbox): string =>
  name === null ? address : `${name} <${address}>`;

/** `Fri, 04 Sep 2026 at 08:00`; not by locale, whose spelling differs between versions of Node. */
const showDate = (iso: string): string =>
  new Date(iso).toUTCString().replace(/^(.+ \d{4}) (\d\d:\d\d):\d\d GMT$/, '$1 at $2');

function htmlOf(own: string, previous: Mail | undefined): string {
  const cited =
    previous === undefined
      ? ''
      : `<p>${escapeHtml(attribution(previous))}</p><blockquote style="margin:0 0 0 1ex;border-left:2px solid #ccc;padding-left:1ex">${paragraphsOf(withoutQuote(previous.text))}</blockquote>`;
  return `<!doctype html><html><body style="font-family:sans-serif">${paragraphsOf(own)}${cited}</body></html>`;
}

const paragraphsOf = (text: string): string =>
  text
    .split('\n\n')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
