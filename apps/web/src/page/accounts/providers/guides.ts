import type { ProviderGuides } from './guide.ts';
import { imap } from './imap.ts';
import { mailgun } from './mailgun.ts';
import { meta } from './meta.ts';
import { mime } from './mime.ts';
import { nylas } from './nylas.ts';
import { postmark } from './postmark.ts';
import { sendgrid } from './sendgrid.ts';
import { ses } from './ses.ts';
import { twilio } from './twilio.ts';
import { unipile } from './unipile.ts';

/** Every provider that can be connected. */
export const guides: ProviderGuides = {
  postmark,
  sendgrid,
  mailgun,
  ses,
  nylas,
  mime,
  imap,
  meta,
  twilio,
  unipile,
};
