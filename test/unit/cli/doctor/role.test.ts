import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { runDoctorHost } from '../../../../cli/doctor/host.js';
import type { DoctorContext } from '../../../../cli/doctor/section.js';
import { testApp } from '../../../lib/cli-app.js';

describe('dqoes doctor on the host of an agent', () => {
  it('tries the key of a person where one is given, or a cluster is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-doctor-'));
    try {
      const config = join(folder, 'agent.yaml');
      writeFileSync(config, 'node: h1\n');
      const roleWith = async (flags: object): Promise<string> => {
        let tried = '';
        const look = async ({ role }: DoctorContext) => {
          tried = role;
          return [];
        };
        const asked = { output: 'json' as const, config, ...flags };
        await runDoctorHost(testApp().app, asked, [{ name: 'any', look }]);
        return tried;
      };
      assert.equal(await roleWith({}), 'agent');
      for (const named of [{ nats: 'nats://n1' }, { creds: 'a.nk' }, { cluster: 'other' }])
        assert.equal(await roleWith(named), 'user', JSON.stringify(named));
      assert.equal(await roleWith({ cluster: 'other', role: 'agent' }), 'agent');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
