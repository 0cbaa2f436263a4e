import { lookAtDocker } from '../../agent/wiring/doctor.js';
import type { DoctorSection } from './section.js';

/** Checks the Docker Engine, and how many of its containers dqoes controls. */
export const dockerSection: DoctorSection = {
  name: 'docker',
  look: async ({ app, dockerSocket }) => {
    const found = await lookAtDocker(dockerSocket, app.clock);
    if (!found.ok)
      return [{ what: 'Docker Engine', state: 'missing', detail: found.error, cure: '' }];
    const { version, controlled } = found.value;
    const detail = `${controlled} under control`;
    const cure = controlled > 0 ? '' : 'find their labels with dqoes doctor --container NAME';
    return [
      { what: 'Docker Engine', state: 'works', detail: `version ${version}`, cure: '' },
      { what: 'containers', state: controlled > 0 ? 'works' : 'limited', detail, cure },
    ];
  },
};
