import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { InstallHost } from './install-host.js';

type Service = 'agent' | 'coordinator' | 'console';

/** What a systemd knows of a service of dqoes. */
export interface FakeUnit {
  /** As `systemctl is-active` prints it. */
  readonly state: string;
  /** Its unit has an `ExecReload`; absent = yes. */
  readonly canReload?: boolean;
  /** Its `ExecReload` fails. */
  readonly refusesReload?: boolean;
  /** What it starts; absent = `dqoes SERVICE` with settings and options. */
  readonly starts?: string;
  readonly restart?: string;
  readonly mainPid?: number;
}

const SETTINGS: Readonly<Record<Service, string>> = {
  agent: ' --config /etc/dqoes/agent.yaml $DQOES_AGENT_OPTIONS',
  coordinator: ' --config /etc/dqoes/coordinator.yaml $DQOES_COORDINATOR_OPTIONS',
  console: ' $DQOES_CONSOLE_OPTIONS',
};
const USERS: Readonly<Record<Service, string>> = {
  agent: '',
  coordinator: 'dqoes',
  console: 'dqoes-console',
};

/** `systemctl` and `systemd-run` of a host; both note how they are called. */
export class FakeSystemd {
  readonly #at: InstallHost;
  readonly #calls: string;
  readonly #tries: string;

  constructor(at: InstallHost) {
    this.#at = at;
    this.#calls = join(at.folder, 'systemctl');
    this.#tries = join(at.folder, 'systemd-run');
  }

  /**
   * From now on these services are so, and all others inactive; what was noted is forgotten. A
   * program that systemd-run starts ends with `tried`.
   */
  has(units: Readonly<Partial<Record<Service, FakeUnit>>>, tried = 0): void {
    const answers = Object.entries(units).flatMap(([service, unit]) =>
      this.#answers(service as Service, unit),
    );
    const rest = ['*is-active*) echo inactive; exit 3 ;;'];
    const said = `case "$*" in\n${[...answers, ...rest].join('\n')}\nesac`;
    this.#at.program('stubs/systemctl', `echo "$*" >>${this.#calls}\n${said}`);
    const why = tried === 0 ? '' : 'echo "what is wrong" >&2; ';
    this.#at.program('stubs/systemd-run', `echo "$*" >>${this.#tries}\n${why}exit ${tried}`);
    for (const path of [this.#calls, this.#tries]) rmSync(path, { force: true });
  }

  /** What was done to a service, in order, without questions. */
  doneTo(service: Service): readonly string[] {
    return linesOf(this.#calls)
      .filter((line) => line.includes(`dqoes-${service}.`))
      .filter((line) => !/is-active|is-enabled|enable |show /.test(line))
      .map((line) => line.replace(/ ?(--no-block|dqoes-\w+\.service) ?/g, ''));
  }

  /** The programs that were tried, each with what systemd was told of it. */
  get tried(): readonly string[] {
    return linesOf(this.#tries).map((line) => line.replaceAll(this.#at.folder, ''));
  }

  #answers(service: Service, unit: FakeUnit): readonly string[] {
    const { state, canReload = true, refusesReload = !canReload, restart = 'always' } = unit;
    const program = `${this.#at.folder}/usr/bin/dqoes`;
    const starts = unit.starts ?? `${program} ${service}${SETTINGS[service]}`;
    const shown: Readonly<Record<string, string>> = {
      CanReload: canReload ? 'yes' : 'no',
      ExecStart: `{ path=${program} ; argv[]=${starts} ; ignore_errors=no ; pid=1 }`,
      FragmentPath: `/etc/systemd/system/dqoes-${service}.service`,
      MainPID: String(unit.mainPid ?? 0),
      Restart: restart,
      User: USERS[service],
      Group: USERS[service],
      EnvironmentFiles: `/etc/default/dqoes-${service} (ignore_errors=yes)`,
    };
    const name = `dqoes-${service}.service`;
    return [
      `*is-active*${name}*) echo ${state}; [ ${state} = active ]; exit ;;`,
      ...Object.entries(shown).map(
        ([property, value]) => `"show --property ${property} "*${name}) echo '${value}' ;;`,
      ),
      ...(refusesReload ? [`reload\\ *${name}) exit 1 ;;`] : []),
    ];
  }
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}
