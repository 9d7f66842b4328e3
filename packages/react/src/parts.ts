/* The small parts that Kith's own pages are made of, for whoever builds further pages beside them. */
export { coalesce } from './hooks/coalesce.ts';
export { accountKeys, linkKeys, linksKey, messageKeys } from './hooks/query-keys.ts';
export { useSettled } from './hooks/settled.ts';
export { useKeys } from './hooks/use-keys.ts';
export { useNow } from './hooks/use-now.ts';
export { useRecordGlance } from './hooks/use-record-glance.ts';
export { type Selection, useSelection } from './hooks/use-selection.ts';
export { type Followed, useWorkspaceEvents } from './hooks/use-workspace-events.ts';
export { ChannelMark } from './parts/channel-mark.tsx';
export { LinkDialog } from './parts/link-dialog.tsx';
export { Moment } from './parts/moment.tsx';
export { MoreButton } from './parts/more-button.tsx';
export { EmptyNotice, FailureLine, FailureNotice, StaleBanner } from './parts/notices.tsx';
export { Dialog, Popover } from './parts/overlay.tsx';
export { ParticipantName } from './parts/participant-name.tsx';
export { RecordName } from './parts/record-name.tsx';
export { RecordPicker } from './parts/record-picker.tsx';
export { SelectAllBox, SelectBox } from './parts/select-box.tsx';
export { SkeletonRows } from './parts/skeleton.tsx';
export { StatusBadge } from './parts/status-badge.tsx';
export { SyncProgress } from './parts/sync-progress.tsx';
export { describeFailure, type Failure, isMissing, isRefused } from './provider/failure.ts';
export { useRead } from './provider/kith-context.ts';
export { useOnline } from './provider/online.ts';
export { createQueryClient } from './provider/query-client.ts';
export { type RecordDetails, useRecord } from './timeline/use-record.ts';
export { isTyping } from './provider/typing.ts';
export { HistoryItem } from './why/history-item.tsx';
export { clockTime, dayName, exactTime, relativeTime, shortTime } from './words/dates.ts';
export { coverageInWords, partInWords } from './words/sync-words.ts';
export {
  channelNames,
  conversationsInWords,
  identifierName,
  methodInWords,
  sizeInWords,
  statusInWords,
} from './words/words.ts';
