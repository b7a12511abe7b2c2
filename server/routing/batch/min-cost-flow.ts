/** An edge for one unit or more. Costs are whole numbers. */
export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
  readonly cost: number;
}

interface Network {
  /** Edge 2i is the i-th given, 2i+1 its way back. */
  readonly to: Int32Array;
  readonly room: Int32Array;
  readonly cost: Float64Array;
  readonly out: readonly (readonly number[])[];
}

/**
 * The cheapest of the largest flows from `source` to `sink`: how much goes over each edge. By successive shortest
 * paths (Bellman-Ford with a queue, since costs may be negative; there must be no circle of negative cost). Ties go
 * to the edge that stands first, so the same network gives the same flow.
 */
export const minCostFlow = (
  nodes: number,
  edges: readonly FlowEdge[],
  source: number,
  sink: number,
): readonly number[] => {
  const network = build(nodes, edges);
  for (;;) {
    const by = shortestPath(nodes, network, source, sink);
    if (by === null) return edges.map(({ capacity }, i) => capacity - network.room[2 * i]!);
    for (let node = sink; node !== source; node = network.to[by[node]! ^ 1]!) {
      network.room[by[node]!]! -= 1;
      network.room[by[node]! ^ 1]! += 1;
    }
  }
};

const build = (nodes: number, edges: readonly FlowEdge[]): Network => {
  const to = new Int32Array(edges.length * 2);
  const room = new Int32Array(edges.length * 2);
  const cost = new Float64Array(edges.length * 2);
  const out = Array.from({ length: nodes }, (): number[] => []);
  edges.forEach((edge, i) => {
    to[2 * i] = edge.to;
    to[2 * i + 1] = edge.from;
    room[2 * i] = edge.capacity;
    cost[2 * i] = edge.cost;
    cost[2 * i + 1] = -edge.cost;
    out[edge.from]!.push(2 * i);
    out[edge.to]!.push(2 * i + 1);
  });
  return { to, room, cost, out };
};

/** The edge by which each node on a cheapest path is reached; null: the sink cannot be reached. */
const shortestPath = (
  nodes: number,
  { to, room, cost, out }: Network,
  source: number,
  sink: number,
): Int32Array | null => {
  const distance = new Float64Array(nodes).fill(Infinity);
  const by = new Int32Array(nodes).fill(-1);
  const waiting = new Uint8Array(nodes);
  const queue = [source];
  distance[source] = 0;
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at]!;
    waiting[node] = 0;
    for (const edge of out[node]!) {
      if (room[edge]! <= 0) continue;
      const next = to[edge]!;
      const reached = distance[node]! + cost[edge]!;
      if (reached >= distance[next]!) continue;
      distance[next] = reached;
      by[next] = edge;
      if (waiting[next] === 0) queue.push(next);
      waiting[next] = 1;
    }
  }
  return distance[sink] === Infinity ? null : by;
};
