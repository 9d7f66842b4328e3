import type { Provider } from '@kith/ingest/provider';
import { imap } from './imap.ts';
import { mailgun } from './mailgun.ts';
import { mime } from './mime.ts';
import { nylas } from './nylas.ts';
import { postmark } from './postmark.ts';
import { sendgrid } from './sendgrid.ts';
import { createSes } from './ses.ts';
import { unipile } from './unipile.ts';

/** Every email provider; a new one is a file in this folder and a row here. */
export function createEmailProviders({
  snsCertificatesDir,
}: {
  snsCertificatesDir: string | null;
}): Provider[] {
  return [
    mime,
    postmark,
    sendgrid,
    mailgun,
    createSes({ certificatesDir: snsCertificatesDir }),
    nylas,
    unipile,
    imap,
  ];
}

/** For reading only, which needs no settings: a reader thread has none. */
export const emailProviders: readonly Provider[] = createEmailProviders({ snsCertificatesDir: null });
