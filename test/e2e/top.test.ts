import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, afterEach, before, describe, it } from 'mocha';
import { ClusterOnNats } from '../integration/cluster-on-nats.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { type Pty, type PtyEnd, type PtyOptions, startInPty } from '../lib/pty.js';
import { until } from '../lib/until.js';
import { job, target } from '../unit/coordinator/build.js';
import { dqoes, type Run, startDqoes } from './cli-program.js';

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const WAIT_MS = 60_000;
const JOBS = ['face', 'fast', 'signs', 'voice'] as const;

describe('dqoes top', () => {
  let server: TestNatsServer;
  let cluster: ClusterOnNats;
  let unanswered: Promise<Run>;
  const running: Pty[] = [];

  before(async () => {
    server = await startNatsServer();
    // It waits some seconds for an answer that never comes.
    unanswered = dqoes(['top', '--once', '--nats', server.url, '--cluster', 'nobody']);
    cluster = await ClusterOnNats.make(server.url, 'top');
    for (const node of ['h1', 'h2']) await cluster.agent(node);
    // It leads on while its server is away: there is no other, and it runs for no second term.
    await cluster.start('c1', { leaseMs: 60_000 });
    const jobs = JOBS.map((name, at) => job(name, { target: target(200 * (at + 1)) }));
    const huge = job('huge', { resources: { cpu: { minCores: 900 } } });
    await cluster.call('job-submit', { jobs: [...jobs, huge] });
    await until(
      () => cluster.eventsOf('dqoes.job.started').length === JOBS.length,
      'jobs',
      WAIT_MS,
    );
  });
  afterEach(() => {
    for (const each of running.splice(0)) each.kill();
  });
  after(async () => {
    await cluster.close();
    await server.stop();
  });

  const args = (...more: readonly string[]): readonly string[] => [
    ...['top', '--nats', server.url, '--cluster', 'top', ...more],
  ];
  function start(
    options: PtyOptions = {},
    { node = [], more = [] }: Readonly<Record<string, readonly string[]>> = {},
  ): Pty {
    const pty = startInPty([process.execPath, ...node, MAIN, ...args(...more)], options);
    running.push(pty);
    return pty;
  }
  const sees = (pty: Pty, pattern: RegExp): Promise<void> =>
    until(
      () => pattern.test(pty.screen.text),
      () => `${pattern} on\n${pty.screen.text}`,
      WAIT_MS,
    );
  async function startSeen(...options: Parameters<typeof start>): Promise<Pty> {
    const pty = start(...options);
    await sees(pty, /JOB [\s\S]*voice/);
    return pty;
  }
  function assertRestored(pty: Pty, { stty }: PtyEnd): void {
    assert.match(stty, /(?<!-)icanon/);
    assert.match(stty, /(?<!-)echo /);
    assert.match(stty, /(?<!-)isig/);
    assert.deepEqual([pty.screen.isAlternate, pty.screen.isCursorVisible], [false, true]);
    assert.equal(pty.screen.modes.get('7'), true);
  }

  it('shows the cluster, and does what each key says', async () => {
    const pty = await startSeen();
    await sees(pty, /^\d of 5 jobs at target, \d not slower .*cluster top, leader c1, epoch 1/);
    await sees(pty, /^CPU \d+\.\d\d allocated, \d+\.\d\d used, \d+\.\d\d allocatable .* 2 nodes/m);
    await sees(pty, /^> huge .* waiting /m);
    await sees(pty, /^huge: /m);
    await sees(pty, /^ {2}face .*▕.*▏.*(within|faster|slower)/m);
    pty.type('s');
    await sees(pty, /^s sort: use ↓/m);
    pty.type('sssss');
    await sees(pty, /^s sort: node[\s\S]*/m);
    pty.type('s/sig');
    await sees(pty, /^filter: sig_ {2}1 of 5/m);
    pty.type('\r');
    await sees(pty, /^s sort: class {2}\/ filter: sig \(1 of 5\)/m);
    pty.type('\r');
    await sees(pty, /^STORY OF signs, the last hour[\s\S]*^signs-1 on h\d: /m);
    pty.type('\u001b[H');
    await sees(pty, /submitted, 1 container, target 600ms/);
    pty.type('n');
    await sees(pty, /^NODE +STATE[\s\S]*^h1 +ready[\s\S]*^h2 +ready/m);
    pty.type('e');
    await sees(pty, /^EVENTS[\s\S]*limit-changed/m);
    await cluster.call('job-submit', { jobs: [job('late', { replicas: 0 })] });
    await sees(pty, /job\.submitted +late created/);
    pty.type('?');
    await sees(pty, /^KEYS AND COLUMNS/m);
    pty.type('\u001b');
    await sees(pty, /^> signs /m);
    pty.type('\u001b');
    await sees(pty, /^> huge /m);
    pty.type('\u001b[B');
    await sees(pty, /^ {2}huge [\s\S]*^> (face|fast|signs|voice) /m);
    pty.type('p');
    await sees(pty, /^Paused, p goes on/m);
    pty.type('q');
    const end = await pty.ended;
    assert.equal(end.code, 0);
    assertRestored(pty, end);
  });

  it('follows the size of the terminal', async () => {
    const pty = await startSeen();
    pty.resize(130, 30);
    await sees(pty, /TARGET +BAND +NOW +CLASS +LIMIT +USE +LAST .* NODE +REASON/);
    assert.match(pty.screen.lines[29] ?? '', /q quit$/);
    pty.resize(30, 5);
    await sees(pty, /^30x5 is too small: dqoes top\nneeds 40x8, q quits$/m);
    pty.resize(80, 24);
    await sees(pty, /JOB [\s\S]*voice/);
    pty.type('\u0003');
    assert.equal((await pty.ended).code, 0);
  });

  it('leaves the terminal as it was at SIGINT, SIGTERM and SIGHUP', async () => {
    const ends = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(async (signal) => {
      const pty = await startSeen();
      process.kill(await pty.pid(), signal);
      const end = await pty.ended;
      assert.equal(end.code, 0, signal);
      assertRestored(pty, end);
    });
    await Promise.all(ends);
  });

  it('leaves the terminal as it was when it fails, and what failed can be read', async () => {
    const fault = 'data:text/javascript,process.on("SIGALRM",()=>{throw Error("boom")})';
    const pty = await startSeen({}, { node: ['--import', fault] });
    process.kill(await pty.pid(), 'SIGALRM');
    const end = await pty.ended;
    assert.notEqual(end.code, 0);
    assertRestored(pty, end);
    assert.match(pty.output.slice(pty.output.lastIndexOf('\u001b[?1049l')), /Error: boom/);
  });

  it('stops at Ctrl-Z, gives the terminal back, and goes on at fg', async () => {
    const bash = ['bash', '--norc', '--noprofile', '-i'];
    const pty = startInPty(bash);
    running.push(pty);
    await sees(pty, /^bash-[\d.]+[#$]/m);
    pty.type(`${[process.execPath, MAIN, ...args()].join(' ')}\r`);
    await sees(pty, /JOB [\s\S]*voice/);
    pty.type('\u001a');
    await until(() => /Stopped[\s\S]*bash-/.test(pty.output), 'the shell', WAIT_MS);
    assert.deepEqual([pty.screen.isAlternate, pty.screen.isCursorVisible], [false, true]);
    pty.type('stty -a | tr -d "\\n"; fg\r');
    await until(() => /(?<!-)icanon/.test(pty.output), 'a sane terminal', WAIT_MS);
    await sees(pty, /JOB [\s\S]*voice/);
    assert.equal(pty.screen.isAlternate, true);
    pty.type('q');
    await until(() => !pty.screen.isAlternate, 'the end', WAIT_MS);
    pty.type('exit\r');
    await pty.ended;
  });

  it('draws in ASCII where the locale is no UTF-8', async () => {
    const pty = await startSeen({ env: { LC_ALL: 'C' } });
    await sees(pty, /^ {2}face +[o<>|-]/m);
    assert.match(pty.screen.text, /^[\x20-\x7e\n]*$/);
    pty.type('q');
    await pty.ended;
  });

  it('prints a block each interval on a dumb terminal and in a pipe', async () => {
    const more = ['--interval', '300ms'];
    const piped = startDqoes(args(...more));
    const dumb = start({ env: { TERM: 'dumb' }, columns: 200 }, { more });
    const blocks = (text: string): number => (text.match(/^JOB /gm) ?? []).length;
    await until(() => blocks(piped.out) > 1 && blocks(dumb.output) > 1, 'blocks', WAIT_MS);
    assert.equal((await piped.end('SIGTERM')).code, 0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none
    assert.doesNotMatch(dumb.output.replace(/\u001b\[[\d;]*m/g, ''), /\u001b/);
    dumb.type('\u0003');
    await dumb.ended;
  });

  it('prints one block with --once, sorted and filtered, and names with -q', async () => {
    const [once, names, filtered] = await Promise.all([
      dqoes(args('--once', '--sort', 'job')),
      dqoes(args('--once', '--sort', 'job', '-q')),
      dqoes(args('--once', '--filter', 'waiting')),
    ]);
    assert.equal(once.code, 0, once.err);
    const sorted = ['face', 'fast', 'huge', 'signs', 'voice'];
    const rows = once.out.trim().split('\n').slice(2);
    assert.deepEqual(
      rows.map((line) => line.split(' ')[0]),
      sorted,
    );
    assert.equal(names.out, sorted.map((name) => `${name}-1\n`).join(''));
    assert.match(filtered.out, /^\d of 5 jobs .*\nJOB .*\nhuge .*waiting.*\n$/);
  });

  it('prints JSON, one object a line', async () => {
    const asked = await dqoes(args('--once', '-o', 'json'));
    assert.equal(asked.code, 0, asked.err);
    assert.equal(asked.out.trim().split('\n').length, 1);
    const { time, totals, nodes, allocations, ...link } = JSON.parse(asked.out);
    assert.match(time, /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual(Object.keys(totals), [
      ...[
        'jobs',
        'unanswered',
        'atTarget',
        'notSlower',
        'allocatedCores',
        'usedCores',
        'allocatableCores',
      ],
    ]);
    assert.deepEqual([totals.jobs, nodes.length, allocations.length], [5, 2, 5]);
    const { epoch, ...rest } = link;
    assert.deepEqual(rest, { cluster: 'top', isConnected: true, hasLeader: true, leader: 'c1' });
    assert.ok(epoch >= 1);
  });

  it('refuses a column that it does not have, and says where no coordinator answers', async () => {
    const [bad, silent] = await Promise.all([dqoes(args('--sort', 'speed')), unanswered]);
    assert.equal(bad.code, 2);
    assert.match(bad.err, /--sort: "speed" is not a column: use some of job, target, now, class/);
    assert.equal(silent.code, 1);
    assert.match(silent.err, /The coordinator does not answer.*\[service\.unavailable\]/);
  });

  it('says when it is cut off, marks what it knows, and recovers by itself', async () => {
    const pty = await startSeen();
    await server.kill('SIGTERM');
    await sees(pty, /^Disconnected from NATS, trying again: values \(\?\) are the last known\./m);
    await sees(pty, /^ {2}face .*\dm?s\? /m);
    await server.start();
    await sees(pty, /leader c1, epoch \d+\n.* old\n(?!Disconnected|Nobody|A message)/);
    const again = { jobs: [job('again', { target: target(500) })] };
    await until(async () => (await cluster.ask('job-submit', again)).ok, 'a leader', WAIT_MS);
    await sees(pty, /^[ >] again /m);
    await sees(pty, /^ {2}face .*\dm?s /m);
    pty.type('q');
    assert.equal((await pty.ended).code, 0);
  });
});
