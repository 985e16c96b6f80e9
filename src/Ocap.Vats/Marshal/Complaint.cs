using System.Runtime.CompilerServices;
using System.Text;
using Jint.Native;

namespace Ocap.Vats.Marshal;

/// <summary>
/// A message about values, spelled only when it is needed: what is checked mostly holds, and spelling a value costs more than checking it.
/// Values are quoted as Endo quotes them, text is taken as it is.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct Complaint
{
    private readonly StringBuilder? _text;
    private readonly Quoting _quoting;

    public Complaint(int literalLength, int formattedCount, Complaints complaints)
    {
        _text = new StringBuilder(literalLength + (formattedCount * 16));
        _quoting = complaints.Quoting;
    }

    public Complaint(int literalLength, int formattedCount, Complaints complaints, bool fail, out bool isWanted)
    {
        isWanted = fail;
        _text = fail ? new StringBuilder(literalLength + (formattedCount * 16)) : null;
        _quoting = complaints.Quoting;
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted(JsValue value) => _text!.Append(_quoting.Quote(value));

    public void AppendFormatted(string text) => _text!.Append(text);

    public void AppendFormatted(int number) => _text!.Append(number);

    public override string ToString() => _text?.ToString() ?? "";
}
