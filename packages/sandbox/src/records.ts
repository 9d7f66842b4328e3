/*
 * The CRM's side of the demo workspace: two pipelines and their records, in the shapes of `pipelines.upsert` and
 * `records.upsertMany`.
 */
import { onLinkedin, withoutSlug } from './story/chat-people.ts';
import { contacts, leads, linkedinSlug, type Person } from './story/people.ts';

/** A pipeline as `pipelines.upsert` takes it. */
export interface DemoPipeline {
  pipeline: string;
  fields: { key: string; type: 'email' | 'phone' | 'linkedin' | 'url' | 'text' }[];
}

/** A record as `records.upsertMany` takes it. */
export interface DemoRecord {
  recordId: string;
  title: string;
  fields: { email: string | string[]; phone: string; linkedin?: string; company: string };
}

/** The pipelines `contacts` and `leads`, with the same fields. */
export function demoPipelines(): DemoPipeline[] {
  return ['contacts', 'leads'].map((pipeline) => ({
    pipeline,
    fields: [
      { key: 'email', type: 'email' },
      { key: 'phone', type: 'phone' },
      { key: 'linkedin', type: 'linkedin' },
      { key: 'company', type: 'text' },
    ],
  }));
}

/** All records of the demo, by pipeline; record `93` is Ana Lima. */
export function demoRecords(): { pipeline: string; records: DemoRecord[] }[] {
  return [
    { pipeline: 'contacts', records: contacts.map(recordOf) },
    { pipeline: 'leads', records: leads.map(recordOf) },
  ];
}

function recordOf(person: Person): DemoRecord {
  return {
    recordId: person.recordId,
    title: person.name,
    fields: {
      email: person.emails.length === 1 ? person.emails[0] : person.emails,
      phone: person.phone,
      ...(isProfileKnown(person) ? { linkedin: `https://www.linkedin.com/in/${linkedinSlug(person)}` } : {}),
      company: person.company,
    },
  };
}

/** A CRM knows about half of all profiles. The one that tells an address instead is found by that. */
function isProfileKnown(person: Person): boolean {
  if (person.recordId === withoutSlug) return false;
  return onLinkedin.includes(person) || Number(person.recordId) % 2 === 1;
}
