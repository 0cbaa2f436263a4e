import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { HostEnergy } from '../../../../agent/drivers/host-energy.js';

const RANGE = 262_143_328_850;

describe('energy of the host', () => {
  let root = '';
  const zone = (id: string, name: string, microjoules: number | string, range = RANGE): void => {
    const folder = join(root, 'sys/class/powercap', id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'name'), `${name}\n`);
    writeFileSync(join(folder, 'energy_uj'), `${microjoules}\n`);
    writeFileSync(join(folder, 'max_energy_range_uj'), `${range}\n`);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dqoes-energy-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is that of all processors and their memory since the first look, each once', () => {
    const put = (joules: number): void => {
      zone('intel-rapl:0', 'package-0', 5e6 + joules * 1e6);
      zone('intel-rapl:0:0', 'core', joules * 1e6);
      zone('intel-rapl:0:1', 'dram', joules * 1e6);
      zone('intel-rapl:1', 'package-1', joules * 1e6);
      zone('intel-rapl:2', 'psys', joules * 1e6);
      zone('intel-rapl-mmio:0', 'package-0', joules * 1e6);
    };
    put(10);
    const energy = new HostEnergy(root);
    assert.equal(energy.joules(), 0);
    put(14);
    assert.equal(energy.joules(), 12);
    assert.equal(energy.joules(), 12);
  });

  it('goes on where a counter begins again above its range', () => {
    zone('intel-rapl:0', 'package-0', RANGE - 3e6);
    const energy = new HostEnergy(root);
    assert.equal(energy.joules(), 0);
    zone('intel-rapl:0', 'package-0', 2e6);
    assert.equal(energy.joules(), 5);
  });

  it('is not measured where there is no counter, or one cannot be read', () => {
    assert.equal(new HostEnergy(root).joules(), undefined);
    zone('intel-rapl:0', 'package-0', 5e6);
    zone('intel-rapl:1', 'package-1', 'no');
    assert.equal(new HostEnergy(root).joules(), undefined);
  });

  it('misses a look that fails, and loses nothing', () => {
    zone('intel-rapl:0', 'package-0', 5e6);
    const energy = new HostEnergy(root);
    assert.equal(energy.joules(), 0);
    zone('intel-rapl:0', 'package-0', '');
    assert.equal(energy.joules(), undefined);
    zone('intel-rapl:0', 'package-0', 9e6);
    assert.equal(energy.joules(), 4);
  });
});
