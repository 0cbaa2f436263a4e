import type { App } from '../shell/app.js';

/**
 * `works`: nothing to do; `limited`: works, with the restriction that `detail` names; `missing`:
 * does not, and `cure` says what would help.
 */
export type DoctorState = 'works' | 'limited' | 'missing';

/** One line of what the doctor finds. */
export interface DoctorFinding {
  /** What was looked at, in a few words. */
  readonly what: string;
  readonly state: DoctorState;
  readonly detail: string;
  /** What to do about it; '' where there is nothing to do. */
  readonly cure: string;
}

export interface DoctorContext {
  readonly app: App;
  /** Socket of the Docker Engine; absent = the usual one. */
  readonly dockerSocket?: string;
}

/**
 * One part of the host that the doctor looks at. Never rejects: what cannot be looked at is a
 * finding.
 */
export interface DoctorSection {
  readonly name: string;
  look(context: DoctorContext): Promise<readonly DoctorFinding[]>;
}
