/* Finds a record, what was said, or a page by a few letters, and does what has no place elsewhere on a small screen. */
import * as Ariakit from '@ariakit/react';
import { Dialog, useSettled } from '@kith/react/parts';
import { useState } from 'react';
import { type Command, pageCommands, useMessageCommands, useRecordCommands } from './commands.ts';
import { choose } from './theme.ts';

interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
  go: (path: string) => void;
  onSignOut?: () => void;
}

/** The palette: choosing goes there, or does it. */
export function CommandPalette({ isOpen, onClose, go, onSignOut }: PaletteProps) {
  const actions: Command[] = [
    { key: 'theme light', name: 'Light theme', detail: '', run: () => choose('light') },
    { key: 'theme dark', name: 'Dark theme', detail: '', run: () => choose('dark') },
    { key: 'theme system', name: 'The device’s theme', detail: '', run: () => choose('system') },
    ...(onSignOut === undefined ? [] : [{ key: 'sign out', name: 'Sign out', detail: '', run: onSignOut }]),
  ];
  const perform = (command: Command) => {
    onClose();
    if ('path' in command) go(command.path);
    else command.run();
  };
  return (
    <Dialog title="Search" isOpen={isOpen} onClose={onClose} form="top">
      <Palette commands={[...pageCommands, ...actions]} perform={perform} />
    </Dialog>
  );
}

function Palette({
  commands,
  perform,
}: {
  commands: readonly Command[];
  perform: (command: Command) => void;
}) {
  const [text, setText] = useState('');
  const query = text.trim();
  const settled = useSettled(query, 120);
  const records = useRecordCommands(settled);
  const messages = useMessageCommands(settled);
  const found = commands.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
  const combobox = Ariakit.useComboboxStore({ open: true, value: text, setValue: setText });
  const isEmpty = records.length + messages.length + found.length === 0;
  return (
    <>
      <Ariakit.Combobox
        store={combobox}
        className="palette-input"
        aria-label="Search"
        placeholder="A record, what was said, or a page"
        autoSelect="always"
        autoFocus
      />
      <Ariakit.ComboboxList
        store={combobox}
        alwaysVisible
        className="kith-options palette"
        aria-label="Found"
      >
        <Group name="Records" commands={records} perform={perform} />
        <Group name="Messages" commands={messages} perform={perform} />
        <Group name="Pages and actions" commands={found} perform={perform} />
        {isEmpty && <p className="kith-hint">Nothing found.</p>}
      </Ariakit.ComboboxList>
    </>
  );
}

function Group(props: { name: string; commands: readonly Command[]; perform: (command: Command) => void }) {
  if (props.commands.length === 0) return null;
  return (
    <Ariakit.ComboboxGroup>
      <Ariakit.ComboboxGroupLabel className="palette-group">{props.name}</Ariakit.ComboboxGroupLabel>
      {props.commands.map((command) => (
        <Ariakit.ComboboxItem
          key={command.key}
          value={command.key}
          className="kith-option"
          setValueOnClick={false}
          hideOnClick={false}
          focusOnHover
          onClick={() => props.perform(command)}
        >
          <span className="palette-name">{command.name}</span>
          <span className="kith-identifier">{command.detail}</span>
        </Ariakit.ComboboxItem>
      ))}
    </Ariakit.ComboboxGroup>
  );
}
