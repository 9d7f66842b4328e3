const storageKey = 'kith.apiKey';

/** The API key of this tab, or null. It lives until the tab closes and never stands in a URL. */
export function storedApiKey(): string | null {
  return sessionStorage.getItem(storageKey);
}

/** Keeps a key for this tab. */
export function keepApiKey(apiKey: string): void {
  sessionStorage.setItem(storageKey, apiKey);
}

/** Removes the key of this tab. */
export function forgetApiKey(): void {
  sessionStorage.removeItem(storageKey);
}
