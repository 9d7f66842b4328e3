/* Fields into the message that the resolver stores. */
import type { ParsedMessage } from '@kith/ingest/provider';
import { decodeWords } from 'postal-mime';
import { calendarOf } from './calendar.ts';
import { deliveryReportOf } from './delivery-reports.ts';
import { attachmentsOf } from './files.ts';
import { identify } from './identity.ts';
import { mailingListOf } from './lists.ts';
import { parseMailDate, sentTime } from './mail-date.ts';
import { headerValues, includedIn, type MailFields } from './mail-fields.ts';
import { marksOf } from './marks.ts';
import { normaliseId, ownMessageId, referencedIds } from './message-ids.ts';
import { authorOf, participantsOf, type MailShape } from './participants.ts';
import { plainLine } from './plain-line.ts';
import { textsOf } from './visible-text.ts';

/** The message that these fields are. */
export function toMessage(fields: MailFields): ParsedMessage {
  const { text, newText, shown } = textsOf(fields);
  const shape = shapeOf(fields, text);
  const participants = participantsOf(fields.headers, shape);
  const marks = marksOf(fields.headers, shape);
  const subject = subjectOf(fields);
  const dates = headerValues(fields.headers, 'date');
  const givenId = ownMessageId(fields);
  const { ownId, externalId } = identify({
    messageId: givenId,
    author: authorOf(participants) ?? '',
    claimedAt: parseMailDate(dates[0] ?? '') ?? '',
    subject: subject ?? '',
    text,
    shown,
    files: fields.files,
  });
  const references = referencesOf(fields, { ownId, participants, reported: shape.report?.originalIds ?? [] });
  return {
    kind: 'message',
    externalId,
    conversation: {
      kind: 'thread',
      messageIds: [
        ownId,
        ...references,
        ...(shape.calendar?.threadKeys ?? []),
        ...(givenId === null && references.length === 0 ? hintsOf(fields) : []),
      ],
    },
    participants,
    subject,
    text,
    // What reports quote is what they are about.
    ...(newText === null || shape.report !== null ? {} : { newText }),
    html: fields.html === null || fields.html.trim() === '' ? null : Buffer.from(fields.html),
    attachments: attachmentsOf(fields),
    sentAt: sentTime(dates, headerValues(fields.headers, 'received')),
    ...(marks.length === 0 ? {} : { marks }),
  };
}

function shapeOf(fields: MailFields, text: string): MailShape {
  const included = includedIn(fields);
  return {
    list: mailingListOf(fields.headers),
    report: deliveryReportOf(included, text),
    calendar: calendarOf(included),
  };
}

/** Some programs write the address of whom they answer where its message's id belongs: that is no reference. */
function referencesOf(
  fields: MailFields,
  own: { ownId: string; participants: ParsedMessage['participants']; reported: readonly string[] },
): string[] {
  const addresses = new Set(own.participants.map(({ identifiers }) => identifiers[0]?.value));
  return referencedIds(fields, own).filter((id) => !addresses.has(id.toLowerCase()));
}

/** A provider's own thread, which is of one mailbox only: not to be joined with what the mails' ids say. */
function hintsOf({ threadHints }: MailFields): string[] {
  return [...new Set((threadHints ?? []).map(normaliseId))].filter((hint) => hint !== '').slice(0, hintsMax);
}

const hintsMax = 5;

function subjectOf(fields: MailFields): string | null {
  const [written] = headerValues(fields.headers, 'subject');
  const subject = plainLine(decodeWords(written ?? ''));
  return subject === '' ? null : subject;
}
