import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DoctorFinding } from '../../cli/doctor/section.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import { encodeReply } from '../../proto/service-codec.js';
import { subjectsOf } from '../../proto/subjects.js';
import { VERSION } from '../../shared/version.js';
import { SmallDisk } from '../faults/small-disk.js';
import { FaultyEngine, json } from '../lib/faulty-engine.js';
import { FakeTools } from '../lib/gpu/fake-tools.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { dqoes, MAIN } from './cli-program.js';

const CLUSTER = 'looked-at';
/** Who may do nothing, and has no group. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** What a test may spoil. */
export interface Trouble {
  stateDir: string;
  natsUrl: string;
  cluster: string;
  nvidiaSmi: string;
  /** Who looks; undefined = we. */
  uid: number | undefined;
  /** Of the coordinator against ours, ms. */
  clockMs: number;
  coordinatorVersion: string;
}

/** What the program found. */
export interface Looked {
  readonly code: number | null;
  readonly findings: readonly DoctorFinding[];
}

/** A host and a cluster to be looked at: a real NATS server, an Engine and a coordinator played. */
export class DoctorWorld {
  readonly #folder: string;
  readonly #nats: TestNatsServer;
  readonly #client: NatsClient;
  readonly #tools = new FakeTools();
  readonly #undo: (() => void)[] = [];
  #engine: FaultyEngine | undefined;
  trouble: Trouble;

  private constructor(folder: string, nats: TestNatsServer, client: NatsClient) {
    this.#folder = folder;
    this.#nats = nats;
    this.#client = client;
    this.trouble = this.#none();
  }

  static async open(): Promise<DoctorWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-doctor-'));
    chmodSync(folder, 0o755);
    const nats = await startNatsServer();
    const world = new DoctorWorld(folder, nats, await connectForTest(nats.url));
    await world.#serve();
    return world;
  }

  /** Everything is well. */
  async begin(): Promise<void> {
    this.#engine = await FaultyEngine.open();
    this.#engine.answer = json([]);
    this.trouble = this.#none();
  }

  async end(): Promise<void> {
    for (const each of this.#undo.splice(0)) each();
    await this.#engine?.close();
  }

  async close(): Promise<void> {
    this.#tools.close();
    await this.#client.bus.close();
    await this.#nats.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get socketPath(): string {
    return this.#engine?.socketPath ?? '';
  }

  /** Runs the program. */
  async look(): Promise<Looked> {
    const { stateDir, natsUrl, cluster, nvidiaSmi, uid } = this.trouble;
    const config = join(this.#folder, 'agent.yaml');
    const amdSmi = join(this.#folder, 'none');
    writeFileSync(
      config,
      `node: h1\nstate-dir: ${stateDir}\ndocker: { socket: ${this.socketPath} }\n` +
        `gpu: { nvidia-smi: ${nvidiaSmi}, amd-smi: ${amdSmi} }\n`,
    );
    const home = this.#folder;
    const env = { HOME: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home };
    const { code, out, err } = await dqoes(
      ['doctor', '-o', 'json', '--config', config, '--nats', natsUrl, '--cluster', cluster],
      { env, ...(uid === undefined ? {} : { uid }) },
    );
    assert.notEqual(out, '', err);
    const { sections } = JSON.parse(out) as {
      readonly sections: readonly { readonly findings: readonly DoctorFinding[] }[];
    };
    return { code, findings: sections.flatMap(({ findings }) => findings) };
  }

  /** The Engine says this of itself, too. */
  say(info: object): undefined {
    assert.ok(this.#engine !== undefined);
    this.#engine.info = { ...this.#engine.info, ...info };
  }

  /** Who looks may not use the socket of Docker. A text = that cannot be tried here. */
  closeSocket(): string | undefined {
    const reads = "require('node:fs').accessSync(process.argv[1])";
    const asNobody = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    const tried = spawnSync(process.execPath, ['-e', reads, MAIN], asNobody);
    if (tried.status !== 0) return `another user may not read ${MAIN}`;
    if (isRoot) this.trouble.uid = NOBODY;
    chmodSync(dirname(this.socketPath), 0o755);
    chmodSync(this.socketPath, 0);
    return undefined;
  }

  /** A file system of its own for the state folder. A text = there can be none here. */
  onSmallDisk(spoil: (disk: SmallDisk) => void): string | undefined {
    let disk: SmallDisk;
    try {
      disk = new SmallDisk(join(this.#folder, 'disk'), 2 ** 20);
    } catch (cause) {
      return `no file system can be mounted here: ${String(cause)}`;
    }
    this.#undo.push(() => disk.remove());
    this.trouble.stateDir = disk.path;
    spoil(disk);
    return undefined;
  }

  /** A GPU, Docker with NVIDIA's runtime, and a CDI file of devices of this kind. */
  withGpu(kind: string): undefined {
    const specs = join(this.#tools.folder, 'cdi');
    mkdirSync(specs, { recursive: true });
    writeFileSync(join(specs, 'devices.yaml'), `cdiVersion: 0.6.0\nkind: ${kind}\n`);
    this.say({ Runtimes: { nvidia: {}, runc: {} }, CDISpecDirs: [specs] });
    this.trouble.nvidiaSmi = this.#tools.nvidiaSmi;
  }

  #none(): Trouble {
    return {
      stateDir: join(this.#folder, 'state'),
      natsUrl: this.#nats.url,
      cluster: CLUSTER,
      nvidiaSmi: join(this.#folder, 'none'),
      uid: undefined,
      clockMs: 0,
      coordinatorVersion: VERSION,
    };
  }

  /** A coordinator with the clock and the version of `trouble`. */
  async #serve(): Promise<void> {
    const subjects = subjectsOf(CLUSTER);
    const policy = (): ServiceCalls['policy-get']['response'] => {
      const { clockMs, coordinatorVersion: version } = this.trouble;
      return {
        policy: 'dqoes',
        available: ['dqoes'],
        nowMs: Date.now() + clockMs,
        programs: [{ program: 'coordinator', name: 'c1', version, role: 'leads', ageMs: 0 }],
      };
    };
    const answers = {
      'policy-get': () => encodeReply('policy-get', { ok: true, value: policy() }),
      'node-list': () => encodeReply('node-list', { ok: true, value: { nodes: [] } }),
    };
    await this.#client.bus.serve({
      name: 'dqoes-coordinator',
      version: '0.0.1',
      description: '',
      endpoints: Object.entries(answers).map(([verb, answer]) => ({
        name: verb,
        subject: subjects.service(verb as keyof typeof answers),
        handle: ({ respond }) => respond(answer()),
      })),
    });
    await this.#client.bus.flush();
  }
}
