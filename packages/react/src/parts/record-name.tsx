import { useKith } from '../provider/kith-context.ts';

/** A record by its title, as a link where the host has a page for it. */
export function RecordName({ record }: { record: { recordId: string; title: string | null } }) {
  const { links } = useKith();
  const name = record.title ?? record.recordId;
  const href = links.record?.(record.recordId);
  return href === undefined ? <span className="kith-name">{name}</span> : <a href={href}>{name}</a>;
}
