/** What is typed of a host that is to take part. */
export interface NewHost {
  readonly name: string;
  /** `host:port` at which it reaches NATS. */
  readonly nats: string;
  /** Of the console. */
  readonly version: string;
}

/** The texts that are copied to let a host take part. */
export interface JoinTexts {
  /** Where the keys of the cluster are. */
  readonly token: string;
  /** On the new host, as root, from a built clone. */
  readonly join: string;
  /** Instead of the program, by Docker Compose. */
  readonly compose: string;
}

/** What goes into a shell or a file must be a name, or an address, and nothing else. */
const NAME = /^[A-Za-z0-9_-]{1,63}$/;
const ADDRESS = /^[A-Za-z0-9.:[\]-]{1,100}$/;
const VERSION = /^[A-Za-z0-9.+-]{1,64}$/;

/** Why a field is not taken; '' = it is, or is empty. */
export function joinFault({ name, nats }: Pick<NewHost, 'name' | 'nats'>): string {
  if (name !== '' && !NAME.test(name)) return 'The name takes 1 to 63 of A-Z a-z 0-9 _ -.';
  if (nats !== '' && !ADDRESS.test(nats)) return 'The address is HOST:PORT, as in 10.0.0.5:4222.';
  return '';
}

/** The commands and the snippet, filled in; what is not a name or an address is left as a place. */
export function joinTexts({ name, nats, version }: NewHost): JoinTexts {
  const node = NAME.test(name) ? name : 'h2';
  const server = `nats://${ADDRESS.test(nats) ? nats : 'ADDRESS:4222'}`;
  const tag = VERSION.test(version) ? version : 'VERSION';
  const key = `agent-${node}.nk`;
  return {
    token: `dqoes auth add-agent ${node} --token --nats ${server}`,
    join:
      'dqoes join TOKEN\n' +
      `deploy/install-agent.sh --nats ${server} \\\n  --creds ${key} --node ${node}`,
    compose: `services:
  dqoes-agent:
    image: dqoes:${tag}
    command: [agent, --nats, "${server}", --creds, /keys/${key}, --node, "${node}"]
    pid: host
    network_mode: host
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
      - /sys/fs/cgroup:/sys/fs/cgroup:ro
      - /var/lib/dqoes:/var/lib/dqoes
      - ./${key}:/keys/${key}:ro
    restart: unless-stopped
    stop_grace_period: 180s # down puts every limit back first
`,
  };
}
