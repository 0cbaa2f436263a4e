// Whether a program of dqoes in this container answers: health.mjs [URL]. Without an address: the
// places where agent, coordinator and console listen by default. Exit code 1 = none answers.
const PLACES = ['8472/metrics', '8471/metrics', '8470/', '8473/metrics'];
const DEADLINE_MS = 4000;

const asked = process.argv.slice(2);
const urls = asked.length > 0 ? asked : PLACES.map((place) => `http://127.0.0.1:${place}`);
const answers = async (url) => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
};
const found = await Promise.all(urls.map(answers));
process.exit(found.includes(true) ? 0 : 1);
