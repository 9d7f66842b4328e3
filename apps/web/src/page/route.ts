import { useSyncExternalStore } from 'react';

/** The address of a record's page. */
export function recordHref(recordId: string): string {
  return `#/records/${encodeURIComponent(recordId)}`;
}

/** The record that an address names, or null when it names none. */
export function parseRecordId(hash: string): string | null {
  const encoded = /^#\/records\/([^/]+)$/.exec(hash)?.[1];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** The record of the current address, following it. */
export function useRecordId(): string | null {
  return useSyncExternalStore(followHash, () => parseRecordId(window.location.hash));
}

function followHash(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}
