/*
 * What a person is told who connects a provider, as data: where to click there, and what to paste where. The fields are
 * those that the services take; a test holds them against the contracts.
 */
import type { Channel, Provider } from '@kith/client';

/** One thing to fill in. */
export interface GuideField {
  /** As the services call it; `imap.host` lies in `imap`. */
  key: string;
  label: string;
  /** Where it is found, or what it is for. */
  hint: string;
  isRequired: boolean;
  /** `words` for what is shown while it is typed; a secret is not. `lines` are a list, one a line. */
  form: 'secret' | 'words' | 'number' | 'lines' | 'block' | 'choice';
  /** The person chooses it freely, so the page can make one up. */
  canGenerate?: boolean;
  choices?: readonly { value: string; label: string }[];
  example?: string;
  /** A secret that stands with what history needs, apart from the provider’s own. */
  isForHistory?: boolean;
}

/** What an account of a provider needs, and how to get it there. In steps, `` ` `` sets what is typed or pasted apart. */
export interface ProviderGuide {
  name: string;
  /** What it is set up at, where that is no company: `your mail server`. */
  place?: string;
  channels: readonly Channel[];
  /** For whom it is, in a line. */
  summary: string;
  /** What has to be done there before the account can be connected here. */
  before: readonly string[];
  /** What has to be done there afterwards; `{url}` is the address that it posts to. */
  after: readonly string[];
  secrets: readonly GuideField[];
  settings: readonly GuideField[];
  /** What of the past can be fetched, and what that needs. */
  history: string;
  /** The address to paste, where it is more than the URL: made of the URL and the secrets. */
  address?: (url: string, secrets: Readonly<Record<string, string>>) => string;
  /** Secrets that are pasted at the provider, shown once more after connecting. */
  pasted?: readonly string[];
  /** It posts nothing: there is no address. */
  isPullOnly?: boolean;
  /** Nothing can be asked of it: what it has of the past it sends by itself. */
  hasNoPast?: boolean;
}

export type ProviderGuides = Readonly<Record<Provider, ProviderGuide>>;

/** Where something is to be done. */
export const placeOf = ({ name, place }: ProviderGuide): string => place ?? name;
