import type { App } from '../shell/app.js';

/**
 * `works`: nothing to do; `limited`: works with the restriction that `detail` names; `missing`:
 * does not work, and `cure` says what helps.
 */
export type DoctorState = 'works' | 'limited' | 'missing';

/** One line of the answer. */
export interface DoctorFinding {
  /** What was checked, in a few words. */
  readonly what: string;
  readonly state: DoctorState;
  readonly detail: string;
  /** What to do; empty where nothing is to do. */
  readonly cure: string;
}

/** What every section of the doctor gets. */
export interface DoctorContext {
  readonly app: App;
  /** Socket of the Docker Engine; absent = the usual one. */
  readonly dockerSocket?: string;
}

/**
 * One part of the host that is checked. `look` never rejects: what cannot be checked is a finding.
 */
export interface DoctorSection {
  readonly name: string;
  look(context: DoctorContext): Promise<readonly DoctorFinding[]>;
}
