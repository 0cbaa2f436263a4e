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
  /** On the new host, as root; the first line only in a built clone, where nothing is installed. */
  readonly join: string;
  /** On a host with Docker alone: its settings, and joining by the image. */
  readonly composeJoin: string;
  /** The file for Docker Compose, which runs the agent as deploy/compose.yaml does. */
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
  const image = `dqoes/dqoes:${tag}`;
  return {
    token: `dqoes auth add-agent ${node} --token --nats ${server}`,
    join: 'deploy/install-agent.sh --no-start\ndqoes join TOKEN',
    composeJoin:
      "mkdir -p dqoes && echo 'control: observe' > dqoes/agent.yaml\n" +
      'docker run --rm --user 0:0 --network host -v "$PWD/dqoes:/etc/dqoes" \\\n' +
      `  ${image} join TOKEN`,
    compose: composeFile(image),
  };
}

/** Rights and mounts are those of the agent in deploy/compose.yaml; a test holds them equal. */
const composeFile = (image: string): string => `services:
  agent:
    image: ${image}
    command: [agent, --config, /etc/dqoes/agent.yaml]
    user: "0:0"
    network_mode: host
    pid: host
    cgroup: host
    read_only: true
    tmpfs: [/tmp]
    cap_drop: [ALL]
    cap_add: [DAC_OVERRIDE, SYS_PTRACE]
    security_opt: ["no-new-privileges:true"]
    restart: unless-stopped
    stop_grace_period: 180s # down puts every limit back first
    healthcheck:
      test:
        - CMD
        - /usr/lib/dqoes/bin/node
        - /usr/lib/dqoes/images/health.mjs
        - http://127.0.0.1:8472/metrics
    volumes:
      - ./dqoes:/etc/dqoes:ro
      - /var/lib/dqoes:/var/lib/dqoes
      - /var/run/docker.sock:/var/run/docker.sock
      - /sys/fs/cgroup:/sys/fs/cgroup
`;
