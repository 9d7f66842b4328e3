import type { Topic } from './topic.ts';

/** What people who may become customers write to sales about. */
export const salesTopics: readonly Topic[] = [
  {
    subjects: ['Price for {number} deliveries a month', 'What does {plan} cost?'],
    turns: [
      {
        by: 'contact',
        says: [
          'We deliver about {number} parcels a month with our own vans and plan everything in spreadsheets. What would {plan} cost us, and is there a minimum term?',
          'A friend in the trade recommended Acme. We have two depots and some {number} stops a month. Could you tell me what that would cost?',
        ],
      },
      {
        by: 'team',
        says: [
          'Thank you for asking. For {number} deliveries {plan} fits best: {amount} per month, all drivers included, and you can leave at the end of any month. May I show it to you with your own stops?',
          'With {number} stops you would be on {plan} at {amount} a month. There is no minimum term. A trial with your own data takes half an hour to set up.',
        ],
      },
      {
        by: 'contact',
        says: [
          'That is less than I feared. {day} afternoon would suit us for a demo. I attach a typical day so that you can load it.',
          'Sounds reasonable. Please use the attached list for the demo, it is an ordinary {day}.',
        ],
        file: 'export',
      },
      {
        by: 'team',
        says: [
          'Your stops are loaded. Three vans would have done that day instead of four; I will show you on {day} how it got there.',
          'I loaded the list: the plan saves 61 kilometres on that day alone. Talk to you on {day}.',
        ],
      },
      {
        by: 'contact',
        says: [
          'Now you have made me curious. See you then.',
          'I will bring our head of dispatch, she is the one to convince.',
        ],
      },
    ],
  },
  {
    subjects: ['Following up on our call', 'Summary of our call on {day}'],
    turns: [
      {
        by: 'team',
        says: [
          'Thank you for your time today. As agreed: a trial for {depot} with ten drivers for four weeks, nothing to pay, and a call on {day} to see how it goes.',
          'It was good to talk. In short: you want to see whether {plan} copes with the narrow time windows at {depot}; I prepare a trial for {day}.',
        ],
      },
      {
        by: 'contact',
        says: [
          'That is how I understood it too. Whom do I send the list of drivers to?',
          'Yes. One thing we forgot: half of our customers want a call, not a text message, before delivery.',
        ],
      },
      {
        by: 'team',
        says: [
          'To me is fine. I create the accounts and each driver gets a text message with a link.',
          'That works: a customer can be set to "call", and the driver then sees the number before the stop.',
        ],
      },
    ],
  },
  {
    subjects: ['Security questionnaire', 'Questions from our IT department'],
    turns: [
      {
        by: 'contact',
        says: [
          'Before we can sign, our IT would like to know where the data is kept, who can see it and how we get it back if we leave.',
          'Our IT asks three things: single sign-on, where the servers are, and how backups work. Do you have something in writing?',
        ],
      },
      {
        by: 'team',
        says: [
          'All good questions. The attached paper answers them: data stays in two data centres in the EU, our people see it only while you allow it, and the export under Settings holds everything you ever entered.',
          'We do, attached. Single sign-on is part of {plan}, servers are in Frankfurt and Dublin, backups are tested every month.',
        ],
        file: 'agreement',
      },
      {
        by: 'contact',
        says: [
          'IT is happy, which does not happen often. We go ahead.',
          'Thanks. They may come back with one more question about passwords, then we are through.',
        ],
      },
    ],
  },
  {
    subjects: ['Not this year', 'Thank you, and a no for now'],
    turns: [
      {
        by: 'contact',
        says: [
          'Thank you for the trial. The drivers liked it, but the budget for this year is spent. May we come back to you in {month}?',
          'We decided to stay with what we have until our warehouse has moved. It was not about the product.',
        ],
      },
      {
        by: 'team',
        says: [
          'Of course, and thank you for telling me. I keep your trial data until {month}, so you can go on where you stopped.',
          'That is a good reason. I wish you a smooth move and will ask again in {month}, if you do not mind.',
        ],
      },
    ],
  },
];
