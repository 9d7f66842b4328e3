import type { EmailProvider } from './email-provider.ts';
import { mime } from './mime.ts';
import { postmark } from './postmark.ts';

/** Every email provider; a new one is a file in this folder and a row here. */
export const emailProviders: readonly EmailProvider[] = [mime, postmark];

/** The provider of this name. Throws when there is none, which is a defect. */
export function findEmailProvider(name: string): EmailProvider {
  const provider = emailProviders.find((candidate) => candidate.name === name);
  if (provider === undefined) throw new Error(`no email provider ${name}`);
  return provider;
}
