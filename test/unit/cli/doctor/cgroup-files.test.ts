import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { factsOf } from '../../../../agent/drivers/docker-facts.js';
import { cgroupFindings } from '../../../../cli/doctor/docker.js';
import { cgroups, engine } from './host-build.js';

describe('dqoes doctor, of the files of cgroups', () => {
  const found = (writeFault: string | null, isRootless?: true) => {
    const rootless = isRootless === undefined ? {} : { isRootless };
    const findings = cgroupFindings({ ...cgroups, writeFault }, { ...engine, ...rootless });
    const [line, ...more] = findings.filter(({ what }) => what === 'cgroup files');
    assert.deepEqual(more, []);
    assert.ok(line !== undefined);
    return line;
  };

  it('says what an agent without root leaves out, and that limits work', () => {
    const { state, detail, cure } = found('EACCES');
    assert.equal(state, 'limited');
    assert.match(detail, /^not for this user to write \(EACCES\): limits go through Docker all/);
    assert.match(cure, /^run this as the user of the agent; one that runs as root has both$/);
  });

  it('says so of a read-only mount, with another cure', () => {
    const { state, detail, cure } = found('EROFS');
    assert.equal(state, 'limited');
    assert.match(detail, /^read-only: limits go through Docker/);
    assert.match(cure, /^mount \/sys\/fs\/cgroup for writing/);
  });

  it("has nothing against an agent that may write, nor an Engine that is not root's", () => {
    assert.equal(found(null).state, 'works');
    assert.equal(found('EACCES', true).state, 'works');
  });

  it('knows an Engine without root by what it says of itself', () => {
    const version = { Version: '28.1.1', ApiVersion: '1.49' };
    const options = ['name=cgroupns', 'name=rootless'];
    assert.equal(factsOf(version, { SecurityOptions: options }, '1.45').isRootless, true);
    assert.equal(
      factsOf(version, { SecurityOptions: options.slice(0, 1) }, '1.45').isRootless,
      undefined,
    );
    assert.equal(factsOf(version, {}, '1.45').isRootless, undefined);
  });
});
