import type { Attachment } from '@kith/client';
import { FailureLine } from '../parts/notices.tsx';
import { fileInWords } from '../words/message-words.ts';
import { isPicture } from './files.ts';
import { Picture } from './picture.tsx';
import { useDownload } from './use-download.ts';

/** The files of a message: pictures small, the others by name, each to be downloaded. */
export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  const pictures = attachments.filter(isPicture);
  const others = attachments.filter((attachment) => !isPicture(attachment));
  return (
    <div className="kith-files">
      {pictures.length > 0 && (
        <ul className="kith-pictures" aria-label="Pictures">
          {pictures.map((picture) => (
            <li key={picture.id}>
              <Picture picture={picture} />
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className="kith-file-list" aria-label="Files">
          {others.map((file) => (
            <li key={file.id}>
              <FileButton file={file} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A file by its name and size: a button that downloads it, where it is here. */
export function FileButton({ file }: { file: Attachment }) {
  const { download, err } = useDownload(file);
  const words = <span className="kith-hint">{fileInWords(file)}</span>;
  if (file.state !== 'stored') {
    return (
      <span className="kith-file" title={file.type}>
        <span className="kith-file-name">{file.name}</span> {words}
      </span>
    );
  }
  return (
    <>
      <button type="button" className="kith-file" title={`Download (${file.type})`} onClick={download}>
        <span className="kith-file-name">{file.name}</span> {words}
      </button>
      {err !== undefined && <FailureLine err={err} />}
    </>
  );
}
