import type { Topic } from './topic.ts';

/** What customers write to support about. */
export const supportTopics: readonly Topic[] = [
  {
    subjects: ["Routes missing after this morning's import", 'Import finished but {depot} has no routes'],
    turns: [
      {
        by: 'contact',
        says: [
          'We imported {number} stops this morning and the import says it finished, but the {depot} depot shows no routes at all. The other depots look right.\n\nDrivers leave at two, so this is a little urgent.',
          "After today's import the {depot} depot is empty. The file has {number} stops and looks like every other day. Could you have a look before the afternoon tour?",
        ],
        file: 'export',
      },
      {
        by: 'team',
        says: [
          'Thanks for the file, that helped. The postcodes in column F lost their leading zero, so {depot} could not be matched to a zone. I corrected the {number} rows on our side and started the planning again.',
          "I see it: the zone column is empty for all of {depot}, so the planner skipped those stops. I filled it in from yesterday's file and the routes are being planned now.",
        ],
      },
      {
        by: 'contact',
        says: [
          'The routes are there, all of them. Thank you for being so quick.\n\nCan we stop Excel from doing that?',
          'Confirmed, everything is back and the drivers are on the road. Is there a way to get a warning when this happens?',
        ],
      },
      {
        by: 'team',
        says: [
          'Yes: Settings, Imports, "Reject rows without a zone". With that on you get a mail with the row numbers instead of a silent gap. I switched it on for {company}.',
          'There is: I turned on the import check for {company}. From tomorrow an import with unmatched rows stops and tells you which ones.',
        ],
      },
    ],
  },
  {
    subjects: ['Driver app logs out every few hours', 'App asks for the password again and again'],
    turns: [
      {
        by: 'contact',
        says: [
          'Since the update on {day} the driver app logs people out in the middle of a tour. It happened to {number} drivers so far, all on older Android phones.',
          'Our drivers have to sign in again two or three times a day since {day}. It only concerns the Android phones.',
        ],
        file: 'screenshot',
      },
      {
        by: 'team',
        says: [
          'I am sorry about that. Battery saving on Android 11 stops our background session; a fix is in version 4.18, which reaches the store on {day}. Until then, excluding the app from battery saving helps.',
          'We could reproduce it on Android 11. The fix goes out with 4.18 on {day}. Meanwhile, please switch off battery optimisation for the app on the phones concerned.',
        ],
      },
      {
        by: 'contact',
        says: [
          'Switching off the battery optimisation works for now. I will tell you on {day} whether 4.18 does too.',
          'That helped on all phones but one, which is so old that we will replace it anyway. Thanks!',
        ],
      },
    ],
  },
  {
    subjects: ['Question about the delivery API', 'API: status 429 when we send stops'],
    turns: [
      {
        by: 'contact',
        says: [
          'Our ERP sends each order to your API as it is placed, and around noon we get status 429 for a few minutes. What is the limit, and is there a way to send several stops at once?',
          'We send about {number} stops per hour through the API and some calls are answered with 429. Should we slow down, or is there a batch call?',
        ],
      },
      {
        by: 'team',
        says: [
          'The limit is 120 calls per minute and key. POST /stops takes up to 500 stops at once, which should bring you down to one or two calls a minute. The answer carries Retry-After when you hit the limit.',
          'There is a batch call: POST /stops with an array of up to 500. Single calls are limited to 120 per minute. I attached nothing because the page in the developer guide has examples in four languages.',
        ],
      },
      {
        by: 'contact',
        says: [
          'Perfect, our developer changed it this afternoon and the 429s are gone.',
          'Batches work well. One more question: are duplicates recognised by our order number?',
        ],
      },
      {
        by: 'team',
        says: [
          'Good to hear. By the way, orders are recognised by your own number, so sending one twice does no harm.',
          'Yes, by the field externalId. Sending the same order again updates it and never makes a second stop.',
        ],
      },
    ],
  },
  {
    subjects: ['Wrong arrival times for customers', 'Customers complain about the time window'],
    turns: [
      {
        by: 'contact',
        says: [
          'Customers around {depot} get text messages with an arrival time that is exactly one hour early. It started at the weekend, so we suspect the clock change.',
          'The announced arrival times at {depot} are an hour off since the clocks changed. {number} customers called us about it this morning.',
        ],
      },
      {
        by: 'team',
        says: [
          'Your suspicion is right: the depot {depot} was set to a fixed offset instead of a time zone. I changed it, and messages from now on are correct. Would you like a text for the customers who got the wrong time?',
          "Thank you for reporting it. {depot} had no time zone of its own and used the server's. That is corrected now; I also checked your other depots.",
        ],
      },
      {
        by: 'contact',
        says: [
          'No need, we called them. Thanks for fixing it the same day.',
          'Works, the last ones were right to the minute.',
        ],
      },
    ],
  },
  {
    subjects: ["How do we export last quarter's deliveries?", 'Export for our accountant'],
    turns: [
      {
        by: 'contact',
        says: [
          'Our accountant needs all deliveries of the last quarter with weights and surcharges. I only find the monthly report. Is there a longer export?',
          'Is there a way to export more than one month? The accountant asks for {number} deliveries with all surcharges.',
        ],
      },
      {
        by: 'team',
        says: [
          'The report page is limited to a month, but the data export under Settings is not. I ran it for you; the file is attached.',
          'There is, a little hidden: Settings, Data, Export. I attached the file for the last quarter so that you do not have to wait for it.',
        ],
        file: 'export',
      },
      {
        by: 'contact',
        says: [
          'That is exactly what she needed, thank you!',
          'Great. The surcharges are there too, so we are done.',
        ],
      },
    ],
  },
];
