/* Shows where hits match: for the messages of a page only, from the texts that are shown. */
import type { Message, MessageHit } from '@kith/contracts';
import { type Rows, uuidArray } from '@kith/database';
import { beginningOf, findFragments, languageOf, type SearchQuery } from '@kith/search';
import { sql } from 'drizzle-orm';

type Hit = Omit<MessageHit, 'fragments'>;
type Fragment = MessageHit['fragments'][number];

const stretches = { countMax: 3, charsMax: 180 };
const beginningChars = 180;
/** Whole, however long. */
const subjectChars = 2_000;
const peopleMax = 3;

/** Adds to each hit where it matches; at least the beginning of its text. */
export async function withFragments(
  db: Rows,
  workspace: string,
  hits: readonly Hit[],
  query: SearchQuery,
): Promise<MessageHit[]> {
  const people = await readPeople(
    db,
    workspace,
    hits.map(({ message }) => message.id),
  );
  return hits.map((hit) => ({
    ...hit,
    fragments: fragmentsOf(hit.message, people.get(hit.message.id) ?? [], query),
  }));
}

function fragmentsOf(message: Message, people: readonly string[], query: SearchQuery): Fragment[] {
  const body = message.newText === '' ? message.text : message.newText;
  const subject = message.subject ?? '';
  const language = languageOf({ subject, body });
  const found: Fragment[] = [
    ...findFragments(subject, query, { language, countMax: 1, charsMax: subjectChars }).map(as('subject')),
    ...findFragments(body, query, { language, ...stretches }).map(as('text')),
    ...people
      .flatMap((person) =>
        findFragments(person, query, { language: null, countMax: 1, charsMax: subjectChars }),
      )
      .slice(0, peopleMax)
      .map(as('person')),
  ];
  return found.length > 0 ? found : [as('text')(beginningOf(body, beginningChars))];
}

const as =
  (field: Fragment['field']) =>
  (parts: Fragment['parts']): Fragment => ({ field, parts });

/** As many as are found by their names. */
const namedMax = 100;

async function readPeople(
  db: Rows,
  workspace: string,
  messageIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db.rows<{ id: string; people: string[] }>(sql`
    select input.id, array(
      select case when mp.display_name is null then i.value else mp.display_name || ' <' || i.value || '>' end
      from message_participant mp
      join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
      where mp.workspace_id = ${workspace} and mp.message_id = input.id
      order by mp.role <> 'from', i.value limit ${namedMax}) as people
    from unnest(${uuidArray(messageIds)}) as input(id)`);
  return new Map(rows.map(({ id, people }) => [id, people]));
}
