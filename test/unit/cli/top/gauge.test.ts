import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gaugeText } from '../../../../cli/top/draw/gauge.js';
import { LEAVING, slotsFor } from '../../../../cli/top/draw/layout.js';
import { sparkline } from '../../../../cli/top/draw/sparkline.js';
import { HELP_LINES } from '../../../../cli/top/model/help.js';
import { classify } from '../../../../shared/qoe.js';
import { allocation, dataOf, target } from './build.js';

const BAND = target(1000);
const CEILING = target(1000, { statistic: 'p95', mode: 'ceiling' });

describe('cli/top/draw', () => {
  it('draws the mark inside the edges exactly where the class is within', () => {
    for (const width of [9, 12, 15, 21])
      for (let ms = 700; ms <= 1300; ms += 1) {
        const text = gaugeText(BAND, ms, width);
        assert.equal(text.length, width);
        const at = text.search(/[●«»]/);
        const side =
          at < text.indexOf('▕') ? 'faster' : at > text.indexOf('▏') ? 'slower' : 'within';
        assert.equal(side, classify(BAND, ms), `${ms} in ${text}`);
      }
  });

  it('draws bands, ceilings, what is far away and what is not known', () => {
    const texts = [900, 1000, 1100, 880, 1130, 500, 9000].map((ms) => gaugeText(BAND, ms, 9));
    assert.deepEqual(texts, [
      ' ▕●────▏ ',
      ' ▕──●──▏ ',
      ' ▕────●▏ ',
      '●▕─────▏ ',
      ' ▕─────▏●',
      '«▕─────▏ ',
      ' ▕─────▏»',
    ]);
    assert.equal(gaugeText(CEILING, 300, 9), ' ──●───▏ ');
    assert.equal(gaugeText(CEILING, 1101, 9), ' ──────▏●');
    assert.equal(gaugeText(BAND, null, 9), ' ▕─────▏ ');
    assert.equal(gaugeText(null, 10, 9), '');
  });

  it('draws a sparkline whose half height is the target', () => {
    assert.equal(sparkline([0, 250, 500, 1000, 1500, 2000, 9000, null, 1000], 1000), '▁▁▂▄▆██ ▄');
    assert.equal(sparkline([1, 2, 4, 8], null), '▁▂▄█');
    assert.equal(sparkline([null, null], null), '  ');
  });

  it('leaves columns out in the order that the help states, and never job, now and class', () => {
    const { rows } = dataOf([allocation('face-unlock-service-1', { node: 'gpu-host-42' })]);
    const namesAt = (columns: number) => slotsFor(rows, columns).map(({ name }) => name);
    const gone: string[] = [];
    let before = namesAt(300);
    for (let columns = 299; columns >= 30; columns -= 1) {
      const now = namesAt(columns);
      gone.push(...before.filter((name) => !now.includes(name)));
      before = now;
    }
    assert.deepEqual(gone, LEAVING);
    assert.deepEqual(before, ['JOB', 'NOW', 'CLASS']);
    assert.ok(HELP_LINES.join(' ').includes(`${LEAVING.join(', ')}.`));
  });

  it('fits 80 columns with all but target and reason, and gives more room to wider ones', () => {
    const { rows } = dataOf([allocation('face-unlock-service-1', { node: 'gpu-host-42' })]);
    for (const columns of [40, 80, 100, 120, 200]) {
      const last = slotsFor(rows, columns).at(-1);
      assert.ok(last !== undefined && last.x + last.width <= columns, String(columns));
    }
    const names = slotsFor(rows, 80).map(({ name }) => name);
    assert.deepEqual(names, ['JOB', 'TARGET BAND', 'NOW', 'CLASS', 'LIMIT', 'USE', 'LAST', 'NODE']);
    const wide = slotsFor(rows, 200);
    assert.deepEqual(
      wide
        .filter(({ name }) => ['JOB', 'LAST', 'NODE', 'TARGET BAND'].includes(name))
        .map(({ width }) => width),
      [19, 21, 30, 11],
    );
  });
});
