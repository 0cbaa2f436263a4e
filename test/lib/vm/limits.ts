import assert from 'node:assert/strict';
import { until } from '../until.js';
import type { KernelCpuText, TestWorker } from './worker.js';

/** Labels by which a container opts in, with a target that needs no measuring. */
export const LABELS = [
  '--label dqoes.enable=true',
  '--label dqoes.target=100ms',
  '--label dqoes.latency.source=push',
];
/** Containers that opt in, by name: each asks Docker for its CPU in another way. */
export const ADOPTED: Readonly<Record<string, string>> = {
  free: '',
  nano: '--cpus 1.5',
  quota: '--cpu-period 50000 --cpu-quota 60000',
};
/** The machine is emulated: slow. */
export const PATIENCE_MS = 300_000;

/** What the kernel holds of containers, by name. */
export type KernelLimitsSeen = Readonly<Record<string, KernelCpuText>>;

/** Cores of `cpu.max`; NaN = no limit. */
export const coresOf = ({ max }: KernelCpuText): number => {
  const [quota, period] = max.split(' ').map(Number);
  return (quota ?? Number.NaN) / (period ?? Number.NaN);
};

/** The installed agent of a worker node, and the limits that it sets there. */
export class InstalledAgent {
  readonly #worker: TestWorker;

  constructor(worker: TestWorker) {
    this.#worker = worker;
  }

  pid(): Promise<string> {
    return this.#worker.sh('systemctl show -p MainPID --value dqoes-agent');
  }
  /** The end of its log. */
  said(): Promise<string> {
    return this.#worker.sh('journalctl -u dqoes-agent -o cat --no-pager | tail -n 20');
  }

  /** Waits until another process than `old` says that it has started. */
  async untilNew(old: string): Promise<void> {
    const started = async (): Promise<boolean> => {
      const pid = await this.pid();
      if (pid === '0' || pid === old) return false;
      const log = await this.#worker.sh(`journalctl -o cat --no-pager _PID=${pid}`);
      return log.includes('agent started');
    };
    await until(started, 'another agent to start', PATIENCE_MS);
  }

  /** Waits until what the kernel holds of the containers pleases; fails with what it holds. */
  async untilKernel(
    what: string,
    names: readonly string[],
    judge: (seen: KernelLimitsSeen) => boolean,
  ): Promise<void> {
    let seen = 'nothing';
    const holds = async (): Promise<boolean> => {
      try {
        const limits = await this.#worker.kernel(names);
        seen = JSON.stringify(limits);
        return judge(limits);
      } catch (error) {
        // Where the engine has just started, not every container is back.
        seen = String(error);
        return false;
      }
    };
    await until(holds, what, PATIENCE_MS).catch(async () => {
      assert.fail(`${what}, but ${seen}; the agent says: ${await this.said()}`);
    });
  }

  /** Waits until the kernel holds `cores` for each of them. */
  untilEach(names: readonly string[], cores: number): Promise<void> {
    return this.untilKernel(`${names} hold ${cores} cores each`, names, (seen) =>
      Object.values(seen).every((one) => Math.abs(coresOf(one) - cores) < 0.001),
    );
  }

  /** Waits until the kernel holds these limits again. */
  untilAgain(limited: KernelLimitsSeen): Promise<void> {
    return this.untilKernel('the limits are as before', Object.keys(limited), (seen) =>
      Object.entries(seen).every(([name, { max }]) => max === limited[name]?.max),
    );
  }
}
