using System.Globalization;
using System.Text.Json;
using Acornima;
using Ocap.Bundler.Tests.Npm;
using Ocap.Vats;
using Ocap.Vats.Limits;
using Ocap.Vats.Tests.Worker;

namespace Ocap.Bundler.Tests.Places;

/// <summary>Errors at run time name the source, not the bundle.</summary>
public class PlaceTests
{
    private const string Sources = """
        --- vats/main.js
        // A comment that is left out.

        import { Far } from '@endo/far';
        import { check } from 'checks';
        import { fail as explode, deep } from '../shared/lib.ts';

        const fail = () => 'another one of that name';

        export function buildRootObject() {
            return Far('root', {
                // and another one
                one() { try { explode(fail()); } catch (e) { return e.stack; } },

                two() { try { deep.er({ a: 1 }, () => { throw new TypeError('two'); }); } catch (e) { return e.stack; } },
                three() { try { check(); } catch (e) { return e.stack; } },
            });
        }
        --- shared/lib.ts
        interface Nothing { at: 'all' }
        export function fail(why: string): never {
        	const text: string = `a
        template ${why}`;
        	throw new Error(text.length as unknown as string);
        }
        export const deep = {
          er<T>(_: T,
            f: () => void): void { /* inside */ f(); },
        };
        --- node_modules/checks/package.json
        { "name": "checks", "main": "lib/index.js" }
        --- node_modules/checks/lib/index.js
        'use strict';
        exports.check = function () {
          // CommonJS
          return null.x;
        };
        """;

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_stack_names_files_lines_and_columns_of_the_sources(bool minify)
    {
        using var tree = new SourceTree(Sources);
        BundleResult result = Bundle.Build(tree.Entry, new BundleOptions { DisplayDirectory = tree.Root, Minify = minify });
        await using var vat = new DrivenVat(result.Bytes, VatLimits.Default);
        await Assert.That((await vat.Start()).Fault).IsNull();
        await Assert.That(string.Join(' ', await StackAsync(vat, "one", 2, minify))).IsEqualTo(string.Join(' ', Shown(minify, "../shared/lib.ts:5:8", "main.js:12:23")));
        await Assert.That(string.Join(' ', await StackAsync(vat, "two", 3, minify))).IsEqualTo(string.Join(' ', Shown(minify, "main.js:14:55", "../shared/lib.ts:9:41", "main.js:14:23")));
        await Assert.That((await StackAsync(vat, "three", 1, minify))[0]).StartsWith("node_modules/checks/lib/index.js:4");
    }

    [Test]
    [MethodDataSource(typeof(NpmVatTests), nameof(NpmVatTests.Names))]
    public async Task Every_word_of_a_bundle_is_traced_to_a_word_of_its_source(string name)
    {
        BundleResult result = NpmVats.Build(name);
        using var json = JsonDocument.Parse(result.Bytes);
        string code = json.RootElement.GetProperty("code").GetString()!;
        string map = json.RootElement.GetProperty("ocapPlaces").GetString()!;
        var places = new SourcePlaces(code, map);
        Dictionary<string, string[]> sources = result.Inputs.ToDictionary(i => i, i => File.ReadAllText(i).Split('\n'), StringComparer.Ordinal);
        int words = 0, traced = 0, equal = 0;
        foreach (Token token in Tokens(code).Where(t => t.Kind is TokenKind.Identifier or TokenKind.Keyword))
        {
            if (places.Of(token.Location.Start.Line, token.Location.Start.Column + 1) is not { } place)
            {
                continue;
            }
            string[] parts = place.Split(':');
            string[] files = [.. result.Inputs.Where(i => i.EndsWith("/" + parts[^3].TrimStart('.', '/'), StringComparison.Ordinal))];
            if (files.Length != 1)
            {
                continue; // of a package that is there twice
            }
            words++;
            string line = sources[files[0]][int.Parse(parts[^2], CultureInfo.InvariantCulture) - 1];
            int column = int.Parse(parts[^1], CultureInfo.InvariantCulture) - 1;
            string text = code[token.Start..token.End];
            traced += column < line.Length && IsWord(line[column]) && (column == 0 || !IsWord(line[column - 1])) ? 1 : 0;
            equal += column < line.Length && string.CompareOrdinal(line, column, text, 0, text.Length) == 0 ? 1 : 0;
        }
        string seen = string.Create(CultureInfo.InvariantCulture, $"{words} words, {traced} traced, {equal} equal; map {map.Length} of {result.Bytes.Length}");
        await Assert.That(words).IsGreaterThan(500).Because(seen);
        await Assert.That(traced / (double)words).IsGreaterThan(0.98).Because(seen);
        await Assert.That(equal / (double)words).IsGreaterThan(0.9).Because(seen);
        await Assert.That(map.Length / (double)result.Bytes.Length).IsLessThan(0.08).Because(seen);
    }

    [Test]
    public async Task Names_of_files_depend_on_nothing_but_how_they_lie_to_each_other()
    {
        using var here = new SourceTree(Sources);
        using var there = new SourceTree(Sources);
        await Assert.That(Bundle.Build(here.Entry, new BundleOptions { DisplayDirectory = "/" }).Bytes).IsEquivalentTo(there.Build().Bytes);
    }

    private static string[] Shown(bool minify, params string[] places) => minify ? [.. places.Select(p => p[..p.LastIndexOf(':')])] : places;

    private static async Task<string[]> StackAsync(DrivenVat vat, string method, int frames, bool withoutColumns)
    {
        var report = await vat.Send(method, "[]");
        string stack = JsonSerializer.Deserialize<string>(report.Syscalls.OfType<Kernel.Vats.SyscallResolve>().Single().Settlements[0].Value.Body[1..])!;
        IEnumerable<string> places = stack.Split('\n').Skip(1).Select(frame => frame[(frame.LastIndexOf(' ') + 1)..].Trim('(', ')')).Where(p => !p.Contains("built-in", StringComparison.Ordinal));
        return [.. places.Take(frames).Select(p => withoutColumns ? p[..p.LastIndexOf(':')] : p)];
    }

    private static List<Token> Tokens(string code)
    {
        var tokens = new List<Token>();
        new Parser(new ParserOptions { EcmaVersion = EcmaVersion.Latest, OnToken = (in Token token) => tokens.Add(token) }).ParseScript(code);
        return tokens;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '#';
}
