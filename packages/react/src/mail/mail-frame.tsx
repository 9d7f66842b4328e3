import { useEffect, useRef } from 'react';
import { fillFrame, type Filling } from './fill-frame.ts';
import { frameSandbox, loadedDocument, loadFrameDocument } from './frame-document.ts';
import type { SafeMail } from './sanitise-mail.ts';

interface MailFrameProps extends Filling {
  mail: SafeMail;
  showsImages: boolean;
  /** As it was measured before, so that nothing moves when the mail is shown again. */
  height: number | undefined;
  /** Hears that this page lets no mail be framed. */
  onRefused: () => void;
}

/** A sanitised mail in its frame, as tall as it is. */
export function MailFrame({ mail, showsImages, height, fileUrl, onHeight, onRefused }: MailFrameProps) {
  const ref = useRef<HTMLIFrameElement>(null);
  const told = useRef({ fileUrl, onHeight, onRefused });
  useEffect(() => {
    told.current = { fileUrl, onHeight, onRefused };
  });
  useEffect(() => {
    const frame = ref.current;
    if (frame === null) return;
    let stop = () => {};
    const fill = () => {
      const doc = loadedDocument(frame);
      if (doc === null) return;
      stop();
      stop = fillFrame(frame, doc, mail, {
        fileUrl: (contentId) => told.current.fileUrl(contentId),
        onHeight: (measured) => told.current.onHeight(measured),
      });
    };
    frame.addEventListener('load', fill);
    try {
      loadFrameDocument(frame, showsImages);
    } catch {
      told.current.onRefused();
    }
    return () => {
      frame.removeEventListener('load', fill);
      stop();
    };
  }, [mail, showsImages]);
  return (
    <iframe
      ref={ref}
      className="kith-mail-frame"
      title="What the mail says"
      sandbox={frameSandbox}
      referrerPolicy="no-referrer"
      style={{ height: height ?? 0 }}
    />
  );
}
