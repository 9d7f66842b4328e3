import { secret, serviceSettings } from '@kith/service';
import * as z from 'zod';

const apiUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

/** The addresses of this machine that nobody else can reach, as they stand in a URL or a Host header. */
export const loopbackHosts: readonly string[] = ['127.0.0.1', 'localhost', '::1', '[::1]'];

const webhookUrl = (channel: string) =>
  apiUrl
    .optional()
    .describe(`URL of ingest-${channel}, as providers reach it: shown where an account is connected.`);

const webhookUrls = {
  KITH_WEBHOOKS_EMAIL_URL: webhookUrl('email'),
  KITH_WEBHOOKS_WHATSAPP_URL: webhookUrl('whatsapp'),
  KITH_WEBHOOKS_LINKEDIN_URL: webhookUrl('linkedin'),
};

/** What the web server reads from its environment. */
export const WebSettings = z
  .object({
    ...serviceSettings,
    KITH_QUERY_URL: apiUrl.describe('URL of the query service, as browsers reach it.'),
    KITH_RESOLVER_URL: apiUrl.describe('URL of the resolver, as browsers reach it.'),
    ...webhookUrls,
    KITH_WEB_API_KEY: secret()
      .optional()
      .describe('API key handed to every page, so that nobody has to sign in; only with a loopback HOST.'),
  })
  .refine((settings) => settings.KITH_WEB_API_KEY === undefined || loopbackHosts.includes(settings.HOST), {
    path: ['KITH_WEB_API_KEY'],
    error: 'would hand the key to everyone who reaches this server; set HOST=127.0.0.1, or leave it out',
  });

export type WebSettings = z.infer<typeof WebSettings>;
