import type { Topic } from './topic.ts';

/** What customers and the company write about besides problems: invoices, contracts, training, data protection. */
export const accountTopics: readonly Topic[] = [
  {
    subjects: ['Invoice {number}: wrong address', 'Invoice {number}'],
    turns: [
      {
        by: 'contact',
        says: [
          'Invoice {number} still carries our old address. Our bookkeeping cannot accept it like that. Could you send a corrected one?',
          'On invoice {number} over {amount} our VAT number is missing. Could you issue it again?',
        ],
        file: 'invoice',
      },
      {
        by: 'team',
        says: [
          'Of course. The corrected invoice is attached, and the address is updated for the next ones.',
          'Sorry about that. Here is the invoice again with everything on it; the amount of {amount} has not changed.',
        ],
        file: 'invoice',
      },
      {
        by: 'contact',
        says: [
          'Received, thank you. It will be paid on {day}.',
          'Thanks, now it is right. Payment goes out this week.',
        ],
      },
    ],
  },
  {
    subjects: ['Training for new dispatchers', 'Can you train two new colleagues?'],
    turns: [
      {
        by: 'contact',
        says: [
          'We have two new dispatchers starting in {month}. Could somebody show them the planner, an hour or so, online is fine?',
          'In {month} we open a second shift at {depot} and would like a training for the new people. What would it cost?',
        ],
      },
      {
        by: 'team',
        says: [
          'Gladly. An hour online is part of your plan. Would {day} at ten work? I would send the invitation to everybody you name.',
          'Ninety minutes online cost nothing on {plan}. I am free on {day} in the morning and most of the week after.',
        ],
      },
      {
        by: 'contact',
        says: [
          '{day} at ten is good. There will be three of us in the end.',
          'Let us take {day}. Please show them the weekend planning as well, that is where we lose most time.',
        ],
      },
      {
        by: 'team',
        says: [
          'The invitation is out. I will use your own data from last week so that it looks familiar.',
          'Booked. See you on {day}!',
        ],
      },
    ],
  },
  {
    subjects: ['Data processing agreement', 'DPA and list of subprocessors'],
    turns: [
      {
        by: 'contact',
        says: [
          'Our data protection officer asks for a signed data processing agreement and the list of your subprocessors. Where do we find them?',
          'For our yearly audit we need the current DPA between {company} and Acme, and the list of subprocessors.',
        ],
      },
      {
        by: 'team',
        says: [
          'The agreement is attached, already signed by us. The list of subprocessors is its annex 2; the last change was in {month}.',
          'Please find the DPA attached. A countersigned copy by mail is enough.',
        ],
        file: 'agreement',
      },
      {
        by: 'contact',
        says: ['Signed and attached. Thank you.', 'Thank you, here is our signed copy for your files.'],
        file: 'agreement',
      },
    ],
  },
  {
    subjects: ['How is the new planner working for you?', 'Your first month with {plan}'],
    turns: [
      {
        by: 'team',
        says: [
          'You have been planning with {plan} for a month now, and {number} tours went through it. What works, and what gets in the way?',
          'A month in, I would like to hear how {company} is getting on. I saw that {depot} plans almost everything automatically by now.',
        ],
      },
      {
        by: 'contact',
        says: [
          'Mostly very well. Planning takes us twenty minutes instead of two hours. What we miss is a way to lock a single stop to a driver.',
          'The dispatchers like it. The map is slow on our old computers when all depots are shown, otherwise no complaints.',
        ],
      },
      {
        by: 'team',
        says: [
          'Twenty minutes is lovely to hear. I passed your wish on; it is asked for often, and planned for {month}.',
          'Thank you for being frank. Showing one depot at a time helps; a faster map is being tested and I will put {company} on the list.',
        ],
      },
    ],
  },
  {
    subjects: ['Renewal of your contract', 'Contract ends in {month}'],
    turns: [
      {
        by: 'team',
        says: [
          'The contract of {company} ends in {month}. If you change nothing it goes on for a year at {amount} per month. Shall we talk about it before?',
          'In {month} your first year is over. I would suggest to stay on {plan}; with your {number} tours a month it remains the cheapest.',
        ],
      },
      {
        by: 'contact',
        says: [
          'We want to go on. Is there a discount if we sign for two years?',
          'No changes on our side, please send the paper. And could invoices come quarterly?',
        ],
      },
      {
        by: 'team',
        says: [
          'For two years I can offer ten percent. The new agreement is attached.',
          'Quarterly is no problem. The paper is attached; a signature by {day} is early enough.',
        ],
        file: 'agreement',
      },
      {
        by: 'contact',
        says: ['Agreed. You will have it back by {day}.', 'Signed, thank you. On to the next year!'],
        file: 'agreement',
      },
    ],
  },
];
