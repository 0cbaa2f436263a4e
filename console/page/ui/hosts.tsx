import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { AllocationStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { formatBytes } from '../../../shared/units.js';
import { allocationsByNode, cardsOf, type HostBar, hostBarOf } from '../model/host-bar.js';
import { hrefOf } from '../model/route.js';
import { ageText, coresText, counted, numberText } from '../model/words.js';
import { AddHost } from './add-host.js';
import { Link } from './link.js';

interface HostsProps {
  readonly nodes: readonly NodeStatus[];
  readonly allocations: readonly AllocationStatus[];
  readonly silent: ReadonlySet<string>;
}

/** Cards that are made at once: with a thousand hosts the others are asked for. */
const MAX_CARDS = 48;

/** The hosts as cards, each with its CPU as one bar. */
export function Hosts({ nodes, allocations, silent }: HostsProps) {
  const [isWhole, setWhole] = useState(false);
  const there = useMemo(() => allocationsByNode(allocations), [allocations]);
  const shown = useMemo(() => (isWhole ? nodes : cardsOf(nodes, MAX_CARDS)), [nodes, isWhole]);
  return (
    <section aria-labelledby="hosts">
      <h2 id="hosts">Hosts</h2>
      {nodes.length === 0 ? <p>No host has reported yet.</p> : null}
      <ul class="hosts">
        {shown.map((node) => (
          <li key={node.id}>
            <HostCard node={node} allocations={there.get(node.id) ?? NONE_THERE} silent={silent} />
          </li>
        ))}
      </ul>
      {nodes.length <= MAX_CARDS ? null : (
        <button type="button" class="plain" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer hosts' : `Show all ${nodes.length} hosts`}
        </button>
      )}
      <AddHost />
    </section>
  );
}

const NONE_THERE: readonly AllocationStatus[] = [];

/** What a host is, in a word beside its name. */
export function hostState({ liveness, scheduling, isWaiting, ageMs }: NodeStatus): string {
  if (isWaiting === true) return 'waits for approval';
  if (liveness === 'down') return `down, last heard ${ageText(ageMs)} ago`;
  if (liveness === 'suspect') return `silent, last heard ${ageText(ageMs)} ago`;
  return scheduling ?? 'open';
}

function HostCard({ node, allocations, silent }: Omit<HostsProps, 'nodes'> & { node: NodeStatus }) {
  const bar = useMemo(() => hostBarOf(node, allocations, silent), [node, allocations, silent]);
  const { host, othersCpuCores } = node;
  const state = hostState(node);
  return (
    <article class={`host host-${node.liveness}`}>
      <h3>
        <Link to={hrefOf({ page: 'node', id: node.id })}>{node.id}</Link>
        {state === 'open' ? null : <span class="badge">{state}</span>}
      </h3>
      <HostBarView bar={bar}>
        {numberText(bar.allocatedCores)} of {coresText(bar.allocatableCores)} allocated,{' '}
        {bar.usedCores === null ? 'use not known' : `${coresText(bar.usedCores)} used`}
        {othersCpuCores === undefined ? '' : `; others use ${coresText(othersCpuCores)}`}
        {host.memoryUsedBytes === null
          ? ''
          : `; memory ${formatBytes(host.memoryUsedBytes)} of ` +
            formatBytes(host.capacityMemoryBytes)}
      </HostBarView>
      {node.warnings.length === 0 ? null : (
        <p class="quiet">{counted(node.warnings.length, 'warning')}</p>
      )}
    </article>
  );
}

const percent = (share: number): string => `${Math.round(share * 10_000) / 100}%`;

/** Segments of a bar that Tab goes through. */
const MAX_STOPS = 12;

interface HostBarProps {
  readonly bar: HostBar;
  /** Stands below it while no segment is named. */
  readonly children?: ComponentChildren;
}

/** The bar of a host; the segment that is pointed at or focused is named below it. */
export function HostBarView({ bar, children }: HostBarProps) {
  const [named, setNamed] = useState('');
  // The same stands in the lists below: nobody is to press Tab a hundred times to get there.
  const isCrowded = bar.segments.length > MAX_STOPS;
  return (
    <div>
      <div class="host-bar">
        {bar.segments.map(({ id, job, verdict, from, width, used, label }) => (
          <Link
            key={id}
            to={hrefOf({ page: 'job', name: job })}
            class={`segment segment-${verdict}`}
            style={{ left: percent(from), width: percent(width) }}
            label={label}
            tabIndex={isCrowded ? -1 : undefined}
            onName={(isNamed) => setNamed(isNamed ? label : '')}
          >
            <span class="segment-used" style={{ width: percent(used) }} />
          </Link>
        ))}
      </div>
      <p class="named quiet">{named === '' ? children : named}</p>
    </div>
  );
}
