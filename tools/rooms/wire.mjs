import { room } from './room.mjs';

/** The vocabulary of both programs, and the wire between them. */
export const WIRE = [
  // shared: the words of both programs
  room('shared/schema', /^shared\/schema\//, [], {
    packages: ['typebox'],
    pure: true,
    why: 'schemas and the checks made of them; no file is touched',
  }),
  room('shared/yaml', /^shared\/yaml\//, ['shared/schema'], {
    packages: ['yaml'],
    pure: true,
    why: 'text in, values out',
  }),
  room('shared/wake-loop', /^shared\/wake-loop\.ts$/, [], {
    why: 'a loop needs promises, but takes its clock as an argument',
  }),
  room('shared/fair-queue', /^shared\/fair-queue\.ts$/, [], {
    why: 'a queue of work needs promises, and nothing else',
  }),
  room('shared/fixed-parts-hash', /^shared\/fixed-parts-hash\.ts$/, [], {
    pure: true,
    node: ['node:crypto'],
    why: 'a digest follows from what it is of',
  }),
  room('shared', /^shared\//, [], {
    pure: true,
    why: 'shared/ is pure vocabulary and imports only itself',
  }),
  // proto: the wire
  room('proto/generated', /^proto\/generated\//, [], { packages: ['protobufjs'] }),
  room('proto/codec', /^proto\/codec\//, ['proto/generated'], {
    packages: ['protobufjs', 'msgpackr', 'typebox'],
    why: 'codecs turn values into bytes and know nothing of the road',
  }),
  room('proto/schemas', /^proto\/schemas\//, ['proto/codec'], {
    packages: ['typebox'],
    why: 'schemas say what a message holds and know nothing of how it is sent',
  }),
  room('proto/nats', /^proto\/nats\//, ['proto'], {
    packages: ['nats'],
    node: true,
    why: 'the NATS drivers implement the ports of proto/',
  }),
  room('proto/signing', /^proto\/signing\//, ['proto'], {
    node: true,
    why: 'keys and signatures are of node:crypto; nothing else of proto/ needs it',
  }),
  room('proto/sealing', /^proto\/sealing\//, ['proto', 'proto/signing'], {
    node: ['node:crypto'],
    why: 'keys and sealed boxes are of node:crypto; nothing else of proto/ needs it',
  }),
  room('proto/memory', /^proto\/memory\//, ['proto']),
  room('proto', /^proto\//, ['proto/codec', 'proto/generated', 'proto/schemas'], {
    packages: ['protobufjs', 'msgpackr'],
    why: 'proto/ is the wire; the NATS client lies in proto/nats/ only',
  }),
];
