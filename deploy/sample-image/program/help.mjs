import { MAX_RATE } from './changes.mjs';

/** What `--help` prints. */
export const HELP = `Usage: sample [--model NAME] [OPTION…]

Runs a model on a real input and prints one JSON line per request, with "ms" as response time.

  --model NAME     trained: ocr-det (find text; default), ocr-rec (read text),
                   ocr-cls (is it upside down), vad (find speech);
                   published layers, random weights, so real times and answers without meaning:
                   resnet-50, vgg-16, inception-v3, xception, mobilenet-v2;
                   no network, threads that are awake while they wait for work: spin
  --batch N        inferences per request, default 1
  --threads N      threads inside one inference, default 1; auto: as many as the runtime starts
                   by itself
  --spin           threads of a network stay awake while they wait, as ONNX Runtime does by itself
  --work MS        with --model spin: CPU of an inference on a present-day core, default 40
  --steps N        with --model spin: its threads share each inference in N steps and wait for each
                   other after each, default 1; 0: one of them does it alone
  --blocktime MS   with --model spin: how long a thread waits awake before it sleeps, default 1000
  --input FILE     WAV for vad, PNG for all others; default: one baked into the image
  --size N         side of the square which ocr-det sees, a multiple of 32, default 320
  --mode MODE      closed: a client waits for each answer and asks again at once; default
                   open: clients come at random moments, --rate in a second, served in order
                   serve: HTTP, POST /infer (body: empty, or a PNG or WAV), GET /metrics
                   and GET /healthz
                   idle: load the model, do nothing
  --port N         port for HTTP, default 8080; with --mode closed or open the server runs
                   beside the client
  --statsd HOST:PORT  also send each response time there, as a StatsD timer over UDP
  --requests N     end the closed or open loop after N answers, with a summary line
  --think MS       pause between two requests of the closed loop, default 0
  --rate R         arrivals per second of the open loop, 0.001 to ${MAX_RATE} (Poisson);
                   "ms" then counts from the arrival
  --wait MS        with --mode open or serve: each request first waits so long for another service
                   that is not there, beside the others; then it is inferred in its turn, default 0
  --concurrency N  requests that wait or are inferred at a time, others queue before them; default:
                   as many as come; needs --wait
  --seed N         seed of the arrivals, default 1: the same seed, the same moments
  --at TIME:CHANGE change the load later: 90s:rate=2x, 2m:batch=1.5x or both,
                   90s:rate=2x,batch=1.5x; give it once for each moment. Factors are of the load
                   at the start, so rate=1x ends a change; batches are rounded
  --since MS       count the times of --at from this Unix time in milliseconds; default: from
                   the "ready" line
  --check          run the model once, print what it found, and end
  --write FILE     write a network of the second kind as an ONNX file, and end
  --help           print this
`;
