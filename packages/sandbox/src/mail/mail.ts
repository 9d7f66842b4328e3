/** Somebody in a mail header. */
export interface Mailbox {
  name: string | null;
  address: string;
}

/** A file that goes with a mail. */
export interface MailAttachment {
  name: string;
  type: string;
  content: Buffer;
  /** By which the HTML shows it (`cid:…`), without angle brackets; with one it is part of the text. */
  contentId?: string;
}

/** A mail before it becomes bytes. Message ids stand without angle brackets; `date` is ISO 8601. */
export interface Mail {
  messageId: string;
  date: string;
  from: Mailbox;
  to: Mailbox[];
  cc?: Mailbox[];
  subject: string;
  text: string;
  html?: string;
  inReplyTo?: string;
  references?: string[];
  attachments?: MailAttachment[];
  /** Further header fields, in order, such as `['List-Id', '<news.example>']`. ASCII only. */
  headers?: [name: string, value: string][];
}
