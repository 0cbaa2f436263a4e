import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface GuardedProps {
  /** Why it does nothing now; '' = it does. */
  readonly why: string;
  readonly kind?: 'plain' | 'danger' | 'main';
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

/** A button that says why it is disabled. It stays reachable, so that the reason can be read. */
export function Guarded({ why, kind = 'main', onClick, children }: GuardedProps) {
  const id = useId();
  const isOff = why !== '';
  return (
    <span class="guarded">
      <button
        type="button"
        class={kind}
        aria-disabled={isOff}
        aria-describedby={isOff ? id : undefined}
        onClick={() => {
          if (!isOff) onClick();
        }}
      >
        {children}
      </button>
      {isOff ? (
        <span id={id} class="why">
          {why}
        </span>
      ) : null}
    </span>
  );
}
