/** What the host has. */
export interface HostInfo {
  readonly cpuCores: number;
  readonly memoryBytes: number;
}

/** Reads the host. Rejects when the OS cannot be asked. */
export interface HostReader {
  /** As it is now: CPUs may go on and off line. */
  info(): Promise<HostInfo>;
  /** Utilisation since the last call; null = unknown. */
  usage(): Promise<{
    readonly cpuUtilisationRatio: number | null;
    readonly memoryUsedBytes: number | null;
    readonly cpuPressureRatio: number | null;
    /** Of the processors, J; only grows. Absent = not measured. */
    readonly energyJoules?: number;
  }>;
}
