import type { DesiredState } from '../../shared/command.js';
import type { EnforcerOptions } from './enforcer-options.js';
import type { VersionContext } from './version.js';

/** What an enforcer knows when a desired state arrives. `silentMs`: see `VersionContext`. */
export function versionContextOf(
  { incarnationHoldMs, journal, managed, trustedIncarnation }: EnforcerOptions,
  { desired, silentMs }: { readonly desired: DesiredState | null; readonly silentMs: number },
): VersionContext {
  return {
    holds: desired ?? journal.ledger.holds,
    idle:
      journal.ledger.entries.length === 0 &&
      managed()?.some((one) => one.origin === 'dqoes') === false,
    silentMs,
    incarnationHoldMs,
    ...(trustedIncarnation === undefined ? {} : { trustedIncarnation }),
  };
}
