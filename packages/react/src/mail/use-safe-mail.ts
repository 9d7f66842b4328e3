import { useEffect, useState } from 'react';
import { type SafeMail, sanitiseMail } from './sanitise-mail.ts';

/** The sanitised mail; `refused` where the page lets no HTML be parsed, undefined until it is known. */
export function useSafeMail(html: string | null, showsImages: boolean): SafeMail | 'refused' | undefined {
  const [state, setState] = useState<{ of: string; showsImages: boolean; mail: SafeMail | 'refused' }>();
  useEffect(() => {
    if (html === null) return;
    let isCurrent = true;
    const settle = (mail: SafeMail | 'refused') => {
      if (isCurrent) setState({ of: html, showsImages, mail });
    };
    sanitiseMail(html, showsImages).then(settle, () => settle('refused'));
    return () => {
      isCurrent = false;
    };
  }, [html, showsImages]);
  const isCurrent = state?.of === html && state?.showsImages === showsImages;
  return isCurrent ? state?.mail : undefined;
}
