/* Finds a record or a page by a few letters. */
import * as Ariakit from '@ariakit/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Dialog, linkKeys, useRead, useSettled } from '@kith/react/parts';
import { useState } from 'react';
import { paths } from './links.ts';
import { places } from './shortcuts.ts';

interface Command {
  key: string;
  name: string;
  detail: string;
  path: string;
}

const recordsMax = 8;
const pages: readonly Command[] = [
  ...Object.entries(places).map(([key, { name, path }]) => ({ key: path, name, detail: `g ${key}`, path })),
  { key: paths.connect, name: 'Connect an account', detail: '', path: paths.connect },
];

/** The palette; choosing goes there. */
export function CommandPalette(props: { isOpen: boolean; onClose: () => void; go: (path: string) => void }) {
  return (
    <Dialog title="Search" isOpen={props.isOpen} onClose={props.onClose} form="top">
      <Palette
        onChoose={(path) => {
          props.onClose();
          props.go(path);
        }}
      />
    </Dialog>
  );
}

function Palette({ onChoose }: { onChoose: (path: string) => void }) {
  const [text, setText] = useState('');
  const query = text.trim();
  const records = useRecordCommands(useSettled(query, 120));
  const found = pages.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
  const combobox = Ariakit.useComboboxStore({ open: true, value: text, setValue: setText });
  return (
    <>
      <Ariakit.Combobox
        store={combobox}
        className="palette-input"
        aria-label="Search"
        placeholder="A record, or a page"
        autoSelect
        autoFocus
      />
      <Ariakit.ComboboxList
        store={combobox}
        alwaysVisible
        className="kith-options palette"
        aria-label="Found"
      >
        <Group name="Records" commands={records} onChoose={onChoose} />
        <Group name="Pages" commands={found} onChoose={onChoose} />
        {records.length + found.length === 0 && <p className="kith-hint">Nothing found.</p>}
      </Ariakit.ComboboxList>
    </>
  );
}

function Group(props: { name: string; commands: readonly Command[]; onChoose: (path: string) => void }) {
  if (props.commands.length === 0) return null;
  return (
    <Ariakit.ComboboxGroup>
      <Ariakit.ComboboxGroupLabel className="palette-group">{props.name}</Ariakit.ComboboxGroupLabel>
      {props.commands.map(({ key, name, detail, path }) => (
        <Ariakit.ComboboxItem
          key={key}
          value={key}
          className="kith-option"
          setValueOnClick={false}
          hideOnClick={false}
          focusOnHover
          onClick={() => props.onChoose(path)}
        >
          <span>{name}</span>
          <span className="kith-identifier">{detail}</span>
        </Ariakit.ComboboxItem>
      ))}
    </Ariakit.ComboboxGroup>
  );
}

function useRecordCommands(query: string): Command[] {
  const read = useRead();
  const records = useQuery({
    queryKey: [...linkKeys.records(query), 'palette'],
    queryFn: ({ signal }) =>
      read.records.search.query({ limit: recordsMax, ...(query === '' ? {} : { query }) }, { signal }),
    placeholderData: keepPreviousData,
  });
  return (records.data?.items ?? []).map(({ recordId, title, pipeline, identifiers }) => ({
    key: `record ${recordId}`,
    name: title ?? recordId,
    detail: identifiers[0]?.value ?? pipeline,
    path: paths.record(recordId),
  }));
}
