import type { HostSettings } from '../../agent/wiring/host-settings.js';
import type { App } from '../shell/app.js';
import type { ClusterFlags } from '../shell/options.js';

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
  /** One of many of its kind that are well: in `-o wide`, JSON and YAML only. */
  readonly isMinor?: true;
}

/** Whose rights are tried: the agent of this host, a coordinator, or a person. */
export type DoctorRole = 'agent' | 'coordinator' | 'user';
export const DOCTOR_ROLES: readonly DoctorRole[] = ['agent', 'coordinator', 'user'];

/** What every section of the doctor gets. */
export interface DoctorContext {
  readonly app: App;
  readonly flags: ClusterFlags;
  readonly role: DoctorRole;
  /** Settings of the agent of this host, or the defaults. */
  readonly host: HostSettings;
  /** `coordinator.yaml`, for the role `coordinator`. */
  readonly coordinatorFile?: string;
}

/**
 * One part of the host that is checked. `look` never rejects: what cannot be checked is a finding.
 */
export interface DoctorSection {
  readonly name: string;
  look(context: DoctorContext): Promise<readonly DoctorFinding[]>;
}

/** A finding that needs nothing. */
export const works = (what: string, detail: string): DoctorFinding => ({
  what,
  state: 'works',
  detail,
  cure: '',
});
/** A finding with a restriction. */
export const limited = (what: string, detail: string, cure: string): DoctorFinding => ({
  what,
  state: 'limited',
  detail,
  cure,
});
/** A finding that does not work. */
export const missing = (what: string, detail: string, cure: string): DoctorFinding => ({
  what,
  state: 'missing',
  detail,
  cure,
});
