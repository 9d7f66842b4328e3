import type { ChatTopic } from './chat-topic.ts';

/** What is quicker said in a chat than in a mail: from the yard, from the road, between two meetings. */
export const whatsappTopics: readonly ChatTopic[] = [
  [
    {
      by: 'contact',
      says: [
        'Hi, our driver is at the gate in {depot} and nobody knows about him',
        'Hello! The van for {depot} came two hours early, the gate is closed',
      ],
    },
    { by: 'contact', says: ['This is where he stands'], photo: 'gate.jpg' },
    {
      by: 'team',
      says: [
        'I see him on the map. I call the depot, two minutes',
        'Thanks for the picture. Gate 3 is the right one, it is around the corner',
      ],
      quotes: 1,
    },
    { by: 'team', says: ['They open now. Sorry for the wait!'], reaction: '👍' },
    { by: 'contact', says: ['Great, he is in. Thank you', 'Perfect, unloading already 🙏'] },
  ],
  [
    {
      by: 'contact',
      says: [
        'Is {day} still good for the training?',
        'Quick one: the call on {day}, was it ten or eleven your time?',
      ],
    },
    {
      by: 'team',
      says: [
        'Yes, {day} at ten. I will send the link an hour before',
        'Ten our time, I put it into the invitation as well',
      ],
      reaction: '👍',
    },
    {
      by: 'contact',
      says: ['We will be four then', 'My colleague joins too, is that ok?'],
      edited: ['We will be five then, one more just asked', 'Two colleagues join too, is that ok?'],
    },
    { by: 'team', says: ['The more the better', 'Of course, everybody is welcome'] },
  ],
  [
    {
      by: 'contact',
      says: [
        'Could you send me the invoice {number} here? I cannot get at my mail today',
        'I need invoice {number} for our bookkeeping, any chance to have it now?',
      ],
    },
    { by: 'team', says: ['Here it is'], file: 'invoice', quotes: 1 },
    { by: 'contact', says: ['Thanks, that was fast!', 'Wonderful, thank you'], reaction: '🙂' },
  ],
  [
    { by: 'contact', says: ['Sorry, I am driving, so by voice'], voice: 4 },
    {
      by: 'team',
      says: [
        'Heard you. Yes, the app keeps the stops when there is no signal, nothing is lost',
        'Understood: {number} stops on {day}. I moved two of them to the second van',
      ],
      quotes: 1,
    },
    { by: 'contact', says: ['👌', 'Super, thanks'] },
  ],
  [
    {
      by: 'team',
      says: [
        'Hello from Acme! Your trial of {plan} ends on {day}. Shall we talk about how it went?',
        'Hi, {agent} from Acme here. How are the first days with {plan}?',
      ],
    },
    {
      by: 'contact',
      says: [
        'Good so far, the drivers like it more than I do 😄',
        'Better than expected. {number} stops yesterday and nobody called me once',
      ],
      reaction: '🎉',
    },
    { by: 'team', says: ['That is what we like to hear. When may I call you?'] },
    { by: 'contact', says: ['{day} afternoon'], choice: true },
    { by: 'team', says: ['Booked. Talk to you then'] },
  ],
  [
    {
      by: 'contact',
      says: [
        'One address is wrong again, can you have a look? The planner sends everybody here',
        'The map shows our new customer in the middle of nowhere',
      ],
    },
    { by: 'contact', says: ['{depot}, where it sends us', '{depot}, nobody lives there'], place: true },
    {
      by: 'team',
      says: [
        'Funny place. The street exists twice, I pinned the right one',
        'Corrected. Please load the plan again',
      ],
    },
    { by: 'team', says: ['And the street next to it too'], deleted: true },
    {
      by: 'contact',
      says: ['Works now, thanks a lot', 'Yes, now it is in the right street'],
      reaction: '😂',
    },
  ],
  [
    {
      by: 'contact',
      says: [
        'What would five more vans cost us a month?',
        'We get {number} more parcels in {month}. Do we need another plan?',
      ],
    },
    {
      by: 'team',
      says: [
        '{amount} on {plan}, from the first of the month. I can add them today',
        'No, {plan} covers it. It would be {amount} with everything',
      ],
    },
    {
      by: 'contact',
      says: ['Then please go ahead', 'Ok, I ask my boss and come back to you'],
      quotes: 1,
    },
    { by: 'team', says: ['Done, they are in your account', 'Of course. The offer stands until {day}'] },
  ],
];

/** Text only: what a number's history looks like when it is shared on connecting. */
export const earlierTopic: ChatTopic = [
  { by: 'contact', says: ['Hello, is this the number of Acme? I found it on an invoice'] },
  { by: 'team', says: ['It is! How can we help?'] },
  { by: 'contact', says: ['Just to have it. We start with you in {month}'] },
  { by: 'team', says: ['Welcome on board. Write here whenever mail is too slow'] },
];

/** Who goes by a username and shows nobody their number. */
export const usernameTopic: ChatTopic = [
  { by: 'contact', says: ['Bonjour, a friend who works with you gave me this contact'] },
  { by: 'team', says: ['Welcome! What can we do for you?'] },
  {
    by: 'contact',
    says: ['We are three bakeries and plan with pencil and paper. Is that too small for you?'],
  },
  { by: 'team', says: ['Not at all. I would love to see the paper, do you have a picture?'] },
  { by: 'contact', says: ['Here, from this morning'], photo: 'plan-on-paper.jpg', reaction: '😍' },
];
