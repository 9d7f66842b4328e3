import type { Egress, EgressRequest, EgressResponse } from '@kith/ingest/egress';

type Answer = string | Partial<EgressResponse> | Error;

/** A way to a network that has these answers, by URL, and 404 for all else; it keeps what it is asked for. */
export function networkOf(
  answers: Record<string, Answer>,
): Egress & { asked: string[]; requests: EgressRequest[] } {
  const requests: EgressRequest[] = [];
  const asked: string[] = [];
  return {
    asked,
    requests,
    routeTo: () => {
      throw new Error('only HTTP in this test');
    },
    get: async (request) => {
      requests.push(request);
      asked.push(request.url);
      const answer = answers[request.url] ?? { status: 404 };
      if (answer instanceof Error) throw answer;
      const given = typeof answer === 'string' ? { body: Buffer.from(answer) } : answer;
      return { status: 200, headers: {}, body: new Uint8Array(0), ...given };
    },
  };
}
