// datapackage.mjs - an export as those see it who know Data Packages and not us. Prints one line a finding, with who found it:
//   v1      the profiles of version 1 that npm's datapackage carries, by a JSON Schema validator
//   v2      the rules of version 2 (datapackage_v2.json and the few below that JSON Schema cannot say)
//   npm     npm's datapackage: the descriptor, each resource, each row against its table schema, primary and foreign keys
//   files   sizes and hashes of the files, and no file without a resource
// and, when there is none, "N resources, N rows" on standard output. A published profile of version 2 is asked as well where
// DATAPACKAGE_PROFILE names its file.
//   node datapackage.mjs NODE_MODULES FOLDER [all|descriptor]      "descriptor" leaves the rows unread
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL, fileURLToPath } from 'node:url';
import fs from 'node:fs';
import path from 'node:path';

const [modules, folder, depth = 'all'] = process.argv.slice(2);
const require = createRequire(pathToFileURL(modules + '/'));
const here = path.dirname(fileURLToPath(import.meta.url));
const read = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const descriptor = read(path.join(folder, 'datapackage.json'));
const findings = [];
const found = (who, ...words) => findings.push(`${who}: ${words.join(': ')}`);

function bySchema(who, Validator, schema, value, where) {
    const validate = new Validator({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
    if (!validate(value))
        for (const e of validate.errors.slice(0, 5)) found(who, where + e.instancePath, e.message);
}

function versionOne() {
    const Ajv4 = require('ajv-draft-04');
    const profiles = path.join(modules, 'datapackage/lib/profiles');
    bySchema('v1', Ajv4, read(path.join(profiles, 'tabular-data-package.json')), descriptor, '');
    for (const r of descriptor.resources ?? []) {
        bySchema('v1', Ajv4, read(path.join(profiles, 'tabular-data-resource.json')), r, r.name);
        bySchema('v1', Ajv4, read(path.join(modules, 'tableschema/lib/profiles/table-schema.json')), r.schema, r.name + '/schema');
    }
}

// Names within one package: unique, and keys that lead somewhere.
function namesOfVersionTwo(resources) {
    const fields = new Map(resources.map(r => [r.name, (r.schema?.fields ?? []).map(f => f.name)]));
    if (fields.size !== resources.length) found('v2', 'two resources have one name');
    for (const r of resources) {
        const own = fields.get(r.name);
        const lacks = (list, names) => [names].flat().filter(n => !list?.includes(n)).join(' ');
        if (new Set(own).size !== own.length) found('v2', r.name, 'two fields have one name');
        if (r.schema?.primaryKey && lacks(own, r.schema.primaryKey)) found('v2', r.name, 'its primary key is no field');
        for (const k of r.schema?.foreignKeys ?? []) {
            const there = k.reference?.resource ? fields.get(k.reference.resource) : own;
            if (lacks(own, k.fields ?? []) || lacks(there, k.reference?.fields ?? []) || k.fields?.length !== k.reference?.fields?.length)
                found('v2', r.name, 'a foreign key leads nowhere');
        }
    }
}

function versionTwo() {
    const Ajv = require('ajv');
    bySchema('v2', Ajv, read(path.join(here, 'datapackage_v2.json')), descriptor, '');
    if (process.env.DATAPACKAGE_PROFILE) bySchema('v2', Ajv, read(process.env.DATAPACKAGE_PROFILE), descriptor, 'published');
    namesOfVersionTwo(Array.isArray(descriptor.resources) ? descriptor.resources : []);
}

function files() {
    const listed = new Set(['datapackage.json', 'README.txt', 'TRAINING.txt']);
    for (const r of descriptor.resources ?? []) {
        const file = path.join(folder, String(r.path));
        listed.add(r.path);
        if (!fs.existsSync(file)) { found('files', r.path, 'is not there'); continue; }
        const bytes = fs.readFileSync(file);
        if (bytes.length !== r.bytes) found('files', r.path, `has ${bytes.length} bytes, not ${r.bytes}`);
        if (r.hash !== 'sha256:' + createHash('sha256').update(bytes).digest('hex')) found('files', r.path, 'has another hash');
    }
    for (const name of fs.readdirSync(folder, { recursive: true }))
        if (!fs.statSync(path.join(folder, name)).isDirectory() && !listed.has(name)) found('files', name, 'is no resource');
}

async function rowsOf(resource) {
    const rows = await resource.read({ forceCast: true });
    for (const bad of rows.filter(r => r instanceof Error).slice(0, 3))
        found('npm', resource.name, bad.message, ...(bad.errors ?? []).map(e => e.message));
    if (resource.schema.foreignKeys.length && await resource.checkRelations() !== true) found('npm', resource.name, 'relations');
    return rows.length;
}

async function npmDatapackage() {
    const { Package } = require('datapackage');
    const pack = await Package.load(descriptor, { basePath: folder, strict: false });
    let rows = 0;
    for (const e of pack.errors) found('npm', e.message);
    for (const r of pack.resources) {
        for (const e of r.errors) found('npm', r.name, e.message);
        if (!r.tabular) found('npm', r.name, 'is no table');
        else if (depth === 'all')
            try { rows += await rowsOf(r); } catch (e) { found('npm', r.name, e.message, ...(e.errors ?? []).map(x => x.message)); }
    }
    return rows;
}

versionOne();
versionTwo();
files();
const rows = findings.length && depth !== 'all' ? 0 : await npmDatapackage().catch(e => (found('npm', e.message), 0));
for (const f of findings) console.log(f);
if (!findings.length) console.log(`${descriptor.resources.length} resources, ${rows} rows`);
process.exit(findings.length ? 1 : 0);
