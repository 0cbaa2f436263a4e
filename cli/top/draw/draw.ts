import { blankFrame, type Charset, type Frame, put, STYLE } from '../../grid/frame.js';
import { wrapText } from '../../grid/glyphs.js';
import { MIN_SIZE, type TopState } from '../model/state.js';
import { drawFooter } from './footer.js';
import { drawHeader } from './header.js';
import { drawJobs, type ValuesOf } from './job-list.js';
import { drawNodes, drawPage, drawTexts } from './pages.js';

/** What a frame is made of beside the state. */
export interface Drawing {
  readonly charset: Charset;
  readonly valuesOf: ValuesOf;
}

/** What the terminal shows in a state. */
export function draw(state: TopState, { charset, valuesOf }: Drawing): Frame {
  const { columns, rows } = state.size;
  const frame = blankFrame(columns, rows, charset);
  if (columns < MIN_SIZE.columns || rows < MIN_SIZE.rows) return drawTooSmall(frame);
  drawHeader(frame, state);
  const { page } = state;
  if (page.kind === 'nodes') drawNodes(frame, state, page.first);
  else if (page.kind !== 'jobs') drawPage(frame, state, page);
  else if (state.shown.length > 0) drawJobs(frame, state, valuesOf);
  else drawTexts(frame, emptyTexts(state));
  drawFooter(frame, state);
  return frame;
}

function drawTooSmall(frame: Frame): Frame {
  const text =
    `${frame.columns}x${frame.rows} is too small: dqoes top needs ` +
    `${MIN_SIZE.columns}x${MIN_SIZE.rows}, q quits`;
  for (const [y, line] of wrapText(text, Math.max(1, frame.columns)).entries())
    put(frame, line, { x: 0, y, style: STYLE.bold });
  return frame;
}

/** Why there are no rows, and what to do. */
function emptyTexts({ data, filter, link }: TopState): readonly string[] {
  if (data === null)
    return link.isConnected ? ['Reading the cluster…'] : ['Waiting for a connection to NATS…'];
  if (data.rows.length > 0) return [`No job matches "${filter}": Esc clears the filter.`];
  return data.nodes.length === 0 ? [...NO_NODES, '', ...NO_JOBS] : NO_JOBS;
}

const NO_NODES: readonly string[] = [
  'No node reports yet: dqoes up starts an agent here, dqoes agent one on another host.',
];
const NO_JOBS: readonly string[] = [
  'No jobs yet. Start the first one in another terminal:',
  '',
  '  dqoes run --target 250ms IMAGE',
  '',
  'or give a container labels, and its limits are steered where it runs:',
  '',
  '  docker run -d --label dqoes.enable=true --label dqoes.target=250ms IMAGE',
];
