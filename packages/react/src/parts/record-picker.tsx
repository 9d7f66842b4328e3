import * as Ariakit from '@ariakit/react';
import type { RecordSummary } from '@kith/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { linkKeys } from '../hooks/query-keys.ts';
import { useSettled } from '../hooks/settled.ts';
import { useRead } from '../provider/kith-context.ts';
import { FailureLine } from './notices.tsx';

const shownMax = 8;

/** Looks for a record by its name or an identifier, and hands over the chosen one. */
export function RecordPicker({ label, onPick }: { label: string; onPick: (record: RecordSummary) => void }) {
  const [text, setText] = useState('');
  const found = useFoundRecords(useSettled(text.trim(), 150));
  const combobox = Ariakit.useComboboxStore({ open: true, value: text, setValue: setText });
  return (
    <div className="kith-picker">
      <Ariakit.Combobox
        store={combobox}
        className="kith-input"
        aria-label={label}
        placeholder="Name, address or number"
        autoSelect="always"
        autoFocus
      />
      {found.isError && <FailureLine err={found.error} />}
      <Ariakit.ComboboxList store={combobox} alwaysVisible className="kith-options" aria-label="Records">
        {found.data?.items.map((record) => (
          <Ariakit.ComboboxItem
            key={record.recordId}
            value={record.recordId}
            className="kith-option"
            setValueOnClick={false}
            hideOnClick={false}
            focusOnHover
            onClick={() => onPick(record)}
          >
            <span>{record.title ?? record.recordId}</span>
            <span className="kith-identifier">{record.identifiers[0]?.value ?? record.pipeline}</span>
          </Ariakit.ComboboxItem>
        ))}
        {found.data?.items.length === 0 && <p className="kith-hint">No record matches.</p>}
      </Ariakit.ComboboxList>
    </div>
  );
}

function useFoundRecords(query: string) {
  const read = useRead();
  return useQuery({
    queryKey: [...linkKeys.records(query), 'picker'],
    queryFn: ({ signal }) =>
      read.records.search.query({ limit: shownMax, ...(query === '' ? {} : { query }) }, { signal }),
    placeholderData: keepPreviousData,
  });
}
