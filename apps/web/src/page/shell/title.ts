import { useEffect } from 'react';

/** What the browser's tab is called while the page is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Kith`;
    return () => {
      document.title = 'Kith';
    };
  }, [title]);
}
