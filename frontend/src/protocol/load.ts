/** Make the protocol the server sent ready to be asked. Mirrors load.py; the server has checked the file. */
import { compileCondition } from "./conditions";
import { minutes } from "./duration";
import type { Protocol, ProtocolFile, RawRule, Rule, Table, Texts, Wire } from "./model";
import { usesOf } from "./uses";

/** Load once and keep: it compiles every condition. Throws when the file needs a newer app. */
export function load(wire: Wire): Protocol {
  const data = wire.protocol as ProtocolFile;
  const urgencies = data.urgencies.map((urgency) => urgency.id);
  const nurseDueMinutes = Object.fromEntries(
    data.urgencies.map(({ id, nurse_due }) => [id, minutes(nurse_due)]),
  );
  const rules = data.rules.map((raw) => ruleOf(raw, data, nurseDueMinutes));
  rules.sort((one, other) => urgencies.indexOf(other.urgency) - urgencies.indexOf(one.urgency));
  const gradeTables = gradeTablesOf(data);
  return {
    id: data.id,
    version: data.version,
    drug: data.drug,
    signature: wire.signature,
    language: wire.language,
    data,
    texts: wire.texts as Texts,
    urgencies,
    symptoms: new Set([...Object.keys(data.symptoms), ...(data.facts["warning_signs"]?.values ?? [])]),
    parameters: Object.fromEntries(Object.entries(data.parameters).map(([name, one]) => [name, one.default])),
    gradeTables,
    ownTables: gradeTables[data.rules_use]!,
    rules,
    nurseDueMinutes,
    secondReading: data.second_reading.waits.map((wait) => [wait.minutes, compileCondition(wait.when, data)]),
  };
}

function ruleOf(raw: RawRule, data: ProtocolFile, nurseDue: Record<string, number | null>): Rule {
  return {
    id: raw.id,
    symptom: raw.symptom,
    urgency: raw.urgency,
    advice: raw.advice,
    when: raw.when,
    source: raw.source,
    tags: raw.tags ?? [],
    nurse_due_minutes: minutes(raw.nurse_due) ?? nurseDue[raw.urgency] ?? null,
    test: compileCondition(raw.when, data),
    uses: usesOf(raw.when, data),
  };
}

function gradeTablesOf(data: ProtocolFile): Record<string, Record<string, Table>> {
  const tables: Record<string, Record<string, Table>> = {};
  for (const [version, byName] of Object.entries(data.grading)) {
    const own: Record<string, Table> = (tables[version] = {});
    for (const [name, rows] of Object.entries(byName)) {
      own[name] =
        "same_as" in rows
          ? tables[rows.same_as]![name]!
          : rows.map((row) => [row.grade, compileCondition(row.when, data)] as const);
    }
  }
  return tables;
}
