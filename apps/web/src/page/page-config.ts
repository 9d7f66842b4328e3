/** What `/config.json` tells: where the APIs are and, on a local machine, the key to use. */
export interface PageConfig {
  queryUrl: string;
  resolverUrl: string;
  apiKey?: string;
}

/** Fetches the configuration; throws when the web server does not answer with one. */
export async function loadPageConfig(): Promise<PageConfig> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`the web server answered ${response.status} for its configuration`);
  return (await response.json()) as PageConfig;
}
