/* What the keyboard can do anywhere. Letters are shortcuts only where nobody is typing. */
import { isTyping } from '@kith/react/parts';
import { useEffect, useRef } from 'react';
import { paths } from './links.ts';

/** Two keys, one after the other: `g` and then the place. */
export const places: Readonly<Record<string, { path: string; name: string }>> = {
  r: { path: paths.records, name: 'Records' },
  v: { path: paths.review, name: 'Review' },
  p: { path: paths.participants, name: 'Participants' },
  a: { path: paths.accounts, name: 'Accounts' },
  o: { path: paths.overview, name: 'Overview' },
  h: { path: paths.history, name: 'History' },
};

const secondKeyMs = 1_200;

interface Shortcuts {
  go: (path: string) => void;
  onPalette: () => void;
  onHelp: () => void;
}

/** Listens while the shell is shown. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        current.current.onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const place = event.timeStamp < goUntil ? places[event.key] : undefined;
      goUntil = event.key === 'g' ? event.timeStamp + secondKeyMs : 0;
      if (place !== undefined) current.current.go(place.path);
      else if (event.key === '?') current.current.onHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
