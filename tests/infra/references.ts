import type { Template, Value } from './load-template.ts';

export interface References {
  /** Targets of Ref, GetAtt, Sub and DependsOn: resources, parameters and pseudo parameters. */
  readonly names: readonly string[];
  /** Conditions named by If or by a Condition key. */
  readonly conditions: readonly string[];
}

/** Everything a part of the template points at by name. */
export function referencesOf(part: Value): References {
  const names: string[] = [];
  const conditions: string[] = [];
  visit(part, names, conditions);
  return { names, conditions };
}

/** For each resource the resources that must exist before it. */
export function dependencies(template: Template): ReadonlyMap<string, readonly string[]> {
  const graph = new Map<string, readonly string[]>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    const named = [...referencesOf(resource.Properties).names, ...[resource.DependsOn ?? []].flat()];
    graph.set(
      id,
      [...new Set(named)].filter((name) => name in template.Resources),
    );
  }
  return graph;
}

/** A cycle as the resources on it, the first repeated at the end; undefined if there is none. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (id: string, path: readonly string[]): readonly string[] | undefined => {
    const seen = path.indexOf(id);
    if (seen >= 0) return [...path.slice(seen), id];
    if (done.has(id)) return undefined;
    for (const next of graph.get(id) ?? []) {
      const cycle = walk(next, [...path, id]);
      if (cycle !== undefined) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of graph.keys()) {
    const cycle = walk(id, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function visit(part: Value, names: string[], conditions: string[]): void {
  if (part === null || typeof part !== 'object') return;
  if (isList(part)) {
    for (const item of part) visit(item, names, conditions);
    return;
  }
  for (const [key, value] of Object.entries(part)) {
    if (key === 'Ref' && typeof value === 'string') names.push(value);
    else if (key === 'Fn::GetAtt' && isList(value)) names.push(String(value[0]));
    else if (key === 'Fn::Sub') names.push(...namesInSub(value));
    // An IAM statement has a Condition, too, but it is a map and not a name.
    else if (key === 'Condition' && typeof value === 'string') conditions.push(value);
    else if (key === 'Fn::If' && isList(value)) conditions.push(String(value[0]));
    visit(value, names, conditions);
  }
}

function namesInSub(value: Value): readonly string[] {
  const [text, local] = isList(value) ? [String(value[0]), value[1]] : [String(value), undefined];
  const locals = new Set(Object.keys((local ?? {}) as object));
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)]
    .map((match) => (match[1] ?? '').trim())
    .filter((name) => !locals.has(name))
    .map((name) => (name.startsWith('AWS::') ? name : (name.split('.')[0] ?? name)));
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
