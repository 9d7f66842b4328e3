/*
 * What a mail says: as its sender formatted it, in a frame, or as text. The text stands in wherever the formatted mail
 * cannot be shown, and says why.
 */
import type { Message, ReadOutputs } from '@kith/client';
import { useState } from 'react';
import { useFileUrls } from '../conversation/files.ts';
import { useRemembered } from '../conversation/remembered.tsx';
import { WrittenText } from '../conversation/written-text.tsx';
import { sizeInWords } from '../words/words.ts';
import { MailFrame } from './mail-frame.tsx';
import { useSafeMail } from './use-safe-mail.ts';

type Content = ReadOutputs['messages']['content'];

/** Above it the page would stand still while the mail is made safe, so it is done only when asked for. */
const charactersMax = 600_000;

/** The body of a mail that has HTML. */
export function MailBody({ message, content }: { message: Message; content: Content }) {
  const [asText, setAsText] = useRemembered(
    message.id,
    'asText',
    (content.html?.length ?? 0) > charactersMax,
  );
  const [showsImages, setShowsImages] = useRemembered(message.id, 'showsImages', false);
  const [isRefused, setRefused] = useState(false);
  const mail = useSafeMail(asText ? null : content.html, showsImages);
  if (content.html === null || isEmpty(mail)) return <WrittenText message={message} />;
  if (isRefused || mail === 'refused') {
    return (
      <>
        <p className="kith-hint">This page does not allow formatted mails to be shown; this is its text.</p>
        <WrittenText message={message} />
      </>
    );
  }
  return (
    <>
      {asText ? (
        <WrittenText message={message} />
      ) : (
        <div className={mail?.setsColours === true ? 'kith-mail-sheet' : 'kith-mail-plain'}>
          {mail === undefined ? (
            <Waiting messageId={message.id} />
          ) : (
            <FramedMail
              message={message}
              mail={mail}
              showsImages={showsImages}
              onRefused={() => setRefused(true)}
            />
          )}
        </div>
      )}
      <p className="kith-mail-tools">
        {!asText && !showsImages && mail !== undefined && mail.remoteImages > 0 && (
          <button type="button" className="kith-button-quiet" onClick={() => setShowsImages(true)}>
            Show images from the internet
          </button>
        )}
        <button type="button" className="kith-button-quiet" onClick={() => setAsText(!asText)}>
          {asText ? formattedWords(content.html) : 'Plain text'}
        </button>
        {content.htmlCut && !asText && (
          <span className="kith-hint">This mail is very long; its end is not shown here.</span>
        )}
      </p>
    </>
  );
}

/** Whether nothing that can be shown is left of the HTML. */
function isEmpty(mail: ReturnType<typeof useSafeMail>): boolean {
  if (typeof mail !== 'object') return false;
  return mail.body.textContent?.trim() === '' && mail.body.querySelector('img') === null;
}

function formattedWords(html: string): string {
  return html.length > charactersMax ? `Show it formatted (${sizeInWords(html.length)})` : 'Formatted';
}

function FramedMail(props: {
  message: Message;
  mail: Exclude<ReturnType<typeof useSafeMail>, 'refused' | undefined>;
  showsImages: boolean;
  onRefused: () => void;
}) {
  const { message, mail, showsImages, onRefused } = props;
  const [height, setHeight] = useRemembered(message.id, 'frameHeight', 0);
  const fileUrl = useFileUrls();
  return (
    <MailFrame
      mail={mail}
      showsImages={showsImages}
      height={height}
      onHeight={setHeight}
      onRefused={onRefused}
      fileUrl={async (contentId) => {
        const file = message.attachments.find((attachment) => attachment.contentId === contentId);
        return file === undefined ? null : fileUrl(file);
      }}
    />
  );
}

/** As tall as the mail was the last time. */
function Waiting({ messageId }: { messageId: string }) {
  const [height] = useRemembered(messageId, 'frameHeight', 120);
  return (
    <p className="kith-hint" role="status" style={{ minHeight: height }}>
      <span className="kith-visually-hidden">Loading the mail…</span>
    </p>
  );
}
