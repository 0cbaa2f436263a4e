import { room } from './room.mjs';

export const LAB = [
  ...lab({
    host: [],
    oracle: [],
    score: [],
    foreign: [],
    attainable: [],
    scenario: ['foreign'],
    recording: [],
    report: [],
    policies: [],
    sim: ['host', 'oracle', 'score', 'foreign', 'attainable'],
    bench: ['oracle', 'sim', 'foreign', 'attainable'],
    replay: ['host', 'recording', 'score', 'sim', 'bench'],
  }),
  room('lab', /^lab\//, [], { why: 'the lab uses the scheduler and nothing else' }),
];

/** The rooms of the lab: they use the scheduler as it is and nothing else of the coordinator. */
function lab(table) {
  return Object.entries(table).map(([name, may]) =>
    room(
      `lab/${name}`,
      new RegExp(`^lab/${name}/`),
      ['lab', 'coordinator/schedule/*', ...may.map((each) => `lab/${each}`)],
      {
        packages: ['yaml'],
        node: true,
        why: 'the lab uses the scheduler and nothing else of the coordinator',
      },
    ),
  );
}
