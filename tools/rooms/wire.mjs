import { room } from './room.mjs';

/** The vocabulary of both programs, and the wire between them. */
export const WIRE = [
  // shared: the vocabulary of both programs
  room('shared/yaml', /^shared\/(config-yaml|yaml\/[^/]*)\.ts$/, [], {
    packages: ['yaml'],
    pure: true,
    why: 'text in, values out',
  }),
  room('shared/wake-loop', /^shared\/wake-loop\.ts$/, [], {
    why: 'a loop needs promises, but takes its clock as an argument',
  }),
  room('shared', /^shared\//, ['shared/yaml'], {
    pure: true,
    why: 'shared/ is pure vocabulary and imports only itself',
  }),
  // proto: the wire
  room('proto/generated', /^proto\/generated\//, [], { packages: ['protobufjs'] }),
  room('proto/codec', /^proto\/codec\//, ['proto/generated'], {
    packages: ['protobufjs', 'msgpackr'],
    why: 'codecs turn values into bytes and know nothing of the transport',
  }),
  room('proto/nats', /^proto\/nats\//, ['proto'], {
    packages: ['nats'],
    node: true,
    why: 'the NATS drivers implement the ports of proto/',
  }),
  room('proto/memory', /^proto\/memory\//, ['proto']),
  room('proto', /^proto\//, ['proto/codec', 'proto/generated'], {
    packages: ['protobufjs', 'msgpackr'],
    why: 'proto/ is the wire; the NATS client lies in proto/nats/ only',
  }),
];
