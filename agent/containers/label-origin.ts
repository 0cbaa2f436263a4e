type Labels = Readonly<Record<string, string>>;

/** The labels of a container, by where they come from. */
export interface LabelsByOrigin {
  /** Set by the person, or the program, that started the container. */
  readonly labels: Labels;
  /**
   * Those that its image has too, with the same value. The engine merges both when a container is
   * made, so nothing tells whether a person set the same.
   */
  readonly imageLabels: Labels;
}

/** Parts the labels of a container, as the engine merged them, by those of its image. */
export function labelsByOrigin(merged: Labels, image: Labels): LabelsByOrigin {
  const [labels, imageLabels]: [Record<string, string>, Record<string, string>] = [{}, {}];
  for (const [key, value] of Object.entries(merged)) {
    const isOfImage = Object.hasOwn(image, key) && image[key] === value;
    (isOfImage ? imageLabels : labels)[key] = value;
  }
  return { labels, imageLabels };
}
