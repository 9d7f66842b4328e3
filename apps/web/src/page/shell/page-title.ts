import { useEffect } from 'react';

/** Names the page in the tab and in the history of the browser while it is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Kith`;
    return () => {
      document.title = 'Kith';
    };
  }, [title]);
}
