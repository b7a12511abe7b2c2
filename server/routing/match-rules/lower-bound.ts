/** Cells of the grid per point: evenly spread points then lie one to a cell. */
const CELLS_PER_POINT = 2;

/**
 * A search for the index of the first point that is not less than a number. Points are ascending. A grid over their
 * range says at once about where to look, and halving does the rest, so uneven points cost no more than halving alone.
 */
export const lowerBound = (points: Float64Array): ((number: number) => number) => {
  const { length } = points;
  const least = points[0] ?? 0;
  const greatest = points[length - 1] ?? 0;
  const cells = length * CELLS_PER_POINT;
  const scale = cells / (greatest - least);
  if (!Number.isFinite(scale) || length < 16) return (number) => halve(points, number, 0, length);
  const cellOf = (number: number): number =>
    Math.min(cells - 1, Math.max(0, Math.floor((number - least) * scale)));
  // For each cell, how many points lie in the cells before it.
  const before = new Int32Array(cells + 1);
  for (const point of points) before[cellOf(point) + 1]!++;
  for (let cell = 0; cell < cells; cell++) before[cell + 1]! += before[cell]!;
  return (number) => {
    const cell = cellOf(number);
    return halve(points, number, before[cell]!, before[cell + 1]!);
  };
};

const halve = (points: Float64Array, number: number, from: number, to: number): number => {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
};
