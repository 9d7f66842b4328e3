/* The bytes of the files of messages: as addresses within this page, and as downloads. */
import type { Attachment, KithClient } from '@kith/client';
import { useEffect, useMemo } from 'react';
import { isRaster } from '../mail/allowed.ts';
import { useKith } from '../provider/kith-context.ts';

/** Larger pictures are downloaded instead of shown. */
const pictureBytesMax = 20_000_000;

/** Whether a file can be shown as a picture. */
export function isPicture({ type, state, size }: Attachment): boolean {
  return state === 'stored' && isRaster(type) && size <= pictureBytesMax;
}

/** Where a file can be fetched for some minutes; null where it is not here. */
export async function linkOf(client: KithClient, attachmentId: string): Promise<string | null> {
  const { items } = await client.read.attachments.links.query({ attachmentIds: [attachmentId] });
  const [link] = items;
  return link === undefined ? null : client.fileUrl(link.path);
}

/** Fetches pictures to addresses within this page, which end with the component. */
export function useFileUrls(): (file: Attachment) => Promise<string | null> {
  const { client } = useKith();
  const urls = useMemo(() => pictureUrls(client), [client]);
  useEffect(() => () => urls.forget(), [urls]);
  return urls.urlOf;
}

function pictureUrls(client: KithClient) {
  const urls = new Map<string, Promise<string | null>>();
  const load = async (file: Attachment): Promise<string | null> => {
    const link = isPicture(file) ? await linkOf(client, file.id) : null;
    if (link === null) return null;
    const response = await fetch(link, { referrerPolicy: 'no-referrer' });
    if (!response.ok) return null;
    // Of this type and no other, whatever is in it.
    return URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: file.type.toLowerCase() }));
  };
  return {
    urlOf: (file: Attachment): Promise<string | null> => {
      const url = urls.get(file.id) ?? load(file);
      urls.set(file.id, url);
      return url;
    },
    forget: () => {
      for (const url of urls.values()) {
        void url.then(
          (made) => made !== null && URL.revokeObjectURL(made),
          () => {},
        );
      }
      urls.clear();
    },
  };
}
