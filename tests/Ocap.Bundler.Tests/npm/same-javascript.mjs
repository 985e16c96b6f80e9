// Compares what is left of TypeScript sources when their types are erased with what TypeScript's own compiler, told to leave everything else alone, makes
// of them. Empty statements and parentheses do not count.
// usage: node same-javascript.mjs <list>   (a file of lines "<source>\t<erased>")
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const options = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true, useDefineForClassFields: true, removeComments: true };

// Parentheses show in the shape of the tree.
const isNothing = node => ts.isEmptyStatement(node) || ts.isSemicolonClassElement(node) || (ts.isExportDeclaration(node) && !node.moduleSpecifier && node.exportClause?.elements.length === 0);
const dump = node => {
  if (ts.isParenthesizedExpression(node)) return dump(node.expression);
  const children = [];
  ts.forEachChild(node, child => { if (!isNothing(child)) children.push(dump(child)); });
  if (ts.isBlock(node) && children.length === 0) return '{}';
  return children.length > 0 ? `(${ts.SyntaxKind[node.kind]} ${children.join(' ')})` : /^["'`/]/.test(node.getText()) ? node.getText() : node.getText().replace(/\s+/g, '');
};

const tree = javaScript => dump(ts.createSourceFile('x.js', javaScript, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS));

let bad = 0;
const pairs = readFileSync(process.argv[2], 'utf8').trim().split('\n').map(line => line.split('\t'));
for (const [source, erased] of pairs) {
  const expected = tree(ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions: options, fileName: 'x.ts' }).outputText);
  const actual = tree(readFileSync(erased, 'utf8'));
  if (expected !== actual) {
    const at = [...expected].findIndex((c, i) => c !== actual[i]);
    console.log(`${source}\n  expected …${expected.slice(Math.max(0, at - 60), at + 60)}\n  actual   …${actual.slice(Math.max(0, at - 60), at + 60)}`);
    bad += 1;
  }
}
console.log(`${pairs.length - bad} of ${pairs.length} the same`);
