import { createContext, useContext } from 'react';

/** What `/config.json` tells: where the APIs are and, on a local machine, the key to use. */
export interface PageConfig {
  queryUrl: string;
  resolverUrl: string;
  /** Where providers post to, by channel; what is not known is left out. */
  webhookUrls: { email?: string; whatsapp?: string; linkedin?: string };
  apiKey?: string;
}

/** Fetches the configuration; throws when the web server does not answer with one. */
export async function loadPageConfig(): Promise<PageConfig> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`the web server answered ${response.status} for its configuration`);
  return (await response.json()) as PageConfig;
}

export const ConfigContext = createContext<PageConfig | null>(null);

/** The configuration that the page was loaded with. */
export function usePageConfig(): PageConfig {
  const config = useContext(ConfigContext);
  if (config === null) throw new Error('usePageConfig is used outside of the page');
  return config;
}
