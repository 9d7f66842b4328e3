export { ConversationView, type ConversationViewProps } from './conversation/conversation-view.tsx';
export { type Decisions, useDecisions } from './hooks/use-decisions.ts';
export { type KithLinks, type Newcomer, useKith } from './provider/kith-context.ts';
export { KithProvider, type KithProviderProps, type Theme } from './provider/kith-provider.tsx';
export { type Decision, useUndo } from './provider/undoing.tsx';
export { ReviewQueue } from './review/review-queue.tsx';
export { RecordTimeline, type RecordTimelineProps } from './timeline/record-timeline.tsx';
export { ParticipantExplanation } from './why/participant-explanation.tsx';
export { WhyButton, type WhyButtonProps } from './why/why-button.tsx';
