import type { ChatTopic } from './chat-topic.ts';

/** Several customers and the company in one group. */
export const groupTopic: ChatTopic = [
  { by: 'contact', says: ['Shall we use this group for the peak season? Then nobody has to be told twice'] },
  { by: 'team', says: ['Good idea. I post every change of the cut-off times here'], reaction: '👍' },
  { by: 'contact', says: ['Is {month} already fixed?'] },
  { by: 'team', says: ['Yes: last pick-up in {depot} is {day} at six'], quotes: 1 },
  { by: 'contact', says: ['Noted, thanks', 'Perfect'] },
  { by: 'contact', says: ['We will need two more slots on {day}, who has any to spare?'] },
];
