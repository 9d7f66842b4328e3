/*
 * What lies above the page: a dialog that takes the keyboard, and a popover beside what opened it. Focus, Escape and
 * clicks outside are Ariakit's.
 */
import * as Ariakit from '@ariakit/react';
import type { ReactNode } from 'react';

/** A dialog. `onClose` hears of Escape, of a click outside, and of its button. */
export function Dialog(props: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** `wide` for what stands side by side; `top` for a palette, which shows no title. */
  form?: 'narrow' | 'wide' | 'top';
}) {
  const { title, isOpen, onClose, children, form = 'narrow' } = props;
  return (
    <Ariakit.Dialog
      className={`kith-dialog kith-dialog-${form}`}
      backdrop={<div className="kith-backdrop" />}
      open={isOpen}
      onClose={onClose}
      unmountOnHide
      aria-label={form === 'top' ? title : undefined}
    >
      {form !== 'top' && (
        <header>
          <Ariakit.DialogHeading className="kith-dialog-title">{title}</Ariakit.DialogHeading>
          <Ariakit.DialogDismiss className="kith-button-quiet" aria-label="Close">
            ×
          </Ariakit.DialogDismiss>
        </header>
      )}
      {children}
    </Ariakit.Dialog>
  );
}

/** A button that opens a popover; what is in it is made when it opens. */
export function Popover(props: {
  label: ReactNode;
  title: string;
  className?: string;
  children: (close: () => void) => ReactNode;
}) {
  const popover = Ariakit.usePopoverStore({ placement: 'bottom-start' });
  const isOpen = Ariakit.useStoreState(popover, 'open');
  return (
    <>
      <Ariakit.PopoverDisclosure store={popover} className={props.className ?? 'kith-button-quiet'}>
        {props.label}
      </Ariakit.PopoverDisclosure>
      <Ariakit.Popover
        store={popover}
        className="kith-popover"
        portal
        modal={false}
        gutter={6}
        unmountOnHide
        aria-label={props.title}
      >
        {isOpen && props.children(popover.hide)}
      </Ariakit.Popover>
    </>
  );
}
