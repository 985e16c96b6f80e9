namespace Ocap.Bundler.TypeScript;

/// <summary>A TypeScript source that cannot become JavaScript by erasing types alone: where, and a sentence saying why.</summary>
internal sealed class TypeScriptException(int index, string reason) : Exception(reason)
{
    public int Index => index;
}
