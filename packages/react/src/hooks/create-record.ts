import type { KithClient } from '@kith/client';
import type { Newcomer } from '../provider/kith-context.ts';

const fieldTypes = { email: 'email', whatsapp: 'phone', linkedin: 'linkedin' } as const;

/**
 * Makes a record in Kith alone, in the first pipeline that has an identifying field for the newcomer's channel, and
 * resolves with its id. Throws with what to do where no pipeline has one.
 */
export async function createKithRecord(client: KithClient, newcomer: Newcomer): Promise<string> {
  const { items } = await client.read.pipelines.list.query({});
  const type = fieldTypes[newcomer.channel];
  for (const { pipeline, fields } of items) {
    const field = fields.find((candidate) => candidate.identifies && candidate.type === type);
    if (field === undefined) continue;
    const recordId = `kith-${crypto.randomUUID()}`;
    await client.write.records.upsert.mutate({
      pipeline,
      recordId,
      title: newcomer.displayName ?? newcomer.identifier,
      fields: { [field.key]: newcomer.identifier },
    });
    return recordId;
  }
  throw new Error(
    `No pipeline has an identifying field of the type ${type}; add one with pipelines.upsert, then try again`,
  );
}
