import type { Attachment } from '@kith/client';
import { useDownload } from '../hooks/use-download.ts';
import { FailureLine } from '../parts/notices.tsx';
import { fileInWords } from '../words/message-words.ts';

/** The files of a message: those that are here can be downloaded, the others say why they cannot. */
export function MessageFiles({ attachments }: { attachments: readonly Attachment[] }) {
  const download = useDownload();
  if (attachments.length === 0) return null;
  return (
    <>
      <ul className="kith-files" aria-label="Attachments">
        {attachments.map((attachment) => (
          <li key={attachment.id} title={attachment.type}>
            <File attachment={attachment} onDownload={() => download.mutate(attachment.id)} />
          </li>
        ))}
      </ul>
      {download.isError && <FailureLine err={download.error} />}
    </>
  );
}

function File({ attachment, onDownload }: { attachment: Attachment; onDownload: () => void }) {
  const words = (
    <>
      <span className="kith-file-name">{attachment.name}</span>{' '}
      <span className="kith-hint">{fileInWords(attachment)}</span>
    </>
  );
  if (attachment.state !== 'stored') return <span className="kith-file">{words}</span>;
  return (
    <button type="button" className="kith-file" onClick={onDownload}>
      {words}
    </button>
  );
}
