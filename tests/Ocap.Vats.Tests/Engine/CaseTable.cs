using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Ocap.Vats.Tests.Engine;

/// <summary>Runs a table of named thunks in a vat and prints one line for each, as <c>npm/oracle.mjs</c> prints them under Node.</summary>
internal static class CaseTable
{
    private const string Printer = """
        (function print(exports) {
          const show = v => typeof v === 'string' ? v : typeof v === 'bigint' ? `${v}n` : Object(v) === v ? `(${typeof v})` : String(v);
          const lines = [];
          for (const name of Object.keys(exports.cases)) {
            let line;
            try { line = show(exports.cases[name]()); } catch (e) { line = `threw ${e.name}: ${e.message}`; }
            lines.push(`${name}: ${line}`);
          }
          const asyncCases = exports.asyncCases ?? {};
          const names = Object.keys(asyncCases);
          const settled = names.map(() => 'never settled');
          names.forEach((name, i) => {
            asyncCases[name]().then(v => { settled[i] = show(v); }, e => { settled[i] = `rejected ${e.name}: ${e.message}`; });
          });
          return () => lines.concat(names.map((name, i) => `${name}: ${settled[i]}`)).join('\n') + '\n';
        })
        """;

    internal static string Print(VatEngine vat, ObjectInstance exports)
    {
        var finish = vat.Evaluate(Printer).Call(JsValue.Undefined, [exports]);
        vat.Drain();
        return TypeConverter.ToString(finish.Call(JsValue.Undefined, []));
    }
}
