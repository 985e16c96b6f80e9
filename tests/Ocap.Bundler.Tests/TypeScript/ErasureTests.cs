using System.Globalization;
using System.Text.RegularExpressions;
using Acornima;
using Ocap.Bundler.Tests.Npm;
using Ocap.Bundler.TypeScript;

namespace Ocap.Bundler.Tests.TypeScript;

/// <summary>What is left of TypeScript, compared with what its own compiler leaves.</summary>
public class ErasureTests
{
    [Test]
    public async Task Each_kind_of_type_goes_and_the_JavaScript_stays()
    {
        using var tree = new SourceTree("--- unused.js\n\n");
        var pairs = new List<string>();
        foreach (string text in ErasureCases.All)
        {
            string source = Path.Combine(tree.Root, pairs.Count.ToString(CultureInfo.InvariantCulture) + ".ts");
            await File.WriteAllTextAsync(source, text);
            pairs.Add(await EraseAsync(source, tree.Root));
        }
        await CompareAsync(tree, pairs);
    }

    [Test]
    public async Task Sources_of_packages_come_out_as_their_compiler_makes_them()
    {
        using var tree = new SourceTree("--- unused.js\n\n");
        var pairs = new List<string>();
        foreach (string package in (string[])["zod", "@noble/hashes"])
        {
            foreach (string source in Directory.EnumerateFiles(Path.Combine(NpmVats.Folder, "node_modules", package, "src"), "*.ts", SearchOption.AllDirectories))
            {
                // What is refused, and where, the cases below say.
                if (!Regex.IsMatch(await File.ReadAllTextAsync(source), @"^\s*(export )?(const )?(enum|namespace) |constructor\(\s*(public|private|protected|readonly) ", RegexOptions.Multiline))
                {
                    string pair = await EraseAsync(source, tree.Root);
                    // The compiler takes its time; translations are all alike, and the packages' own tests have been parsed by now.
                    if (!Regex.IsMatch(Path.GetRelativePath(NpmVats.Folder, source), "/(locales|tests)/"))
                    {
                        pairs.Add(pair);
                    }
                }
            }
        }
        await Assert.That(pairs.Count).IsGreaterThan(60);
        await CompareAsync(tree, pairs);
    }

    [Test]
    [Arguments("enum E { A }", 0, "An enum")]
    [Arguments("export const enum E { A }", 7, "An enum")]
    [Arguments("namespace N { export const x = 1; }", 0, "A namespace with values in it")]
    [Arguments("class C { constructor(private x: number) {} }", 22, "A parameter property")]
    [Arguments("class C { constructor(readonly x = 1) {} }", 22, "A parameter property")]
    [Arguments("@d class C {}", 0, "A decorator")]
    [Arguments("class C { @d x = 1 }", 10, "A decorator")]
    [Arguments("export @d class C {}", 7, "A decorator")]
    [Arguments("import x = require('x');", 0, "import =")]
    [Arguments("export = 1;", 0, "export =")]
    public async Task What_has_a_meaning_at_run_time_is_refused_where_it_stands(string source, int index, string what)
    {
        TypeScriptException? refusal = await Assert.That(() => TypeEraser.Erase(source)).Throws<TypeScriptException>();
        await Assert.That(refusal!.Message).IsEqualTo($"{what} cannot be erased: a vat's TypeScript may only have what disappears without its types.");
        await Assert.That(refusal.Index).IsEqualTo(index);
    }

    [Test]
    [Arguments("const x = <string>y;", "JSX and assertions of the form <T>x are not supported: write x as T.")]
    [Arguments("const x = ;", "Unexpected token ';'.")]
    [Arguments("f(", "The source ends too early.")]
    [Arguments("let s = 'abc\n';", "This string does not end on its line.")]
    [Arguments("let t = `abc", "This template does not end.")]
    [Arguments("/* abc", "This comment does not end.")]
    [Arguments("let r = /abc\n/;", "This regular expression does not end on its line.")]
    public async Task What_is_wrong_is_said(string source, string reason) =>
        await Assert.That(() => TypeEraser.Erase(source)).Throws<TypeScriptException>().WithMessage(reason);

    [Test]
    public async Task Deep_nesting_takes_no_longer_than_it_is_deep()
    {
        string deep = string.Concat(Enumerable.Repeat("(a = ", 200)) + "1" + new string(')', 200);
        await Assert.That(TypeEraser.Erase(deep)).IsEqualTo(deep);
        string calls = string.Concat(Enumerable.Repeat("f((x: number) => ", 200)) + "1" + new string(')', 200);
        await Assert.That(TypeEraser.Erase(calls)).DoesNotContain("number");
    }

    [Test]
    public async Task A_vat_in_TypeScript_is_bundled_with_what_it_imports()
    {
        using var tree = new SourceTree("""
            --- main.ts
            import { Shape, area } from './shapes.js';
            import type { Nothing } from './nowhere.js';
            import { twice } from './twice';
            export function buildRootObject(_powers: unknown, parameters: { shape: Shape }): Record<string, unknown> {
              return { area: (n?: number): number => twice(area(parameters.shape as Shape)!) * (n ?? 1) };
            }
            --- shapes.ts
            export interface Shape { side: number }
            export const area = <T extends Shape>({ side }: T): number | undefined => side ** 2;
            --- twice.ts
            export function twice(n: string): string;
            export function twice(n: number): number;
            export function twice(n: any) { return n + n; }
            """);
        await Assert.That(await BundleRunner.RunAsync(tree, tree.Build(), then: "console.log(vat.buildRootObject({}, { shape: { side: 3 } }).area(2))")).IsEqualTo("36\n");
    }

    [Test]
    public async Task A_failure_shows_the_source_as_it_was_written()
    {
        using var tree = new SourceTree("--- main.js\nimport './a.ts';\n--- a.ts\nlet x: number = 1;\nenum E {}\n");
        await Assert.That(() => tree.Build()).Throws<BundleException>()
            .WithMessage("a.ts:2:1: An enum cannot be erased: a vat's TypeScript may only have what disappears without its types.\n  2 | enum E {}\n    | ^\n  imported by main.js");
        using var other = new SourceTree("--- a.ts\nlet x: number = 1; let x: string = '';\n");
        await Assert.That(() => other.Build()).Throws<BundleException>()
            .WithMessage("a.ts:1:24: Identifier 'x' has already been declared.\n  1 | let x: number = 1; let x: string = '';\n    |                        ^");
    }

    private static async Task<string> EraseAsync(string source, string directory)
    {
        string text = await File.ReadAllTextAsync(source);
        string erased;
        try
        {
            erased = TypeEraser.Erase(text);
            new Parser(new ParserOptions { EcmaVersion = EcmaVersion.Latest }).ParseModule(erased);
        }
        catch (Exception e) when (e is TypeScriptException or SyntaxErrorException)
        {
            int index = (e as TypeScriptException)?.Index ?? ((SyntaxErrorException)e).Error?.Index ?? 0;
            throw new InvalidOperationException($"{source}: {e.Message} at …{text.Substring(index, Math.Min(80, text.Length - index))}", e);
        }
        await Assert.That(erased.Length).IsEqualTo(text.Length);
        string target = Path.Combine(directory, Guid.NewGuid() + ".mjs");
        await File.WriteAllTextAsync(target, erased);
        return $"{source}\t{target}";
    }

    private static async Task CompareAsync(SourceTree tree, List<string> pairs)
    {
        string list = Path.Combine(tree.Root, "list");
        await File.WriteAllTextAsync(list, string.Join('\n', pairs));
        string answer = await NpmVats.NodeAsync("same-javascript.mjs", list);
        await Assert.That(answer).IsEqualTo($"{pairs.Count} of {pairs.Count} the same\n");
    }
}
