import { mailInParts } from './mails.ts';

/** The header of what a mail server writes. */
export const daemon = ['From: MAILER-DAEMON@mx.example', 'To: support@acme.example', 'Message-ID: <b@mx>'];

export const nullPath = 'Return-Path: <>';

/** The header of a mail that could not be delivered. */
export const original = [
  'Received: from a by b',
  'From: support@acme.example',
  'Message-ID:',
  ' <lost@acme.example>',
  'Subject: Offer',
];

/** A bounce with these parts after its text. */
export function report(
  parts: readonly (readonly string[])[],
  type = 'multipart/report; report-type=delivery-status',
): Uint8Array {
  return mailInParts([...daemon, `Content-Type: ${type}`], [['', 'It failed.'], ...parts]);
}

/** A delivery status with these fields of each recipient. */
export function statusPart(...recipients: readonly (readonly string[])[]): string[] {
  return [
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    ...recipients.flatMap((fields) => ['', ...fields]),
  ];
}
