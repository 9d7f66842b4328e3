import { Dialog } from './overlay.tsx';
import { RecordPicker } from './record-picker.tsx';

/** Asks for the record to link somebody to. `names` are those who are linked; empty while it is closed. */
export function LinkDialog(props: {
  names: readonly string[];
  onClose: () => void;
  onPick: (record: { recordId: string; title: string | null }) => void;
}) {
  const { names, onClose, onPick } = props;
  const who = names.length === 1 ? (names[0] ?? '') : `${names.length} participants`;
  return (
    <Dialog title={`Link ${who} to a record`} isOpen={names.length > 0} onClose={onClose}>
      <RecordPicker
        label="Record"
        onPick={(record) => {
          onClose();
          onPick(record);
        }}
      />
    </Dialog>
  );
}
