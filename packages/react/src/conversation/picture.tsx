import type { Attachment } from '@kith/client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Dialog } from '../parts/overlay.tsx';
import { fileInWords } from '../words/message-words.ts';
import { useFileUrls } from './files.ts';
import { useDownload } from './use-download.ts';

/** A picture, small, fetched when it comes into view; pressed, it is shown large. */
export function Picture({ picture }: { picture: Attachment }) {
  const ref = useRef<HTMLButtonElement>(null);
  const url = usePictureUrl(picture, ref);
  const [isLarge, setLarge] = useState(false);
  const { download } = useDownload(picture);
  return (
    <>
      <button
        ref={ref}
        type="button"
        className="kith-picture"
        title={`${picture.name}, ${fileInWords(picture)}`}
        aria-label={`Show ${picture.name}`}
        onClick={() => setLarge(true)}
      >
        {typeof url === 'string' ? <img src={url} alt={picture.name} /> : picture.name}
      </button>
      <Dialog title={picture.name} isOpen={isLarge} onClose={() => setLarge(false)} form="wide">
        {typeof url === 'string' ? (
          <img className="kith-picture-large" src={url} alt={picture.name} />
        ) : (
          <p className="kith-hint">{url === null ? 'The picture could not be loaded.' : 'Loading…'}</p>
        )}
        <p>
          <button type="button" className="kith-button" onClick={download}>
            Download
          </button>{' '}
          <span className="kith-hint">{fileInWords(picture)}</span>
        </p>
      </Dialog>
    </>
  );
}

/** Undefined until it is there, null where it cannot be had. */
function usePictureUrl(picture: Attachment, ref: RefObject<HTMLElement | null>) {
  const [url, setUrl] = useState<string | null>();
  const urlOf = useFileUrls();
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let isShown = true;
    const settle = (made: string | null) => {
      if (isShown) setUrl(made);
    };
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return;
      observer.disconnect();
      urlOf(picture).then(settle, () => settle(null));
    });
    observer.observe(element);
    return () => {
      isShown = false;
      observer.disconnect();
    };
    // A message that is read again brings an equal picture.
  }, [picture.id, urlOf, ref]);
  return url;
}
