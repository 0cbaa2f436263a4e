import { useState } from 'preact/hooks';
import { type JoinTexts, joinFault, joinTexts } from '../model/join.js';
import { usePageState } from './context.js';
import { Copied } from './copied.js';

/** The commands and the file that let another host take part, filled in. */
export function AddHost() {
  const { cluster } = usePageState();
  const [name, setName] = useState('');
  const [nats, setNats] = useState('');
  const fault = joinFault({ name, nats });
  const texts = joinTexts({ name, nats, version: cluster?.version ?? '' });
  return (
    <details class="add-host">
      <summary>Add a host</summary>
      <div class="fields">
        <label>
          Name of the host
          <input
            value={name}
            placeholder="h2"
            aria-invalid={joinFault({ name, nats: '' }) !== ''}
            aria-describedby="add-host-fault"
            onInput={(e) => setName(e.currentTarget.value)}
          />
        </label>
        <label>
          NATS, as that host reaches it
          <input
            value={nats}
            placeholder="10.0.0.5:4222"
            aria-invalid={joinFault({ name: '', nats }) !== ''}
            aria-describedby="add-host-fault"
            onInput={(e) => setNats(e.currentTarget.value)}
          />
        </label>
      </div>
      <p id="add-host-fault" role="status">
        {fault}
      </p>
      <p>Where the keys of this cluster are; it prints a token that is good for ten minutes:</p>
      <Copied text={texts.token} what="the command that makes a token" />
      <p>
        On the new host, as root. With a package of dqoes there, the second command is all; in a
        built clone take both:
      </p>
      <Copied text={texts.join} what="the commands for the new host" />
      <WithCompose texts={texts} />
      <p class="quiet">
        The agent begins by watching and changes nothing until control: enforce stands in its
        agent.yaml: in /etc/dqoes, or with Compose in that folder. This page cannot make the token:
        it has a viewer's key.
      </p>
    </details>
  );
}

function WithCompose({ texts: { composeJoin, compose } }: { readonly texts: JoinTexts }) {
  return (
    <details>
      <summary>With Docker Compose instead</summary>
      <p>
        Takes the image <code>dqoes/dqoes</code> on that host, which deploy/images/build.sh makes,
        and Docker, nothing else. In a folder of your choice:
      </p>
      <Copied text={composeJoin} what="the commands for a host with Docker alone" />
      <p>
        Then this as <code>compose.yaml</code> in the same folder, and{' '}
        <code>docker compose up -d</code>:
      </p>
      <Copied text={compose} what="the compose file" />
    </details>
  );
}
