/*
 * What each provider has to say for its part of the miniature host: which requests are its, who may make them, and in
 * which words it answers.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** What can be fetched: a file that a webhook named, or a message as the provider's API answers it. */
export type Hosted = { kind: 'file'; type: string; content: Buffer } | { kind: 'message'; message: object };

/** What the accounts were given; a provider that is left out refuses everybody. */
export interface HostCredentials {
  meta?: { accessToken: string };
  unipile?: { apiKey: string };
  twilio?: { accountSid: string; authToken: string };
  nylas?: { apiKey: string };
}

/** A request, as far as it matters. `url` is the one that was asked for, on the host's own origin. */
export interface HostRequest {
  url: URL;
  headers: IncomingHttpHeaders;
  credentials: HostCredentials;
}

/** An answer over HTTP. `isFile` where it is the bytes of a file. */
export interface HostAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  isFile?: true;
}

/** A request of a provider's. */
export interface HostRoute {
  /** Of what is asked for. */
  id: string;
  isAuthorized: boolean;
  refuse: () => HostAnswer;
  missing: () => HostAnswer;
  answer: (hosted: Hosted) => HostAnswer;
}

/** A provider's part; null where the path is not one of its. */
export type HostPart = (request: HostRequest) => HostRoute | null;

export const jsonAnswer = (status: number, value: object): HostAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});

/** A file as it is, or a message where one was asked for as a file. */
export function bytesOf(hosted: Hosted): HostAnswer {
  if (hosted.kind === 'message') return jsonAnswer(200, hosted.message);
  return { status: 200, headers: { 'content-type': hosted.type }, body: hosted.content, isFile: true };
}
