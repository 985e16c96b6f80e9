namespace Ocap.Bundler;

/// <summary>Collects warnings; the same sentence is kept once.</summary>
internal sealed class Warnings
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string sentence)
    {
        if (!_all.Contains(sentence, StringComparer.Ordinal))
        {
            _all.Add(sentence);
        }
    }
}
