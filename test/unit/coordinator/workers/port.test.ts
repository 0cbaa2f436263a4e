import assert from 'node:assert/strict';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  type Asked,
  answererOf,
  logThrough,
  noticesThrough,
} from '../../../../coordinator/workers/port/answerer.js';
import { PortCaller } from '../../../../coordinator/workers/port/caller.js';
import { LeaseCell } from '../../../../coordinator/workers/port/lease-cell.js';
import { linkTo } from '../../../../coordinator/workers/port/thread-link.js';
import type { WorkerNotices } from '../../../../coordinator/workers/worker-link.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { until } from '../../../lib/until.js';
import { jobName, nodeId } from '../build.js';

const STOP_MS = 8000;
const REMOVED = { kind: 'job-removed', atMs: 1, name: jobName('a') } as const;

describe('the port of a worker', () => {
  let ports: { readonly port1: MessagePort; readonly port2: MessagePort };
  let heard: unknown[];
  let said: unknown[];
  let clock: ManualClock;
  let terminated: number;
  let link: PortCaller;

  const note =
    (name: string) =>
    (...args: readonly unknown[]): void =>
      void said.push([name, ...args]);
  const notices: WorkerNotices = {
    onChanged: note('changed'),
    onActs: note('acts'),
    onRefused: note('refused'),
    onSuperseded: note('superseded'),
    onQueued: note('queued'),
    onStored: note('stored'),
    onLeft: note('left'),
  };
  const log = { info: note('info'), warn: note('warn'), error: note('error') };

  /** A worker that notes what it hears; `change`: how it answers. */
  const answering = (change: Partial<Asked> = {}): void => {
    const did =
      (name: string) =>
      async (...args: readonly unknown[]): Promise<never> => {
        heard.push([name, ...args]);
        return undefined as never;
      };
    const worker: Asked = {
      tell: (event) => void heard.push(['tell', event]),
      ...{ start: did('start'), news: did('news'), profilesOf: did('profilesOf') },
      ...{ carryOut: did('carryOut'), records: did('records'), view: did('view') },
      ...{ reconcileStore: did('reconcileStore'), stop: did('stop') },
      ...change,
    };
    ports.port2.on('message', answererOf(worker, ports.port2));
  };

  beforeEach(() => {
    ports = new MessageChannel();
    [heard, said, terminated] = [[], [], 0];
    clock = new ManualClock();
    const lease = new LeaseCell();
    const terminate = async (): Promise<void> => {
      terminated += 1;
    };
    link = new PortCaller({ port: ports.port1, lease, notices, log, clock, terminate });
    ports.port1.on('message', (message) => link.receive(message));
  });
  afterEach(() => {
    ports.port1.close();
    ports.port2.close();
  });

  it('passes on what is told and asked, in that order, and brings the answers', async () => {
    const profiles = new Map([[nodeId('h1'), undefined]]);
    const figures = new Float64Array([1, 2]);
    answering({
      profilesOf: async () => profiles,
      news: async () => ({ figures }) as never,
    });
    link.tell(REMOVED);
    const started = link.start();
    link.tell(REMOVED);
    const asked = [link.profilesOf([nodeId('h1')]), link.news(7)] as const;
    await started;
    assert.deepEqual(heard, [['tell', REMOVED], ['start'], ['tell', REMOVED]]);
    assert.deepEqual(await Promise.all(asked), [profiles, { figures }]);
  });

  it('rejects a question that the worker could not answer, and goes on', async () => {
    answering({ records: () => Promise.reject(new Error('no records today')) });
    await assert.rejects(link.records(), /no records today/);
    await link.start();
  });

  it('rejects an answer that cannot be copied', async () => {
    answering({ view: async () => ({ nodes: () => {} }) as never });
    await assert.rejects(link.view({}), /could not be cloned/);
  });

  it('brings what the worker says unasked, and its log', async () => {
    const worker = noticesThrough(ports.port2);
    worker.onChanged();
    worker.onSuperseded(4);
    worker.onQueued(new Map([['dqoes.job.placed', 2]]));
    const logged = logThrough(ports.port2);
    logged.warn('dispatch: slow', { node: 'h1' });
    logged.info('plain');
    logged.error('odd', { cause: () => 'f' });
    await until(() => said.length === 6, 'all of it');
    const [cause] = (said.pop() as unknown[]).slice(2) as { cause: string }[];
    assert.match(cause?.cause ?? '', /=>/);
    assert.deepEqual(said, [
      ['changed'],
      ['superseded', 4],
      ['queued', new Map([['dqoes.job.placed', 2]])],
      ['warn', 'dispatch: slow', { node: 'h1' }],
      ['info', 'plain', {}],
    ]);
  });

  it('rejects all questions once the worker has ended, and says why', async () => {
    const asked = [link.start(), link.news(1)];
    link.end('worker 1 failed: out of memory');
    link.end('worker 1 ended by itself with code 1');
    for (const each of [...asked, link.records(), link.begin()])
      await assert.rejects(each, /out of memory/);
    assert.equal(await link.ended, 'worker 1 failed: out of memory');
    link.tell(REMOVED);
    await link.stop(STOP_MS);
    assert.equal(terminated, 1);
  });

  it('ends a worker that answers, and does not say that it ended by itself', async () => {
    let ended = '';
    void link.ended.then((why) => {
      ended = why;
    });
    answering();
    await link.stop(STOP_MS);
    await settle();
    assert.deepEqual([heard, terminated, ended], [[['stop', STOP_MS]], 1, '']);
    await assert.rejects(link.start(), /stopped/);
  });

  it('ends a worker that never answers', async () => {
    let isStopped = false;
    const asked = link.news(1);
    void asked.catch(() => {});
    void link.stop(STOP_MS).then(() => {
      isStopped = true;
    });
    await clock.advance(STOP_MS - 1);
    assert.deepEqual([isStopped, terminated], [false, 0]);
    await clock.advance(1);
    assert.deepEqual([isStopped, terminated], [true, 1]);
    await assert.rejects(asked, /stopped/);
  });

  it('says at once until when a worker may write, whatever it does', () => {
    const lease = new LeaseCell();
    const its = new LeaseCell(lease.buffer);
    for (const ms of [0, 12.5, 4e9 + 0.25]) {
      lease.untilMs = ms;
      assert.equal(its.untilMs, ms);
    }
  });

  describe('to a thread', () => {
    const linked = (program: string): PortCaller => {
      const thread = new Worker(program, { eval: true });
      const lease = new LeaseCell();
      return linkTo(thread, { lease, notices, log: silentLog, clock });
    };
    const BEGIN = "const { parentPort } = require('node:worker_threads');";

    it('that fails at its start: it does not begin', async () => {
      const its = linked("throw new Error('no key')");
      await assert.rejects(its.begin(), /thread failed: no key/);
    });

    it('that has no answer from NATS: it says so instead of beginning', async () => {
      const faults = [{ code: 'store.silent', field: 'desired', message: 'it does not answer' }];
      const its = linked(`${BEGIN} parentPort.postMessage(
        { kind: 'not-begun', faults: ${JSON.stringify(faults)} });`);
      assert.deepEqual(await its.begin(), { ok: false, error: faults });
    });

    it('that has not begun, and nobody waits for any more: it is ended at once', async () => {
      const its = linked(`${BEGIN} for (;;);`);
      const begun = its.begin();
      void begun.catch(() => {});
      await its.giveUp();
      await assert.rejects(begun, /ended by itself|nobody waits/);
    });

    it('that fails later', async () => {
      const its = linked(`${BEGIN} parentPort.postMessage({ kind: 'begun' });
        parentPort.on('message', () => { throw new Error('a bug') });`);
      await its.begin();
      await assert.rejects(its.start(), /thread failed: a bug/);
      assert.match(await its.ended, /a bug/);
    });

    it('that ends', async () => {
      const its = linked(`${BEGIN} parentPort.postMessage({ kind: 'begun' });
        parentPort.once('message', () => process.exit(7));`);
      await its.begin();
      await assert.rejects(its.start(), /ended by itself with code 7/);
      assert.match(await its.ended, /code 7/);
    });

    it('that computes without end: a stop ends it', async () => {
      const its = linked(`${BEGIN} parentPort.postMessage({ kind: 'begun' });
        parentPort.once('message', () => { for (;;); });`);
      await its.begin();
      const asked = its.start();
      void asked.catch(() => {});
      const stopped = its.stop(STOP_MS);
      await clock.advance(STOP_MS);
      await stopped;
      await assert.rejects(asked, /ended|stopped/);
    });
  });
});
