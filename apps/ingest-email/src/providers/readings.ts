import type { IgnoredReason } from '@kith/contracts';
import type { MailReading } from '../mail/mail-fields.ts';

const detailCharsMax = 300;

/** What holds nothing for us, and why. `detail` names no person. */
export function ignored(reason: IgnoredReason, detail: string): MailReading {
  return { form: 'item', item: { kind: 'ignored', reason, detail: detail.slice(0, detailCharsMax) } };
}

/** A mail that the body announces without its content. */
export function notIncluded(detail: string): MailReading {
  return { form: 'item', item: { kind: 'unreadable', reason: 'content_not_included', detail } };
}

/** What should be a mail, and is something else. */
export function notAMessage(detail: string): MailReading {
  return { form: 'item', item: { kind: 'unreadable', reason: 'not_a_message', detail } };
}
