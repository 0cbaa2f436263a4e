import { inceptionV3 } from './inception-v3.mjs';
import { mobilenetV2 } from './mobilenet-v2.mjs';
import { resnet50 } from './resnet-50.mjs';
import { vgg16 } from './vgg-16.mjs';
import { xception } from './xception.mjs';

/** @typedef {'resnet-50' | 'vgg-16' | 'inception-v3' | 'xception' | 'mobilenet-v2'} NetworkName */

/** @type {Readonly<Record<NetworkName, () => Readonly<import('./layers.mjs').Network>>>} */
export const NETWORKS = Object.freeze({
  'resnet-50': resnet50,
  'vgg-16': vgg16,
  'inception-v3': inceptionV3,
  xception,
  'mobilenet-v2': mobilenetV2,
});

/**
 * @param {import('./layers.mjs').Network} network
 * @returns {{ parameters: number, multiplyAdds: number }}
 */
export const sizeOf = ({ layers }) => ({
  parameters: layers.reduce((sum, layer) => sum + layer.parameters, 0),
  multiplyAdds: layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0),
});
