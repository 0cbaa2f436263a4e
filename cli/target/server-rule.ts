import type { ServerRule } from '../../proto/nats/connect.js';
import { err, ok, type Result } from '../../shared/result.js';
import { badConfig } from '../credentials.js';
import { ownUser, userNumber } from '../server-user.js';
import type { RunningStack } from '../up/running-stacks.js';

/** Below are the accounts of services, as of a NATS server from a package (login.defs). */
const FIRST_PERSON = 1000;

/** A `dqoes up` runs its server as its own user. */
export const ruleOfUp = ({ user, stateDir }: RunningStack): ServerRule => ({
  mayRun: (other) => other === user,
  cure: `end it, and start the dqoes up again whose state folder is ${stateDir}`,
});

/**
 * Of a server that nobody named and that no key is known for: whatever listens at the usual address
 * may be another person's, who would be given jobs with their environment.
 */
export function ruleOfGuess(url: string, own = ownUser()): ServerRule {
  return {
    mayRun: (other) => own === undefined || other === own || other < FIRST_PERSON,
    cure: `if it is the server that you mean, name it with --nats ${url}; dqoes up starts your own`,
  };
}

/**
 * As a setting names who runs it; undefined = it does not. The fault names no such user. `from`:
 * the setting, for messages.
 */
export function ruleOfSetting(
  name: string,
  from = 'nats.server-user',
  numberOf: (name: string) => number | undefined = userNumber,
): Result<ServerRule | undefined> {
  if (name === '') return ok(undefined);
  const user = /^\d{1,10}$/.test(name) ? Number(name) : numberOf(name);
  if (user === undefined) {
    const what = `${JSON.stringify(name.slice(0, 64))} is no user of this machine (/etc/passwd)`;
    const cure = 'give the name or the number of the one that runs nats-server';
    return err([badConfig(from, `${from}: ${what}: ${cure}.`)]);
  }
  const cure = `end it, or write its user into ${from} if it is the one (now ${name})`;
  return ok({ mayRun: (other) => other === user, cure });
}
