/** Make the protocol the server sent ready to be asked. Mirrors load.py; the server has checked the file. */
import { compileCondition } from "./conditions";
import { minutes } from "./duration";
import type { Medicine, Protocol, ProtocolFile, RawRule, Rule, Table, Texts, Wire } from "./model";
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
    texts: whole(wire.texts as Texts),
    medicine: (wire.medicine ?? {}) as Medicine,
    urgencies,
    symptoms: new Set([...Object.keys(data.symptoms), ...(data.facts["warning_signs"]?.values ?? [])]),
    parameters: Object.fromEntries(Object.entries(data.parameters).map(([name, one]) => [name, one.default])),
    gradeTables,
    ownTables: gradeTables[data.rules_use]!,
    gradedIfAnswered: new Set(
      Object.values(data.symptoms).flatMap((one) => (one.optional ? one.graded_as! : [])),
    ),
    rules,
    nurseDueMinutes,
    secondReading: data.second_reading.waits.map((wait) => [wait.minutes, compileCondition(wait.when, data)]),
  };
}

/**
 * A document kept since before this app lacks the newer words; its own sentences do not ask for them. One made for a
 * phone lacks those that only nurses and programs read.
 */
function whole(kept: Texts): Texts {
  const texts: Partial<Texts> = kept;
  return {
    ...kept,
    drugs: texts.drugs ?? {},
    decimal: texts.decimal ?? ".",
    medicine: texts.medicine ?? { missed_dose_in_the_pack: "", missed_dose: {}, food: {} },
    nurse_choices: texts.nurse_choices ?? {},
    explain: texts.explain ?? ({} as Texts["explain"]),
    errors: texts.errors ?? {},
    joined: Object.assign({ sentences: " " }, kept.joined),
  };
}

function ruleOf(raw: RawRule, data: ProtocolFile, nurseDue: Record<string, number | null>): Rule {
  return {
    id: raw.id,
    symptom: raw.symptom,
    urgency: raw.urgency,
    advice: raw.advice,
    when: raw.when,
    source: raw.source ?? "",
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
