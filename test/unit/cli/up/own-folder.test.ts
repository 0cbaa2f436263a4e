import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { claimFolder } from '../../../../cli/bench/bench-folder.js';
import { runDemo } from '../../../../cli/demo/run-demo.js';
import { emptyFolder, ownFolder } from '../../../../cli/up/own-folder.js';
import { processIdentity } from '../../../../cli/up/state-lock.js';
import { testApp } from '../../../lib/cli-app.js';

describe('a folder with a known name where everybody may make one', () => {
  let place = '';
  const tmpBefore = process.env.TMPDIR;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'dqoes-own-'));
  });
  afterEach(() => {
    if (tmpBefore === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = tmpBefore;
    rmSync(place, { recursive: true, force: true });
  });

  const reasonOf = (path: string): string => {
    const own = ownFolder(path);
    return own.ok ? '' : own.error;
  };

  it('is made for this user alone, and taken again', () => {
    const path = join(place, 'own');
    for (const _ of ['made', 'taken']) assert.equal(reasonOf(path), '');
    assert.equal(statSync(path).mode & 0o777, 0o700);
    mkdirSync(join(path, 'a/b'), { recursive: true });
    writeFileSync(join(path, 'c'), '');
    emptyFolder(path, ['c']);
    assert.deepEqual(readdirSync(path), ['c']);
    emptyFolder(path);
    assert.deepEqual(readdirSync(path), []);
  });

  it('is not taken where it may be the work of somebody else', () => {
    const [link, shared, file] = [join(place, 'link'), join(place, 'shared'), join(place, 'file')];
    symlinkSync(place, link);
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    writeFileSync(file, '');
    for (const path of [link, shared, file])
      assert.match(reasonOf(path), /is no folder of yours alone: remove it, or set TMPDIR/);
    assert.match(reasonOf(join(place, 'none', 'own')), /cannot be made \(.*ENOENT/);
  });

  it('is what the demo and the bench ask for, before they write anything', async () => {
    const uid = process.getuid?.() ?? 0;
    // In use, so that nothing is started there either.
    const elsewhere = join(place, 'elsewhere');
    mkdirSync(elsewhere);
    const owner = processIdentity(process.ppid);
    writeFileSync(join(elsewhere, 'up.pid'), JSON.stringify({ owner }));
    for (const name of ['demo', 'bench'])
      symlinkSync(elsewhere, join(place, `dqoes-${name}-${uid}`));
    process.env.TMPDIR = place;
    const { app, problems } = testApp();
    const times = { defaultSeconds: 5, dqoesSeconds: 5 };
    assert.equal(await runDemo(app, { ...times, policy: 'adaptive' }), 2);
    const bench = await claimFolder(app.clock);
    assert.ok(!bench.ok);
    const said = [...problems, ...bench.error.map(({ message }) => message)];
    assert.equal(said.length, 2);
    for (const each of said) assert.match(each, /is no folder of yours alone/);
    assert.ok(existsSync(join(elsewhere, 'up.pid')));
    assert.deepEqual(readdirSync(elsewhere), ['up.pid']);
  });

  it('is not even made by a demo whose result could not be written', async () => {
    process.env.TMPDIR = place;
    const { app, problems } = testApp();
    const json = join(place, 'nowhere', 'x.json');
    const times = { defaultSeconds: 5, dqoesSeconds: 5 };
    assert.equal(await runDemo(app, { ...times, policy: 'adaptive', json }), 2);
    assert.match(problems.join(), /--json .*x\.json: cannot be written/);
    assert.deepEqual(readdirSync(place), []);
  });
});
