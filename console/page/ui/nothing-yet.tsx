import type { NodeStatus } from '../../../proto/schemas/status.js';
import { hrefOf } from '../model/route.js';
import type { Trouble } from '../model/trouble.js';
import { Copied } from './copied.js';
import { Hosts } from './hosts.js';
import { Link } from './link.js';
import { Troubles } from './troubles.js';

interface NothingYetProps {
  readonly nodes: readonly NodeStatus[];
  readonly silent: ReadonlySet<string>;
  /** What is wrong with the hosts. */
  readonly troubles: readonly Trouble[];
}

/** What is shown before the first job: three commands that lead to it. */
export function NothingYet({ nodes, silent, troubles }: NothingYetProps) {
  return (
    <>
      <section class="nothing" aria-labelledby="headline">
        <h1 id="headline" tabIndex={-1}>
          No jobs yet
        </h1>
        {nodes.length === 0 ? (
          <p>
            No host has reported either: start one with <code>dqoes up</code>, or add one below.
          </p>
        ) : null}
        <ol>
          <li>
            <p>Run an image, and say how fast it should answer:</p>
            <Copied text="dqoes run --target 250ms IMAGE" what="the command that runs an image" />
          </li>
          <li>
            <p>Let a container that runs already take part, by labels:</p>
            <Copied
              text="docker run -d --label dqoes.enable=true --label dqoes.target=300ms IMAGE"
              what="the command that starts a container with labels"
            />
          </li>
          <li>
            <p>See what can be read of a container's response times:</p>
            <Copied
              text="dqoes doctor --container NAME"
              what="the command that says what can be read"
            />
          </li>
        </ol>
        <p>
          Or write a job file here: <Link to={hrefOf({ page: 'submit' })}>plan and submit</Link>.
        </p>
      </section>
      <Troubles troubles={troubles} />
      <Hosts nodes={nodes} allocations={[]} silent={silent} />
    </>
  );
}
