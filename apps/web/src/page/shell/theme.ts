import type { Theme } from '@kith/react';
import { useSyncExternalStore } from 'react';

const storageKey = 'kith.theme';
const themes: readonly Theme[] = ['system', 'light', 'dark'];
const listeners = new Set<() => void>();

/** The theme that was chosen on this device; the device's own where none was. */
export function useTheme(): { theme: Theme; next: () => void } {
  const theme = useSyncExternalStore(follow, chosen);
  return { theme, next: () => choose(themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system') };
}

/** Chooses a theme for this device. */
export function choose(theme: Theme): void {
  localStorage.setItem(storageKey, theme);
  for (const listener of listeners) listener();
}

function chosen(): Theme {
  const stored = localStorage.getItem(storageKey);
  return themes.find((theme) => theme === stored) ?? 'system';
}

function follow(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
