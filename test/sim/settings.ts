/** Time between two reports of an agent, ms. */
export const AGENT_INTERVAL_MS = 2000;
/** Silence of the store that is held after which an agent obeys another, ms. */
export const INCARNATION_HOLD_MS = 15_000;
/** Silence after which nothing is raised, and after which limits are let go. */
export const HOLD_MS = 45_000;
export const DRIFT_AFTER_MS = 60_000;
/** How long a leader leads without renewing its lease, ms. */
export const LEASE_MS = 10_000;
/** Least time between two steps of a policy, ms. */
export const COORDINATOR_INTERVAL_MS = 5000;
