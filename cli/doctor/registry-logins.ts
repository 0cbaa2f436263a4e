import { dirname } from 'node:path';
import { registryAuthTrouble } from '../../agent/wiring/doctor.js';
import { AGENT_FILE, type HostSettings } from '../../agent/wiring/host-settings.js';
import { isHiddenFromService } from '../auth/host-key.js';
import { type DoctorFinding, limited, works } from './section.js';

const WHAT = 'registry logins';

/**
 * Whether the agent can read the logins that its settings name: without them it pulls on, and a
 * registry that asks for one refuses. None where no file is named.
 */
export async function loginFindings({
  file,
  registryAuthFile: path,
}: Pick<HostSettings, 'file' | 'registryAuthFile'>): Promise<readonly DoctorFinding[]> {
  if (path === '') return [];
  if (file === AGENT_FILE && isHiddenFromService(path)) {
    const why = `dqoes-agent sees nothing of /home, /root and /tmp, so not ${path}`;
    return [limited(WHAT, `none: ${why}`, `put a copy into ${dirname(AGENT_FILE)}, mode 600`)];
  }
  const trouble = await registryAuthTrouble(path);
  if (trouble === undefined) return [works(WHAT, path)];
  return [limited(WHAT, `none: ${trouble}`, 'put it right; look as the user of the agent')];
}
