import { sh, trySh } from '../../../cli/bench/hosts/shell.js';

/**
 * Hosts on one machine: a bridge, and per host a network namespace with one address on it. Names
 * and addresses are made of the process id, so that two runs do not meet. Needs root and iproute2.
 * `remove` takes everything away again, whatever state it is in.
 */
export class TestNetwork {
  /** Of the machine itself on the bridge. */
  readonly address: string;
  readonly #id = process.pid % 10_000;
  readonly #net = `10.213.${process.pid % 250}`;
  readonly #hosts = new Set<number>();

  constructor() {
    this.address = `${this.#net}.1`;
    this.remove();
    sh('ip', 'link', 'add', this.#bridge, 'type', 'bridge');
    sh('ip', 'address', 'add', `${this.address}/24`, 'dev', this.#bridge);
    sh('ip', 'link', 'set', this.#bridge, 'up');
    sh('iptables', '-w', '-I', ...passRule(this.#bridge));
  }

  get #bridge(): string {
    return `dqb${this.#id}`;
  }
  #veth(host: number): string {
    return `dqv${this.#id}h${host}`;
  }
  namespaceOf(host: number): string {
    return `dq${this.#id}h${host}`;
  }

  addressOf(host: number): string {
    return `${this.#net}.${10 + host}`;
  }

  /** `host` counts from 1. */
  add(host: number): void {
    const [namespace, veth] = [this.namespaceOf(host), this.#veth(host)];
    this.#hosts.add(host);
    sh('ip', 'netns', 'add', namespace);
    sh('ip', 'link', 'add', veth, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
    sh('ip', 'link', 'set', veth, 'master', this.#bridge, 'up');
    sh('ip', '-n', namespace, 'address', 'add', `${this.addressOf(host)}/24`, 'dev', 'eth0');
    sh('ip', '-n', namespace, 'link', 'set', 'eth0', 'up');
    sh('ip', '-n', namespace, 'link', 'set', 'lo', 'up');
  }

  /** Nothing reaches the host, or leaves it, until it is healed. */
  cut(host: number): void {
    sh('ip', 'link', 'set', this.#veth(host), 'down');
  }
  heal(host: number): void {
    sh('ip', 'link', 'set', this.#veth(host), 'up');
  }

  remove(): void {
    for (const host of this.#hosts) {
      trySh('ip', 'link', 'delete', this.#veth(host));
      trySh('ip', 'netns', 'delete', this.namespaceOf(host));
    }
    this.#hosts.clear();
    removeBridge(this.#bridge);
  }
}

// Docker has what is forwarded dropped, and what goes over a bridge counts as forwarded.
const passRule = (bridge: string): readonly string[] => [
  'FORWARD',
  '-i',
  bridge,
  '-o',
  bridge,
  '-j',
  'ACCEPT',
];

/** Takes a bridge of test hosts away, with what lets them reach each other. */
export function removeBridge(bridge: string): void {
  trySh('iptables', '-w', '-D', ...passRule(bridge));
  trySh('ip', 'link', 'delete', bridge);
}
