import type { NodeStatus } from '../../../proto/schemas/status.js';
import { hrefOf } from '../model/route.js';
import { Hosts } from './hosts.js';
import { Link } from './link.js';

interface NothingYetProps {
  readonly nodes: readonly NodeStatus[];
  readonly silent: ReadonlySet<string>;
}

/** What is shown before the first job: three commands that lead to it. */
export function NothingYet({ nodes, silent }: NothingYetProps) {
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
            <pre>dqoes run IMAGE --target 250ms</pre>
          </li>
          <li>
            <p>Let a container that runs already take part, by labels:</p>
            <pre>docker run -d --label dqoes.enable=true --label dqoes.target=300ms IMAGE</pre>
          </li>
          <li>
            <p>See what can be read of a container's response times:</p>
            <pre>dqoes doctor --container NAME</pre>
          </li>
        </ol>
        <p>
          Or write a job file here: <Link to={hrefOf({ page: 'submit' })}>plan and submit</Link>.
        </p>
      </section>
      <Hosts nodes={nodes} allocations={[]} silent={silent} />
    </>
  );
}
