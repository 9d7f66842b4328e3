import type { Attachment } from '@kith/client';
import { useState } from 'react';
import { useKith } from '../provider/kith-context.ts';
import { linkOf } from './files.ts';

/** Downloads a file by a link that is asked for at that moment. */
export function useDownload(file: Attachment): { download: () => void; err: unknown } {
  const { client } = useKith();
  const [err, setErr] = useState<unknown>();
  const download = () => {
    setErr(undefined);
    linkOf(client, file.id).then(follow, setErr);
  };
  const follow = (url: string | null) => {
    if (url === null) {
      setErr(new Error('The file is not here any more; its message may have been deleted'));
      return;
    }
    const link = document.createElement('a');
    link.href = url;
    link.download = file.name;
    link.rel = 'noreferrer';
    link.click();
  };
  return { download, err };
}
