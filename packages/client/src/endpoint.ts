/** How to reach a service of Kith: its tRPC address, the header with the key, and by which `fetch`. */
export interface Endpoint {
  url: string;
  headers: Record<string, string>;
  fetch: typeof globalThis.fetch;
}

/** The endpoint below a base address. */
export function createEndpoint(
  baseUrl: string,
  options: { apiKey: string; fetch?: typeof globalThis.fetch },
): Endpoint {
  return {
    url: `${baseUrl.replace(/\/+$/, '')}/trpc`,
    headers: { authorization: `Bearer ${options.apiKey}` },
    // Called through a function: browsers refuse a `fetch` that is detached from its window.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

/** The endpoint as tRPC's links take it; its type of `fetch` names fewer fields than the platform's. */
export function linkOptions(endpoint: Endpoint) {
  return {
    url: endpoint.url,
    headers: endpoint.headers,
    fetch: (input: string | URL | Request, init?: object): Promise<Response> => endpoint.fetch(input, init),
  };
}
