import type { Attachment } from '@kith/client';
import { FileButton } from '../conversation/attachments.tsx';

/** The files of a message by name: those that are here can be downloaded, the others say why they cannot. */
export function MessageFiles({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="kith-file-list" aria-label="Attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <FileButton file={attachment} />
        </li>
      ))}
    </ul>
  );
}
