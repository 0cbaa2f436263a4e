import { useState } from 'preact/hooks';

/** What is typed into a shell must be a name and nothing else. */
const SAFE = /^[A-Za-z0-9_-]{1,63}$/;

/** The commands that let another host take part, filled in. */
export function AddHost() {
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const node = SAFE.test(name) ? name : 'h2';
  const nats = /^[A-Za-z0-9.:[\]-]{1,100}$/.test(address) ? address : 'ADDRESS:4222';
  return (
    <details class="add-host">
      <summary>Add a host</summary>
      <div class="fields">
        <label>
          Name of the host
          <input value={name} placeholder="h2" onInput={(e) => setName(e.currentTarget.value)} />
        </label>
        <label>
          NATS, as that host reaches it
          <input
            value={address}
            placeholder="10.0.0.5:4222"
            onInput={(e) => setAddress(e.currentTarget.value)}
          />
        </label>
      </div>
      <p>Where the keys of this cluster are; it prints a token that is good for ten minutes:</p>
      <pre>{`dqoes auth add-agent ${node} --token --nats nats://${nats}`}</pre>
      <p>On the new host, as root, from a built clone:</p>
      <pre>
        {`dqoes join TOKEN
deploy/install-agent.sh --nats nats://${nats} \\
  --creds agent-${node}.nk --node ${node}`}
      </pre>
      <p class="quiet">
        The agent begins by watching and changes nothing until control: enforce stands in
        /etc/dqoes/agent.yaml. This page cannot make the token: it has a viewer's key.
      </p>
    </details>
  );
}
