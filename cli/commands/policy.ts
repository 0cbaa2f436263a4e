import { POLICY_NAMES, type PolicyName } from '../../proto/schemas/service.js';
import { nearestOf } from '../../shared/nearest.js';
import type { App, Registry } from '../shell/app.js';
import { appFor, type ShowFlags, withCluster, withFormat } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';

/** Adds `dqoes policy [NAME]`: shows the policy in force, or changes it at once. */
export function addPolicy({ program, app, finish }: Registry): void {
  withFormat(withCluster(program.command('policy [name]')))
    .description(`show or change the policy that sets the limits: ${POLICY_NAMES.join(', ')}`)
    .action(async (name: string | undefined, flags: ShowFlags) => {
      const shown = appFor(app, flags);
      const wanted = POLICY_NAMES.find((policy) => policy === name);
      if (name !== undefined && wanted === undefined) return finish(unknown(shown, name));
      finish(await withSession(shown, flags, (session) => show(shown, session, { wanted, flags })));
    });
}

function unknown(app: App, name: string) {
  const near = nearestOf(name, POLICY_NAMES);
  const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
  const message =
    `There is no policy ${JSON.stringify(name.slice(0, 40))}${meant}: use ` +
    `${POLICY_NAMES.join(', ')}.`;
  return refuse(app, [{ code: 'cli.usage', field: 'policy', message }]);
}

async function show(
  app: App,
  session: Session,
  asked: { readonly wanted: PolicyName | undefined; readonly flags: ShowFlags },
) {
  const answer =
    asked.wanted === undefined
      ? await session.call('policy-get', {})
      : await session.call('policy-set', { policy: asked.wanted });
  if (!answer.ok) return refuse(app, answer.error);
  if (asked.flags.output === 'json' || asked.flags.output === 'yaml')
    printAnswer(app, asked.flags, policyIn(answer.value));
  else app.output.data(answer.value.policy);
  return 0;
}

/** Without what the answer says of programs and clocks: that is for `dqoes version`. */
const policyIn = ({
  policy,
  available,
}: {
  readonly policy: string;
  readonly available?: readonly string[];
}) => ({ policy, ...(available === undefined ? {} : { available }) });
