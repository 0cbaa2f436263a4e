import type { DesiredState } from '../../shared/command.js';
import type { EnforcerOptions } from './enforcer-options.js';
import type { VersionContext } from './version.js';

/** What an enforcer knows when a desired state arrives. `silentMs`: see `VersionContext`. */
export function versionContextOf(
  options: EnforcerOptions,
  { desired, silentMs }: { readonly desired: DesiredState | null; readonly silentMs: number },
): VersionContext {
  const { incarnationHoldMs, journal, managed, trustedIncarnation, formerIncarnation } = options;
  return {
    holds: desired ?? journal.ledger.holds,
    idle:
      journal.ledger.entries.length === 0 &&
      managed()?.some((one) => one.origin === 'dqoes') === false,
    silentMs,
    incarnationHoldMs,
    ...(trustedIncarnation === undefined ? {} : { trustedIncarnation }),
    ...(formerIncarnation === undefined ? {} : { formerIncarnation }),
  };
}
