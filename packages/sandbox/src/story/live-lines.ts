/** What people write by mail while the demo runs, in answer to whatever came before. */
export const liveLines = {
  contact: [
    'Thank you, that answers it. One more thing: does the same go for the weekend tours?',
    'We tried it this morning and it works as you described.',
    'Could we move our call to tomorrow? Half of the team is ill today.',
    'Short update from our side: the drivers are happy, the dispatchers too. I will report again at the end of the week.',
    'Sorry for asking again, but where did you say the setting is? I cannot find it any more.',
    'One of our vans broke down. Can I still move its stops to another one after the tours have been sent?',
    'My colleague asks whether the export could have a column with the driver’s name.',
    'Perfect. You can close this one.',
    'It happened again a few minutes ago, twice. Would a recording of the screen help you?',
    'We are adding a depot in Łódź next month. Is there anything to prepare on your side?',
  ],
  team: [
    'I had another look and found the reason: one zone overlapped another. It is corrected now, please reload the plan.',
    'Happy to help. I will leave this open until you have seen it work for a day.',
    'Tomorrow is fine, I moved the invitation. Get well soon to everybody!',
    'You find it under Settings, Planning, "Working hours". I attached nothing, it is the third switch from the top.',
    'Yes, for the weekend as well. The calendar knows the holidays of your region.',
    'That has just been released. Sign out and in once, and you will see the new column.',
    'A recording would be great. You can simply answer this mail with it.',
    'Noted, and passed on to the people who plan the next version. I will tell you when there is a date.',
  ],
} as const;

/** The same in chats, where one says less. */
export const liveChatLines = {
  contact: [
    'Thanks, got it!',
    'One more question: does it work without signal too?',
    'Our driver says the gate is open now',
    'Can we do it tomorrow instead?',
    'Looks good 👍',
    'We are ten minutes late, sorry',
    'Who do I ask about the invoice?',
    'It was the browser. After a restart everything is there',
    'You saved my afternoon',
    'Is somebody there today?',
  ],
  team: [
    'Yes, with or without signal',
    'I am on it, give me five minutes',
    'Tomorrow is fine',
    'Glad to hear it!',
    'Nora takes care of invoices, I tell her',
    'Done. Please load the plan again',
    'No worries, the slot is yours until six',
    'Always here 🙂',
  ],
} as const;

/** What people tap on what the other side wrote. */
export const liveReactions = ['👍', '🙏', '❤️', '😂', '🎉'] as const;
