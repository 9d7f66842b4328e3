/*
 * Links to files that whoever has them may fetch for ten minutes, without a key: a page shows an image by its address
 * alone, and a browser saves a file without asking our page.
 *
 * A link names the workspace, the attachment and its end, and is sealed over all three under a key of its own, derived
 * from KITH_SECRET_KEY: nobody makes one up, takes one elsewhere or lengthens it, and every process opens it. It gives
 * the bytes that the attachment has when it is opened, which are none once its message is gone.
 */
import { timingSafeEqual } from 'node:crypto';
import { createKeyedHash } from '@kith/service';

/** A file of a workspace. */
export interface FileOf {
  workspace: string;
  attachmentId: string;
}

/** Seals and opens links. */
export interface FileLinks {
  seal(file: FileOf): { path: string; expiresAt: string };
  /** What a link leads to; or that it was ours and is over; or that it never was. */
  open(token: string): FileOf | 'expired' | 'unknown';
}

const lifeMs = 10 * 60_000;

/** Workspace, attachment, its end in seconds, and the seal. */
const form = /^([a-z0-9_-]{1,63})\.([0-9a-f-]{36})\.(\d{1,12})\.([\w-]{43})$/;

/** For a key of 32 bytes in base64. Throws with what to do when the key is of another length. */
export function createFileLinks(keyBase64: string, now: () => Date): FileLinks {
  const hash = createKeyedHash(keyBase64, 'files');
  return {
    seal: ({ workspace, attachmentId }) => {
      const seconds = String(Math.floor((now().getTime() + lifeMs) / 1_000));
      const seal = hash('1', workspace, attachmentId, seconds);
      const expiresAt = new Date(Number(seconds) * 1_000).toISOString();
      return { path: `/files/${[workspace, attachmentId, seconds, seal].join('.')}`, expiresAt };
    },
    open: (token) => {
      const [, workspace, attachmentId, seconds, seal] = form.exec(token) ?? [];
      if (workspace === undefined || attachmentId === undefined || seconds === undefined) return 'unknown';
      if (!isEqual(seal ?? '', hash('1', workspace, attachmentId, seconds))) return 'unknown';
      return now().getTime() >= Number(seconds) * 1_000 ? 'expired' : { workspace, attachmentId };
    },
  };
}

function isEqual(given: string, due: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(due)];
  return a.length === b.length && timingSafeEqual(a, b);
}
