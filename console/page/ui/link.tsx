import type { ComponentChildren } from 'preact';
import { useApp } from './context.js';

interface LinkProps {
  readonly to: string;
  readonly class?: string;
  readonly title?: string;
  readonly label?: string;
  readonly isCurrent?: boolean;
  /** -1 = it is not among what Tab goes through. */
  readonly tabIndex?: number | undefined;
  readonly style?: Record<string, string>;
  /** Called when it is pointed at or focused, and again when that is over. */
  readonly onName?: (isNamed: boolean) => void;
  readonly children?: ComponentChildren;
}

/** A link inside the page; with a modifier it is the browser's, as any link. */
export function Link({ to, label, isCurrent = false, onName, children, ...rest }: LinkProps) {
  const { go } = useApp();
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    go(to);
  };
  return (
    <a
      href={to}
      onClick={onClick}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={label}
      onMouseEnter={() => onName?.(true)}
      onMouseLeave={() => onName?.(false)}
      onFocus={() => onName?.(true)}
      onBlur={() => onName?.(false)}
      {...rest}
    >
      {children}
    </a>
  );
}
