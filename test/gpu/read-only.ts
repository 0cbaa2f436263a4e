import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A real tool behind a script that lets only questions through, and keeps what was asked and
 * answered. So the suite cannot change a setting, whatever the code under test does.
 */
export class ReadOnlyTool {
  readonly folder = mkdtempSync(join(tmpdir(), 'dqoes-real-gpu-'));
  readonly file: string;

  /** `questions`: what the first argument that decides must begin with, as a shell pattern. */
  constructor(name: string, path: string, questions: string) {
    this.file = join(this.folder, name);
    const script = `#!/bin/sh
isQuestion=no
for argument in "$@"; do
  case $argument in
    ${questions}) isQuestion=yes ;;
    -i | GPU-* | --format=* | --loop-ms=* | --json | --asic) ;;
    *) echo "$argument is no question" >>'${this.folder}/refused'; exit 97 ;;
  esac
done
[ $isQuestion = yes ] || { echo "$* is no question" >>'${this.folder}/refused'; exit 97; }
count=$(ls '${this.folder}' | grep -c '^asked')
printf '%s\\n' "$*" >"${this.folder}/asked.$$.$count"
case " $* " in
  *--loop-ms=*) exec '${path}' "$@" ;;
esac
'${path}' "$@" >"${this.folder}/told.$$.$count" 2>&1
code=$?
cat "${this.folder}/told.$$.$count"
exit $code
`;
    writeFileSync(this.file, script);
    chmodSync(this.file, 0o755);
  }

  /** Whatever was not let through. */
  get refused(): string {
    const path = join(this.folder, 'refused');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** Questions with their answers. */
  get answers(): readonly { readonly asked: string; readonly told: string }[] {
    return readdirSync(this.folder)
      .filter((name) => name.startsWith('told.'))
      .map((name) => ({
        asked: readFileSync(join(this.folder, name.replace('told.', 'asked.')), 'utf8').trim(),
        told: readFileSync(join(this.folder, name), 'utf8'),
      }));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Writes answers as fixtures, ids of GPUs replaced: each a first line with the question, then the
 * answer.
 */
export function saveFixtures(folder: string, answers: ReadOnlyTool['answers']): void {
  const ids = new Map<string, string>();
  const plain = (text: string): string =>
    text.replace(/GPU-[0-9a-f]{8}-[0-9a-f-]{20,}/g, (id) => {
      const known = ids.get(id) ?? `GPU-0000000${ids.size}-0000-0000-0000-00000000000${ids.size}`;
      ids.set(id, known);
      return known;
    });
  mkdirSync(folder, { recursive: true });
  const byQuestion = new Map(answers.map(({ asked, told }) => [plain(asked), plain(told)]));
  [...byQuestion]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .forEach(([asked, told], i) => {
      writeFileSync(join(folder, `${String(i).padStart(2, '0')}.txt`), `${asked}\n${told}`);
    });
}
