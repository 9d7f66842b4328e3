import { useEffect, useRef } from 'react';

/** Loads the next page when it comes into view, or when pressed; after a failure only when pressed. */
export function MoreButton(props: { isLoading: boolean; hasFailed: boolean; onMore: () => void }) {
  const ref = useRef<HTMLButtonElement>(null);
  const { isLoading, hasFailed, onMore } = props;
  useEffect(() => {
    const button = ref.current;
    if (button === null || isLoading || hasFailed) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting ?? false) onMore();
      },
      { rootMargin: '400px' },
    );
    observer.observe(button);
    return () => observer.disconnect();
  }, [isLoading, hasFailed, onMore]);
  return (
    <p className="kith-more">
      <button className="kith-button" ref={ref} type="button" onClick={onMore} aria-disabled={isLoading}>
        {isLoading ? 'Loading…' : hasFailed ? 'More could not be loaded. Try again' : 'More'}
      </button>
    </p>
  );
}
