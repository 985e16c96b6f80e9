using System.Globalization;
using Ocap.Bench.Driving;

namespace Ocap.Bench;

/// <summary>What is measured, and where.</summary>
internal sealed class Setting(string ocap, string folder, string bundle, string? endoBundle, bool withThousand)
{
    private int _made;

    /// <summary>The executable.</summary>
    internal string Ocap => ocap;

    /// <summary>A folder for homes and files, on the disk that is measured.</summary>
    internal string Folder => folder;

    /// <summary>The bundle of <c>vats/bench.js</c>.</summary>
    internal string Bundle => bundle;

    /// <summary>A vat with real @endo packages, if the npm folder of the vats' tests is built.</summary>
    internal string? EndoBundle => endoBundle;

    /// <summary>Also with 1 000 vats: takes a minute and a gigabyte.</summary>
    internal bool WithThousand => withThousand;

    internal Home NewHome() => new(ocap, folder, string.Create(CultureInfo.InvariantCulture, $"home{_made++}"));

    /// <summary>The small vat's bundle under a hash that no daemon has seen.</summary>
    internal string FreshBundle() => Fresh(bundle);

    /// <summary>A copy that differs in nothing but its hash.</summary>
    internal string Fresh(string original)
    {
        string copy = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"bundle{_made++}.bundle"));
        string text = File.ReadAllText(original).TrimEnd();
        File.WriteAllText(copy, text + new string(' ', _made));
        return copy;
    }
}
