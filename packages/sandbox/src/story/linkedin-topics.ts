import type { ChatTopic } from './chat-topic.ts';

/** What people who know each other a little write on LinkedIn. */
export const linkedinTopics: readonly ChatTopic[] = [
  [
    {
      by: 'team',
      says: [
        'It was good to meet you at the logistics fair. As promised: I would like to show you how others of your size plan their {day}s.',
        'Thank you for connecting! I read that {company} opens a second depot. Are you planning it already?',
      ],
    },
    {
      by: 'contact',
      says: [
        'Likewise! Send me something short that I can pass on to our head of dispatch.',
        'We are, and it is a nightmare in spreadsheets. What would you suggest?',
      ],
      reaction: '👏',
    },
    {
      by: 'team',
      says: [
        'Two pages, attached. The second one is a customer much like you.',
        'Here is how a customer did it in four weeks. Happy to introduce you to them.',
      ],
      file: 'agreement',
    },
    {
      by: 'contact',
      says: ['Thanks, I will read it on the train.', 'Very interesting, let us talk on {day}.'],
      quotes: 1,
    },
  ],
  [
    {
      by: 'contact',
      says: [
        'Hi Jo, we spoke with your colleagues in support this week. Kudos, problem solved within the hour.',
        'Jo, just so that you hear it as well: since {month} our drivers are home before six. Thank you.',
      ],
      reaction: '❤️',
    },
    {
      by: 'team',
      says: [
        'That makes my day, I pass it on. May we quote you?',
        'Thank you! Would you tell that to an audience of forty in {month}? We pay the train.',
      ],
    },
    {
      by: 'contact',
      says: ['Sure, with pleasure.', 'Let me ask, but I would like to.'],
      edited: ['Sure, with pleasure. Without numbers, please.', 'I asked: yes, gladly.'],
    },
  ],
  [
    {
      by: 'contact',
      says: [
        'Do you work with couriers on bicycles too? A partner of ours in {depot} is looking for something.',
        'I saw your post about narrow time windows. Is that part of {plan} or extra?',
      ],
    },
    {
      by: 'team',
      says: [
        'We do, since this spring. Would you introduce us?',
        'Part of {plan}. And it got better last month, see for yourself.',
      ],
    },
    {
      by: 'contact',
      says: ['Done, you have a message.', 'I will. Thanks for the quick answer!'],
      reaction: '🙏',
    },
    { by: 'team', says: ['I owe you a coffee.', 'Any time.'] },
  ],
  [
    {
      by: 'team',
      says: ['A question that is none of my business: how do the new dispatchers at {company} settle in?'],
    },
    {
      by: 'contact',
      says: ['Very well. The first thing they asked is why we do not use Acme for everything 😄'],
      reaction: '😄',
    },
    { by: 'team', says: ['I did not tell them to, I promise.'] },
    { by: 'contact', says: ['Expect a mail from our operations people on {day}.'] },
    { by: 'contact', says: ['And between us: there is money left this year.'], deleted: true },
  ],
];

/** From somebody who is nobody's record. */
export const recruiterTopic: ChatTopic = [
  {
    by: 'contact',
    says: ['Hi Jo, I have a role in sales that reads as if it was written for you. Open to a chat?'],
  },
  { by: 'team', says: ['Thank you, I am happy where I am.'] },
  { by: 'contact', says: ['Understood. Should that change, you know where I am.'] },
];
